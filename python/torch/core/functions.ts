/** Functions of the torch module that are no plain operator: making tensors of data, defaults, gradients, the generator. */
import { type Complex, Float } from "../../../core/scalar.ts";
import {
  canCast,
  elementSize,
  isComplexType,
  isFloatingType,
  promoteTypes,
  ScalarType,
  scalarTypeInfo,
} from "../../../core/scalar_type.ts";
import { Tensor } from "../../../core/tensor.ts";
import { settled } from "../../../core/pending.ts";
import { tracing } from "../../../compiler/tracing/mod.ts";
import { call } from "../../../ops/dispatch.ts";
import { setPrintOptions } from "../../../ops/printing.ts";
import { defaultGenerator, type Generator } from "../../../ops/random/mod.ts";
import { getDefaultDtype, setDefaultDtype } from "../../../ops/reference/allocation.ts";
import { copyOf } from "../../../ops/reference/copy.ts";
import { broadcastSizes, resultType } from "../../../ops/reference/promotion.ts";
import * as r from "../../runtime/mod.ts";
import { callTorch } from "./binding.ts";
import { tracedAsTensor, tracedTensor } from "../jit/traced_construction.ts";
import { gradMode } from "./grad_mode.ts";
import { dtypeOf, PyNumbered, sizeOf } from "./objects.ts";
import { defaultDeviceFunctions, placedOn } from "../webgpu.ts";
import { tensorOf } from "./tensor_data.ts";
import { setRequiresGrad } from "./autograd_tensor.ts";
import { tensorType } from "./tensor_type.ts";

function dtypeArg(v: r.Value | undefined): number | undefined {
  if (v instanceof PyNumbered) return v.value;
  if (v === r.floatType) return ScalarType.Double;
  if (v === r.intType) return ScalarType.Long;
  return v === r.boolType ? ScalarType.Bool : undefined;
}

const numbersOf = (v: r.Value): number[] => r.collect(v).map(Number);

/** PyTorch's finfo and iinfo. */
function info(name: "finfo" | "iinfo", fields: (t: ScalarType) => Record<string, r.Value>): r.PyType {
  const t = r.nativeType(name, { module: "torch", alloc: (cls) => new Info(cls) });
  r.methods(t, {
    __init__: ["type=None", (self: Info, dtype: r.Value) => {
      self.dtype = (dtypeArg(dtype) ?? getDefaultDtype()) as ScalarType;
      self.values = fields(self.dtype);
      return null;
    }],
    __repr__: [
      "",
      (self: Info) =>
        `${name}(${
          Object.entries(self.values).filter(([k]) => k !== "bits").map(([k, v]) =>
            `${k}=${v instanceof Float ? r.format(v, ".6g") : r.str(v)}`
          ).join(
            ", ",
          )
        }, dtype=${scalarTypeInfo(self.dtype).dtype})`,
    ],
  });
  for (const f of ["min", "max", "bits", "eps", "tiny", "smallest_normal", "resolution"]) {
    r.getset(t, f, (self: Info) => self.values[f] ?? null);
  }
  r.getset(t, "dtype", (self: Info) => scalarTypeInfo(self.dtype).dtype);
  return t;
}
class Info extends r.PyObject {
  dtype: ScalarType = ScalarType.Float;
  values: Record<string, r.Value> = {};
}
const FLOATS: Readonly<
  Record<number, readonly [bits: number, mantissa: number, maxExponent: number, resolution: number]>
> = {
  5: [16, 10, 16, 1e-3],
  6: [32, 23, 128, 1e-6],
  7: [64, 52, 1024, 1e-15],
  15: [16, 7, 128, 1e-2],
};
function floatInfo(t: ScalarType): Record<string, r.Value> {
  const row = FLOATS[isComplexType(t) ? t - 3 : t];
  if (!row) {
    throw r.typeError(
      `torch.finfo() requires a floating point input type. Use torch.iinfo to handle '${dtypeOf(t).text}'`,
    );
  }
  const [bits, m, e, resolution] = row;
  const max = (2 - 2 ** -m) * 2 ** (e - 1), tiny = 2 ** (2 - e), f = (x: number) => new Float(x);
  return {
    resolution: f(resolution),
    min: f(-max),
    max: f(max),
    eps: f(2 ** -m),
    smallest_normal: f(tiny),
    tiny: f(tiny),
    bits,
  };
}
function intInfo(t: ScalarType): Record<string, r.Value> {
  if (isFloatingType(t) || isComplexType(t) || t === ScalarType.Bool) {
    throw r.typeError(
      `torch.iinfo() requires an integer input type. Use torch.finfo to handle '${dtypeOf(t).text}'`,
    );
  }
  const bits = elementSize(t) * 8;
  if (t === ScalarType.Byte) return { min: 0, max: 255, bits };
  const max = 2n ** BigInt(bits - 1) - 1n;
  const small = (v: bigint) => bits < 64 ? Number(v) : v;
  return { min: small(-max - 1n), max: small(max), bits };
}

