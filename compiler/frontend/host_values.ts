/** Live host objects as sugared values: what a name outside the function stands for in it. */
import { NotImplemented } from "../../core/errors.ts";
import type { EnumValue, IValue } from "../../core/ivalue.ts";
import type { SourceRange } from "../../core/source.ts";
import { toIValue } from "../ir/constants.ts";
import {
  BuiltinFunction,
  ClassValue,
  FunctionValue,
  LegacyTensorConstructor,
  NamedTupleConstructor,
  PythonExceptionValue,
  SpecialFormValue,
} from "./callable_values.ts";
import { errorReport } from "./error_report.ts";
import { hostCompiler } from "./host_compiler.ts";
import { namedTupleType } from "./host_types.ts";
import { constant, insertTuple } from "./ir_nodes.ts";
import { SliceClass, SugaredEnumClass } from "./iterable_values.ts";
import { OpaqueValue } from "./opaque_value.ts";
import { PythonFunctionValue, PythonTypeValue } from "./python_calls.ts";
import type { ClassView, FunctionView, HostValue, MethodContext, ObjectView } from "./resolver.ts";
import { findInputWithName } from "./schema_matching.ts";
import { SimpleValue } from "./simple_value.ts";
import { type Args, type NamedValue, SugaredValue } from "./sugared_value.ts";

/** What the object is to the compiler. `isConstant` lets plain data in: attributes of modules, closed-over Finals. */
export function sugaredHostValue(
  view: ObjectView,
  m: MethodContext,
  range: SourceRange,
  isConstant: boolean,
): SugaredValue {
  const d = view.describe();
  if (isConstant) {
    const v = constantValue(d, m, range);
    if (v) return v;
  }
  switch (d.kind) {
    case "script_function":
      return new FunctionValue(d.fns);
    case "python_module":
      return new PythonModuleValue(view);
    case "special_form":
      return specialForm(d.form);
    case "script_object":
      if (!d.value.type.isModule) return new OpaqueValue(shortName(view));
      throw errorReport(range, "Cannot call a ScriptModule that is not a submodule of the caller");
    case "legacy_tensor":
      return new LegacyTensorConstructor(d.scalarType);
    case "builtin":
      return new BuiltinFunction(d.symbol);
    case "boolean_dispatch":
      return new BooleanDispatchValue(d);
    case "class":
      return classValue(d, view, range);
    case "enum":
      return new SimpleValue(constant(m.graph, hostCompiler().enumMember(d.cls, d.name), range));
    case "function":
      return functionValue(d.fn, range);
    case "method":
      return new PythonFunctionValue(d.fn, view, undefined);
    case "builtin_function":
      throw errorReport(range, `Python builtin ${view.repr()} is currently not supported in Torchscript`);
    default:
      return new OpaqueValue(shortName(view));
  }
}

function shortName(view: ObjectView): string {
  return view.typeName.slice(view.typeName.lastIndexOf(".") + 1);
}

function constantValue(d: HostValue, m: MethodContext, range: SourceRange): SugaredValue | undefined {
  if (d.kind === "constant" || d.kind === "numbered") {
    return new SimpleValue(constant(m.graph, d.value, range));
  }
  if (d.kind !== "tuple" || d.cls) return undefined;
  const items = d.items.map((i) => sugaredHostValue(i, m, range, true).asValue(range, m));
  return new SimpleValue(insertTuple(m.graph, items));
}

function specialForm(form: string): SugaredValue {
  switch (form) {
    case "fork":
    case "awaitable":
    case "annotate":
    case "isinstance":
    case "unchecked_cast":
      return new SpecialFormValue(form);
    case "uninitialized":
      return new SpecialFormValue("Uninitialized");
    case "wait_future":
      return new BuiltinFunction("aten::wait");
    case "slice":
      return new SliceClass();
    default:
      throw new NotImplemented(`torch.jit.${form} in a script`);
  }
}

