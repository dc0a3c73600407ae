/** The device's own kernels by operator; the rest of the operators are made of pointwise kernels, copies and views. */
import type { Kernel } from "../declaration.ts";
import { HOST_READS } from "./host_reads.ts";
import { INDEX_KERNELS } from "./kernels_index.ts";
import { MATRIX_KERNELS } from "./kernels_matmul.ts";
import { NN_KERNELS } from "./kernels_nn.ts";
import { REDUCE_KERNELS } from "./kernels_reduce.ts";

const TABLES: readonly Readonly<Record<string, Kernel>>[] = [
  HOST_READS,
  MATRIX_KERNELS,
  REDUCE_KERNELS,
  NN_KERNELS,
  INDEX_KERNELS,
];

let all: Map<string, Kernel> | undefined;

/** The kernel of an operator by key, `aten::mm`. */
export function kernelOf(key: string): Kernel | undefined {
  all ??= new Map(TABLES.flatMap((t) => Object.entries(t)));
  return all.get(key);
}
