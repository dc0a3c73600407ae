/** Derivatives of gathering and scattering. */
import type { Scalar } from "../../../core/scalar.ts";
import type { Tensor } from "../../../core/tensor.ts";
import { at, compare, div, like, mul, newZeros, scale, sum, zerosLike, zeroWhere } from "../calls.ts";
import { type Rule, rule, type Rules, type Shape } from "../rules.ts";

type T = Tensor;
type Indices = readonly (T | null)[];

/** Adds `g` where the indices take from. */
function putBack(g: T, s: Shape, indices: Indices): T {
  return at("index_put", newZeros(g, s.sizes), [...indices], g, true);
}
const indexPut: Rule = rule({
  self: [
    "#values indices accumulate",
    (g: T, v: Shape, indices: Indices, accumulate: boolean) =>
      accumulate ? g : at("index_put", g, [...indices], newZeros(g, v.sizes), false),
  ],
  values: ["indices", (g: T, indices: Indices) => at("index.Tensor", g, [...indices])],
});
const scatterAdd: Rule = rule({
  self: ["", (g: T) => g],
  src: ["dim index", (g: T, d: number, i: T) => at("gather", g, d, i, false)],
});

function reduceSelf(
  g: T,
  self: T,
  dim: number,
  index: T,
  src: T,
  how: string,
  includeSelf: boolean,
  result: T,
): T {
  const cleared = (t: T) => includeSelf ? t : at("scatter.value", t, dim, index, 0);
  switch (how) {
    case "sum":
      return cleared(g);
    case "prod":
      return cleared(div(mul(g, result), self));
    case "mean":
      return cleared(div(g, counts(g, self, dim, index, src, includeSelf)));
    default: {
      const mine = like(compare("eq", self, result), g);
      return cleared(div(mul(mine, g), ways(g, mine, dim, index, src, result)));
    }
  }
}
function reduceSrc(
  g: T,
  self: T,
  dim: number,
  index: T,
  src: T,
  how: string,
  includeSelf: boolean,
  result: T,
): T {
  const gathered = (t: T) => at("gather", t, dim, index, false);
  switch (how) {
    case "sum":
      return gathered(g);
    case "prod":
      return div(gathered(mul(g, result)), src);
    case "mean":
      return gathered(div(g, counts(g, self, dim, index, src, includeSelf)));
    default: {
      const mine = like(compare("eq", self, result), g);
      const theirs = like(compare("eq", src, gathered(result)), g);
      return mul(theirs, gathered(div(g, ways(g, mine, dim, index, src, result))));
    }
  }
}
function counts(g: T, self: T, dim: number, index: T, src: T, includeSelf: boolean): T {
  const start = includeSelf ? at("ones_like", g) : zerosLike(g);
  const n = at("scatter_add", start, dim, index, at("ones_like", at("to.dtype", src, self.scalarType)));
  return at("masked_fill.Scalar", n, compare("eq", n, 0), 1);
}
/** How many elements reach the extreme. */
function ways(g: T, mine: T, dim: number, index: T, src: T, result: T): T {
  const theirs = like(compare("eq", src, at("gather", result, dim, index, false)), g);
  const n = at("scatter_add", mine, dim, index, theirs);
  return at("masked_fill.Scalar", n, compare("eq", n, 0), 1);
}
const indexFill: Rule = rule({
  self: ["dim index", (g: T, d: number, i: T) => at("index_fill.int_Scalar", g, d, i, 0)],
});

export const indexing: Rules = {
  "index.Tensor": rule({ self: ["#self indices", putBack] }),
  "index_put": indexPut,
  "_index_put_impl_": indexPut,
  "_unsafe_index.Tensor": rule({ self: ["#self indices", putBack] }),
  "gather": rule({
    self: [
      "#self dim index",
      (g: T, s: Shape, d: number, i: T) => at("scatter_add", newZeros(g, s.sizes), d, i, g),
    ],
  }),
  "scatter.src": rule({
    self: ["dim index", (g: T, d: number, i: T) => at("scatter.value", g, d, i, 0)],
    src: ["dim index", (g: T, d: number, i: T) => at("gather", g, d, i, false)],
  }),
  "scatter.value": rule({
    self: ["dim index", (g: T, d: number, i: T) => at("scatter.value", g, d, i, 0)],
  }, { index: 1 }),
  "scatter_add": scatterAdd,
  "scatter_reduce.two": rule({
    self: ["self dim index src reduce include_self result", reduceSelf],
    src: ["self dim index src reduce include_self result", reduceSrc],
  }),
  "index_select": rule({
    self: [
      "#self dim index",
      (g: T, s: Shape, d: number, i: T) => at("index_add", newZeros(g, s.sizes), d, i, g, 1),
    ],
  }),
  "index_add": rule({
    self: ["", (g: T) => g],
    source: [
      "#source dim index alpha",
      (g: T, s: Shape, d: number, i: T, alpha: Scalar) =>
        scale(at("expand_as", at("index_select", g, d, i), newZeros(g, s.sizes)), alpha),
    ],
  }),
  "index_copy": rule({
    self: ["dim index", (g: T, d: number, i: T) => at("index_fill.int_Scalar", g, d, i, 0)],
    source: ["dim index", (g: T, d: number, i: T) => at("index_select", g, d, i)],
  }),
  "index_fill.int_Scalar": indexFill,
  "index_fill.int_Tensor": rule({
    self: indexFill.grads.self,
    value: ["dim index", (g: T, d: number, i: T) => sum(at("index_select", g, d, i))],
  }, { index: 1 }),
  "masked_select": rule({
    self: ["#self mask", (g: T, s: Shape, mask: T) => {
      const sizes = broadcast(s.sizes, mask.sizes);
      return at("masked_scatter", newZeros(g, sizes), at("expand", mask, sizes), g);
    }],
  }),
  "masked_scatter": rule({
    self: ["mask", (g: T, m: T) => zeroWhere(m, g)],
    source: ["mask #source", (g: T, m: T, s: Shape) => {
      const taken = at("masked_select", g, m), missing = s.numel - taken.numel;
      const flat = missing > 0 ? at("cat", [taken, newZeros(g, [missing])], 0) : taken;
      return at("reshape", flat, [...s.sizes]);
    }],
  }),
  "take": rule({
    self: [
      "#self index",
      (g: T, s: Shape, i: T) => at("put", newZeros(g, s.sizes), i, g, true),
    ],
  }),
  "put": rule({
    self: [
      "index #source accumulate",
      (g: T, i: T, s: Shape, accumulate: boolean) =>
        accumulate ? g : at("put", g, i, newZeros(g, s.sizes), false),
    ],
    source: ["index #source", (g: T, i: T, s: Shape) => at("reshape", at("take", g, i), [...s.sizes])],
  }),
};

function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const n = Math.max(a.length, b.length);
  return Array.from({ length: n }, (_, i) => {
    const x = a[a.length - n + i] ?? 1, y = b[b.length - n + i] ?? 1;
    return x === 1 ? y : x;
  });
}
