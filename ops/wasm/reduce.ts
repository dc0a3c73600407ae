/** Reductions over tensors: dimensions arranged for the row or column kernel, values converted, results spread. */
import { elementSize, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, Tensor } from "../../core/tensor.ts";
import { constant, type Expr, input, op, valueTypeOf } from "../expr/mod.ts";
import { spanOf } from "./layout.ts";
import { withOperands } from "./operands.ts";
import { copyStrided, pointwise } from "./pointwise.ts";
import { argKernel, type Combine, reduceKernels, type ReduceType } from "./reduce_kernel.ts";
import { type Temporaries, withTemporaries } from "./temporary.ts";

/**
 * `max` and `min` are amax and amin; `norm2` is the square root of the sum of squares; `any` and `all` give bool;
 * `argmax` and `argmin` give int64 positions in the reduced dimensions taken row-major.
 */
export type ReduceKind =
  | "sum"
  | "mean"
  | "prod"
  | "max"
  | "min"
  | "any"
  | "all"
  | "norm2"
  | "argmax"
  | "argmin";

/** Bytes of a heap tensor that are copied for one call of a kernel. */
const CHUNK_BYTES = 1 << 20;

const SCALAR: Record<ReduceType, ScalarType> = {
  f32: ScalarType.Float,
  f64: ScalarType.Double,
  i32: ScalarType.Int,
  i64: ScalarType.Long,
};

/** The type to reduce in: the output's for sums, the input's for extremes, wide enough for a kernel. */
function computeType(kind: ReduceKind, out: Tensor, x: Tensor): ReduceType | undefined {
  const t = valueTypeOf(
    kind === "max" || kind === "min" || kind.startsWith("arg") ? x.scalarType : out.scalarType,
  );
  if (kind === "any" || kind === "all") return "i32";
  if (t === undefined || ((kind === "mean" || kind === "norm2") && t !== "f32" && t !== "f64")) {
    return undefined;
  }
  return t === "bool" || t === "u8" || t === "i8" || t === "i16" ? "i32" : t;
}

const mapped = new Map<string, Expr>();
function mapping(key: string, make: () => Expr): Expr {
  let e = mapped.get(key);
  if (!e) mapped.set(key, e = make());
  return e;
}

/** A sum divided by a count. */
function meanOf(t: ReduceType): Expr {
  return mapping(`mean ${t}`, () => op("div", input(0, t), input(1, t)));
}

/** Sums (and the rest) `from` [..., kept dims, reduced dims ...] into `to`, contiguous over the kept dims. */
function combine(
  to: Tensor,
  from: Tensor,
  kept: number[],
  reduced: number[],
  t: ReduceType,
  how: Combine,
  tmp: Temporaries,
): boolean {
  const rows = numelOf(kept.map((d) => from.sizes[d])), n = numelOf(reduced.map((d) => from.sizes[d]));
  const order = (dims: number[]) => dims.filter((d) => from.sizes[d] !== 1);
  const k = order(kept), r = order(reduced);
  const walk = (dims: number[]) =>
    new Tensor(
      from.storage,
      from.scalarType,
      dims.map((d) => from.sizes[d]),
      dims.map((d) => from.strides[d]),
      from.storageOffset,
    );
  const kernel = reduceKernels(t, how), es = to.itemSize;
  const same = from.scalarType === to.scalarType;
  // columns: the kept dimensions lie inside, contiguous, and the reduced ones are one stride
  if (same && k.length > 0 && r.length > 0 && walk(k).isContiguous) {
    const step = from.strides[r[r.length - 1]];
    const even = r.every((d, i) =>
      i === r.length - 1 || from.strides[d] === from.strides[r[i + 1]] * from.sizes[r[i + 1]]
    );
    if (even && step >= rows) {
      return withOperands(
        [to, from],
        (s) => (kernel.outer(s.output(to), s.input(from), rows, n, step * es), true),
      );
    }
  }
  let view = walk([...k, ...r]);
  if (!same || !walk(r).isContiguous || !evenRows(from, k)) {
    const dense = tmp.tensor(view.sizes, to.scalarType);
    if (!copyStrided(dense, view)) return false;
    view = dense;
  }
  const rowStep = k.length ? view.strides[k.length - 1] : 0;
  return withOperands(
    [to, view],
    (s) => (kernel.inner(s.output(to), s.input(view), rows, rowStep * es, n), true),
  );
}

