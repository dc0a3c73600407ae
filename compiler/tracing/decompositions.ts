/**
 * Operators that PyTorch's tracer does not record: it follows them and records their parts. Each row computes the
 * operator by calls through dispatch, which the tracer sees.
 */
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import type { Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { call } from "../../ops/dispatch.ts";
import type { Operator } from "../../ops/registry.ts";

type Parts = (args: readonly IValue[]) => IValue;

const on = (key: string, ...args: IValue[]) => call(key, ...args) as Tensor;

function chunks(t: Tensor, n: number): Tensor[] {
  return (call("aten::unsafe_chunk", t, n, 1) as ListValue).items as Tensor[];
}
const add = (a: Tensor, b: Tensor) => on("aten::add.Tensor", a, b, 1);
const addTo = (a: Tensor, b: Tensor) => on("aten::add_.Tensor", a, b, 1);
const times = (a: Tensor, b: Tensor) => on("aten::mul.Tensor", a, b);

/** `input` with a batch of one when it has no batch, and the way back. */
function batched(input: Tensor, dims: number, f: (batch: Tensor) => Tensor): Tensor {
  if (input.dim === dims + 2) return f(input);
  return on("aten::squeeze.dim", f(on("aten::unsqueeze", input, 0)), 0);
}

function zeros(n: number): ListValue {
  return new ListValue(IntType, new Array<IValue>(n).fill(0));
}

/** The general convolution behind all, with the switches of libraries that only show in the graph. */
function convolution(
  input: Tensor,
  weight: IValue,
  bias: IValue,
  stride: IValue,
  padding: IValue,
  dilation: IValue,
  transposed: boolean,
  outputPadding: IValue,
  groups: IValue,
): Tensor {
  return on(
    "aten::_convolution",
    ...[input, weight, bias, stride, padding, dilation, transposed, outputPadding, groups],
    ...[false, false, true, true],
  );
}

const forward = (dims: number): Parts => ([x, w, b, stride, padding, dilation, groups]) =>
  batched(
    x as Tensor,
    dims,
    (batch) =>
      typeof padding === "string"
        ? on("aten::_convolution_mode", batch, w, b, stride, padding, dilation, groups)
        : convolution(batch, w, b, stride, padding, dilation, false, zeros(dims), groups),
  );

const transposed = (dims: number): Parts => ([x, w, b, stride, padding, outputPadding, groups, dilation]) =>
  batched(
    x as Tensor,
    dims,
    (batch) => convolution(batch, w, b, stride, padding, dilation, true, outputPadding, groups),
  );

const recurrent = (activation: string): Parts => ([x, hx, wih, whh, bih, bhh]) =>
  on(activation, addTo(on("aten::linear", hx, whh, bhh), on("aten::linear", x, wih, bih)));

const gru: Parts = ([x, hx, wih, whh, bih, bhh]) => {
  const [ir, iz, inew] = chunks(on("aten::linear", x, wih, bih), 3);
  const [hr, hz, hnew] = chunks(on("aten::linear", hx, whh, bhh), 3);
  const reset = on("aten::sigmoid_", addTo(hr, ir));
  const keep = on("aten::sigmoid_", addTo(hz, iz));
  const candidate = on("aten::tanh_", add(inew, on("aten::mul_.Tensor", hnew, reset)));
  const step = on("aten::mul_.Tensor", on("aten::sub.Tensor", hx, candidate, 1), keep);
  return addTo(step, candidate);
};

const lstm: Parts = ([x, hidden, wih, whh, bih, bhh]) => {
  const [hx, cx] = (hidden as ListValue).items as Tensor[];
  const fromHidden = on("aten::linear", hx, whh, bhh);
  const gates = addTo(fromHidden, on("aten::linear", x, wih, bih));
  const [i, f, g, o] = chunks(gates, 4);
  const input = on("aten::sigmoid_", i), forget = on("aten::sigmoid_", f);
  const cell = on("aten::tanh_", g), output = on("aten::sigmoid_", o);
  const kept = times(forget, cx);
  const cy = addTo(kept, times(input, cell));
  return new TupleValue([times(output, on("aten::tanh", cy)), cy]);
};

const PARTS: Readonly<Record<string, Parts>> = {
  "aten::conv1d": forward(1),
  "aten::conv2d": forward(2),
  "aten::conv3d": forward(3),
  "aten::conv_transpose1d": transposed(1),
  "aten::conv_transpose2d": transposed(2),
  "aten::conv_transpose3d": transposed(3),
  "aten::convolution": ([x, w, b, stride, padding, dilation, flip, outputPadding, groups]) =>
    convolution(x as Tensor, w, b, stride, padding, dilation, flip === true, outputPadding, groups),
  "aten::rnn_tanh_cell": recurrent("aten::tanh"),
  "aten::rnn_relu_cell": recurrent("aten::relu"),
  "aten::gru_cell": gru,
  "aten::lstm_cell": lstm,
};

/** How an operator is followed rather than recorded; undefined for all that are recorded. */
export function partsOf(op: Operator): Parts | undefined {
  return Object.hasOwn(PARTS, op.name) ? PARTS[op.name] : undefined;
}
