/** The border of the VM: calls of functions with IValues, synchronous and asynchronous. */
import type { Code } from "../bytecode/code.ts";
import { codeOf, ScriptFunction } from "../core/function.ts";
import type { Device } from "../core/device.ts";
import { RuntimeFault } from "../core/errors.ts";
import type { IValue } from "../core/ivalue.ts";
import { outsideRegion } from "../core/region.ts";
import { setObjectLess } from "../ops/prim/list.ts";
import { Meter } from "./limits.ts";
import type { Profile } from "./profiler.ts";
import { Scheduler } from "./scheduler.ts";

export { type HostHooks, setHostHooks } from "./hooks.ts";

export interface RunOptions {
  /** Stops the run with Aborted. */
  readonly signal?: AbortSignal;
  /** Milliseconds the run may take. */
  readonly timeout?: number;
  /** How many backward jumps and calls the run may make. */
  readonly fuel?: number;
  /** Where creation functions put tensors when the script names no device. */
  readonly device?: Device;
  /** Collects where the run's time goes. */
  readonly profile?: Profile;
}

/** Milliseconds of work between turns of the event loop in `run`. */
const SLICE = 20;

function codeFor(fn: ScriptFunction | Code): Code {
  if (!(fn instanceof ScriptFunction)) return fn;
  // Compiling folds constants, which live as long as the code: never in the region of a run that this call comes from.
  return (fn.code ?? outsideRegion(() => codeOf(fn))) as Code;
}

/**
 * Calls a function and returns its result, synchronously; a method takes its object first. Arguments have the types
 * of the schema, floats as `Float`. Throws WouldSuspend where it would have to wait for another device.
 */
export function forward(
  fn: ScriptFunction | Code,
  args: readonly IValue[],
  options: RunOptions = {},
): IValue {
  return schedule(fn, args, options, Infinity).finishNow();
}

/** Calls a function without blocking: yields to the event loop every 20 ms of work and where a device is awaited. */
export async function run(
  fn: ScriptFunction | Code,
  args: readonly IValue[],
  options: RunOptions = {},
): Promise<IValue> {
  return await schedule(fn, args, options, SLICE).finish();
}

// Operators that sort compare script objects by their `__lt__`.
setObjectLess((a, b) => {
  const less = a.type.methods.get("__lt__");
  if (!less) throw new RuntimeFault("RuntimeError", `${a.type.name} has no method __lt__`);
  return forward(less, [a, b]) === true;
});

function schedule(
  fn: ScriptFunction | Code,
  args: readonly IValue[],
  o: RunOptions,
  slice: number,
): Scheduler {
  const deadline = o.timeout === undefined ? Infinity : performance.now() + o.timeout;
  const meter = new Meter(o.fuel, deadline, o.signal, slice);
  return new Scheduler(meter, codeFor(fn), args, o.device, o.profile);
}
