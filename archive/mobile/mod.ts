/**
 * The mobile form of a model: `bytecode.pkl`, which PyTorch's lite interpreter runs. `export.ts` lists a module's
 * functions and `emit.ts` turns each graph into stack instructions; `bytecode_file.ts` reads them back, `lift.ts` makes
 * graphs of them and `load.ts` a module that runs on the register VM.
 */
export { bytecodeOf } from "./export.ts";
export { ExportRefusal } from "./export_refusal.ts";
export { loadMobileModule } from "./load.ts";
