/**
 * Operators whose answer the host needs: a number, a truth, or a shape that depends on the elements. Tensors are read
 * back and the CPU's kernel answers; in the VM's `run` the program is suspended meanwhile.
 */
import { type IValue, TupleValue } from "../../core/ivalue.ts";
import { PendingValue } from "../../core/pending.ts";
import { Tensor } from "../../core/tensor.ts";
import type { Kernel } from "../declaration.ts";
import { operator } from "../registry.ts";
import { isOnGpu } from "./device.ts";
import { downloaded, downloadedNow, uploaded } from "./transfer.ts";

function flat(args: readonly unknown[]): Tensor[] {
  return args.flatMap((a) => a instanceof Tensor ? [a] : Array.isArray(a) ? flat(a) : []).filter(isOnGpu);
}

function replaced(v: unknown, by: ReadonlyMap<Tensor, Tensor>): unknown {
  if (v instanceof Tensor) return by.get(v) ?? v;
  return Array.isArray(v) ? v.map((x) => replaced(x, by)) : v;
}

function toGpu(v: unknown): IValue {
  if (v instanceof Tensor) return uploaded(v);
  return (Array.isArray(v) ? v.map(toGpu) : v) as IValue;
}

/** The CPU's kernel on tensors read back; `back` brings tensors of the result to the GPU again. */
export function onHost(key: string, back: boolean): Kernel {
  return (...args: unknown[]) => {
    const tensors = [...new Set(flat(args))], { kernel } = operator(key);
    const finish = (host: readonly Tensor[]): IValue => {
      const result = kernel(...args.map((a) => replaced(a, new Map(tensors.map((t, i) => [t, host[i]])))));
      const value = back ? toGpu(result) : result;
      return Array.isArray(value) ? new TupleValue(value) : value;
    };
    return new PendingValue(
      () => Promise.all(tensors.map(downloaded)).then(finish),
      () => finish(tensors.map(downloadedNow)),
    );
  };
}

const NUMBERS = [
  "aten::item",
  "aten::_local_scalar_dense",
  "aten::is_nonzero",
  "aten::equal",
  "aten::allclose",
  "aten::Int.Tensor",
  "aten::Float.Tensor",
  "aten::Bool.Tensor",
  "aten::IntImplicit",
  "aten::FloatImplicit",
  "aten::ScalarImplicit",
];
const SHAPES = [
  "aten::nonzero",
  "aten::masked_select",
  "aten::_unique2",
  "aten::unique_consecutive",
  "aten::bincount",
];

export const HOST_READS: Readonly<Record<string, Kernel>> = Object.fromEntries([
  ...NUMBERS.map((key) => [key, onHost(key, false)]),
  ...SHAPES.map((key) => [key, onHost(key, true)]),
]);
