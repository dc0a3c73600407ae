/** Sugared values that are there to be called: operators, casts, functions, methods, classes, exceptions. */
import type { ClassType } from "../../core/class_type.ts";
import { InternalError } from "../../core/errors.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { type Argument, FunctionSchema } from "../../core/schema.ts";
import type { SourceRange } from "../../core/source.ts";
import { isSubtypeOf } from "../../core/subtyping.ts";
import { AnyListType, StringType, type TupleType, type Type } from "../../core/types.ts";
import { evalTypeVariables, matchTypeVariables } from "../../core/unify.ts";
import { operators } from "../../ops/registry.ts";
import type { Value } from "../ir/graph.ts";
import { emitOperator } from "./builtin_call.ts";
import { errorReport } from "./error_report.ts";
import { constant, createTuple, insertFunctionCall, insertMethodCall, insertTyped } from "./ir_nodes.ts";
import type { MethodContext } from "./resolver.ts";
import { matchSchema, matchSchemas } from "./schema_matching.ts";
import { SimpleValue } from "./simple_value.ts";
import { type Args, NamedValue, SugaredValue } from "./sugared_value.ts";

/** Thrown by `ensureDefined` of a function that is being compiled already. */
export class RecursiveCallError extends Error {}

/** An operator by name, with `self` bound when it was looked up as a method. */
export class BuiltinFunction extends SugaredValue {
  constructor(readonly symbol: string, readonly self?: NamedValue) {
    super();
  }
  override kind(): string {
    return "builtin";
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    _binders: number,
  ): SugaredValue {
    return new SimpleValue(emitOperator(range, m.graph, this.symbol, args, kwargs, this.self));
  }
  /** The operator as a method of `self`, when an overload takes such a self. */
  static forSelf(symbol: string, self: NamedValue): BuiltinFunction | undefined {
    for (const op of operators(symbol)) {
      const i = op.schema.argIndex("self");
      if (i < 0) continue;
      const formal = op.schema.args[i].type;
      const env = new Map<string, Type>();
      if (matchTypeVariables(formal, self.type, env) !== undefined) continue;
      const concrete = evalTypeVariables(formal, env);
      if (concrete && isSubtypeOf(self.type, concrete)) return new BuiltinFunction(symbol, self);
    }
    return undefined;
  }
}

/** `int(x)`, `bool(x)`: nothing to do when the value has the type already. */
export class CastValue extends BuiltinFunction {
  constructor(readonly type: Type, symbol: string) {
    super(symbol);
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    binders: number,
  ): SugaredValue {
    if (args.length === 1 && kwargs.length === 0) {
      // Made before it is known to be needed, as in PyTorch: values are numbered in the order they are made.
      const zero = constant(m.graph, 0);
      const v = args[0].value(m.graph);
      if (isSubtypeOf(v.type, this.type)) return new SimpleValue(v);
      const counted = isSubtypeOf(v.type, AnyListType) || isSubtypeOf(v.type, StringType) ||
        v.type.kind === "Dict";
      if (this.type.kind === "bool" && counted) {
        const len = emitOperator(range, m.graph, "aten::len", [new NamedValue(v)], []);
        return new SimpleValue(
          emitOperator(range, m.graph, "aten::gt", [new NamedValue(len), new NamedValue(zero)], []),
        );
      }
    }
    return super.call(range, m, args, kwargs, binders);
  }
}

/** `x.float()`, `x.long()`: a cast of a tensor. */
export class TensorCastValue extends SugaredValue {
  constructor(readonly dtype: number, readonly self: NamedValue) {
    super();
  }
  override kind(): string {
    return "Cast";
  }
  override call(range: SourceRange, m: MethodContext, args: Args, kwargs: Args): SugaredValue {
    if (args.length || kwargs.length) {
      throw errorReport(range, "Method-style casts of tensors take no arguments");
    }
    const dtype = constant(m.graph, this.dtype, range);
    const list = [this.self, new NamedValue(dtype, "dtype", range)];
    return new SimpleValue(emitOperator(range, m.graph, "aten::to", [], list));
  }
}

