/**
 * Reading and writing at indices: embedding, index_select, gather, advanced indexing and their writing counterparts are
 * one kernel, told apart by its strides. Nothing can be raised from inside a kernel: an index out of range is noted, the
 * nearest element serves, and the next read raises.
 */
import { ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import { numelOf, Tensor } from "../../core/tensor.ts";
import { cast, input, op, type ValueType } from "../expr/mod.ts";
import { emptyTensor, gpu, memoryOf } from "./device.ts";
import { computeType, loadText, storeText } from "./elements.ts";
import { copyStrided } from "./pointwise.ts";
import { expressionFunction } from "./reduce.ts";
import { bindings, groupsFor, INVOCATION, shader } from "./shader.ts";

type Mode = "read" | "write" | "add";
const NAMES: Record<Mode, string> = { read: "gather", write: "scatter", add: "scatter_add" };

/** Words of an index before its strides: offset, size, step, least index, number of its dimension. */
const INDEX_WORDS = 5;

/** A tensor of indices (int64 or int32) into a dimension of the indexed tensor. */
export interface IndexAt {
  readonly index: Tensor;
  /** Steps of the index tensor along the walked dimensions. */
  readonly strides: readonly number[];
  /** Size and step of the dimension it indexes. */
  readonly size: number;
  readonly step: number;
  /** Its number, for messages. */
  readonly dim: number;
  /** Whether negative indices count from the end. */
  readonly wraps: boolean;
}

/** A tensor walked by its own steps, and through indices. */
export interface Indexed {
  readonly t: Tensor;
  readonly strides: readonly number[];
}

/**
 * For every position of `sizes`: plain = indexed (`read`), indexed = plain (`write`) or indexed += plain (`add`), where
 * `indexed` is reached by its strides and the indices. Both have one dtype. Positions written twice keep one of the
 * values. Adding, one invocation walks `walked`, the last dimensions, in order: only there may positions meet.
 */
export function indexed(
  mode: Mode,
  sizes: readonly number[],
  plain: Indexed,
  at: Indexed,
  indices: readonly IndexAt[],
  walked = 0,
): void {
  const n = numelOf(sizes), rank = sizes.length, dtype = at.t.scalarType;
  if (n === 0) return;
  if (plain.t.storage === at.t.storage) {
    const copy = emptyTensor(sizes, dtype);
    copyStrided(copy, new Tensor(plain.t.storage, dtype, sizes, plain.strides, plain.t.storageOffset));
    plain = { t: copy, strides: copy.strides };
  }
  const kinds = indices.map((j) => j.index.scalarType === ScalarType.Long ? "l" : "i").join("");
  const name = `${scalarTypeInfo(dtype).dtype}_${NAMES[mode]}_${rank}d_${kinds}__wgsl`;
  const kernel = gpu().kernel(name, () => ({
    code: code(mode, rank, dtype, indices.map((j) => j.index.scalarType)),
    writes: 2,
    reads: 1 + indices.length,
  }));
  const params = [n, ...sizes, plain.t.storageOffset, ...plain.strides, at.t.storageOffset, ...at.strides];
  for (const j of indices) {
    params.push(j.index.storageOffset, j.size, j.step, j.wraps ? -j.size : 0, j.dim, ...j.strides);
  }
  const inner = mode === "add" ? numelOf(sizes.slice(rank - walked)) : 1;
  params.push(inner);
  const [to, from] = mode === "read" ? [plain.t, at.t] : [at.t, plain.t];
  const memories = [memoryOf(to), gpu().faults, ...[from, ...indices.map((j) => j.index)].map(memoryOf)];
  gpu().dispatch(kernel, memories, params, groupsFor(n / inner));
}

function code(
  mode: Mode,
  rank: number,
  dtype: ScalarType,
  indexTypes: readonly ScalarType[],
): string {
  const plain = 1 + rank, at = plain + 1 + rank, first = at + 1 + rank, each = INDEX_WORDS + rank;
  const innerAt = first + indexTypes.length * each, lines = ["var rest = position;"];
  lines.push(`var here = p[${plain}];`, `var there = p[${at}];`);
  indexTypes.forEach((_t, j) => lines.push(`var k${j} = p[${first + j * each}];`));
  for (let d = rank - 1; d >= 0; d--) {
    lines.push(`let c${d} = rest % p[${1 + d}];`, `rest = rest / p[${1 + d}];`);
    lines.push(`here = here + c${d} * p[${plain + 1 + d}];`, `there = there + c${d} * p[${at + 1 + d}];`);
    indexTypes.forEach((_t, j) =>
      lines.push(`k${j} = k${j} + c${d} * p[${first + j * each + INDEX_WORDS + d}];`)
    );
  }
  indexTypes.forEach((t, j) => {
    const base = first + j * each,
      value = t === ScalarType.Long ? `bitcast<i32>(x${j}[k${j}].x)` : `x${j}[k${j}]`;
    lines.push(
      `let v${j} = ${value};`,
      `if (v${j} < p[${base + 3}] || v${j} >= p[${base + 1}]${
        t === ScalarType.Long ? ` || bitcast<i32>(x${j}[k${j}].y) != (v${j} >> 31u)` : ""
      }) { faults[0] = 1; faults[1] = v${j}; faults[2] = p[${base + 1}]; faults[3] = p[${base + 4}]; }`,
      `there = there + clamp(select(v${j}, v${j} + p[${base + 1}], v${j} < 0), 0, max(p[${
        base + 1
      }] - 1, 0)) * p[${base + 2}];`,
    );
  });
  if (mode === "read") lines.push("o[here] = s[there];");
  else if (mode === "write") lines.push("o[there] = s[here];");
  else {lines.push(
      `o[there] = ${
        storeText(`both(${loadText("o[there]", dtype)}, ${loadText("s[here]", dtype)})`, dtype)
      };`,
    );}
  const reads: Record<string, ScalarType> = { s: dtype };
  indexTypes.forEach((t, j) => reads[`x${j}`] = t);
  const v = computeType(dtype), kind: ValueType = v === "bool" ? "u8" : v;
  const sum = op("add", input(0, kind), input(1, kind));
  const both = mode === "add"
    ? expressionFunction("both", v === "bool" ? cast("bool", sum) : sum, [v, v])
    : "";
  const body = `${INVOCATION}
let inner = p[${innerAt}];
for (var j = 0; j < inner; j = j + 1) {
let position = i * inner + j;
if (position >= p[0]) { return; }
${lines.join("\n")}
}`;
  return shader(`${bindings({ o: dtype, faults: ScalarType.Int }, reads)}\n${both}`, body);
}
