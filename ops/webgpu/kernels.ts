/**
 * The device's own kernels by operator; the rest of the operators are made of pointwise kernels, copies and views. In-place
 * and `out=` forms follow from the functional kernel, as they do on the CPU.
 */
import { TupleValue } from "../../core/ivalue.ts";
import { settled } from "../../core/pending.ts";
import { Tensor } from "../../core/tensor.ts";
import type { Kernel } from "../declaration.ts";
import { writeInPlace, writeOut } from "../derived_forms.ts";
import { operator, operators } from "../registry.ts";
import { COMPOSITES } from "./composites.ts";
import { HOST_READS } from "./host_reads.ts";
import { INDEX_KERNELS } from "./kernels_index.ts";
import { MATRIX_KERNELS } from "./kernels_matmul.ts";
import { NN_KERNELS } from "./kernels_nn.ts";
import { ORDER_KERNELS } from "./kernels_order.ts";
import { RANDOM_KERNELS } from "./kernels_random.ts";
import { REDUCE_KERNELS } from "./kernels_reduce.ts";
import { RESIZE_KERNELS } from "./kernels_resize.ts";
import { SELECT_KERNELS } from "./kernels_select.ts";

const TABLES: readonly Readonly<Record<string, Kernel>>[] = [
  HOST_READS,
  MATRIX_KERNELS,
  REDUCE_KERNELS,
  NN_KERNELS,
  INDEX_KERNELS,
  RANDOM_KERNELS,
  SELECT_KERNELS,
  ORDER_KERNELS,
  RESIZE_KERNELS,
  COMPOSITES,
];

let own: Map<string, Kernel> | undefined;
const derived = new Map<string, Kernel | undefined>();

function table(): Map<string, Kernel> {
  return own ??= new Map(TABLES.flatMap((t) => Object.entries(t)));
}

/** The kernel of an operator by key, `aten::mm`. */
export function kernelOf(key: string): Kernel | undefined {
  const known = table().get(key);
  if (known) return known;
  if (!derived.has(key)) derived.set(key, derive(key));
  return derived.get(key);
}

function derive(key: string): Kernel | undefined {
  const { name, overload, schema } = operator(key);
  if (name.endsWith("_") && !name.endsWith("__")) {
    const k = table().get(overload ? `${name.slice(0, -1)}.${overload}` : name.slice(0, -1));
    return k && ((self: Tensor, ...rest: unknown[]) => writeInPlace(self, k(self, ...rest) as Tensor));
  }
  const n = schema.args.findIndex((a) => a.isOut);
  if (n < 0) return undefined;
  const functional = operators(name).find((o) => {
    const { args } = o.schema;
    return table().has(o.key) && args.length >= n && !args.some((a) => a.isOut) &&
      args.slice(0, n).every((a, i) => a.name === schema.args[i].name);
  });
  const k = functional && table().get(functional.key);
  if (!k) return undefined;
  return (...args: unknown[]) => {
    const targets = args.slice(n) as Tensor[], result = settled(k(...args.slice(0, n)));
    if (result instanceof Tensor) return writeOut(targets[0], result);
    const all = (result instanceof TupleValue ? result.items : result) as Tensor[];
    targets.forEach((t, i) => writeOut(t, all[i]));
    return targets;
  };
}
