/** `self` and submodules while a module's methods are compiled. */
import { InternalError } from "../../core/errors.ts";
import type { ClassType } from "../../core/class_type.ts";
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import type { SourceRange } from "../../core/source.ts";
import { isSubtypeOf } from "../../core/subtyping.ts";
import { NoneType, type Type } from "../../core/types.ts";
import { toIValue } from "../ir/constants.ts";
import type { Value } from "../ir/graph.ts";
import { BuiltinFunction, FunctionValue, MethodValue } from "./callable_values.ts";
import { ConcreteModuleType } from "./concrete_module_type.ts";
import type { Self } from "./emitter.ts";
import { errorReport } from "./error_report.ts";
import { sugaredHostValue } from "./host_values.ts";
import { PythonFunctionValue } from "./python_calls.ts";
import { constant, insertGetAttr, insertTuple, insertTyped, tupleElements } from "./ir_nodes.ts";
import { IterableTree, SugaredTupleValue } from "./iterable_values.ts";
import { ModuleValueBase } from "./module_value_base.ts";
import { recursiveCompiler } from "./recursive_module.ts";
import type { MethodContext } from "./resolver.ts";
import { SimpleValue } from "./simple_value.ts";
import { type Args, NamedValue, SugaredValue } from "./sugared_value.ts";

/** `self` of a module. */
export class ModuleSelf implements Self {
  constructor(readonly concrete: ConcreteModuleType) {}
  get classType(): ClassType {
    return this.concrete.jitType as ClassType;
  }
  makeSugared(v: Value): ModuleValue {
    return new ModuleValue(v.setType(this.concrete.jitType), this.concrete);
  }
}

function isModuleType(t: Type): boolean {
  return (t.kind === "Class" || t.kind === "Interface") && t.isModule;
}

export class ModuleValue extends ModuleValueBase {
  constructor(readonly self: Value, readonly concrete: ConcreteModuleType) {
    super();
  }
  override asValue(): Value {
    return this.self;
  }
  override asTupleValue(range: SourceRange, m: MethodContext): SugaredValue {
    if (this.concrete.container === "list") return this.#submodules(m).modules;
    throw errorReport(range, "Only ModuleList or Sequential modules can be used as tuple");
  }
  override asTuple(range: SourceRange, m: MethodContext): readonly SugaredValue[] {
    if (this.concrete.container === "list") return this.#submodules(m).modules.items;
    return super.asTuple(range, m);
  }

