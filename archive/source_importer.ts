/** Classes and functions of an archive's `code/`, compiled when first needed; the Resolver of that code. */
import { ClassType, InterfaceType } from "../core/class_type.ts";
import { CompilationUnit, type NamedType, type ScriptFunction } from "../core/function.ts";
import { EnumValue, type IValue } from "../core/ivalue.ts";
import { Complex, Float } from "../core/scalar.ts";
import { Source, type SourceRange } from "../core/source.ts";
import { Tensor } from "../core/tensor.ts";
import { AnyTensorType, EnumType, TupleType, type Type } from "../core/types.ts";
import { buildDef } from "../compiler/frontend/build_definition.ts";
import { buildExpr } from "../compiler/frontend/build_expressions.ts";
import {
  BuiltinFunction,
  BuiltinModule,
  ClassValue,
  FunctionValue,
  NamedTupleConstructor,
  SpecialFormValue,
} from "../compiler/frontend/callable_values.ts";
import { defineFunction } from "../compiler/frontend/define.ts";
import { errorReport } from "../compiler/frontend/error_report.ts";
import { SourceContext } from "../compiler/frontend/function_source.ts";
import { declareInterface } from "../compiler/frontend/interfaces.ts";
import { SugaredEnumClass } from "../compiler/frontend/iterable_values.ts";
import { literalValue } from "../compiler/frontend/literal_values.ts";
import type { MethodContext, Resolver } from "../compiler/frontend/resolver.ts";
import { SimpleSelf } from "../compiler/frontend/script_class.ts";
import { dottedName, ScriptTypeParser } from "../compiler/frontend/script_type_parser.ts";
import { SimpleValue } from "../compiler/frontend/simple_value.ts";
import { type Args, NamedValue, SugaredValue } from "../compiler/frontend/sugared_value.ts";
import { insertConstant, typeOfIValue } from "../compiler/ir/constants.ts";
import type * as py from "../compiler/syntax/ast.ts";
import { parseExpression, parseModule } from "../compiler/syntax/mod.ts";
import "../compiler/lowering/mod.ts";
import type { Graph } from "../compiler/ir/graph.ts";
import type { DebugRanges } from "./debug_ranges.ts";
import { STEPS_SINCE, upgradeGraph, valueOfNone } from "./upgraders.ts";

type Definition = { readonly def: py.ClassDef | py.FunctionDef; readonly source: Source };
/** Attributes whose kind the lists at the head of a module's class tell. */
const LISTS = new Set(["__parameters__", "__buffers__", "__forward_pre_hooks__", "__forward_hooks__"]);

export interface SourceHost {
  /** Text of a member, undefined when the archive has none. */
  readText(member: string): string | undefined;
  readonly version: number;
  /** Which source a code file was made of, when the archive says. */
  debugRanges?(member: string): DebugRanges | undefined;
  /** Element of the tuple in `constants.pkl`. */
  constant(index: number): IValue | undefined;
}

export class SourceImporter implements Resolver {
  readonly unit: CompilationUnit = new CompilationUnit();
  readonly #definitions = new Map<string, Definition>();
  readonly #loaded = new Set<string>();
  readonly #types = new Map<string, NamedType>();
  readonly #functions = new Map<string, ScriptFunction>();
  readonly #members = new Map<EnumType, EnumValue[]>();
  readonly #parser = new ScriptTypeParser(this);

  constructor(readonly host: SourceHost) {}

