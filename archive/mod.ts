/**
 * Files: `.pt` archives. `zip_*.ts` is the container, `pickler.ts` and `unpickler.ts` the data in it,
 * `source_importer.ts` compiles the code in it; `save.ts` and `load.ts` put them
 * together. `tensor_files.ts` is the dialect of torch.save: state dicts and other plain data.
 */
export { loadArchive, type LoadedArchive, loadMobileArchive, loadModule, mobileArchiveInfo } from "./load.ts";
export {
  archiveParts,
  type ExtraFiles,
  rootFolder,
  type SaveOptions,
  saveToBytes,
  saveToFile,
} from "./save.ts";
export { ExportRefusal } from "./mobile/mod.ts";
export { loadTensors, saveTensors } from "./tensor_files.ts";
export { OrderedDictValue } from "./unpickler.ts";
export { writeWholeFile } from "./whole_file.ts";