/** Whether the kept dimensions are walked with one step. */
function evenRows(t: Tensor, kept: number[]): boolean {
  return kept.every((d, i) =>
    i === kept.length - 1 || t.strides[d] === t.strides[kept[i + 1]] * t.sizes[kept[i + 1]]
  );
}

/**
 * out = x reduced over `dims` (all when empty). out has x's sizes without the reduced dimensions, or with 1 in their
 * place, in any layout; the result converts to its type. Of no elements: sums give 0, products 1, any false,
 * all true; extremes are refused.
 */
export function reduce(kind: ReduceKind, out: Tensor, x: Tensor, dims: readonly number[]): boolean {
  const t = computeType(kind, out, x);
  if (
    t === undefined || valueTypeOf(x.scalarType) === undefined || valueTypeOf(out.scalarType) === undefined
  ) return false;
  const wanted = new Set(dims.length ? dims.map((d) => d < 0 ? d + x.dim : d) : x.sizes.map((_s, d) => d));
  const reduced: number[] = [], kept: number[] = [];
  x.sizes.forEach((_s, d) => (wanted.has(d) ? reduced : kept).push(d));
  const keptSizes = kept.map((d) => x.sizes[d]), n = numelOf(reduced.map((d) => x.sizes[d]));
  if (out.numel !== numelOf(keptSizes)) return false;
  if (out.numel === 0) return true;
  const extreme = kind === "max" || kind === "min" || kind.startsWith("arg");
  if (n === 0 && extreme) return false;
  if (x.storage.arena === null && spanOf(x.sizes, x.strides) * x.itemSize > CHUNK_BYTES) {
    const done = inChunks(kind, out, x, dims, t);
    if (done !== undefined) return done;
  }
  return withTemporaries((tmp) => {
    if (kind === "argmax" || kind === "argmin") {
      const order = [...kept, ...reduced];
      const view = x.asStrided(order.map((d) => x.sizes[d]), order.map((d) => x.strides[d]));
      const dense = tmp.tensor(view.sizes, SCALAR[t]), flat = tmp.tensor(keptSizes, ScalarType.Long);
      if (!copyStrided(dense, view)) return false;
      argKernel(t, kind === "argmax")(
        flat.storage.address,
        dense.storage.address,
        flat.numel,
        n * dense.itemSize,
        n,
      );
      return spread(out, flat);
    }
    let from = x;
    // squares of float32 can leave its range
    const wide = kind === "norm2" ? "f64" : t;
    if (kind === "norm2" || kind === "any" || kind === "all") {
      from = tmp.tensor(x.sizes, SCALAR[wide]);
      const own = valueTypeOf(x.scalarType)!;
      const e = kind === "norm2"
        ? mapping(`square f64`, () => op("mul", input(0, "f64"), input(0, "f64")))
        : mapping(
          `true ${own}`,
          () => op("logical_or", input(0, own), constant(own === "i64" ? 0n : 0, own)),
        );
      if (!pointwise(e, from, [x])) return false;
    }
    const how: Combine = kind === "prod"
      ? "prod"
      : kind === "max" || kind === "any"
      ? "max"
      : kind === "min" || kind === "all"
      ? "min"
      : "sum";
    const flat = tmp.tensor(keptSizes, SCALAR[wide]);
    if (n === 0) {
      const value = kind === "mean" ? NaN : kind === "prod" || kind === "all" ? 1 : 0;
      if (!pointwise(constant(wide === "i64" ? BigInt(value) : value, wide), flat, [])) return false;
    } else if (!combine(flat, from, kept, reduced, wide, how, tmp)) return false;
    if (kind === "mean") {
      const count = tmp.tensor([], SCALAR[t]);
      count.data()[0] = n as never;
      if (!pointwise(meanOf(t), flat, [flat, count])) return false;
    }
    if (
      kind === "norm2" && !pointwise(mapping(`sqrt f64`, () => op("sqrt", input(0, "f64"))), flat, [flat])
    ) {
      return false;
    }
    return spread(out, flat);
  });
}

