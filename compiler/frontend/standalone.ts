/**
 * Python source compiled without a host: functions, script classes, NamedTuples, Enums and imports of torch, math
 * and typing in one text, found by name. Nothing of the source runs.
 */
import { ClassType, InterfaceType } from "../../core/class_type.ts";
import { Diagnostic, NotImplemented } from "../../core/errors.ts";
import { CompilationUnit, type ScriptFunction } from "../../core/function.ts";
import { EnumValue, type IValue } from "../../core/ivalue.ts";
import type { Source, SourceRange } from "../../core/source.ts";
import { isSubtypeOf } from "../../core/subtyping.ts";
import { EnumType, TupleType, type Type } from "../../core/types.ts";
import { unifyTypeList } from "../../core/unify.ts";
import { typeOfIValue } from "../ir/constants.ts";
import type * as py from "../syntax/ast.ts";
import { parseModule } from "../syntax/mod.ts";
import { buildDef } from "./build_definition.ts";
import { buildExpr } from "./build_expressions.ts";
import { ClassValue, FunctionValue, NamedTupleConstructor, PythonExceptionValue } from "./callable_values.ts";
import { defineFunction } from "./define.ts";
import { defaultMismatch, type Defaults } from "./emit_definition.ts";
import { sourceContext } from "./function_source.ts";
import { SliceClass, SugaredEnumClass } from "./iterable_values.ts";
import { declareInterface } from "./interfaces.ts";
import { literalValue } from "./literal_values.ts";
import { OpaqueValue } from "./opaque_value.ts";
import type { Resolver } from "./resolver.ts";
import { defineMethods, type MethodSource, type PropertySource, SimpleSelf } from "./script_class.ts";
import { INFERRED_TENSOR, ScriptTypeParser } from "./script_type_parser.ts";
import { StandaloneModule } from "./standalone_modules.ts";
import type { SugaredValue } from "./sugared_value.ts";

const EXCEPTIONS = new Set(
  ("Exception BaseException RuntimeError ValueError TypeError IndexError KeyError NotImplementedError AttributeError " +
    "AssertionError ArithmeticError ZeroDivisionError OverflowError StopIteration OSError LookupError").split(
      " ",
    ),
);

type Definition = py.FunctionDef | py.ClassDef | { kind: "constant"; value: py.Expr } | {
  kind: "alias";
  name: string;
};

/** All that one source defines at module level. */
export class StandaloneModuleSource implements Resolver {
  readonly #names = new Map<string, Definition>();
  readonly #functions = new Map<string, ScriptFunction>();
  readonly #types = new Map<string, Type>();
  readonly #members = new Map<EnumType, Map<string, EnumValue>>();
  readonly #source: Source;

  constructor(source: Source, readonly unit: CompilationUnit = new CompilationUnit()) {
    this.#source = source;
    const { module, errors } = parseModule(source, { firstErrorOnly: true });
    if (errors.length) throw errors[0];
    for (const s of module.body) this.#declare(s);
  }

