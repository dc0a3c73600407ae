/**
 * Reading and writing at indices: embedding, index_select, gather, advanced indexing and their writing counterparts are
 * one kernel, told apart by its strides. Negative indices count from the end; beyond the end the last element serves,
 * since nothing can be raised from inside a kernel.
 */
import { ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { gpu, memoryOf } from "./device.ts";
import { bindings, groupsFor, INVOCATION, shader } from "./shader.ts";

/** A tensor of indices (int64 or int32) into a dimension of the indexed tensor. */
export interface IndexAt {
  readonly index: Tensor;
  /** Steps of the index tensor along the walked dimensions. */
  readonly strides: readonly number[];
  /** Size and step of the dimension it indexes. */
  readonly size: number;
  readonly step: number;
}

/** A tensor walked by its own steps, and through indices. */
export interface Indexed {
  readonly t: Tensor;
  readonly strides: readonly number[];
}

/**
 * For every position of `sizes`: plain = indexed (`read`), or indexed = plain (`write`), where `indexed` is reached by its
 * strides and the indices. Both have one dtype. Positions written twice keep one of the values.
 */
export function indexed(
  mode: "read" | "write",
  sizes: readonly number[],
  plain: Indexed,
  at: Indexed,
  indices: readonly IndexAt[],
): void {
  const n = numelOf(sizes), rank = sizes.length, dtype = at.t.scalarType;
  if (n === 0) return;
  const kinds = indices.map((j) => j.index.scalarType === ScalarType.Long ? "l" : "i").join("");
  const name = `${scalarTypeInfo(dtype).dtype}_${
    mode === "read" ? "gather" : "scatter"
  }_${rank}d_${kinds}__wgsl`;
  const kernel = gpu().kernel(name, () => ({
    code: code(mode, rank, dtype, indices.map((j) => j.index.scalarType)),
    writes: 1,
    reads: 1 + indices.length,
  }));
  const params = [n, ...sizes, plain.t.storageOffset, ...plain.strides, at.t.storageOffset, ...at.strides];
  for (const j of indices) params.push(j.index.storageOffset, j.size, j.step, ...j.strides);
  const [to, from] = mode === "read" ? [plain.t, at.t] : [at.t, plain.t];
  gpu().dispatch(kernel, [to, from, ...indices.map((j) => j.index)].map(memoryOf), params, groupsFor(n));
}

function code(
  mode: "read" | "write",
  rank: number,
  dtype: ScalarType,
  indexTypes: readonly ScalarType[],
): string {
  const plain = 1 + rank, at = plain + 1 + rank, first = at + 1 + rank, each = 3 + rank;
  const lines = [INVOCATION, "if (i >= p[0]) { return; }", "var rest = i;"];
  lines.push(`var here = p[${plain}];`, `var there = p[${at}];`);
  indexTypes.forEach((_t, j) => lines.push(`var k${j} = p[${first + j * each}];`));
  for (let d = rank - 1; d >= 0; d--) {
    lines.push(`let c${d} = rest % p[${1 + d}];`, `rest = rest / p[${1 + d}];`);
    lines.push(`here = here + c${d} * p[${plain + 1 + d}];`, `there = there + c${d} * p[${at + 1 + d}];`);
    indexTypes.forEach((_t, j) => lines.push(`k${j} = k${j} + c${d} * p[${first + j * each + 3 + d}];`));
  }
  indexTypes.forEach((t, j) => {
    const base = first + j * each,
      value = t === ScalarType.Long ? `bitcast<i32>(x${j}[k${j}].x)` : `x${j}[k${j}]`;
    lines.push(
      `let v${j} = ${value};`,
      `there = there + clamp(select(v${j}, v${j} + p[${base + 1}], v${j} < 0), 0, max(p[${
        base + 1
      }] - 1, 0)) * p[${base + 2}];`,
    );
  });
  lines.push(mode === "read" ? "o[here] = s[there];" : "o[there] = s[here];");
  const reads: Record<string, ScalarType> = { s: dtype };
  indexTypes.forEach((t, j) => reads[`x${j}`] = t);
  return shader(bindings({ o: dtype }, reads), lines.join("\n"));
}