  /** Names and values of the submodules, in order. */
  #submodules(m: MethodContext): ModuleEntries {
    return this.#entries(m, (t) => isModuleType(t.type), (name, v) => {
      return new ModuleValue(v, this.#submoduleType(name));
    });
  }
  #submoduleType(name: string): ConcreteModuleType {
    const known = this.concrete.modules.get(name);
    if (known) return known;
    const t = (this.concrete.jitType as ClassType).findAttribute(name)!.type;
    return ConcreteModuleType.fromJitType(t as ClassType);
  }
  #ofKind(m: MethodContext, kind: "parameter" | "buffer"): ModuleEntries {
    return this.#entries(m, (a) => a.kind === kind, (_name, v) => new SimpleValue(v));
  }
  #entries(
    m: MethodContext,
    pick: (a: ClassType["attributes"][number]) => boolean,
    make: (name: string, v: Value) => SugaredValue,
  ): ModuleEntries {
    const names: SugaredValue[] = [], values: SugaredValue[] = [];
    for (const a of (this.concrete.jitType as ClassType).attributes) {
      if (!pick(a)) continue;
      const name = new SimpleValue(constant(m.graph, a.name));
      values.push(make(a.name, insertGetAttr(m.graph, this.self, a.name)));
      names.push(name);
    }
    return new ModuleEntries(this, new SugaredTupleValue(names), new SugaredTupleValue(values));
  }

  override getitem(range: SourceRange, m: MethodContext, index: Value, hint?: Type): SugaredValue {
    const { container } = this.concrete;
    if (container === "list") {
      if (hint) return this.#indexed(range, m, index, hint);
      return this.#submodules(m).modules.getitem(range, m, index);
    }
    if (container === "parameter_list") return this.#ofKind(m, "parameter").modules.getitem(range, m, index);
    if (container === "dict" || container === "parameter_dict") {
      const key = toIValue(index);
      if (key !== undefined) {
        const entries = container === "dict" ? this.#submodules(m) : this.#ofKind(m, "parameter");
        const i = entries.keyTexts().indexOf(String(key));
        if (i < 0) throw errorReport(range, `Key Error, ${key}`);
        return entries.modules.items[i];
      }
      if (hint) return this.#indexed(range, m, index, hint);
      throw errorReport(
        range,
        "Unable to extract string literal index. ModuleDict indexing is only supported with string literals. For " +
          "example, 'i = \"a\"; self.layers[i](x)' will fail because i is not a literal. Enumeration of ModuleDict is " +
          "supported, e.g. 'for k, v in self.items(): out = v(inp)'",
      );
    }
    throw errorReport(
      range,
      "Only ModuleList, Sequential, ModuleDict, ParameterList, and ParameterDict modules are subscriptable",
    );
  }
  /** An index only known at run time: every submodule must be of the annotated interface. */
  #indexed(range: SourceRange, m: MethodContext, index: Value, hint: Type): SugaredValue {
    for (const a of (this.concrete.jitType as ClassType).attributes) {
      const why: string[] = [];
      if (isModuleType(a.type) && !isSubtypeOf(a.type, hint, why)) {
        throw errorReport(
          range,
          `Attribute ${a.name} is not of annotated type ${hint.annotation()}: ${why.join("")}`,
        );
      }
    }
    return new SimpleValue(insertTyped(m.graph, "prim::ModuleContainerIndex", [this.self, index], hint));
  }

  override hasAttr(range: SourceRange, m: MethodContext, field: string): boolean {
    return this.tryAttr(range, m, field) !== undefined;
  }

  /** The attribute, or undefined when the module has none of that name. */
  tryAttr(range: SourceRange, m: MethodContext, field: string): SugaredValue | undefined {
    const { jitType } = this.concrete;
    if (jitType.kind === "Interface") return new SimpleValue(this.self).attr(range, m, field);
    const a = jitType.findAttribute(field);
    if (a && isModuleType(a.type)) {
      return new ModuleValue(insertGetAttr(m.graph, this.self, field), this.#submoduleType(field));
    }
    if (a || jitType.methods.has(field)) return new SimpleValue(this.self).attr(range, m, field);
    const c = jitType.constants.get(field);
    if (c) return new SimpleValue(constantValue(m, c.value, range));
    return this.#containerAttr(range, m, field) ?? this.#pythonAttr(range, m, field);
  }

  #containerAttr(range: SourceRange, m: MethodContext, field: string): SugaredValue | undefined {
    if (this.concrete.container === "dict" && (field === "items" || field === "keys" || field === "values")) {
      return this.#submodules(m).attr(range, m, field);
    }
    if (
      field === "named_modules" || field === "modules" || field === "children" || field === "named_children"
    ) {
      return this.#submodules(m).attr(range, m, field);
    }
    if (field === "named_buffers") return this.#ofKind(m, "buffer").attr(range, m, field);
    if (field === "named_parameters" || field === "parameters") {
      const c = this.concrete.container;
      if (c === "parameter_dict" || c === "parameter_list") {
        return this.#ofKind(m, "parameter").attr(range, m, field);
      }
    }
    if (
      this.concrete.container === "parameter_dict" &&
      (field === "items" || field === "keys" || field === "values")
    ) {
      return this.#ofKind(m, "parameter").attr(range, m, field);
    }
    return undefined;
  }

  /** Overloads, functions stored on the instance, and methods of the Python class not compiled yet. */
  #pythonAttr(range: SourceRange, m: MethodContext, field: string): SugaredValue | undefined {
    const c = this.concrete;
    const overloads = c.overloads.get(field);
    if (overloads) return new MethodValue(this.self, overloads);
    const fns = c.functions.get(field);
    if (fns) return new FunctionValue(fns);
    const builtin = c.builtins.get(field);
    if (builtin) return new BuiltinFunction(builtin);
    const member = c.cls?.getattr(field);
    const d = member?.describe();
    if (!member || d?.kind !== "function") return undefined;
    if (c.cls!.methodKind(field) === "static") return sugaredHostValue(member, m, range, false);
    if (d.fn.modifier === "ignore" || d.fn.modifier === "unused" || d.fn.modifier === "drop") {
      return new PythonFunctionValue(d.fn, member, this.self);
    }
    recursiveCompiler().compileMethod(c, field, d.fn);
    return this.attr(range, m, field);
  }

  override attr(range: SourceRange, m: MethodContext, field: string): SugaredValue {
    const v = this.tryAttr(range, m, field);
    if (v) return v;
    const type = this.concrete.jitType as ClassType;
    const p = type.properties.get(field);
    if (p) return new MethodValue(this.self, [p.getter.name]).call(range, m, [], []);
    const hint = this.concrete.failed.get(field) ??
      (this.concrete.ignored.has(field) ? "attribute was ignored during compilation" : "");
    const name = type.name.slice(type.name.lastIndexOf(".") + 1);
    throw errorReport(range, `Module '${name}' has no attribute '${field}' ${hint}`);
  }
  override setAttr(range: SourceRange, m: MethodContext, field: string, value: Value): void {
    new SimpleValue(this.self).setAttr(range, m, field, value);
  }

  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    binders: number,
  ): SugaredValue {
    const { jitType } = this.concrete;
    const pre = jitType.kind === "Class" ? jitType.forwardPreHooks : [];
    const post = jitType.kind === "Class" ? jitType.forwardHooks : [];
    const g = m.graph;
    let input: Value | undefined;
    if (pre.length || post.length) input = insertTuple(g, args.map((a) => a.value(g)));
    for (const hook of pre) {
      let out = new FunctionValue([hook])
        .call(range, m, [new NamedValue(this.self), new NamedValue(input!)], kwargs).asValue(range, m);
      if (out.type === NoneType) continue;
      if (out.type.kind !== "Tuple") out = insertTuple(g, [out]);
      input = out;
    }
    if (pre.length && args.length) args = unpackTuple(m, input!).map((v) => new NamedValue(v));
    let result = this.attr(range, m, "forward").call(range, m, args, kwargs, binders).asValue(range, m);
    for (const hook of post) {
      const hookArgs = [this.self, input!, result].map((v) => new NamedValue(v));
      const out = new FunctionValue([hook]).call(range, m, hookArgs, kwargs).asValue(range, m);
      if (out.type !== NoneType) result = out;
    }
    return new SimpleValue(result);
  }

  override iter(range: SourceRange, m: MethodContext): SugaredValue {
    switch (this.concrete.container) {
      case "dict":
        return this.#submodules(m).keys;
      case "list":
        return this.#submodules(m).modules;
      case "parameter_list":
        return this.#ofKind(m, "parameter").modules;
      case "parameter_dict":
        return this.#ofKind(m, "parameter").keys;
      default:
        throw errorReport(
          range,
          "Only constant Sequential, ModuleList, ModuleDict, or ParameterList can be used as an iterable",
        );
    }
  }
  /** Submodules with their dotted names, this module first. */
  nested(m: MethodContext, prefix: string, keys: SugaredValue[], values: SugaredValue[]): void {
    keys.push(new SimpleValue(constant(m.graph, prefix)));
    values.push(this);
    const { keys: names, modules } = this.#submodules(m);
    names.items.forEach((k, i) => {
      const name = String(toIValue((k as SimpleValue).value));
      (modules.items[i] as ModuleValue).nested(m, prefix ? `${prefix}.${name}` : name, keys, values);
    });
  }
}

