/**
 * Sorting: the place of an element is the number of those that come before it, counted by an invocation each. That is
 * quadratic in the length of a line, but needs no passes; long lines are read back and sorted on the host.
 */
import { ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import { check } from "../../core/errors.ts";
import type { Tensor } from "../../core/tensor.ts";
import { narrow } from "../aten/view.ts";
import type { Kernel } from "../declaration.ts";
import { wrapDim } from "../reference/dims.ts";
import { emptyTensor, gpu, memoryOf } from "./device.ts";
import { computeType, loadText } from "./elements.ts";
import { onHost } from "./host_reads.ts";
import { contiguous } from "./inputs.ts";
import { comparison, expressionFunction } from "./reduce.ts";
import { bindings, groupsFor, INVOCATION, shader } from "./shader.ts";

/** Elements of a line above which the host sorts. */
const MOST = 16384;

/** Values and places along a dimension, equal elements in their order, NaN as the largest. */
function sorted(self: Tensor, dim: number, descending: boolean): Tensor[] {
  const x = contiguous(self), d = wrapDim(dim, x.dim), n = x.sizes[d] ?? 1;
  const values = emptyTensor(x.sizes, x.scalarType), index = emptyTensor(x.sizes, ScalarType.Long);
  if (x.numel === 0) return [values, index];
  const inner = x.sizes.slice(d + 1).reduce((a, b) => a * b, 1), v = computeType(x.scalarType);
  const name = `${scalarTypeInfo(x.scalarType).dtype}_sort${descending ? "_down" : ""}__wgsl`;
  const kernel = gpu().kernel(name, () => {
    const before = expressionFunction("greater", comparison(true, v), [v, v]);
    const [a, b] = descending ? ["other", "own"] : ["own", "other"];
    const body = `${INVOCATION}
if (i >= p[0]) { return; }
let place = (i / p[2]) % p[1];
let base = p[3] + i - place * p[2];
let own = ${loadText("x[base + place * p[2]]", x.scalarType)};
var rank = 0;
for (var j = 0; j < p[1]; j = j + 1) {
  let other = ${loadText("x[base + j * p[2]]", x.scalarType)};
  if (greater(${a}, ${b}) || (j < place && !greater(${b}, ${a}))) { rank = rank + 1; }
}
let to = i + (rank - place) * p[2];
values[to] = x[base + place * p[2]];
index[to] = vec2<u32>(u32(place), 0u);`;
    const head = bindings({ values: x.scalarType, index: ScalarType.Long }, { x: x.scalarType });
    return { code: shader(`${head}\n${before}`, body), writes: 2, reads: 1 };
  });
  gpu().dispatch(
    kernel,
    [values, index, x].map(memoryOf),
    [x.numel, n, inner, x.storageOffset],
    groupsFor(x.numel),
  );
  return [values, index];
}

/** A sort where lines are short enough, else the host's of `key`. */
function sort(key: string, sorting: (...args: never[]) => Tensor[] | Tensor): Kernel {
  const elsewhere = onHost(key, true);
  return (x: Tensor, ...rest: unknown[]) =>
    Math.max(0, ...x.sizes) > MOST ? elsewhere(x, ...rest) : sorting(...[x, ...rest] as never[]);
}

function topk(x: Tensor, k: number, dim: number, largest: boolean): Tensor[] {
  const d = wrapDim(dim, x.dim), n = x.sizes[d] ?? 1;
  check(k >= 0 && k <= n, "selected index k out of range");
  const all = sorted(x, d, largest);
  return x.dim === 0 ? all : all.map((t) => contiguous(narrow(t, d, 0, k)));
}

export const ORDER_KERNELS: Readonly<Record<string, Kernel>> = {
  "aten::sort": sort("aten::sort", sorted),
  "aten::sort.stable": sort(
    "aten::sort.stable",
    (x: Tensor, _stable: boolean, dim: number, descending: boolean) => sorted(x, dim, descending),
  ),
  "aten::argsort": sort(
    "aten::argsort",
    (x: Tensor, dim: number, descending: boolean) => sorted(x, dim, descending)[1],
  ),
  "aten::argsort.stable": sort(
    "aten::argsort.stable",
    (x: Tensor, _stable: boolean, dim: number, descending: boolean) => sorted(x, dim, descending)[1],
  ),
  "aten::topk": sort("aten::topk", topk),
  "aten::msort": sort("aten::msort", (x: Tensor) => sorted(x, 0, false)[0]),
  "aten::cummax": onHost("aten::cummax", true),
  "aten::cummin": onHost("aten::cummin", true),
  "aten::logcumsumexp": onHost("aten::logcumsumexp", true),
};
