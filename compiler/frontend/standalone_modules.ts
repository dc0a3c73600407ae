/** `torch`, `math` and `typing` as sources without a host see them: operators, dtypes, special forms. */
import { NotImplemented } from "../../core/errors.ts";
import { Float } from "../../core/scalar.ts";
import { scalarTypeByDtype } from "../../core/scalar_type.ts";
import type { SourceRange } from "../../core/source.ts";
import { operators } from "../../ops/registry.ts";
import { BuiltinFunction, SpecialFormValue } from "./callable_values.ts";
import { errorReport } from "./error_report.ts";
import { constant } from "./ir_nodes.ts";
import { mathConstant, mathOperator } from "./math_names.ts";
import type { MethodContext } from "./resolver.ts";
import { SimpleValue } from "./simple_value.ts";
import { SugaredValue } from "./sugared_value.ts";

const DTYPE_ALIASES: Record<string, string> = {
  float: "float32",
  double: "float64",
  half: "float16",
  int: "int32",
  long: "int64",
  short: "int16",
  cfloat: "complex64",
  cdouble: "complex128",
  chalf: "complex32",
};
const NUMBERED: Record<string, number> = {
  strided: 0,
  sparse_coo: 1,
  sparse_csr: 2,
  contiguous_format: 0,
  preserve_format: 1,
  channels_last: 2,
  channels_last_3d: 3,
};
const JIT_FORMS: Record<string, () => SugaredValue> = {
  annotate: () => new SpecialFormValue("annotate"),
  isinstance: () => new SpecialFormValue("isinstance"),
  fork: () => new SpecialFormValue("fork"),
  wait: () => new BuiltinFunction("aten::wait"),
  is_scripting: () => new BuiltinFunction("aten::is_scripting"),
  _unwrap_optional: () => new BuiltinFunction("aten::_unwrap_optional"),
  is_tracing: () => new BuiltinFunction("aten::is_tracing"),
};
/** Members of torch that are Python, whatever operator shares the name. */
const FUNCTIONAL = new Set([
  "norm",
  "unique",
  "unique_consecutive",
  "stft",
  "istft",
  "lu",
  "cdist",
  "tensordot",
  "no_grad",
  "enable_grad",
  "set_grad_enabled",
]);
/** Modules of torch whose functions are operators under a prefix. */
const SUBMODULES: Record<string, string> = { linalg: "linalg_", fft: "fft_", special: "special_" };

/** A module known by its dotted name. */
export class StandaloneModule extends SugaredValue {
  constructor(readonly name: string) {
    super();
  }
  override kind(): string {
    return "python value of type 'module'";
  }
  override attr(range: SourceRange, m: MethodContext, field: string): SugaredValue {
    const v = this.#find(range, m, field);
    if (!v) throw errorReport(range, `object has no attribute ${field}`);
    return v;
  }
  override hasAttr(range: SourceRange, m: MethodContext, field: string): boolean {
    return this.#find(range, m, field) !== undefined;
  }

  #find(range: SourceRange, m: MethodContext, field: string): SugaredValue | undefined {
    if (this.name === "math" || this.name === "cmath") {
      const c = mathConstant(field);
      if (c !== undefined) return new SimpleValue(constant(m.graph, new Float(c), range));
      const op = mathOperator(this.name, field);
      return op ? new BuiltinFunction(op) : undefined;
    }
    if (this.name === "torch.jit" || this.name === "torch._jit_internal") {
      return Object.hasOwn(JIT_FORMS, field) ? JIT_FORMS[field]() : undefined;
    }
    if (this.name === "torch") return this.#torch(range, m, field);
    const sub = this.name.replace(/^torch\./, "");
    if (Object.hasOwn(SUBMODULES, sub)) return builtinIfKnown(SUBMODULES[sub] + field);
    if (this.name === "torch.nn.functional") {
      throw new NotImplemented(`torch.nn.functional.${field} in source compiled without a host`, range);
    }
    return this.name === "torch._VF" ? builtinIfKnown(field) : undefined;
  }

  #torch(range: SourceRange, m: MethodContext, field: string): SugaredValue | undefined {
    const number = Object.hasOwn(NUMBERED, field)
      ? NUMBERED[field]
      : scalarTypeByDtype(Object.hasOwn(DTYPE_ALIASES, field) ? DTYPE_ALIASES[field] : field);
    if (number !== undefined) return new SimpleValue(constant(m.graph, number, range));
    const c = mathConstant(field);
    if (c !== undefined) return new SimpleValue(constant(m.graph, new Float(c), range));
    if (field === "jit" || field === "nn" || field === "_jit_internal" || Object.hasOwn(SUBMODULES, field)) {
      return new StandaloneModule(`torch.${field}`);
    }
    if (FUNCTIONAL.has(field)) {
      throw new NotImplemented(`torch.${field} in source compiled without a host`, range);
    }
    return builtinIfKnown(field);
  }
}

function builtinIfKnown(name: string): SugaredValue | undefined {
  return operators(`aten::${name}`).length ? new BuiltinFunction(`aten::${name}`) : undefined;
}