  /** Reads the file that would define `name`, once. */
  #definition(name: string): Definition | undefined {
    const dot = name.lastIndexOf(".");
    if (dot < 0) return undefined;
    const qualifier = name.slice(0, dot);
    if (!this.#loaded.has(qualifier)) {
      this.#loaded.add(qualifier);
      this.#load(qualifier);
    }
    return this.#definitions.get(name);
  }
  #load(qualifier: string): void {
    const member = `code/${qualifier.replaceAll(".", "/")}.py`;
    const text = this.host.readText(member);
    if (text === undefined) return;
    const source = new Source(text, member);
    const { module, errors } = parseModule(source, { firstErrorOnly: true });
    if (errors.length) throw errors[0];
    for (const s of module.body) {
      if (s.kind === "ClassDef" || s.kind === "FunctionDef") {
        this.#definitions.set(`${qualifier}.${s.name}`, { def: s, source });
      }
    }
  }

  #context(d: Definition): SourceContext {
    return new SourceContext(d.source, 0, d.def.name, true);
  }

  // --- types ---
  /** The class, enum, NamedTuple or interface of that qualified name. */
  findType(name: string): NamedType | undefined {
    const known = this.#types.get(name);
    if (known) return known;
    const d = this.#definition(name);
    if (d?.def.kind !== "ClassDef") return undefined;
    const bases = d.def.bases.map((b) => b.kind === "Name" ? b.id : "");
    switch (bases[0]) {
      case "NamedTuple":
        return this.#namedTuple(name, d, d.def);
      case "Enum":
        return this.#enum(name, d.def);
      case "Interface":
      case "ModuleInterface": {
        const t = new InterfaceType(name, bases[0] === "ModuleInterface");
        this.#keep(name, t);
        declareInterface(t, d.source, d.def, this);
        return t;
      }
      default:
        return this.#class(name, d, d.def, bases[0] === "Module");
    }
  }
  #keep(name: string, t: NamedType): void {
    this.#types.set(name, t);
    this.unit.addType(name, t);
  }
  resolveType(name: string, _range?: SourceRange): Type | undefined {
    return name.startsWith("__torch__.") ? this.findType(name) : undefined;
  }
  /** The type that an annotation's text spells: a tag in a pickle. */
  parseType(text: string): Type {
    const source = new Source(text, "<type tag>");
    return this.#parser.parseType(buildExpr(new SourceContext(source, 0, "", true), parseExpression(source)));
  }
  #annotation(d: Definition, e: py.Expr): Type {
    return this.#parser.parseType(buildExpr(this.#context(d), e));
  }

  #namedTuple(name: string, d: Definition, def: py.ClassDef): NamedType {
    const fields: string[] = [], types: Type[] = [], defaults: IValue[] = [];
    for (const s of def.body) {
      if (s.kind !== "AnnAssign" || s.target.kind !== "Name") continue;
      fields.push(s.target.id);
      types.push(this.#annotation(d, s.annotation));
      if (s.value) defaults.push(this.#literal(s.value, types[types.length - 1]) ?? null);
    }
    const t = new TupleType(types, { name, fields, defaults }) as NamedType;
    this.#keep(name, t);
    return t;
  }

  #enum(name: string, def: py.ClassDef): NamedType {
    const members: { name: string; value: IValue }[] = [];
    for (const s of def.body) {
      if (s.kind !== "Assign" || s.targets[0].kind !== "Name") continue;
      members.push({ name: s.targets[0].id, value: this.#literal(s.value, undefined) ?? null });
    }
    const t = new EnumType(name, typeOfIValue(members[0]?.value ?? null), members);
    this.#members.set(t, members.map((m) => new EnumValue(t, m.name, m.value)));
    this.#keep(name, t);
    return t;
  }
  /** The one object for a member, by a test of its name or value. */
  enumMember(t: NamedType, test: (m: EnumValue) => boolean): EnumValue | undefined {
    return t.kind === "Enum" ? this.#members.get(t)?.find(test) : undefined;
  }

  #class(name: string, d: Definition, def: py.ClassDef, isModule: boolean): ClassType {
    const cls = new ClassType(name, this.unit, isModule);
    this.#keep(name, cls);
    const lists = new Map<string, string[]>();
    const kindOf = (attribute: string) =>
      lists.get("__parameters__")?.includes(attribute)
        ? "parameter"
        : lists.get("__buffers__")?.includes(attribute)
        ? "buffer"
        : "attribute";
    const methods: py.FunctionDef[] = [];
    for (const s of def.body) {
      if (s.kind === "FunctionDef") methods.push(s);
      else if (s.kind === "Assign") {
        const target = s.targets[0];
        if (target.kind === "Name" && LISTS.has(target.id)) lists.set(target.id, stringList(s.value));
        else if (target.kind === "Subscript") {
          const key = stringOf(target.slice);
          if (key !== undefined) cls.addAttribute(key, this.#annotation(d, s.value), kindOf(key));
        }
      } else if (s.kind === "AnnAssign" && s.target.kind === "Name") {
        const key = s.target.id, type = this.#annotation(d, s.annotation);
        if (s.value) cls.constants.set(key, { type, value: this.#literal(s.value, type) ?? null });
        else cls.addAttribute(key, type, kindOf(key));
      }
    }
    const pre = lists.get("__forward_pre_hooks__") ?? [], post = lists.get("__forward_hooks__") ?? [];
    for (const m of methods) {
      const hook = pre.includes(m.name) || post.includes(m.name);
      const fn = this.#finished(
        defineFunction(
          this.unit,
          `${name}.${m.name}`,
          () => buildDef(d.source, m, { selfName: name, context: this.#context(d) }),
          this,
          { self: new SimpleSelf(cls), defaults: this.#defaults(m.args), unregistered: hook },
        ),
        d,
      );
      if (pre.includes(m.name)) cls.forwardPreHooks.push(fn);
      if (post.includes(m.name)) cls.forwardHooks.push(fn);
      if (!hook) cls.methods.set(m.name, fn);
    }
    return cls;
  }

  /** Once compiled, code shows the places it was made of, and operators mean what they did in files of that age. */
  #finished(fn: ScriptFunction, d: Definition): ScriptFunction {
    const define = fn.ensureDefined;
    let done = false;
    fn.ensureDefined = () => {
      define?.();
      if (done || fn.state !== "defined") return;
      done = true;
      const graph = fn.graph as Graph, debug = this.#debugRanges(d.source.filename);
      if (debug) showOriginal(graph, debug);
      upgradeGraph(graph, this.host.version);
    };
    return fn;
  }
  readonly #debug = new Map<string, DebugRanges | undefined>();
  #debugRanges(member: string): DebugRanges | undefined {
    if (!this.#debug.has(member)) this.#debug.set(member, this.host.debugRanges?.(member));
    return this.#debug.get(member);
  }

  #defaults(args: py.Arguments): (name: string, type: Type) => IValue | undefined {
    const names = [...args.posonlyargs, ...args.args].map((a) => a.arg);
    const first = names.length - args.defaults.length;
    return (name, type) => {
      const i = names.indexOf(name);
      return i < first ? undefined : this.#literal(args.defaults[i - first], type);
    };
  }
  /** Literals as printed code spells them: `inf`, `annotate(T, v)`, enum members and constants among them. */
  #literal(e: py.Expr, type: Type | undefined): IValue | undefined {
    const plain = literalValue(e, type);
    if (plain !== undefined) return plain;
    if (e.kind === "Name") return specialNumber(e.id);
    if (e.kind === "UnaryOp" && e.operand.kind === "Name") {
      const v = specialNumber(e.operand.id);
      return v instanceof Float ? new Float(-v.value) : undefined;
    }
    if (e.kind === "Call" && e.func.kind === "Name" && e.func.id === "annotate" && e.args.length === 2) {
      return this.#literal(e.args[1], type);
    }
    if (e.kind !== "Attribute") return undefined;
    if (e.value.kind === "Name" && e.value.id === "CONSTANTS") {
      return this.host.constant(Number(e.attr.slice(1)));
    }
    const source = new Source("", "");
    const owner = dottedName(buildExpr(new SourceContext(source, 0, "", true), e.value));
    const t = owner === undefined ? undefined : this.findType(owner);
    return t && this.enumMember(t, (m) => m.name === e.attr);
  }

  // --- values ---
  findFunction(name: string): ScriptFunction | undefined {
    const known = this.#functions.get(name);
    if (known) return known;
    const d = this.#definition(name);
    if (d?.def.kind !== "FunctionDef") return undefined;
    const def = d.def;
    const fn = defineFunction(
      this.unit,
      name,
      () => buildDef(d.source, def, { context: this.#context(d) }),
      this,
      {
        defaults: this.#defaults(def.args),
      },
    );
    this.#functions.set(name, this.#finished(fn, d));
    return fn;
  }
  resolveValue(name: string, m: MethodContext, range: SourceRange): SugaredValue | undefined {
    switch (name) {
      case "torch":
        return this.host.version < STEPS_SINCE
          ? new OldOperators(this.host.version)
          : new BuiltinModule("aten");
      case "ops":
        return new OperatorNamespaces();
      case "CONSTANTS":
        return new Constants(this.host);
      case "__torch__":
        return new Namespace(this, "__torch__");
      case "fork":
      case "awaitable":
      case "annotate":
      case "unchecked_cast":
        return new SpecialFormValue(name);
      case "uninitialized":
        return new SpecialFormValue("Uninitialized");
      default: {
        const n = specialNumber(name);
        return n === undefined ? undefined : new SimpleValue(insertConstant(m.graph, n, range));
      }
    }
  }
  /** What a qualified name stands for in code. */
  named(name: string): SugaredValue | undefined {
    const t = this.findType(name);
    if (t?.kind === "Tuple") return new NamedTupleConstructor(t);
    if (t?.kind === "Enum") return new SugaredEnumClass(t, (n) => this.enumMember(t, (m) => m.name === n)!);
    if (t?.kind === "Class") return new ClassValue(t);
    const f = this.findFunction(name);
    return f && new FunctionValue([f]);
  }
}

function showOriginal(graph: Graph, debug: DebugRanges): void {
  for (const n of graph.allNodes()) {
    const original = n.range && debug.originalOf(n.range);
    // A constant that came of nothing says so, as PyTorch's do; an operator keeps the place of the archive's own code.
    if (original && (original.source.text !== "" || n.kind === "prim::Constant")) n.range = original;
    for (const a of n.attributes.values()) if (a.kind === "g") showOriginal(a.value, debug);
  }
}

function specialNumber(name: string): IValue | undefined {
  switch (name) {
    case "inf":
      return new Float(Infinity);
    case "nan":
      return new Float(NaN);
    case "infj":
      return new Complex(0, Infinity);
    case "nanj":
      return new Complex(0, NaN);
    default:
      return undefined;
  }
}

function stringOf(e: py.Expr): string | undefined {
  return e.kind === "Constant" && e.value.type === "str" ? e.value.value : undefined;
}
function stringList(e: py.Expr): string[] {
  return e.kind === "List" ? e.elts.map((x) => stringOf(x) ?? "") : [];
}

/** `torch` in files whose operators took None where today's want a number. */
class OldOperators extends BuiltinModule {
  constructor(readonly version: number) {
    super("aten");
  }
  override attr(range: SourceRange, m: MethodContext, field: string): SugaredValue {
    const found = super.attr(range, m, field);
    return found instanceof BuiltinFunction && valueOfNone(found.symbol, 2, this.version) !== undefined
      ? new OldOperator(found.symbol, this.version)
      : found;
  }
}
class OldOperator extends BuiltinFunction {
  constructor(symbol: string, readonly version: number) {
    super(symbol);
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    binders: number,
  ): SugaredValue {
    const given = args.map((a, i) => {
      const instead = valueOfNone(this.symbol, i, this.version);
      return instead !== undefined && a.type.kind === "None"
        ? NamedValue.constant(instead, a.name, a.range)
        : a;
    });
    return super.call(range, m, given, kwargs, binders);
  }
}

/** `ops`: operators of any namespace. */
class OperatorNamespaces extends SugaredValue {
  override kind(): string {
    return "ops";
  }
  override attr(_range: SourceRange, _m: MethodContext, field: string): SugaredValue {
    return new BuiltinModule(field);
  }
}

/** `CONSTANTS.c3`. */
class Constants extends SugaredValue {
  constructor(readonly host: SourceHost) {
    super();
  }
  override kind(): string {
    return "CONSTANTS";
  }
  override attr(range: SourceRange, m: MethodContext, field: string): SugaredValue {
    const v = this.host.constant(Number(field.slice(1)));
    if (v === undefined) throw errorReport(range, `constants.pkl has no ${field}`);
    return new SimpleValue(
      insertConstant(m.graph, v, range, v instanceof Tensor ? AnyTensorType : undefined),
    );
  }
}

/** `__torch__` and what is below it. */
class Namespace extends SugaredValue {
  constructor(readonly importer: SourceImporter, readonly name: string) {
    super();
  }
  override kind(): string {
    return "class namespace";
  }
  override attr(_range: SourceRange, _m: MethodContext, field: string): SugaredValue {
    const name = `${this.name}.${field}`;
    return this.importer.named(name) ?? new Namespace(this.importer, name);
  }
}
