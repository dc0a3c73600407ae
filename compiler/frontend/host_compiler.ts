/**
 * Compiling live host objects: functions, classes, enums and interfaces, each once. `recursive_module.ts` does the
 * same for nn.Modules. There is one per process, as PyTorch has one compilation unit for Python.
 */
import { ClassType, InterfaceType } from "../../core/class_type.ts";
import { Diagnostic, NotImplemented } from "../../core/errors.ts";
import { CompilationUnit, type ScriptFunction } from "../../core/function.ts";
import { EnumValue, type IValue } from "../../core/ivalue.ts";
import { FunctionSchema } from "../../core/schema.ts";
import type { SourceRange } from "../../core/source.ts";
import { EnumType, type Type } from "../../core/types.ts";
import { buildDef, type DefinitionOptions } from "./build_definition.ts";
import { defineFunction } from "./define.ts";
import { dataclassMethods } from "./dataclass_methods.ts";
import { errorReport, withCompilationOf } from "./error_report.ts";
import { defaultMismatch, type Defaults } from "./emit_definition.ts";
import { ConversionError, hostIValue } from "./host_ivalues.ts";
import { enumValueType, inferType } from "./host_types.ts";
import { type Lookup, PythonResolver, typeOfText } from "./python_resolver.ts";
import type { ClassView, FunctionView, ObjectView } from "./resolver.ts";
import { declareInterface } from "./interfaces.ts";
import { defineMethods, type MethodSource, type PropertySource, SimpleSelf } from "./script_class.ts";
import { ScriptTypeParser } from "./script_type_parser.ts";
import type { Def } from "./tree.ts";

export class HostCompiler {
  readonly unit: CompilationUnit = new CompilationUnit();
  readonly #functions = new WeakMap<object, readonly ScriptFunction[]>();
  readonly #enums = new WeakMap<object, { type: EnumType; members: Map<string, EnumValue> }>();

  /** `torch.jit.script(fn)`: the function compiled, the same one each time. */
  compileFunction(fn: FunctionView): ScriptFunction {
    const [f] = this.compileFunctions(fn, undefined);
    return f;
  }

