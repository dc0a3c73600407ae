/** SimpleValue: a value of the graph, with the attributes, methods and protocols of its type. */
import type { ClassType } from "../../core/class_type.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import type { SourceRange } from "../../core/source.ts";
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { AnyTensorType, type Type } from "../../core/types.ts";
import type { Value } from "../ir/graph.ts";
import { emitOperator } from "./builtin_call.ts";
import {
  BuiltinFunction,
  FunctionValue,
  MethodValue,
  SpecialFormValue,
  TensorCastValue,
} from "./callable_values.ts";
import { errorReport } from "./error_report.ts";
import { closureFunction } from "./fork_closures.ts";
import {
  constant,
  insertEnumName,
  insertEnumValue,
  insertGetAttr,
  insertListUnpack,
  insertSetAttr,
  insertTuple,
  insertTupleIndex,
  insertTyped,
  tupleElements,
} from "./ir_nodes.ts";
import { SugaredTupleValue } from "./iterable_values.ts";
import type { MethodContext } from "./resolver.ts";
import { type Args, NamedValue, SugaredValue } from "./sugared_value.ts";

/** `x.float()` and its kin. */
const CASTS: Record<string, number> = {
  byte: ScalarType.Byte,
  char: ScalarType.Char,
  double: ScalarType.Double,
  float: ScalarType.Float,
  cfloat: ScalarType.ComplexFloat,
  cdouble: ScalarType.ComplexDouble,
  int: ScalarType.Int,
  long: ScalarType.Long,
  short: ScalarType.Short,
  half: ScalarType.Half,
};

/** Properties that are operators, with their namespace. */
const TENSOR_PROPERTIES: Record<string, "prim" | "aten"> = {
  dtype: "prim",
  device: "prim",
  grad: "prim",
  data: "prim",
  shape: "prim",
  is_cuda: "prim",
  is_cpu: "prim",
  is_xla: "prim",
  is_xpu: "prim",
  is_sparse: "prim",
  is_sparse_csr: "prim",
  is_mkldnn: "prim",
  is_mps: "prim",
  is_mtia: "prim",
  is_quantized: "prim",
  is_vulkan: "prim",
  is_ipu: "prim",
  is_meta: "prim",
  is_leaf: "aten",
  is_nested: "prim",
  requires_grad: "prim",
  layout: "prim",
  T: "prim",
  H: "prim",
  mT: "aten",
  mH: "aten",
  is_maia: "prim",
  itemsize: "prim",
  nbytes: "prim",
  ndim: "prim",
  name: "prim",
  real: "aten",
  imag: "aten",
  retains_grad: "aten",
};
const DEVICE_PROPERTIES: Record<string, "prim" | "aten"> = { type: "prim", index: "prim" };

