/** Operators that choose between values element by element, and scans along a dimension. */
import { check } from "../../core/errors.ts";
import { Complex, type Scalar } from "../../core/scalar.ts";
import { isIntegralType, ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import { NoHostBytes } from "../../core/storage.ts";
import { Tensor } from "../../core/tensor.ts";
import type { Kernel } from "../declaration.ts";
import { type Expr, input, op, scalar, type ValueType } from "../expr/mod.ts";
import { resultStrides } from "../reference/allocation.ts";
import { copyInto } from "../reference/copy.ts";
import { expandTo, wrapDim } from "../reference/dims.ts";
import { fillTensor } from "../reference/fill.ts";
import { scalarIn, toBig } from "../reference/scalar_loops.ts";
import { broadcastSizes, type Operand, resultType, typeName } from "../reference/promotion.ts";
import { emptyTensor, gpu, memoryOf, WEBGPU } from "./device.ts";
import { computeType, storeText } from "./elements.ts";
import { contiguous, onDevice } from "./inputs.ts";
import { pointwise } from "./pointwise.ts";
import { expressionFunction } from "./reduce.ts";
import { bindings, groupsFor, INVOCATION, shader } from "./shader.ts";

const choices = new Map<ValueType, Expr>();

function choice(t: ValueType): Expr {
  let e = choices.get(t);
  if (!e) choices.set(t, e = op("where", input(0, "bool"), input(1, t), input(2, t)));
  return e;
}

function tensorOf(o: Operand, dtype: ScalarType): Tensor {
  if (o instanceof Tensor) return onDevice(o);
  if (o instanceof Complex) throw new NoHostBytes(WEBGPU);
  return fillTensor(emptyTensor([], dtype), o);
}

function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  check(
    condition.scalarType === ScalarType.Bool || condition.scalarType === ScalarType.Byte,
    () =>
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${
        typeName(condition.scalarType)
      }`,
  );
  const t = resultType(a, b), inputs = [onDevice(condition), tensorOf(a, t), tensorOf(b, t)];
  const sizes = inputs.reduce<readonly number[]>((s, x) => broadcastSizes(s, x.sizes), []);
  const out = emptyTensor(sizes, t, resultStrides(sizes, inputs));
  pointwise(choice(computeType(t)), out, inputs);
  return out;
}

function checkMask(mask: Tensor, value: Operand): void {
  check(
    mask.scalarType === ScalarType.Bool,
    () =>
      `masked_fill_ only supports boolean masks, but got mask with dtype ${
        scalarTypeInfo(mask.scalarType).dtype
      }`,
  );
  check(
    !(value instanceof Tensor) || value.dim === 0,
    () =>
      `masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ${
        (value as Tensor).dim
      } dimension(s).`,
  );
}

function maskedFill(self: Tensor, mask: Tensor, value: Scalar | Tensor): Tensor {
  checkMask(mask, value);
  const v = tensorOf(value, self.scalarType), sizes = broadcastSizes(mask.sizes, self.sizes);
  const out = emptyTensor(sizes, self.scalarType);
  pointwise(choice(computeType(self.scalarType)), out, [onDevice(mask), v, onDevice(self)]);
  return out;
}

function maskedFillInPlace(self: Tensor, mask: Tensor, value: Scalar | Tensor): Tensor {
  checkMask(mask, value);
  const v = tensorOf(value, self.scalarType);
  pointwise(choice(computeType(self.scalarType)), self, [expandTo(onDevice(mask), self.sizes), v, self]);
  self.bumpVersion();
  return self;
}

const clamps = new Map<string, Expr>();

/** Bounds may be numbers or tensors; an integer tensor with a float bound becomes float, as PyTorch's does. */
function clamp(self: Tensor, lo: Operand | null, hi: Operand | null): Tensor {
  check(lo !== null || hi !== null, "torch.clamp: At least one of 'min' or 'max' must not be None");
  const given = [self, lo, hi].filter((o) => o !== null), t = resultType(...given), v = computeType(t);
  const bounds = [lo, hi].some((o) => o instanceof Tensor);
  check(bounds || t !== ScalarType.Bool, `"clamp_scalar_cpu" not implemented for 'Bool'`);
  const form = [self, lo, hi].map((o) => o === null ? "-" : o instanceof Tensor ? "t" : "s").join("") + v;
  let e = clamps.get(form);
  if (!e) {
    let inputs = 0, scalars = 0;
    const leaf = (o: Operand) => o instanceof Tensor ? input(inputs++, v) : scalar(scalars++, v);
    e = leaf(self);
    if (lo !== null) e = op("maximum", e, leaf(lo));
    if (hi !== null) e = op("minimum", e, leaf(hi));
    clamps.set(form, e);
  }
  const tensors = given.filter((o) => o instanceof Tensor).map(onDevice);
  const numbers = given.filter((o): o is Scalar => !(o instanceof Tensor)).map((o) =>
    v === "i64" ? toBig(o) : scalarIn(o, t)
  );
  const sizes = tensors.reduce<readonly number[]>((s, x) => broadcastSizes(s, x.sizes), []);
  const out = emptyTensor(sizes, t, resultStrides(sizes, tensors));
  pointwise(e, out, tensors, numbers);
  return out;
}

/** Running sums or products: an invocation walks a line. */
function scan(combine: "add" | "mul"): (x: Tensor, dim: number, dtype: ScalarType | null) => Tensor {
  return (x, dim, dtype) => {
    const t = dtype ?? (isIntegralType(x.scalarType, true) ? ScalarType.Long : x.scalarType);
    const d = wrapDim(dim, x.dim), from = emptyTensor(x.sizes, t);
    copyInto(from, x);
    const v = computeType(t), n = from.sizes[d] ?? 1, out = emptyTensor(from.sizes, t);
    if (out.numel === 0) return out;
    const inner = from.sizes.slice(d + 1).reduce((a, b) => a * b, 1), lines = from.numel / n;
    const kernel = gpu().kernel(`${scalarTypeInfo(t).dtype}_cum${combine}__wgsl`, () => {
      const both = expressionFunction("both", op(combine, input(0, v), input(1, v)), [v, v]);
      const body = `${INVOCATION}
if (i >= p[0]) { return; }
let base = (i / p[2]) * p[1] * p[2] + i % p[2];
var s = x[base];
o[base] = s;
for (var j = 1; j < p[1]; j = j + 1) {
  s = both(s, x[base + j * p[2]]);
  o[base + j * p[2]] = ${storeText("s", t)};
}`;
      return { code: shader(`${bindings({ o: t }, { x: t })}\n${both}`, body), writes: 1, reads: 1 };
    });
    gpu().dispatch(kernel, [memoryOf(out), memoryOf(contiguous(from))], [lines, n, inner], groupsFor(lines));
    return out;
  };
}

export const SELECT_KERNELS: Readonly<Record<string, Kernel>> = {
  "aten::where.self": where,
  "aten::where.ScalarSelf": where,
  "aten::where.ScalarOther": where,
  "aten::where.Scalar": where,
  "aten::masked_fill.Scalar": maskedFill,
  "aten::masked_fill.Tensor": maskedFill,
  "aten::masked_fill_.Scalar": maskedFillInPlace,
  "aten::masked_fill_.Tensor": maskedFillInPlace,
  "aten::clamp": clamp,
  "aten::clamp.Tensor": clamp,
  "aten::clamp_min": (x: Tensor, lo: Operand) => clamp(x, lo, null),
  "aten::clamp_min.Tensor": (x: Tensor, lo: Operand) => clamp(x, lo, null),
  "aten::clamp_max": (x: Tensor, hi: Operand) => clamp(x, null, hi),
  "aten::clamp_max.Tensor": (x: Tensor, hi: Operand) => clamp(x, null, hi),
  "aten::cumsum": scan("add"),
  "aten::cumprod": scan("mul"),
};
