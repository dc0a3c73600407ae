/** Products of integer matrices: rare and small, so an invocation walks a row and a column. */
import { scalarTypeInfo } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { cast, constant, input, op, wgslOf } from "../expr/mod.ts";
import { emptyTensor, gpu, memoryOf } from "./device.ts";
import { computeType, loadText, storeText } from "./elements.ts";
import { expressionFunction } from "./reduce.ts";
import { bindings, groupsFor, INVOCATION, shader } from "./shader.ts";

/** [batch, m, k] x [batch, k, n], a batch of 1 for all; sums wrap in the type. */
export function integerProduct(a: Tensor, b: Tensor): Tensor {
  const batch = Math.min(a.sizes[0], b.sizes[0]) && Math.max(a.sizes[0], b.sizes[0]);
  const [m, k, n] = [a.sizes[1], a.sizes[2], b.sizes[2]];
  const out = emptyTensor([batch, m, n], a.scalarType), dtype = a.scalarType, v = computeType(dtype);
  if (out.numel === 0) return out;
  const kernel = gpu().kernel(`${scalarTypeInfo(dtype).dtype}_gemm__wgsl`, () => {
    const sum = v === "bool" ? "u8" : v;
    const step = op("add", input(0, sum), op("mul", input(1, sum), input(2, sum)));
    const zero = wgslOf(constant(sum === "i64" ? 0n : 0, sum), () => "")!;
    const both = expressionFunction("both", v === "bool" ? cast("bool", step) : step, [v, v, v]);
    const start = v === "bool" ? "false" : zero.result;
    const body = `${INVOCATION}
if (i >= p[0]) { return; }
let column = i % p[2];
let row = (i / p[2]) % p[1];
let which = i / (p[1] * p[2]);
let left = p[4] + which * p[5] + row * p[6];
let right = p[8] + which * p[9] + column * p[11];
${zero.statements}
var s = ${start};
for (var j = 0; j < p[3]; j = j + 1) {
  s = both(s, ${loadText("a[left + j * p[7]]", dtype)}, ${loadText("b[right + j * p[10]]", dtype)});
}
o[i] = ${storeText("s", dtype)};`;
    return {
      code: shader(`${bindings({ o: dtype }, { a: dtype, b: dtype })}\n${both}`, body),
      writes: 1,
      reads: 2,
    };
  });
  const place = (
    t: Tensor,
  ) => [t.storageOffset, t.sizes[0] > 1 ? t.strides[0] : 0, t.strides[1], t.strides[2]];
  gpu().dispatch(
    kernel,
    [out, a, b].map(memoryOf),
    [out.numel, m, n, k, ...place(a), ...place(b)],
    groupsFor(out.numel),
  );
  return out;
}