function lookup<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export class SimpleValue extends SugaredValue {
  constructor(readonly value: Value) {
    super();
  }
  override kind(): string {
    return `value of type '${this.value.type.annotation()}'`;
  }
  override asValue(): Value {
    return this.value;
  }

  override hasAttr(range: SourceRange, _m: MethodContext, field: string): boolean {
    const t = this.value.type;
    if (t.kind === "Class") return t.methods.has(field) || t.hasAttribute(field) || t.constants.has(field);
    if (t.kind === "Tuple") {
      if (t.named) return t.named.fields.includes(field);
      throw errorReport(
        range,
        `hasattr's first argument must be a object or NamedTuple, but got a normal Tuple ${
          reprStr(t)
        } instead`,
      );
    }
    throw errorReport(
      range,
      `hasattr's first argument must be an object or NamedTuple, got ${reprStr(t)} instead`,
    );
  }

  override attr(range: SourceRange, m: MethodContext, field: string): SugaredValue {
    const g = m.graph, v = this.value, t = v.type;
    const isTensor = isSubtypeOf(t, AnyTensorType);
    if (isTensor) {
      const dtype = lookup(CASTS, field);
      if (dtype !== undefined) return new TensorCastValue(dtype, new NamedValue(v, "self", range));
    }
    const namespace = t.kind === "Tensor"
      ? lookup(TENSOR_PROPERTIES, field)
      : t.kind === "Device"
      ? lookup(DEVICE_PROPERTIES, field)
      : t.kind === "Optional" && field === "unchecked_unwrap_optional"
      ? "prim"
      : undefined;
    if (namespace) {
      return new SimpleValue(emitOperator(undefined, g, `${namespace}::${field}`, [new NamedValue(v)], []));
    }
    const own = this.#typeAttr(range, m, field);
    if (own) return own;
    const self = new NamedValue(v, "self", range);
    const builtin = (field === "type" ? BuiltinFunction.forSelf("aten::to", self) : undefined) ??
      BuiltinFunction.forSelf(`aten::${field}`, self);
    if (builtin) return builtin;
    if (isTensor && field === "tolist") return new SpecialFormValue("tolist");
    if (isTensor && field === "__getitem__") return new SpecialFormValue("index");
    let text = `'${reprStr(t)}' object has no attribute or method '${field}'.`;
    if (t.kind === "Class") {
      text += t.unresolvable.has(field)
        ? ` '${field}' is defined as a class attribute which currently is not supported. ` +
          "Consider converting this to an instance attribute."
        : " Did you forget to initialize an attribute in __init__()?";
    }
    throw errorReport(range, text);
  }

  /** Fields and methods that the type itself has. */
  #typeAttr(range: SourceRange, m: MethodContext, field: string): SugaredValue | undefined {
    const g = m.graph, v = this.value, t = v.type;
    switch (t.kind) {
      case "Tuple": {
        const i = t.named ? t.named.fields.indexOf(field) : -1;
        if (i < 0) return undefined;
        return new SimpleValue(insertTupleIndex(g, v, constant(g, i), t.elems[i]));
      }
      case "Await": {
        const waited = emitOperator(range, g, "prim::awaitable_wait", [new NamedValue(v)], []);
        return new SimpleValue(waited).attr(range, m, field);
      }
      case "Class": {
        if (t.methods.has(field)) return new MethodValue(v, [field]);
        if (t.hasAttribute(field)) return new SimpleValue(insertGetAttr(g, v, field));
        const p = t.properties.get(field);
        return p && new MethodValue(v, [p.getter.name]).call(range, m, [], []);
      }
      case "Interface":
        return t.methods.has(field) ? new MethodValue(v, [field]) : undefined;
      case "Enum":
        if (field === "name") return new SimpleValue(insertEnumName(g, v));
        return field === "value" ? new SimpleValue(insertEnumValue(g, v)) : undefined;
      default:
        return undefined;
    }
  }

  override setAttr(range: SourceRange, m: MethodContext, field: string, value: Value): void {
    const t = this.value.type;
    if (t.kind !== "Class") {
      throw errorReport(range, `Tried to set an attribute: ${field} on a non-class: ${reprStr(t)}`);
    }
    let expected = t.findAttribute(field)?.type;
    if (!expected) {
      const initializing = m.fn.name === "__init__" && m.graph.inputs[0]?.type === t;
      if (!initializing) {
        const p = t.properties.get(field);
        if (p?.setter) {
          new MethodValue(this.value, [p.setter.name]).call(range, m, [new NamedValue(value)], []);
          return;
        }
        if (p) throw errorReport(range, `Tried to set read-only attribute: ${field}`);
        throw errorReport(
          range,
          `Tried to set nonexistent attribute: ${field}. Did you forget to initialize it in __init__()?`,
        );
      }
      if (containsType(t, value.type)) {
        throw errorReport(
          range,
          `Assignment to attribute '${field}' cannot be of a type that contains class '${reprStr(t)}'.\n` +
            "Classes that recursively contain instances of themselves are not yet supported",
        );
      }
      t.addAttribute(field, value.type);
      expected = value.type;
      if (m.graph.insertPoint.block !== m.graph.block) {
        throw errorReport(
          range,
          "First assignment cannot be in a control-flow block. Initialize the field at the top level first",
        );
      }
    }
    if (!isSubtypeOf(value.type, expected)) {
      throw errorReport(
        range,
        `Wrong type for attribute assignment. Expected ${reprStr(expected)} but got ${reprStr(value.type)}`,
      );
    }
    insertSetAttr(m.graph, this.value, field, value);
  }

  override asTuple(range: SourceRange, m: MethodContext, size?: number): readonly SugaredValue[] {
    const t = this.value.type;
    if (t.kind === "Tuple") return tupleElements(m.graph, this.value).map((v) => new SimpleValue(v));
    if (t.kind === "List") {
      if (size === undefined) {
        throw errorReport(range, "cannot statically infer the expected size of a list in this context");
      }
      return insertListUnpack(m.graph, this.value, size).map((v) => new SimpleValue(v));
    }
    if (t.kind === "AnyTuple") {
      throw errorReport(
        range,
        "Provided tuple is not fully defined/refined including its element types, " +
          "please provide a value of type like Tuple[int, int]",
      );
    }
    throw errorReport(range, `${reprStr(t)} cannot be used as a tuple`);
  }

  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    binders: number,
  ): SugaredValue {
    const closure = closureFunction(this.value);
    if (closure) {
      const context = insertTuple(m.graph, closure.context);
      return new FunctionValue([closure.fn]).call(range, m, [new NamedValue(context), ...args], kwargs);
    }
    if (this.value.type.kind === "Class") {
      return this.attr(range, m, "__call__").call(range, m, args, kwargs, binders);
    }
    return super.call(range, m, args, kwargs, binders);
  }

  override len(range: SourceRange, m: MethodContext): Value {
    const t = this.value.type;
    if (t.kind === "List" || t.kind === "str" || isSubtypeOf(t, AnyTensorType)) {
      return emitOperator(range, m.graph, "aten::len", [new NamedValue(this.value)], []);
    }
    throw errorReport(range, `'${reprStr(t)}' object is not iterable`);
  }

  override getitem(range: SourceRange, m: MethodContext, index: Value, hint?: Type): SugaredValue {
    const g = m.graph, t = this.value.type;
    const args = [new NamedValue(this.value), new NamedValue(index)];
    if (t.kind === "List" || t.kind === "str" || t.kind === "Dict") {
      return new SimpleValue(emitOperator(range, g, "aten::__getitem__", args, []));
    }
    if (isSubtypeOf(t, AnyTensorType)) {
      const dim = NamedValue.constant(0);
      return new SimpleValue(emitOperator(range, g, "aten::select", [args[0], dim, args[1]], []));
    }
    if (t.kind === "Class") {
      if (t.isModule && hint) {
        const v = insertTyped(g, "prim::ModuleContainerIndex", [this.value, index], hint);
        v.node.range = range;
        return new SimpleValue(v);
      }
      return this.attr(range, m, "__getitem__").call(range, m, [args[1]], [], 1);
    }
    throw errorReport(range, `'${reprStr(t)}' object is not subscriptable`);
  }

  override iter(range: SourceRange, m: MethodContext): SugaredValue {
    const t = this.value.type;
    if (t.kind === "List" || t.kind === "str" || t.kind === "Tensor") return this;
    if (t.kind === "Dict") {
      return new SimpleValue(emitOperator(range, m.graph, "aten::keys", [new NamedValue(this.value)], []));
    }
    if (t.kind === "Tuple") {
      return new SugaredTupleValue(tupleElements(m.graph, this.value).map((v) => new SimpleValue(v)));
    }
    throw errorReport(range, `'${reprStr(t)}' object is not iterable`);
  }
}

function containsType(cls: ClassType, t: Type): boolean {
  if (isSubtypeOf(t, cls)) return true;
  switch (t.kind) {
    case "List":
    case "Optional":
    case "Future":
    case "Await":
    case "RRef":
      return containsType(cls, t.elem);
    case "Dict":
      return containsType(cls, t.key) || containsType(cls, t.value);
    case "Tuple":
      return t.elems.some((e) => containsType(cls, e));
    case "Union":
      return t.members.some((e) => containsType(cls, e));
    case "Class":
      return t.attributes.some((a) => containsType(cls, a.type));
    default:
      return false;
  }
}

/** The graph value behind a sugared one when it is plain; undefined otherwise. */
export function asSimple(v: SugaredValue): Value | undefined {
  return v instanceof SimpleValue ? v.value : undefined;
}
