/**
 * Reductions, generated from scalar expressions: what is taken of each element, the row of the table that combines two, and
 * what is done with the result. Long rows get a workgroup each, short ones an invocation.
 */
import { ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { contiguousStrides, numelOf } from "../../core/tensor.ts";
import {
  constant,
  type Expr,
  input,
  keyOf,
  op,
  type ValueType,
  wgslCast,
  wgslOf,
  wgslTypeOf,
} from "../expr/mod.ts";
import { collapse } from "../wasm/layout.ts";
import { gpu, memoryOf } from "./device.ts";
import { computeType, loadText, storeText } from "./elements.ts";
import { floatWord } from "./runtime.ts";
import { bindings, groupsFor, hashText, INVOCATION, shader, WORKGROUP } from "./shader.ts";

export interface Reduction {
  /** For kernel names. */
  readonly name: string;
  /** Of the element `input(0)`; its type is the accumulator's. */
  readonly map: Expr;
  /** The row that combines two accumulators. */
  readonly combine: string;
  /** What combines with everything to itself. */
  readonly identity: number | bigint;
  /** Of the accumulator `input(0)`, the number of elements `input(1)` and the parameter `input(2)`, both f32. */
  readonly finish?: Expr;
}

/** Invocations that share a row. */
export const LANES = 128;

/** Kept and reduced dimensions of a view, each merged as far as the strides allow. */
export interface Split {
  readonly kept: number[];
  readonly keptStrides: number[];
  readonly reduced: number[];
  readonly reducedStrides: number[];
}

export function splitDims(x: Tensor, dims: readonly number[]): Split {
  const part = (keep: boolean) => {
    const d = x.sizes.map((_s, i) => i).filter((i) => dims.includes(i) !== keep);
    const sizes = d.map((i) => x.sizes[i]), strides = d.map((i) => x.strides[i]);
    // in the order of the dimensions: results and positions are row-major
    return collapse(sizes, [contiguousStrides(sizes), strides]);
  };
  const kept = part(true), reduced = part(false);
  return {
    kept: kept.sizes,
    keptStrides: kept.strides[1],
    reduced: reduced.sizes,
    reducedStrides: reduced.strides[1],
  };
}

/** A function from a row-major number to a place, sizes and strides in parameters from `at` on. */
export function placeFunction(name: string, rank: number, at: number): string {
  const lines = ["var rest = i;", "var place = 0;"];
  for (let d = rank - 1; d >= 0; d--) {
    lines.push(
      d > 0
        ? `place = place + (rest % p[${at + d}]) * p[${at + rank + d}]; rest = rest / p[${at + d}];`
        : `place = place + rest * p[${at + rank}];`,
    );
  }
  return `fn ${name}(i: i32) -> i32 {\n${lines.join("\n")}\nreturn place;\n}`;
}

/** A scalar expression as a WGSL function of its inputs. */
export function expressionFunction(name: string, e: Expr, types: readonly ValueType[]): string {
  const code = wgslOf(e, (_kind, j, t) => wgslCast(`a${j}`, types[j], t))!;
  const formals = types.map((t, j) => `a${j}: ${wgslTypeOf(t)}`).join(", ");
  return `fn ${name}(${formals}) -> ${wgslTypeOf(e.type)} {\n${code.statements}\nreturn ${code.result};\n}`;
}

/** out[kept] = the reduction of x over `dims`; out is row-major over the kept dimensions. */
export function reduce(r: Reduction, out: Tensor, x: Tensor, dims: readonly number[], parameter = 0): void {
  if (out.numel === 0) return;
  const s = splitDims(x, dims), n = numelOf(s.reduced), rows = out.numel;
  const whole = n >= 64 && (rows < 2048 || s.reducedStrides[s.reducedStrides.length - 1] === 1);
  const ranks = [s.kept.length, s.reduced.length];
  const types = `${scalarTypeInfo(x.scalarType).dtype},${scalarTypeInfo(out.scalarType).dtype}`;
  const key = hashText(`${types} ${keyOf(r.map)} ${r.finish ? keyOf(r.finish) : ""} ${r.combine}`);
  const name = `${computeType(x.scalarType)}_r${r.name}_${whole ? "row" : "each"}_${
    ranks.join("")
  }_${key}__wgsl`;
  const kernel = gpu().kernel(name, () => ({
    code: text(r, out.scalarType, x.scalarType, ranks, whole),
    writes: 1,
    reads: 1,
  }));
  const params = [rows, n, out.storageOffset, x.storageOffset, floatWord(n), floatWord(parameter)];
  params.push(...s.kept, ...s.keptStrides, ...s.reduced, ...s.reducedStrides);
  gpu().dispatch(kernel, [memoryOf(out), memoryOf(x)], params, whole ? groupsFor(rows, 1) : groupsFor(rows));
}

function text(r: Reduction, outType: ScalarType, xType: ScalarType, ranks: number[], whole: boolean): string {
  const acc = r.map.type, t = wgslTypeOf(acc)!, xValue = computeType(xType), at = 6;
  const identity = wgslOf(constant(r.identity, acc), () => "")!;
  const finish = r.finish ?? input(0, acc);
  const head = [
    bindings({ o: outType }, { x: xType }),
    placeFunction("kept", ranks[0], at),
    placeFunction("reduced", ranks[1], at + 2 * ranks[0]),
    expressionFunction("take", r.map, [xValue]),
    expressionFunction("both", op(r.combine, input(0, acc), input(1, acc)), [acc, acc]),
    expressionFunction("done", finish, [acc, "f32", "f32"]),
    `fn identity() -> ${t} {\n${identity.statements}\nreturn ${identity.result};\n}`,
    whole ? `var<workgroup> part: array<${t}, ${LANES}>;` : "",
  ].join("\n");
  const result = wgslCast(
    "done(s, bitcast<f32>(p[4]), bitcast<f32>(p[5]))",
    finish.type,
    computeType(outType),
  );
  const store = `o[p[2] + %] = ${storeText(result, outType)};`;
  const element = loadText("x[base + reduced(j)]", xType);
  if (!whole) {
    return shader(
      head,
      `${INVOCATION}
if (i >= p[0]) { return; }
let base = p[3] + kept(i);
var s = identity();
for (var j = 0; j < p[1]; j = j + 1) { s = both(s, take(${element})); }
${store.replace("%", "i")}`,
    );
  }
  return shader(
    head,
    `${WORKGROUP}
let l = i32(lid.x);
let base = p[3] + kept(min(w, p[0] - 1));
var s = identity();
for (var j = l; j < p[1]; j = j + ${LANES}) { s = both(s, take(${element})); }
part[l] = s;
workgroupBarrier();
for (var h = ${LANES / 2}; h > 0; h = h >> 1u) {
  if (l < h) { part[l] = both(part[l], part[l + h]); }
  workgroupBarrier();
}
if (l == 0 && w < p[0]) {
  s = part[0];
  ${store.replace("%", "w")}
}`,
    LANES,
  );
}

/** Whether input 0 is strictly larger (smaller) than input 1, or NaN where the other is none. */
export function comparison(larger: boolean, v: ValueType): Expr {
  const comparable: ValueType = v === "bool" ? "u8" : v;
  const a = input(0, comparable), b = input(1, comparable), better = op(larger ? "gt" : "lt", a, b);
  if (v !== "f32") return better;
  const number = op("logical_not", op("isnan", b));
  return op("logical_or", op("logical_and", op("isnan", a), number), op("logical_and", better, number));
}

/** values[kept] and positions[kept] (int64) of the largest or smallest element along one dimension; NaN before all. */
export function extremeWithIndex(
  largest: boolean,
  values: Tensor | null,
  index: Tensor,
  x: Tensor,
  dims: readonly number[],
): void {
  if (index.numel === 0) return;
  const s = splitDims(x, dims), n = numelOf(s.reduced), rows = index.numel;
  const ranks = [s.kept.length, s.reduced.length], v = computeType(x.scalarType), t = wgslTypeOf(v)!;
  const dtype = scalarTypeInfo(x.scalarType).dtype;
  const name = `${dtype}_rarg${largest ? "max" : "min"}${values ? "_values" : ""}_${ranks.join("")}__wgsl`;
  const kernel = gpu().kernel(name, () => {
    const writes: Record<string, ScalarType> = { index: ScalarType.Long };
    if (values) writes.values = x.scalarType;
    const head = [
      bindings(writes, { x: x.scalarType }),
      placeFunction("kept", ranks[0], 5),
      placeFunction("reduced", ranks[1], 5 + 2 * ranks[0]),
      expressionFunction("better", comparison(largest, v), [v, v]),
      `var<workgroup> best: array<${t}, ${LANES}>;
var<workgroup> where_: array<i32, ${LANES}>;
fn wins(a: ${t}, i: i32, b: ${t}, j: i32) -> bool {
  if (j < 0) { return i >= 0; }
  if (i < 0) { return false; }
  return better(a, b) || (!better(b, a) && i < j);
}`,
    ].join("\n");
    const element = (j: string) => loadText(`x[base + reduced(${j})]`, x.scalarType);
    const body = `${WORKGROUP}
let l = i32(lid.x);
let base = p[3] + kept(min(w, p[0] - 1));
var v = ${element("min(l, p[1] - 1)")};
var at = select(-1, l, l < p[1]);
for (var j = l + ${LANES}; j < p[1]; j = j + ${LANES}) {
  let u = ${element("j")};
  if (better(u, v)) { v = u; at = j; }
}
best[l] = v;
where_[l] = at;
workgroupBarrier();
for (var h = ${LANES / 2}; h > 0; h = h >> 1u) {
  if (l < h) {
    if (wins(best[l + h], where_[l + h], best[l], where_[l])) {
      best[l] = best[l + h];
      where_[l] = where_[l + h];
    }
  }
  workgroupBarrier();
}
if (l == 0 && w < p[0]) {
  index[p[2] + w] = vec2<u32>(u32(where_[0]), 0u);
  ${values ? `values[p[4] + w] = ${storeText("best[0]", x.scalarType)};` : ""}
}`;
    return { code: shader(head, body, LANES), writes: values ? 2 : 1, reads: 1 };
  });
  const params = [rows, n, index.storageOffset, x.storageOffset, values?.storageOffset ?? 0];
  params.push(...s.kept, ...s.keptStrides, ...s.reduced, ...s.reducedStrides);
  const written = values ? [memoryOf(index), memoryOf(values)] : [memoryOf(index)];
  gpu().dispatch(kernel, [...written, memoryOf(x)], params, groupsFor(rows, 1));
}
