/** Tensors and operators for TypeScript: creation functions here, every operator through `torch.call` and as a method. */
import { Device } from "../core/device.ts";
import { storeElement } from "../core/element.ts";
import { RuntimeFault } from "../core/errors.ts";
import { type Complex, Float } from "../core/scalar.ts";
import { ScalarType } from "../core/scalar_type.ts";
import { Tensor } from "../core/tensor.ts";
import { defaultGenerator } from "../ops/random/mod.ts";
import { backendOf, loadBackend } from "../ops/backend.ts";
import { getDefaultDevice, setDefaultDevice } from "../ops/default_device.ts";
import { callByName } from "./operators.ts";
import "./tensor_methods.ts";

/** `dtype` by its Python name without `torch.` (`"float32"`), `device` by name (`"cpu"`). */
export interface TensorOptions {
  readonly dtype?: string;
  readonly device?: string;
}

type Nested = number | bigint | boolean | Complex | readonly Nested[];

function options(o: TensorOptions): Record<string, unknown> {
  return { ...o };
}

/** A tensor of nested arrays: bool, int64 or float32 by the values unless `dtype` says otherwise. */
export function tensorOfArray(data: Nested, o: TensorOptions = {}): Tensor {
  const sizes: number[] = [];
  for (let level: Nested = data; Array.isArray(level); level = level[0]) sizes.push(level.length);
  const flat: (number | bigint | boolean | Complex)[] = [];
  const visit = (v: Nested, depth: number) => {
    if (!Array.isArray(v)) return flat.push(v as number);
    if (v.length !== sizes[depth]) {
      throw new RuntimeFault(
        "ValueError",
        `expected sequence of length ${sizes[depth]} at dim ${depth} (got ${v.length})`,
      );
    }
    for (const x of v) visit(x, depth + 1);
  };
  visit(data, 0);
  const bools = flat.length > 0 && flat.every((v) => typeof v === "boolean");
  const ints = flat.length > 0 &&
    flat.every((v) => typeof v === "bigint" || typeof v === "boolean" || Number.isSafeInteger(v));
  const natural = bools ? ScalarType.Bool : ints ? ScalarType.Long : ScalarType.Float;
  const t = Tensor.zeros(sizes, natural), device = o.device ?? String(getDefaultDevice());
  const out = t.data();
  flat.forEach((v, i) => storeElement(out, i, natural, typeof v === "number" && !ints ? new Float(v) : v));
  const typed = o.dtype === undefined ? t : callByName("to", [t, { dtype: o.dtype }]) as Tensor;
  return device === "cpu" ? typed : callByName("to", [typed, { device }]) as Tensor;
}

export const torch = {
  /** A tensor of nested arrays: bool, int64 or float32 by the values unless `dtype` says otherwise. */
  tensor: tensorOfArray,
  /** Tensor of zeros of the given sizes. */
  zeros: (sizes: readonly number[], o: TensorOptions = {}): Tensor =>
    callByName("zeros", [sizes, options(o)]) as Tensor,
  /** Tensor of ones of the given sizes. */
  ones: (sizes: readonly number[], o: TensorOptions = {}): Tensor =>
    callByName("ones", [sizes, options(o)]) as Tensor,
  /** Tensor of the given sizes filled with `value`. */
  full: (sizes: readonly number[], value: number, o: TensorOptions = {}): Tensor =>
    callByName("full", [sizes, value, options(o)]) as Tensor,
  /** Uninitialised tensor of the given sizes. */
  empty: (sizes: readonly number[], o: TensorOptions = {}): Tensor =>
    callByName("empty", [sizes, options(o)]) as Tensor,
  /** Uniform random numbers in [0, 1), from PyTorch's stream. */
  rand: (sizes: readonly number[], o: TensorOptions = {}): Tensor =>
    callByName("rand", [sizes, options(o)]) as Tensor,
  /** Normal random numbers, from PyTorch's stream. */
  randn: (sizes: readonly number[], o: TensorOptions = {}): Tensor =>
    callByName("randn", [sizes, options(o)]) as Tensor,
  /** Random integers in [low, high). */
  randint: (low: number, high: number, sizes: readonly number[], o: TensorOptions = {}): Tensor =>
    callByName("randint", [low, high, sizes, options(o)]) as Tensor,
  /** 0, 1, ... below `end`; or `start` to `end` by `step`. */
  arange: (...args: (number | TensorOptions)[]): Tensor => callByName("arange", args) as Tensor,
  /** `n` by `n` identity. */
  eye: (n: number, o: TensorOptions = {}): Tensor => callByName("eye", [n, options(o)]) as Tensor,
  /** `steps` numbers from `start` to `end`, both included. */
  linspace: (start: number, end: number, steps: number, o: TensorOptions = {}): Tensor =>
    callByName("linspace", [start, end, steps, options(o)]) as Tensor,
  /** Any operator by name: `torch.call("cat", [a, b], 1)`; keyword arguments in a plain object at the end. */
  call: (name: string, ...args: readonly unknown[]): unknown => callByName(name, args),
  /** Seeds the generator that all random functions draw from. */
  manualSeed: (seed: number | bigint): void => void defaultGenerator.manualSeed(seed),
  device: (name: string): Device => Device.of(name),
  /** The device that creation functions, scripts' own too, use when none is named; returns the one before. */
  setDefaultDevice: (name: string): string => String(setDefaultDevice(Device.of(name))),
  webgpu: {
    /**
     * Loads the device's code and opens the adapter; throws a RuntimeError that says why there is none. Needed before the
     * first use only where modules cannot be loaded synchronously (from a URL, in browsers).
     */
    open: async (): Promise<void> => {
      await loadBackend();
      await (await import("../ops/webgpu/mod.ts")).open();
    },
    /** Whether there is an adapter; opens it. */
    isAvailable: (): boolean => backendOf(Device.of("webgpu")).isAvailable(),
  },
};
