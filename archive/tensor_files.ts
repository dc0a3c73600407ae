/** What torch.save writes and torch.load reads: tensors in dicts, lists and tuples, state dicts above all. */
import { NotImplemented } from "../core/errors.ts";
import type { IValue } from "../core/ivalue.ts";
import type { Tensor } from "../core/tensor.ts";
import { AnyType } from "../core/types.ts";
import { Pickler, storageRecord, StorageTable } from "./pickler.ts";
import { refusal } from "./refusal.ts";
import { Unpickler } from "./unpickler.ts";
import { parseVersion } from "./versions.ts";
import { joinParts, writeZip, type ZipMember } from "./zip_writer.ts";
import { ZipReader } from "./zip_reader.ts";

const LEGACY = [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9];

/**
 * A file of torch.save. Dicts are `DictValue`, or `OrderedDictValue` for state dicts; `isParameter` tells which
 * tensors PyTorch shall get as nn.Parameter.
 */
export function saveTensors(
  v: IValue,
  options: { readonly isParameter?: (t: Tensor) => boolean; readonly root?: string } = {},
): Uint8Array<ArrayBuffer> {
  const storages = new StorageTable("");
  const pickler = new Pickler({
    nameOf: String,
    forPython: true,
    isParameter: options.isParameter,
    storages,
  });
  const utf8 = new TextEncoder();
  const members: ZipMember[] = [
    { name: "data.pkl", data: pickler.pickle(v) },
    { name: ".format_version", data: utf8.encode("1") },
    { name: ".storage_alignment", data: utf8.encode("64") },
    { name: "byteorder", data: utf8.encode("little") },
  ];
  storages.storages.forEach((s, i) => members.push({ name: `data/${i}`, data: storageRecord(s) }));
  members.push({ name: "version", data: utf8.encode("3\n") });
  return joinParts(writeZip(options.root ?? "archive", members));
}

/** The value of a torch.save file: untyped lists and dicts (`OrderedDictValue` where Python had one). */
export function loadTensors(bytes: Uint8Array): IValue {
  if (LEGACY.every((b, i) => bytes[i] === b)) {
    throw new NotImplemented("reading the torch.save format from before PyTorch 1.6 (it is no zip file)");
  }
  const zip = new ZipReader(bytes);
  if (zip.has("constants.pkl")) {
    throw refusal("constants.pkl", 0, "this is a TorchScript archive: load it with torch.jit.load");
  }
  if (!zip.has("version") || parseVersion(new TextDecoder().decode(zip.read("version"))) === undefined) {
    throw refusal("version", 0, "no version between 1 and 10");
  }
  if (zip.has("byteorder") && new TextDecoder().decode(zip.read("byteorder")) !== "little") {
    throw new NotImplemented("storages in big-endian byte order");
  }
  return new Unpickler(zip.read("data.pkl"), "data.pkl", {
    fromPython: true,
    resolveType: () => undefined,
    parseType: () => AnyType,
    budget: zip.budget,
    readStorage: (key) => zip.read(`data/${key}`),
    setState: () => {},
    enumMember: () => undefined,
  }).load();
}
