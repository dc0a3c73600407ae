/**
 * The TypeScript API behind `mod.ts`: `jit.ts` compiles, loads and saves; `values.ts` converts between JavaScript and
 * script values; `torch.ts` makes tensors and calls operators; `tensor_methods.ts` declares them as methods (generated).
 */
export { jit, Module } from "./jit.ts";
export { torch } from "./torch.ts";
export { python } from "./python.ts";