function unpackTuple(m: MethodContext, v: Value): readonly Value[] {
  return tupleElements(m.graph, v);
}

/** A constant; a tuple is built of its parts, as PyTorch does. */
function constantValue(m: MethodContext, v: IValue, range: SourceRange): Value {
  if (v instanceof TupleValue) return insertTuple(m.graph, v.items.map((i) => constantValue(m, i, range)));
  if (v instanceof ListValue) throw new InternalError("module constants are tuples, not lists");
  return constant(m.graph, v, range);
}

/** Names and values of a module's parts, with the dict methods over them. */
export class ModuleEntries extends SugaredValue {
  constructor(
    readonly self: ModuleValue,
    readonly keys: SugaredTupleValue,
    readonly modules: SugaredTupleValue,
  ) {
    super();
  }
  override kind(): string {
    return "ModuleDict";
  }
  keyTexts(): string[] {
    return this.keys.items.map((k) => String(toIValue((k as SimpleValue).value)));
  }
  override attr(range: SourceRange, m: MethodContext, field: string): SugaredValue {
    switch (field) {
      case "keys":
        return new ModuleDictMethod(this.keys, field);
      case "values":
      case "children":
      case "parameters":
        return new ModuleDictMethod(this.modules, field);
      case "modules":
      case "named_modules": {
        const keys: SugaredValue[] = [], values: SugaredValue[] = [];
        this.self.nested(m, "", keys, values);
        const tuple = new SugaredTupleValue(values);
        return new ModuleDictMethod(
          field === "modules" ? tuple : pairs(range, new SugaredTupleValue(keys), tuple),
          field,
        );
      }
      default:
        return new ModuleDictMethod(pairs(range, this.keys, this.modules), field);
    }
  }
}

function pairs(range: SourceRange, a: SugaredValue, b: SugaredValue): SugaredValue {
  const t = new IterableTree();
  t.addChild(range, a);
  t.addChild(range, b);
  return t;
}

class ModuleDictMethod extends SugaredValue {
  constructor(readonly iterable: SugaredValue, readonly name: string) {
    super();
  }
  override kind(): string {
    return this.name;
  }
  override call(range: SourceRange, _m: MethodContext, args: Args, kwargs: Args): SugaredValue {
    if (args.length || kwargs.length) {
      throw errorReport(range, `${this.name} method does not accept any arguments`);
    }
    return this.iterable;
  }
}