/** `count` of x's indices along a dimension, from `first`. */
function part(x: Tensor, dim: number, first: number, count: number): Tensor {
  return x.asStrided(
    x.sizes.map((s, d) => d === dim ? count : s),
    x.strides,
    x.storageOffset + first * x.strides[dim],
  );
}

/**
 * A heap tensor reduced piece by piece along its outermost dimension, so that each piece is still in the cache when the
 * kernel reads the copy, and a large tensor does not make the memory grow for good. A kept dimension's pieces are results
 * of their own, a reduced one's are reduced again. Undefined for what does not come apart this way.
 */
function inChunks(
  kind: ReduceKind,
  out: Tensor,
  x: Tensor,
  dims: readonly number[],
  t: ReduceType,
): boolean | undefined {
  const which = new Set(dims.length ? dims.map((d) => d < 0 ? d + x.dim : d) : x.sizes.map((_s, d) => d));
  const outer = x.strides.reduce(
    (most, s, d) => x.sizes[d] > 1 && (most < 0 || s > x.strides[most]) ? d : most,
    -1,
  );
  if (outer < 0 || x.strides[outer] === 0 || which.has(outer) && kind.startsWith("arg")) return undefined;
  const size = x.sizes[outer];
  const pieces = Math.min(size, Math.ceil(spanOf(x.sizes, x.strides) * x.itemSize / CHUNK_BYTES));
  const step = Math.ceil(size / pieces), chunks = Math.ceil(size / step);
  const each = (f: (first: number, count: number, i: number) => boolean): boolean => {
    for (let i = 0; i < chunks; i++) if (!f(i * step, Math.min(step, size - i * step), i)) return false;
    return true;
  };
  if (!which.has(outer)) {
    const kept = out.dim === x.dim ? outer : x.sizes.slice(0, outer).filter((_s, d) => !which.has(d)).length;
    return each((first, count) =>
      reduce(kind, part(out, kept, first, count), part(x, outer, first, count), dims)
    );
  }
  return withTemporaries((tmp) => {
    const first = kind === "mean" ? "sum" : kind, how = kind === "norm2" ? ScalarType.Double : SCALAR[t];
    const one = x.sizes.map((s, d) => which.has(d) ? 1 : s), bytes = numelOf(one) * elementSize(how);
    // results of the pieces, the first of them what came of all that were put together before
    const slots = Math.min(chunks, Math.max(2, Math.floor(CHUNK_BYTES / bytes)));
    const partial = tmp.tensor(one.map((s, d) => d === outer ? slots : s), how);
    let used = 0;
    const done = each((at, count) => {
      if (used === slots) {
        if (!reduce(first, part(partial, outer, 0, 1), partial, [outer])) return false;
        used = 1;
      }
      return reduce(first, part(partial, outer, used++, 1), part(x, outer, at, count), dims);
    });
    if (!done) return false;
    const last = part(partial, outer, 0, used);
    if (kind !== "mean") return reduce(kind, out, last, dims);
    const whole = tmp.tensor(one, SCALAR[t]), count = tmp.tensor([], SCALAR[t]);
    count.data()[0] = x.numel / whole.numel as never;
    return reduce("sum", whole, last, [outer]) && pointwise(meanOf(t), whole, [whole, count]) &&
      spread(out, whole);
  });
}

/** Copies the dense result into out's layout and type. */
function spread(out: Tensor, flat: Tensor): boolean {
  const t = new Tensor(flat.storage, flat.scalarType, out.sizes);
  return copyStrided(out, t);
}
