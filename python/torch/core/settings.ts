/** Constants of the torch module, and settings of PyTorch's runtime that have one value here. */
import { NotImplemented } from "../../../core/errors.ts";
import { Float } from "../../../core/scalar.ts";
import { ScalarType } from "../../../core/scalar_type.ts";
import { setDefaultDtype } from "../../../ops/reference/allocation.ts";
import * as r from "../../runtime/mod.ts";
import { legacyScalarType } from "./legacy_types.ts";
import { dtypeOf, PyNumbered } from "./objects.ts";

/** `torch.autocast`: it can be entered when it is off; there are no kernels of lower precision to choose. */
class Autocast extends r.PyObject {
  enabled = true;
}
const autocastType: r.PyType = r.nativeType("autocast", {
  module: "torch.amp.autocast_mode",
  alloc: (cls) => new Autocast(cls),
});
r.methods(autocastType, {
  __init__: [
    "device_type, dtype=None, enabled=True, cache_enabled=None",
    (self: Autocast, device: r.Value, _dtype: r.Value, enabled: r.Value) => {
      if (typeof device !== "string") {
        throw r.valueError(`Expected \`device_type\` of type \`str\`, got: \`${r.repr(r.typeOf(device))}\``);
      }
      self.enabled = r.truth(enabled);
      return null;
    },
  ],
  __enter__: ["", (self: Autocast) => {
    if (self.enabled) throw new NotImplemented("torch.autocast(enabled=True)");
    return self;
  }],
  __exit__: ["*args", () => null],
  __call__: ["func", (self: Autocast, func: r.Value) => {
    if (self.enabled) throw new NotImplemented("torch.autocast(enabled=True)");
    return func;
  }],
});

const PRECISIONS = ["highest", "high", "medium"];

export function settings(): Record<string, r.Value> {
  const fn = r.fn, is = (name: string, v: r.Value) => ({ [name]: fn(name, "*args, **kwargs", () => v) });
  const lower = dtypeOf(ScalarType.BFloat16);
  let precision = "highest";
  return {
    inf: new Float(Infinity),
    nan: new Float(NaN),
    pi: new Float(Math.PI),
    e: new Float(Math.E),
    newaxis: null,
    autocast: autocastType,
    ...is("is_autocast_cpu_enabled", false),
    ...is("is_autocast_cache_enabled", true),
    ...is("get_autocast_cpu_dtype", lower),
    ...is("get_autocast_dtype", lower),
    ...is("clear_autocast_cache", null),
    ...is("is_anomaly_enabled", false),
    ...is("is_anomaly_check_nan_enabled", true),
    ...is("is_warn_always_enabled", false),
    ...is("set_warn_always", null),
    ...is("set_flush_denormal", true),
    ...is("is_deterministic_algorithms_warn_only_enabled", false),
    ...is("get_deterministic_debug_mode", 0),
    ...is("get_num_interop_threads", 1),
    get_float32_matmul_precision: fn("get_float32_matmul_precision", "", () => precision),
    set_float32_matmul_precision: fn("set_float32_matmul_precision", "precision", (v: r.Value) => {
      if (typeof v === "string" && PRECISIONS.includes(v)) precision = v;
      return null;
    }),
    set_default_tensor_type: fn("set_default_tensor_type", "t, /", (t: r.Value) => {
      const dtype = t instanceof PyNumbered ? t.value : legacyScalarType(t);
      if (dtype === undefined) throw r.typeError("invalid type object");
      setDefaultDtype(dtype as ScalarType);
      return null;
    }),
    sym_int: fn("sym_int", "a", (a: r.Value) => r.call(r.intType, [a])),
    sym_float: fn("sym_float", "a", (a: r.Value) => r.call(r.floatType, [a])),
    sym_not: fn("sym_not", "a", (a: r.Value) => !r.truth(a)),
  };
}
