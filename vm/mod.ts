/**
 * The virtual machine, and the edge's entry: it runs register bytecode and knows no compiler, graph or source text.
 * `interpreter.ts` is the instruction loop over `frame.ts`'s frames, `loops/` its hot loops as JavaScript; `memory.ts`
 * says when a run's tensors are freed; `scheduler.ts` runs tasks (fork, wait) and suspends them; `traceback.ts` makes
 * the errors that callers see; `calls.ts` is the border where typed arguments come in and results go out; `probe.ts`
 * lets a profiler in, `profiler.ts` is one, which nothing here loads; `model.ts` is a `.wick` file as a model,
 * `values.ts` JavaScript values as script values.
 */
import "../ops/registry.ts";
export { forward, type HostHooks, run, type RunOptions, setHostHooks } from "./calls.ts";
export { Aborted, OutOfFuel, WouldSuspend } from "./limits.ts";
export { ScriptError } from "./traceback.ts";
export { load, loadWick, Model } from "./model.ts";
export { tensor } from "./tensors.ts";
export { useKernels } from "../ops/wasm/ahead_of_time.ts";
export type { JsValue } from "./values.ts";
export { Tensor } from "../core/tensor.ts";