  #declare(s: py.Stmt): void {
    switch (s.kind) {
      case "FunctionDef":
      case "ClassDef":
        this.#names.set(s.name, s);
        break;
      case "Import":
        for (const a of s.names) {
          const name = a.asname ? a.name : a.name.split(".")[0];
          this.#names.set(a.asname ?? name, { kind: "alias", name });
        }
        break;
      case "ImportFrom":
        for (const a of s.names) {
          this.#names.set(a.asname ?? a.name, { kind: "alias", name: `${s.module ?? ""}.${a.name}` });
        }
        break;
      case "Assign":
        if (s.targets.length === 1 && s.targets[0].kind === "Name") {
          this.#names.set(s.targets[0].id, { kind: "constant", value: s.value });
        }
        break;
    }
  }

  /** Names of the functions, in order. */
  functionNames(): string[] {
    return [...this.#names].filter(([, d]) => d.kind === "FunctionDef").map(([n]) => n);
  }

  /** The function `name`, compiled. */
  compile(name: string): ScriptFunction {
    const def = this.#names.get(name);
    if (def?.kind !== "FunctionDef") {
      throw new Diagnostic(`the source defines no function '${name}'`, undefined);
    }
    const fn = this.#function(def);
    fn.ensureDefined?.();
    return fn;
  }

  #function(def: py.FunctionDef): ScriptFunction {
    let fn = this.#functions.get(def.name);
    if (!fn) {
      fn = defineFunction(
        this.unit,
        this.unit.uniqueName(`__torch__.${def.name}`),
        () => buildDef(this.#source, def),
        this,
        { defaults: this.#defaults(def) },
      );
      this.#functions.set(def.name, fn);
    }
    return fn;
  }

  /** Compiled where its name is met, unless that is inside itself. */
  #compiled(def: py.FunctionDef): ScriptFunction {
    const fn = this.#function(def);
    if (fn.state === "new") fn.ensureDefined?.();
    return fn;
  }

  #defaults(def: py.FunctionDef): Defaults {
    const args = def.args;
    const names = [...args.posonlyargs, ...args.args].map((a) => a.arg);
    const first = names.length - args.defaults.length;
    return (name, type) => {
      const i = names.indexOf(name);
      if (i < first) return undefined;
      const v = literalValue(args.defaults[i - first], type);
      const undefinedTensor = v === null && type.kind === "Tensor";
      if (v !== undefined && !undefinedTensor && !isSubtypeOf(typeOfIValue(v), type)) {
        throw defaultMismatch(buildDef(this.#source, def).range, name, type);
      }
      return v;
    };
  }

  resolveType(name: string, range: SourceRange): Type | undefined {
    const known = this.#types.get(name);
    if (known) return known;
    const def = this.#names.get(name);
    if (def?.kind === "ClassDef") return this.#class(def);
    if (def?.kind === "constant" && def.value.kind !== "Constant") {
      try {
        const e = buildExpr(sourceContext(this.#source, ALIAS), def.value);
        return new ScriptTypeParser(this).parseType(e);
      } catch {
        return undefined;
      }
    }
    void range;
    return undefined;
  }

  resolveValue(name: string): SugaredValue | undefined {
    const def = this.#names.get(name);
    switch (def?.kind) {
      case "FunctionDef":
        if (def.decorator_list.some((d) => ["ignore", "unused"].includes(decoratorName(d)))) {
          throw new NotImplemented(
            `calling ${name}, which stays Python, from source compiled without a host`,
          );
        }
        return new FunctionValue([this.#compiled(def)]);
      case "ClassDef":
        if (isSubclassOf(def, "Exception") || isSubclassOf(def, "Error")) {
          return new PythonExceptionValue(`__main__.${def.name}`);
        }
        return this.#classValue(this.#class(def));
      case "alias":
        return this.#imported(def.name);
      case "constant":
        return new OpaqueValue(pythonTypeName(def.value));
      case undefined:
        if (EXCEPTIONS.has(name)) return new PythonExceptionValue(`builtins.${name}`);
        if (name === "slice") return new SliceClass();
        return name === "torch" || name === "math" ? new StandaloneModule(name) : undefined;
      default:
        return undefined;
    }
  }

  #imported(name: string): SugaredValue | undefined {
    if (/^(torch|math|cmath)(\.|$)/.test(name)) {
      const at = name.lastIndexOf(".");
      const parent = at < 0 ? "" : name.slice(0, at);
      if (parent === "math" || parent === "cmath" || parent === "torch.jit") {
        return new ImportedName(parent, name.slice(at + 1));
      }
      return new StandaloneModule(name);
    }
    return undefined;
  }

  #classValue(t: Type): SugaredValue {
    if (t.kind === "Tuple") return new NamedTupleConstructor(t);
    if (t.kind === "Enum") return new SugaredEnumClass(t, (n) => this.#members.get(t)!.get(n)!);
    return new ClassValue(t as ClassType);
  }

  #class(def: py.ClassDef): Type {
    const known = this.#types.get(def.name);
    if (known) return known;
    if (isSubclassOf(def, "NamedTuple")) return this.#namedTuple(def);
    if (isSubclassOf(def, "Enum") || isSubclassOf(def, "IntEnum")) return this.#enum(def);
    if (isSubclassOf(def, "Module") && !def.decorator_list.some((d) => decoratorName(d) === "interface")) {
      throw new NotImplemented("nn.Module classes in source compiled without a host");
    }
    if (def.decorator_list.some((d) => decoratorName(d) === "interface")) return this.#interface(def);
    return this.#scriptClass(def);
  }

  #interface(def: py.ClassDef): Type {
    const name = this.unit.uniqueName(`__torch__.${def.name}`);
    const type = new InterfaceType(name, isSubclassOf(def, "Module"));
    this.unit.addType(name, type);
    this.#types.set(def.name, type);
    declareInterface(type, this.#source, def, this);
    return type;
  }

  #namedTuple(def: py.ClassDef): Type {
    const parser = new ScriptTypeParser(this);
    const ctx = sourceContext(this.#source, def);
    const fields: string[] = [], types: Type[] = [], defaults: IValue[] = [];
    for (const s of def.body) {
      if (s.kind !== "AnnAssign" || s.target.kind !== "Name") continue;
      fields.push(s.target.id);
      const t = parser.parseType(buildExpr(ctx, s.annotation));
      types.push(t);
      if (s.value) defaults.push(literalValue(s.value, t) ?? null);
    }
    const t = new TupleType(types.length ? types : [INFERRED_TENSOR], {
      name: `__torch__.${def.name}`,
      fields,
      defaults,
    });
    this.#types.set(def.name, t);
    return t;
  }

  #enum(def: py.ClassDef): Type {
    const members: { name: string; value: IValue }[] = [];
    for (const s of def.body) {
      if (s.kind !== "Assign" || s.targets[0].kind !== "Name") continue;
      const value = literalValue(s.value, undefined);
      if (value === undefined) throw new NotImplemented("Enum members that are not literals");
      members.push({ name: s.targets[0].id, value });
    }
    const u = unifyTypeList(members.map((m) => typeOfIValue(m.value)));
    if (!("type" in u)) {
      throw new Diagnostic(`No enum values defined for: '${def.name}'`, undefined, "ValueError");
    }
    const t = new EnumType(`__torch__.${def.name}`, u.type, members);
    this.#types.set(def.name, t);
    this.#members.set(t, new Map(members.map((m) => [m.name, new EnumValue(t, m.name, m.value)])));
    return t;
  }

  #scriptClass(def: py.ClassDef): Type {
    if (def.decorator_list.some((d) => decoratorName(d) === "dataclass")) {
      throw new NotImplemented("dataclasses in source compiled without a host");
    }
    const name = this.unit.uniqueName(`__torch__.${def.name}`);
    const cls = new ClassType(name, this.unit, false);
    this.unit.addType(name, cls);
    this.#types.set(def.name, cls);
    const methods: MethodSource[] = [], properties: PropertySource[] = [];
    for (const s of def.body) {
      if (s.kind === "FunctionDef") this.#member(s, def.name, methods, properties, cls);
      else if (s.kind === "Assign" && s.targets[0].kind === "Name") cls.unresolvable.set(s.targets[0].id, "");
    }
    methods.sort((a, b) => a.name < b.name ? -1 : 1);
    defineMethods(this.unit, cls, new SimpleSelf(cls), properties, methods);
    return cls;
  }

  #member(
    s: py.FunctionDef,
    className: string,
    methods: MethodSource[],
    properties: PropertySource[],
    cls: ClassType,
  ): void {
    const decorators = s.decorator_list.map(decoratorName);
    const source = (name: string): MethodSource => ({
      name,
      def: () => buildDef(this.#source, s, { name, selfName: className }),
      resolver: this,
      defaults: this.#defaults(s),
    });
    if (decorators.includes("staticmethod")) {
      const fn = defineFunction(this.unit, `${cls.name}.${s.name}`, () => buildDef(this.#source, s), this, {
        defaults: this.#defaults(s),
      });
      cls.staticMethods.set(s.name, fn);
    } else if (decorators.includes("property")) {
      properties.push({ name: s.name, getter: source(`__${s.name}_getter`), setter: undefined });
    } else if (decorators.includes("setter")) {
      const i = properties.findIndex((p) => p.name === s.name);
      properties[i] = { ...properties[i], setter: source(`__${s.name}_setter`) };
    } else if (!decorators.includes("unused")) methods.push(source(s.name));
  }
}

/** Aliases are read in a context of their own; their ranges are not shown. */
const ALIAS = {
  kind: "ClassDef",
  start: 0,
  end: 1,
  decorator_list: [],
  body: [{ start: 0, end: 0 }],
  name: "",
} as unknown as py.ClassDef;

/** `from math import sqrt`. */
class ImportedName extends StandaloneModule {
  constructor(module: string, readonly member: string) {
    super(module);
  }
  override call(...p: Parameters<SugaredValue["call"]>): SugaredValue {
    return this.attr(p[0], p[1], this.member).call(...p);
  }
  override asValue(...p: Parameters<SugaredValue["asValue"]>) {
    return this.attr(p[0], p[1], this.member).asValue(...p);
  }
}

function decoratorName(d: py.Expr): string {
  return d.kind === "Name"
    ? d.id
    : d.kind === "Attribute"
    ? d.attr
    : d.kind === "Call"
    ? decoratorName(d.func)
    : "";
}

function isSubclassOf(def: py.ClassDef, suffix: string): boolean {
  return def.bases.some((b) =>
    decoratorName(b) === suffix || (suffix === "Error" && decoratorName(b).endsWith("Error"))
  );
}

function pythonTypeName(e: py.Expr): string {
  if (e.kind === "Constant") {
    return e.value.type === "none" ? "NoneType" : e.value.type;
  }
  return { List: "list", Dict: "dict", Tuple: "tuple", Set: "set", Lambda: "function" }[e.kind as string] ??
    "object";
}
