/**
 * Methods of Tensor that differ while a trace is recorded: sizes are 0-dim tensors, so that what is computed of them is
 * seen; ways out of the tensors into Python's own values warn; what PyTorch's bindings record beside the operators is
 * recorded. They are put over the plain methods when the first trace begins and hand on to them outside of traces.
 */
import {
  PYTHON_DATAFLOW,
  recordNumel,
  recordSize,
  tracing,
  type TracingState,
  warnOfTracing,
} from "../../../compiler/tracing/mod.ts";
import { Device } from "../../../core/device.ts";
import { RuntimeFault } from "../../../core/errors.ts";
import type { ScalarType } from "../../../core/scalar_type.ts";
import { Tensor } from "../../../core/tensor.ts";
import { call } from "../../../ops/dispatch.ts";
import * as r from "../../runtime/mod.ts";
import { importByName } from "../../runtime/imports.ts";
import { Complex, Float } from "../../../core/scalar.ts";
import { inTensorFile, inTorchFile } from "./torch_files.ts";
import { callTorch, wrapped } from "../core/binding.ts";
import { parseDevice, PyNumbered, sizeType } from "../core/objects.ts";
import { tensorOf } from "../core/tensor_data.ts";
import { tensorType } from "../core/tensor_type.ts";
import { tracedTensor } from "./traced_construction.ts";
import { tracedGet, tracedSet } from "./traced_indexing.ts";

type Traced = (state: TracingState, t: Tensor, ...args: r.Value[]) => r.Value | undefined;

/** Puts `traced` over a method; where it gives undefined, and outside of traces, the plain method runs. */
function over(name: string, traced: Traced): void {
  const plain = r.getattr(tensorType, name);
  const method = (t: Tensor, args: r.Value[], kwargs: r.Kwargs) => {
    const { state } = tracing;
    const keywords = kwargs?.size ? [...kwargs.values()] : [];
    const found = state ? traced(state, t, ...args, ...keywords) : undefined;
    return found === undefined ? r.call(plain, [t, ...args], kwargs) : found;
  };
  r.methods(tensorType, { [name]: ["*args, **kwargs", method] });
}

/** Methods through which a value leaves the tensors, by what they make. */
const CONVERSIONS: Readonly<Record<string, string>> = {
  __bool__: "boolean",
  __int__: "integer",
  __float__: "float",
  __complex__: "complex",
  item: "number",
  tolist: "list",
};

/** Warns as Python code of torch does, at the line of whoever called it. */
function warnHere(message: string): void {
  const category = r.getattr(importByName("torch.jit._trace"), "TracerWarning");
  r.call(r.getattr(importByName("warnings"), "warn"), [message, category]);
}

const LEN =
  "Using len to get tensor shape might cause the trace to be incorrect. Recommended usage would be " +
  "tensor.shape[0]. Passing a tensor of different shape might lead to errors or silently give incorrect results.";
const ITER =
  "Iterating over a tensor might cause the trace to be incorrect. Passing a tensor of different shape " +
  "won't change the number of iterations executed (and might lead to errors or silently give incorrect results).";

function sizes(state: TracingState, t: Tensor): r.PyTuple {
  return new r.PyTuple(t.sizes.map((_, d) => recordSize(state, t, d)), sizeType);
}

function size(state: TracingState, t: Tensor, dim: r.Value | undefined): r.Value {
  if (dim === undefined || dim === null) return sizes(state, t);
  const d = r.smallIndex(dim);
  if (d < -t.dim || d >= t.dim) {
    throw new RuntimeFault(
      "IndexError",
      `Dimension out of range (expected to be in range of [${-t.dim}, ${t.dim - 1}], but got ${d})`,
    );
  }
  return recordSize(state, t, d);
}

/** `to` of a device, which changes nothing here but is recorded: dtype, layout, device, pinning. */
function toDevice(t: Tensor, device: Device): Tensor {
  return call("aten::to.dtype_layout", t, t.scalarType, 0, device, null, false, false, null) as Tensor;
}

function to(t: Tensor, args: readonly r.Value[]): r.Value | undefined {
  const [first, second] = args;
  if (first instanceof Tensor) {
    return call("aten::to.device", t, first.device, first.scalarType, false, false, null) as Tensor;
  }
  const device = first instanceof Device ? first : typeof first === "string" ? parseDevice(first) : undefined;
  if (device?.type === "cpu") {
    return second instanceof PyNumbered
      ? call("aten::to.device", t, device, second.value, false, false, null) as Tensor
      : toDevice(t, device);
  }
  if (first instanceof PyNumbered && first.what === "dtype") return callTorch("to", [t, first], null);
  return undefined;
}

function valueOf(t: Tensor, v: r.Value): Tensor {
  if (v instanceof Tensor) return v;
  const made = v instanceof r.PyList || v instanceof r.PyTuple
    ? tensorOf(v, t.scalarType)
    : wrapped(v as number);
  return made.scalarType === t.scalarType ? made : tensorOf(made, t.scalarType);
}

const BITWISE = ["and", "or", "xor", "lshift", "rshift"];

/** Operators that PyTorch writes in Python: its nodes stand there, with the names its parameters have. */
const IN_PYTHON: Readonly<
  Record<string, readonly [line: number, run: (t: Tensor, other: r.Value) => r.Value]>