/** A builtin that objects may take over by a method: `len(x)` calls `x.__len__()`. */
export class MagicMethod extends SugaredValue {
  constructor(readonly name: string, readonly base: SugaredValue) {
    super();
  }
  override kind(): string {
    return this.name;
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    binders: number,
  ): SugaredValue {
    if (args.length > 0) {
      const self = args[0].value(m.graph);
      if (self.type.kind === "Class") {
        return new SimpleValue(self).attr(range, m, this.name).call(range, m, args.slice(1), kwargs, binders);
      }
    }
    return this.base.call(range, m, args, kwargs, binders);
  }
}

export class PrintValue extends SugaredValue {
  override kind(): string {
    return "print";
  }
  override call(range: SourceRange, m: MethodContext, args: Args, kwargs: Args): SugaredValue {
    if (kwargs.length) throw errorReport(range, "print doesn't accept any keyword arguments");
    const n = m.graph.create("prim::Print", args.map((a) => a.value(m.graph)), 0);
    n.range = range;
    m.graph.insertNode(n);
    return new NoneValue();
  }
}

export class NoneValue extends SugaredValue {
  override kind(): string {
    return "None";
  }
}

/** Compiles the function now if nobody has; a function inside its own compilation is an error. */
function ensureDefined(fn: ScriptFunction, range: SourceRange, what: "function" | "method"): void {
  try {
    fn.ensureDefined?.();
  } catch (e) {
    if (!(e instanceof RecursiveCallError)) throw e;
    throw errorReport(
      range,
      ` ${what} '${fn.name}' is called recursively. Recursive calls are not supported`,
    );
  }
}

/** A compiled function, or the overloads of one. */
export class FunctionValue extends SugaredValue {
  constructor(readonly callees: readonly ScriptFunction[]) {
    super();
  }
  override kind(): string {
    return "function";
  }
  override call(range: SourceRange, m: MethodContext, args: Args, kwargs: Args): SugaredValue {
    for (const f of this.callees) ensureDefined(f, range, "function");
    const [i, matched] = matchSchemas(this.callees.map((f) => f.schema), range, m.graph, args, kwargs);
    const v = insertFunctionCall(m.graph, this.callees[i], matched.inputs, matched.returnTypes[0]);
    v.node.range = range;
    return new SimpleValue(v);
  }
}

/** A function body emitted in place, which fork turns into a subgraph. */
export class ClosureValue extends SugaredValue {
  constructor(readonly value: Value) {
    super();
    if (value.node.kind !== "prim::Closure") throw new InternalError("closure value without a closure");
  }
  override kind(): string {
    return "closure";
  }
  override asValue(): Value {
    return this.value;
  }
}

/** Methods of an object, by name: several when it is overloaded. */
export class MethodValue extends SugaredValue {
  constructor(readonly self: Value, readonly names: readonly string[]) {
    super();
  }
  override kind(): string {
    return "method";
  }
  override call(range: SourceRange, m: MethodContext, args: Args, kwargs: Args): SugaredValue {
    const all = [new NamedValue(this.self, "self", range), ...args];
    const schemas = this.names.map((name) => {
      const t = this.self.type;
      if (t.kind === "Interface") return t.methods.get(name)!;
      const method = (t as ClassType).methods.get(name);
      if (!method) throw new InternalError(`${t} has no method ${name}`);
      ensureDefined(method, range, "method");
      return method.schema;
    });
    const [i, matched] = matchSchemas(schemas, range, m.graph, all, kwargs);
    const v = insertMethodCall(m.graph, this.names[i], matched.inputs, matched.returnTypes[0]);
    v.node.range = range;
    return new SimpleValue(v);
  }
}

/** A script class: calling it makes an object. */
export class ClassValue extends SugaredValue {
  constructor(readonly type: ClassType) {
    super();
  }
  override kind(): string {
    return this.type.toString();
  }
  override call(range: SourceRange, m: MethodContext, args: Args, kwargs: Args): SugaredValue {
    const self = insertTyped(m.graph, "prim::CreateObject", [], this.type);
    self.node.range = range;
    if (!this.type.methods.has("__init__")) {
      const name = this.type.name.slice(this.type.name.lastIndexOf(".") + 1);
      throw errorReport(range, `Class ${name} does not have an __init__ function defined`);
    }
    new MethodValue(self, ["__init__"]).call(range, m, args, kwargs);
    return new SimpleValue(self);
  }
  override attr(range: SourceRange, _m: MethodContext, field: string): SugaredValue {
    const hook = [...this.type.forwardHooks, ...this.type.forwardPreHooks].find((h) => h.name === field);
    if (hook) return new FunctionValue([hook]);
    const fn = this.type.staticMethods.get(field);
    if (fn) return new FunctionValue([fn]);
    if (field !== "__new__") {
      throw errorReport(range, `Tried to lookup unknown attribute on class ${this.type.annotation()}`);
    }
    return new SpecialFormValue("CreateObject");
  }
}