  /** The function, or its overloads when it has some. Compiled at once unless it is being compiled. */
  compileFunctions(fn: FunctionView, _range: SourceRange | undefined): readonly ScriptFunction[] {
    const known = this.#functions.get(fn.object as object);
    if (known) return known;
    const overloads = fn.overloads();
    const made = overloads.length ? overloads.map((o) => this.#overload(fn, o)) : [this.#define(fn)];
    this.#functions.set(fn.object as object, made);
    try {
      for (const f of made) f.ensureDefined?.();
    } catch (e) {
      this.#functions.delete(fn.object as object);
      throw e;
    }
    return made;
  }

  #define(fn: FunctionView): ScriptFunction {
    const name = this.unit.uniqueName(fn.qualifiedName);
    return defineFunction(this.unit, name, () => treeOf(fn), new PythonResolver((n) => fn.lookup(n)), {
      defaults: defaultsOf(fn),
    });
  }
  /** The implementation's body under an overload's signature. */
  #overload(fn: FunctionView, overload: FunctionView): ScriptFunction {
    const name = this.unit.uniqueName(fn.qualifiedName);
    return defineFunction(
      this.unit,
      name,
      () => overloadDef(fn, overload),
      new PythonResolver((n) => fn.lookup(n)),
      {
        defaults: defaultsOf(overload),
      },
    );
  }

  /** The signature as annotated, for calls that stay in the host; no returns when nothing is annotated. */
  declaredSchema(fn: FunctionView, self: Type | undefined, range: SourceRange): FunctionSchema {
    const { definition } = fn;
    if (!definition) throw new NotImplemented(`calling ${fn.name}, which has no Python source,`, range);
    const def = buildDef(definition.source, definition.def, { drop: "unused", keepAnnotations: true });
    const parser = new ScriptTypeParser(new PythonResolver((n) => fn.lookup(n)));
    const decl = self ? { ...def.decl, params: def.decl.params.slice(1) } : def.decl;
    const schema = parser.parseSchema(fn.name, decl, false, defaultsOf(fn));
    if (!self) return schema;
    const me = { name: def.decl.params[0].ident.name, type: self, kwargOnly: false, isOut: false };
    return new FunctionSchema(fn.name, "", [me, ...schema.args], schema.returns);
  }

  /** The ClassType of a Python class, compiled with all its methods; `range` is the place that asks for it. */
  compileClass(cls: ClassView, range?: SourceRange): ClassType {
    if (cls.scripted?.kind === "Class") return cls.scripted;
    return range
      ? withCompilationOf(cls.qualifiedName, range, () => this.#defineClass(cls))
      : this.#defineClass(cls);
  }
  #defineClass(cls: ClassView): ClassType {
    if (!cls.definition) throw new NotImplemented(`scripting class ${cls.name}, which has no Python source,`);
    const name = this.unit.uniqueName(cls.qualifiedName);
    const type = new ClassType(name, this.unit, false);
    this.unit.addType(name, type);
    cls.setScripted(type);
    for (const s of cls.definition.def.body) {
      const target = s.kind === "Assign"
        ? s.targets[0]
        : s.kind === "AnnAssign" && s.value
        ? s.target
        : undefined;
      if (target?.kind === "Name") type.unresolvable.set(target.id, "");
    }
    const methods: MethodSource[] = [];
    for (const { name, kind, fn } of cls.methods()) {
      // Static methods are functions: compiled when somebody asks the Python class for one.
      if (fn.modifier === "drop" || kind === "static") continue;
      const resolver = new PythonResolver((n) => fn.lookup(n), cls.name, type);
      const options: DefinitionOptions = {
        name,
        selfName: cls.name,
        classMethod: kind === "class",
        ...dropOf(fn),
      };
      methods.push({ name, def: () => treeOf(fn, options), resolver, defaults: defaultsOf(fn) });
    }
    if (cls.isDataclass) {
      const resolver = new PythonResolver((n) => cls.lookup(n), cls.name, type);
      for (const m of dataclassMethods(cls, methods.map((x) => x.name))) methods.push({ ...m, resolver });
      methods.sort((a, b) => a.name < b.name ? -1 : 1);
    }
    try {
      defineMethods(this.unit, type, new SimpleSelf(type), classProperties(cls, type), methods);
    } catch (e) {
      this.unit.types.delete(name);
      cls.setScripted(undefined);
      throw e;
    }
    return type;
  }

  /** The InterfaceType of a class marked @torch.jit.interface. */
  compileInterface(cls: ClassView): InterfaceType {
    if (cls.scripted?.kind === "Interface") return cls.scripted;
    const { source, def } = cls.definition!;
    const name = this.unit.uniqueName(cls.qualifiedName);
    const type = new InterfaceType(name, cls.isModule);
    this.unit.addType(name, type);
    cls.setScripted(type);
    declareInterface(type, source, def, new PythonResolver((n) => cls.lookup(n), cls.name));
    return type;
  }

  #enum(cls: ClassView): { type: EnumType; members: Map<string, EnumValue> } {
    let known = this.#enums.get(cls.object as object);
    if (known) return known;
    const views = cls.enumMembers!;
    const types = views.map((v) => inferType(v.value));
    const bad = types.find((t) => "reason" in t);
    if (bad && "reason" in bad) throw new Diagnostic(bad.reason, undefined);
    const valueType = enumValueType(types.map((t) => (t as { type: Type }).type));
    const members = views.map((v) => ({ name: v.name, value: hostIValue(v.value, undefined) as IValue }));
    const type = new EnumType(this.unit.uniqueName(cls.qualifiedName), valueType, members);
    this.unit.addType(type.name, type);
    known = { type, members: new Map(members.map((m) => [m.name, new EnumValue(type, m.name, m.value)])) };
    this.#enums.set(cls.object as object, known);
    return known;
  }
  enumType(cls: ClassView): EnumType {
    return this.#enum(cls).type;
  }
  enumMember(cls: ClassView, name: string): EnumValue {
    return this.#enum(cls).members.get(name)!;
  }

  typeOfText(text: string, lookup: Lookup, range: SourceRange | undefined): Type | undefined {
    return typeOfText(text, new PythonResolver(lookup), range);
  }
}