function operand(v: r.Value): Tensor | number | boolean | Float | Complex {
  return v as Tensor;
}

/** The functions, by name. */
export function torchFunctions(): Record<string, r.Value> {
  const fn = r.fn;
  const tensor = (data: r.Value, dtype: r.Value | undefined, requires: r.Value, device: r.Value): Tensor => {
    const made = tracing.state
      ? tracedTensor(data, dtypeArg(dtype), "torch.tensor")
      : data instanceof Tensor
      ? copyOf(tensorOf(data, dtypeArg(dtype)))
      : tensorOf(data, dtypeArg(dtype));
    const t = placedOn(made, device);
    return requires === true ? requiringGrad(t) : t;
  };
  return {
    ...defaultDeviceFunctions(),
    tensor: fn(
      "tensor",
      "data, *, dtype=None, device=None, requires_grad=False, pin_memory=False",
      (data, dtype, device, g) => tensor(data, dtype, g, device),
    ),
    as_tensor: fn(
      "as_tensor",
      "data, dtype=None, device=None",
      (data, dtype, device) =>
        placedOn((tracing.state ? tracedAsTensor : tensorOf)(data, dtypeArg(dtype)), device),
    ),
    asarray: fn(
      "asarray",
      "obj, *, dtype=None, device=None, copy=None, requires_grad=False",
      (data, dtype, device) => placedOn(tensorOf(data, dtypeArg(dtype)), device),
    ),
    is_tensor: fn("is_tensor", "obj", (v) => v instanceof Tensor),
    is_storage: fn("is_storage", "obj", () => false),
    is_complex: fn("is_complex", "input", (t: Tensor) => isComplexType(t.scalarType)),
    is_floating_point: fn("is_floating_point", "input", (t: Tensor) => isFloatingType(t.scalarType)),
    is_grad_enabled: fn("is_grad_enabled", "", () => gradMode.enabled),
    is_inference_mode_enabled: fn("is_inference_mode_enabled", "", () => gradMode.inference),
    is_autocast_enabled: fn("is_autocast_enabled", "device_type=None", () => false),
    get_default_dtype: fn("get_default_dtype", "", () => dtypeOf(getDefaultDtype())),
    set_default_dtype: fn("set_default_dtype", "d, /", (d: PyNumbered) => {
      if (!isFloatingType(d.value as ScalarType)) {
        throw r.typeError("only floating-point types are supported as the default type");
      }
      setDefaultDtype(d.value as ScalarType);
      return null;
    }),
    result_type: fn("result_type", "tensor1, tensor2", (a, b) => dtypeOf(resultType(operand(a), operand(b)))),
    promote_types: fn(
      "promote_types",
      "type1, type2",
      (a: PyNumbered, b: PyNumbered) => dtypeOf(promoteTypes(a.value as ScalarType, b.value as ScalarType)),
    ),
    can_cast: fn(
      "can_cast",
      "from_, to",
      (a: PyNumbered, b: PyNumbered) => canCast(a.value as ScalarType, b.value as ScalarType),
    ),
    broadcast_shapes: fn("broadcast_shapes", "*shapes", (shapes: r.Value[]) => {
      const all = shapes.map((s) => r.intOf(s) !== undefined ? [Number(s)] : numbersOf(s));
      try {
        return sizeOf(all.reduce<readonly number[]>((a, b) => broadcastSizes(a, b), []));
      } catch {
        throw r.runtimeError("Shape mismatch: objects cannot be broadcast to a single shape");
      }
    }),
    manual_seed: fn(
      "manual_seed",
      "seed",
      (seed: r.Value) => defaultGenerator.manualSeed(r.intOf(seed) ?? 0),
    ),
    seed: fn("seed", "", () => defaultGenerator.seed()),
    initial_seed: fn("initial_seed", "", () => defaultGenerator.initialSeed()),
    get_rng_state: fn("get_rng_state", "", () => r.callMethod(defaultGenerator, "get_state", [])),
    set_rng_state: fn("set_rng_state", "new_state", (s) => {
      r.callMethod(defaultGenerator, "set_state", [s]);
      return null;
    }),
    default_generator: defaultGenerator as Generator,
    set_printoptions: fn(
      "set_printoptions",
      "precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None",
      (precision, threshold, edgeitems, linewidth, profile, sci) => {
        const n = (v: r.Value | undefined) =>
          v == null ? undefined : v instanceof Float ? v.value : Number(v);
        setPrintOptions({
          precision: n(precision),
          threshold: n(threshold),
          edgeitems: n(edgeitems),
          linewidth: n(linewidth),
          ...(profile == null ? {} : { profile: String(profile) }),
          ...(sci == null ? {} : { sciMode: sci === true }),
        });
        return null;
      },
    ),
    finfo: info("finfo", floatInfo),
    iinfo: info("iinfo", intInfo),
    numel: fn("numel", "input", (t: Tensor) => t.numel),
    equal: fn(
      "equal",
      "input, other",
      (a: Tensor, b: Tensor) => settled(call("aten::equal", a, b)) as boolean,
    ),
    set_num_threads: fn("set_num_threads", "n", () => null),
    get_num_threads: fn("get_num_threads", "", () => 1),
    set_num_interop_threads: fn("set_num_interop_threads", "n", () => null),
    use_deterministic_algorithms: fn("use_deterministic_algorithms", "mode, *, warn_only=False", () => null),
    are_deterministic_algorithms_enabled: fn("are_deterministic_algorithms_enabled", "", () => false),
    typename: fn(
      "typename",
      "obj",
      (v: r.Value) =>
        v instanceof Tensor && r.typeOf(v) === tensorType
          ? `torch.${scalarTypeInfo(v.scalarType).name}Tensor`
          : r.typeOf(v).fullName,
    ),
    normal: r.rawFn("normal", (args, kwargs) => callTorch("normal", numbersAsFloats(args), kwargs)),
    meshgrid: r.rawFn("meshgrid", (args, kwargs) => callTorch("meshgrid", listed(args), kwargs)),
    broadcast_tensors: r.rawFn(
      "broadcast_tensors",
      (args, kwargs) => callTorch("broadcast_tensors", listed(args), kwargs),
    ),
    cartesian_prod: r.rawFn(
      "cartesian_prod",
      (args, kwargs) => callTorch("cartesian_prod", listed(args), kwargs),
    ),
    block_diag: r.rawFn("block_diag", (args, kwargs) => callTorch("block_diag", listed(args), kwargs)),
    einsum: r.rawFn(
      "einsum",
      (args, kwargs) =>
        callTorch(
          "einsum",
          args.length === 2 && !(args[1] instanceof Tensor) ? args : [args[0], new r.PyList(args.slice(1))],
          kwargs,
        ),
    ),
    nonzero: r.fn(
      "nonzero",
      "input, *, out=None, as_tuple=False",
      (t: Tensor, _out: r.Value, asTuple: r.Value) =>
        callTorch(asTuple === true ? "nonzero_numpy" : "nonzero", [t], null),
    ),
    split: r.rawFn("split", (args, kwargs) => callTorch("split", args, kwargs)),
    from_numpy: fn("from_numpy", "ndarray", () => {
      throw r.typeError("expected np.ndarray: there is no numpy here");
    }),
    compiled_with_cxx11_abi: fn("compiled_with_cxx11_abi", "", () => true),
  };
}

/** What `requires_grad=True` makes of a new tensor. */
function requiringGrad(t: Tensor): Tensor {
  if (!isFloatingType(t.scalarType) && !isComplexType(t.scalarType)) {
    throw r.runtimeError("Only Tensors of floating point and complex dtype can require gradients");
  }
  return setRequiresGrad(t, true);
}

function numbersAsFloats(args: readonly r.Value[]): r.Value[] {
  return args.map((a) => typeof a === "number" ? new Float(a) : a);
}
/** Tensors given one by one as the list that the operator takes. */
function listed(args: readonly r.Value[]): r.Value[] {
  return args.length > 0 && args.every((a) => a instanceof Tensor) ? [new r.PyList([...args])] : [...args];
}