export class NamedTupleConstructor extends SugaredValue {
  constructor(readonly type: TupleType) {
    super();
  }
  override kind(): string {
    return this.type.toString();
  }
  override call(range: SourceRange, m: MethodContext, args: Args, kwargs: Args): SugaredValue {
    const matched = matchSchema(namedTupleSchema(this.type), range, m.graph, args, kwargs);
    const n = createTuple(m.graph, matched.inputs, this.type);
    n.range = range;
    return new SimpleValue(m.graph.insertNode(n).output);
  }
}

/** The constructor's signature: a field is an argument. */
export function namedTupleSchema(t: TupleType): FunctionSchema {
  const { name, fields, defaults } = t.named!;
  const first = fields.length - defaults.length;
  const args: Argument[] = fields.map((f, i) => ({
    name: f,
    type: t.elems[i],
    defaultValue: i >= first ? defaults[i - first] : undefined,
    kwargOnly: false,
    isOut: false,
  }));
  return new FunctionSchema(name.slice(name.lastIndexOf(".") + 1), "", args, []);
}

/** A message on its way to `raise`, with the exception's class where it is known. */
export class ExceptionMessageValue extends SugaredValue {
  constructor(readonly value: Value, readonly className: Value | undefined) {
    super();
  }
  override kind(): string {
    return "exception message";
  }
}

/** An exception the emitter knows without Python: AssertionError of `assert`. */
export class ExceptionValue extends SugaredValue {
  constructor(readonly message: string) {
    super();
  }
  override kind(): string {
    return "exception";
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    _kwargs: Args,
    _binders: number,
  ): SugaredValue {
    let text = constant(m.graph, `${this.message}: `, range);
    for (const a of args) {
      let v = a.value(m.graph);
      if (!isSubtypeOf(v.type, StringType)) {
        v = emitOperator(range, m.graph, "aten::str", [new NamedValue(v)], []);
      }
      text = emitOperator(range, m.graph, "aten::add", [new NamedValue(text), new NamedValue(v)], []);
    }
    return new ExceptionMessageValue(text, undefined);
  }
}

/** An exception class of the host; its name travels with the message. */
export class PythonExceptionValue extends ExceptionValue {
  constructor(readonly qualifiedName: string) {
    super(qualifiedName);
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    _binders: number,
  ): SugaredValue {
    const g = m.graph;
    let message: Value;
    if (args.length === 0) message = constant(g, "", range);
    else if (args.length === 1) message = args[0].value(g);
    else message = g.insertNode(createTuple(g, [...args, ...kwargs].map((a) => a.value(g)))).output;
    return new ExceptionMessageValue(message, constant(g, this.qualifiedName, range));
  }
}

/** Forms whose arguments the emitter evaluates by rules of their own. */
export type EmitterForm =
  | "TupleConstruct"
  | "GetAttr"
  | "HasAttr"
  | "isinstance"
  | "list"
  | "dict"
  | "range"
  | "zip"
  | "enumerate"
  | "fork"
  | "awaitable"
  | "annotate"
  | "unchecked_cast"
  | "Uninitialized"
  | "tolist"
  | "index"
  | "CreateObject"
  | "LegacyTypedConstructor";

export class SpecialFormValue extends SugaredValue {
  constructor(readonly form: EmitterForm) {
    super();
  }
  override kind(): string {
    return this.form;
  }
}

/** `torch.LongTensor(...)`. */
export class LegacyTensorConstructor extends SpecialFormValue {
  constructor(readonly dtype: number) {
    super("LegacyTypedConstructor");
  }
}

/** `torch` in sources compiled without a host: any attribute may be an operator. */
export class BuiltinModule extends SugaredValue {
  constructor(readonly namespace: string) {
    super();
  }
  override kind(): string {
    return "builtin module";
  }
  override attr(_range: SourceRange, _m: MethodContext, field: string): SugaredValue {
    if (field === "autograd") return new BuiltinModule("aten");
    return new BuiltinFunction(`${this.namespace}::${field}`);
  }
}