function classValue(
  { cls, operator }: HostValue & { kind: "class" },
  view: ObjectView,
  range: SourceRange,
): SugaredValue {
  if (operator !== undefined) return new BuiltinFunction(operator);
  if (cls.isException) {
    return new PythonExceptionValue(
      cls.qualifiedName.replace(/^__torch__\.(?!.*\.)/, "__main__.").replace(/^__torch__\./, ""),
    );
  }
  if (cls.namedTuple) return new NamedTupleConstructor(namedTupleType(cls, range));
  if (cls.enumMembers) {
    const t = hostCompiler().enumType(cls);
    return new SugaredEnumClass(t, (n): EnumValue => hostCompiler().enumMember(cls, n));
  }
  // torch.device("cpu") makes one; as an annotation the class is a type.
  if (cls.builtin === "device") return new BuiltinFunction("aten::device");
  if (cls.isSlice) return new SliceClass();
  if (cls.scripted?.kind === "Class") return new PythonClassValue(cls.scripted, cls, view);
  if (cls.builtin === undefined && !cls.isModule && cls.definition) {
    return new PythonClassValue(hostCompiler().compileClass(cls, range), cls, view);
  }
  return new PythonTypeValue(cls, view);
}

function functionValue(fn: FunctionView, range: SourceRange): SugaredValue {
  if (fn.modifier === "ignore" || fn.modifier === "unused" || fn.modifier === "drop") {
    return new PythonFunctionValue(fn, undefined, undefined);
  }
  return new FunctionValue(hostCompiler().compileFunctions(fn, range));
}

/** A Python module: attributes are looked up while compiling and count as constants. */
export class PythonModuleValue extends SugaredValue {
  constructor(readonly view: ObjectView) {
    super();
  }
  override kind(): string {
    return "python value of type 'module'";
  }
  override attr(range: SourceRange, m: MethodContext, field: string): SugaredValue {
    const member = this.view.getattr(field);
    if (!member) throw errorReport(range, `object has no attribute ${field}`);
    return sugaredHostValue(member, m, range, true);
  }
  override asValue(range: SourceRange): never {
    return new OpaqueValue("module").asValue(range);
  }
}

/** A script class with its Python class: static methods and class attributes come from there. */
export class PythonClassValue extends ClassValue {
  constructor(type: ClassValue["type"], readonly cls: ClassView, readonly view: ObjectView) {
    super(type);
  }
  override kind(): string {
    return "Python type";
  }
  override attr(range: SourceRange, m: MethodContext, field: string): SugaredValue {
    const fn = this.type.staticMethods.get(field);
    if (fn) return new FunctionValue([fn]);
    const member = this.cls.getattr(field);
    if (member && field !== "__new__") return sugaredHostValue(member, m, range, false);
    return super.attr(range, m, field);
  }
  override hasAttr(_range: SourceRange, _m: MethodContext, field: string): boolean {
    return this.cls.getattr(field) !== undefined;
  }
}

/** Two functions chosen by an argument that must be known while compiling. */
class BooleanDispatchValue extends SugaredValue {
  constructor(readonly dispatch: HostValue & { kind: "boolean_dispatch" }) {
    super();
  }
  override kind(): string {
    return "boolean dispatch";
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    binders: number,
  ): SugaredValue {
    const { index, argName, ifTrue, ifFalse } = this.dispatch;
    let flag: IValue | undefined = this.dispatch.default;
    let why = "";
    const k = findInputWithName(argName, kwargs);
    const constantOf = (a: NamedValue): IValue | undefined => {
      const v = toIValue(a.value(m.graph));
      return typeof v === "boolean" ? v : undefined;
    };
    if (index < args.length) {
      flag = constantOf(args[index]);
      why = `Argument for boolean dispatch at position ${index} was not constant`;
    } else if (k >= 0) {
      flag = constantOf(kwargs[k]);
      why = `Keyword argument '${argName}' for boolean dispatch at position was not constant`;
    }
    if (typeof flag !== "boolean") throw errorReport(range, why);
    return sugaredHostValue(flag ? ifTrue : ifFalse, m, range, false).call(range, m, args, kwargs, binders);
  }
}