> = {
  __rsub__: [1094, (t, other) => callTorch("rsub", [t, other], null)],
  __rtruediv__: [1098, (t, other) => callTorch("mul", [callTorch("reciprocal", [t], null), other], null)],
  __pow__: [40, (t, other) => callTorch("pow", [t, other], null)],
  __ipow__: [40, (t, other) => callTorch("pow_", [t, other], null)],
  __rmod__: [1117, (t, other) => callTorch("remainder", [other, t], null)],
  __rpow__: [1128, (t, other) => callTorch("pow", [other, t], null)],
  __floordiv__: [1132, (t, other) => callTorch("floor_divide", [t, other], null)],
  __rfloordiv__: [1136, (t, other) => callTorch("floor_divide", [other, t], null)],
  __rlshift__: [1142, (t, other) => callTorch("bitwise_left_shift", [other, t], null)],
  __rrshift__: [1148, (t, other) => callTorch("bitwise_right_shift", [other, t], null)],
  __rmatmul__: [1152, (t, other) => callTorch("matmul", [other, t], null)],
};

function isOperand(v: r.Value | undefined): v is r.Value {
  return v instanceof Tensor || typeof v === "number" || typeof v === "bigint" || typeof v === "boolean" ||
    v instanceof Float || v instanceof Complex;
}

/** `__pow__` and `__ipow__` are wrapped operators, whose other argument has no name of its own. */
function variables(name: string, t: Tensor, other: r.Value): [string, r.Value][] {
  return name === "__pow__" || name === "__ipow__" ? [["self", t]] : [["self", t], ["other", other]];
}

/** A tensor of a subclass (a Parameter made inside the program) is cut from what it is made of. */
function overMakeSubclass(): void {
  const plain = r.getattr(tensorType, "_make_subclass");
  const make = (cls: r.PyType, data: Tensor, requiresGrad: r.Value) => {
    const { state } = tracing;
    const source = state ? call("aten::detach", data) as Tensor : data;
    const made = r.call(plain, [cls, source, requiresGrad ?? false]) as Tensor;
    const value = state?.lookup(source);
    if (state && value) state.bind(made, value);
    return made;
  };
  r.staticMethods(tensorType, { _make_subclass: ["cls, data, require_grad=False", make] });
}

/** Functions of `torch/functional.py` that are native here, with the line that calls the operator. */
const IN_FUNCTIONAL: Readonly<Record<string, number>> = {
  broadcast_tensors: 78,
  einsum: 373,
  meshgrid: 508,
  cartesian_prod: 1300,
  block_diag: 1350,
  split: 210,
};

/** Torch modules, one a host, that have their functions. */
const withFunctions = new WeakSet<object>();

function overFunctions(): void {
  const torch = importByName("torch") as object;
  if (withFunctions.has(torch)) return;
  withFunctions.add(torch);
  for (const [name, line] of Object.entries(IN_FUNCTIONAL)) {
    const plain = r.getattr(torch, name);
    const traced = (args: r.Value[], kwargs: r.Kwargs) =>
      tracing.state
        ? inTorchFile("torch/functional.py", name, line, [], () => r.call(plain, args, kwargs))
        : r.call(plain, args, kwargs);
    r.setattr(torch, name, r.rawFn(name, traced));
  }
}

function install(): void {
  overMakeSubclass();
  over(
    "unflatten",
    (_s, t, dim, sizes) =>
      inTensorFile(
        "unflatten",
        1432,
        [["self", t], ["dim", dim]],
        () => callTorch("unflatten", [t, dim, sizes], null),
      ),
  );
  for (const [name, [line, run]] of Object.entries(IN_PYTHON)) {
    over(
      name,
      (_s, t, other) =>
        isOperand(other)
          ? inTensorFile(name, line, variables(name, t, other), () => run(t, other))
          : undefined,
    );
  }
  for (const [name, what] of Object.entries(CONVERSIONS)) {
    over(name, () => void warnOfTracing(`Converting a tensor to a Python ${what}`, PYTHON_DATAFLOW));
  }
  over("__len__", (_s, t) => void (t.dim > 0 && warnHere(LEN)));
  over("__iter__", (_s, t) => {
    if (t.dim === 0) return undefined;
    warnHere(ITER);
    const rows = inTensorFile("__iter__", 1216, [["self", t]], () => callTorch("unbind", [t, 0], null));
    return r.iterObject(rows);
  });
  over(
    "split",
    (_s, t, size, dim) =>
      inTensorFile("split", 1055, [["self", t], ["split_size", size], ["dim", dim ?? 0]], () => {
        const whole = size instanceof Tensor ? r.call(r.intType, [size]) : size;
        const isWhole = r.intOf(whole) !== undefined;
        return callTorch(isWhole ? "split" : "split_with_sizes", [t, whole, dim ?? 0], null);
      }),
  );
  over("size", size);
  over("numel", recordNumel);
  over("nelement", recordNumel);
  over("__getitem__", (_s, t, key) => tracedGet(t, key));
  over("__setitem__", (_s, t, key, value) => {
    tracedSet(t, key, valueOf(t, value));
    return null;
  });
  over("to", (_s, t, ...args) => to(t, args));
  over("cpu", (_s, t) => toDevice(t, Device.of("cpu")));
  over("detach", (_s, t) => call("aten::detach", t) as Tensor);
  over(
    "new_tensor",
    (_s, t, data, dtype) =>
      tracedTensor(data, (dtype instanceof PyNumbered ? dtype.value : t.scalarType) as ScalarType, undefined),
  );
  for (const name of BITWISE) {
    for (const op of [`__${name}__`, `__i${name}__`]) {
      over(op, (_s, t, other) => isOperand(other) ? callTorch(op, [t, other], null) : undefined);
    }
  }
  const shape = tensorType.lookup("shape") as r.PyGetSet;
  r.getset(tensorType, "shape", (t: Tensor) => tracing.state ? sizes(tracing.state, t) : shape.get(t));
}

let installed = false;

/** Puts the methods over the plain ones; costs nothing after the first time. */
export function installTracedMethods(): void {
  overFunctions();
  if (installed) return;
  installed = true;
  install();
}