function dropOf(fn: FunctionView): DefinitionOptions {
  return fn.modifier === "unused" ? { drop: "unused" } : fn.modifier === "drop" ? { drop: "drop" } : {};
}

/** The tree of a live function; the host's error when there is no source. */
export function treeOf(fn: FunctionView, options: DefinitionOptions = {}): Def {
  if (!fn.definition) {
    if (fn.lambdaLine) {
      throw new Diagnostic(`Expected a single top-level function: ${fn.lambdaLine}`, undefined);
    }
    throw new Diagnostic(
      `Can't get source for ${fn.repr()}. TorchScript requires source access in order to carry out compilation, ` +
        "make sure original .py files are available.",
      undefined,
      "OSError",
    );
  }
  return buildDef(fn.definition.source, fn.definition.def, { ...dropOf(fn), ...options });
}

/** The tree of an overload: the implementation's body under the declaration's signature, which must fit it. */
export function overloadDef(
  implementation: FunctionView,
  overload: FunctionView,
  options: DefinitionOptions = {},
): Def {
  const body = treeOf(implementation, options), { decl } = treeOf(overload, options);
  const theirs = body.decl.params, ours = decl.params;
  if (theirs.length !== ours.length) {
    throw errorReport(
      decl.range,
      `Overload must have same number of parameters\n${body.decl.range.highlight()}`,
    );
  }
  ours.forEach((p, i) => {
    if (p.ident.name === theirs[i].ident.name) return;
    throw errorReport(
      decl.range,
      `Overload parameters must have the same names. Found ${p.ident.name} and ${
        theirs[i].ident.name
      } on argument ${i}`,
    );
  });
  const actual = implementation.defaults();
  for (const [name, v] of overload.defaults()) {
    const same = actual.get(name);
    if (same && same.repr() === v.repr()) continue;
    throw new Diagnostic(
      "Default parameters on overloads do not affect the runtime so they must equal to the default parameter on the " +
        `implementation function. Found on parameter ${name}`,
      decl.range,
      "FrontendError",
    );
  }
  return { ...body, decl };
}

/** Defaults of a live function as script values. */
export function defaultsOf(fn: FunctionView): Defaults {
  let views: ReturnType<FunctionView["defaults"]> | undefined;
  return (name, type) => {
    views ??= fn.defaults();
    const v = views.get(name);
    if (!v) return undefined;
    if (isMutable(v)) {
      throw errorReport(
        treeOf(fn).range,
        "Mutable default parameters are not supported because Python binds them to the function and they persist " +
          "across function calls.\n As a workaround, make the default None and instantiate the default parameter " +
          `within the body of the function. Found <class '${v.typeName}'> on parameter ${name}`,
      );
    }
    try {
      return hostIValue(v, type);
    } catch (e) {
      if (!(e instanceof ConversionError)) throw e;
      throw defaultMismatch(treeOf(fn).range, name, type);
    }
  };
}

/** Whether a default is a list or dict, or a tuple that holds one. */
function isMutable(v: ObjectView): boolean {
  const d = v.describe();
  return d.kind === "list" || d.kind === "dict" || (d.kind === "tuple" && d.items.some(isMutable));
}

/** Getters and setters of a class's properties. */
export function classProperties(
  cls: ClassView,
  type: ClassType,
  selfName: string = cls.name,
): PropertySource[] {
  return cls.properties().filter((p) => p.getter.modifier !== "unused" && p.getter.modifier !== "drop").map(
    (p) => {
      const accessor = (fn: FunctionView, suffix: string): MethodSource => ({
        name: `__${p.name}_${suffix}`,
        def: () => treeOf(fn, { name: `__${p.name}_${suffix}`, selfName }),
        resolver: new PythonResolver((n) => fn.lookup(n), cls.name, type),
      });
      return {
        name: p.name,
        getter: accessor(p.getter, "getter"),
        setter: p.setter && accessor(p.setter, "setter"),
      };
    },
  );
}

let compiler: HostCompiler | undefined;

export function hostCompiler(): HostCompiler {
  return compiler ??= new HostCompiler();
}

export function resetHostCompiler(): void {
  compiler = undefined;
}
