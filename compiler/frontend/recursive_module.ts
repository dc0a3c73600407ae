/** `torch.jit.script` of nn.Modules: types shared between look-alikes, methods compiled from live objects, copies of values. */
import { ClassType, type InterfaceType } from "../../core/class_type.ts";
import { Diagnostic } from "../../core/errors.ts";
import { type IValue, ScriptObject } from "../../core/ivalue.ts";
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import type { Type } from "../../core/types.ts";
import { typeOfIValue } from "../ir/constants.ts";
import { ConcreteModuleType } from "./concrete_module_type.ts";
import { containerMethods } from "./container_methods.ts";
import { defineFunction } from "./define.ts";
import { diagnosticText } from "./error_report.ts";
import {
  classProperties,
  defaultsOf,
  hostCompiler,
  overloadDef,
  resetHostCompiler,
  treeOf,
} from "./host_compiler.ts";
import { ConversionError, hostIValue } from "./host_ivalues.ts";
import { annotationType, forwardType, inferType } from "./host_types.ts";
import { constantOf, isFinal } from "./module_constants.ts";
import { checkHook, checkPreHook } from "./module_hooks.ts";
import { ModuleSelf } from "./module_values.ts";
import { PythonResolver } from "./python_resolver.ts";
import { independently, whole } from "./recovery.ts";
import type { FunctionView, ModuleView, ObjectView } from "./resolver.ts";
import { defineMethods, type MethodSource } from "./script_class.ts";
import { warn } from "./warnings.ts";

const SELF_NAME = "RecursiveScriptModule";

export interface ScriptedModule {
  readonly object: ScriptObject;
  readonly concrete: ConcreteModuleType;
}

export class RecursiveCompiler {
  readonly #types = new WeakMap<object, ConcreteModuleType[]>();
  /** Whether look-alike modules get one type. */
  #shares = true;

  /** Compiles a module and all below it; `methods` names what to start from when it is not the usual choice. */
  scriptModule(view: ModuleView, methods?: readonly string[]): ScriptedModule {
    checkInitialized(view);
    return this.#create(view, this.concreteType(view), methods);
  }

  /** As `scriptModule`, with types that no other module shares: what is added to them is added to nothing else. */
  unsharedModule(view: ModuleView, methods: readonly string[]): ScriptedModule {
    this.#shares = false;
    try {
      return this.scriptModule(view, methods);
    } finally {
      this.#shares = true;
    }
  }

  /** The shared type of a module instance. */
  concreteType(view: ModuleView): ConcreteModuleType {
    const candidate = this.#infer(view);
    const key = view.cls.object as object;
    const known = this.#types.get(key) ?? [];
    const same = this.#shares ? known.find((k) => k.equals(candidate)) : undefined;
    if (same) return same;
    candidate.jitType = makeClassType(candidate);
    if (this.#shares) this.#types.set(key, [...known, candidate]);
    return candidate;
  }

  #infer(view: ModuleView): ConcreteModuleType {
    const c = new ConcreteModuleType(view.cls, view.container);
    const annotations = view.cls.annotations();
    for (const name of view.ignoredAttributes) c.ignored.add(name);
    const added = new Set<string>();
    const typeOf = (
      name: string,
      item: ObjectView,
    ): { type: Type } | { reason: string; inferred: boolean } => {
      const ann = annotations.get(name);
      const declared = ann && !isFinal(ann) && forwardType(ann, view.cls, undefined);
      if (declared) return { type: declared };
      const d = item.describe();
      if (d.kind === "attribute") {
        const t = annotationType(d.type, undefined);
        return t ? { type: t } : { reason: "Unknown type annotation", inferred: false };
      }
      const t = inferType(item);
      return "type" in t ? t : { reason: t.reason, inferred: true };
    };
    for (const kind of ["parameter", "buffer"] as const) {
      for (const [name, item] of kind === "parameter" ? view.parameters() : view.buffers()) {
        if (c.ignored.has(name)) continue;
        const t = typeOf(name, item);
        if ("reason" in t) {
          throw new Diagnostic(`Error inferring type for ${name}: ${item.repr()}: ${t.reason}`, undefined);
        }
        c.attributes.set(name, { type: t.type, kind });
        added.add(name);
      }
    }
    for (const [name, item] of view.modules()) {
      if (c.ignored.has(name)) continue;
      const d = item.describe();
      if (d.kind === "constant" && d.value === null) {
        c.attributes.set(name, { type: typeOfIValue(null), kind: "attribute" });
        continue;
      }
      c.modules.set(name, this.#submodule(name, item, annotations.get(name), view));
      added.add(name);
    }
    this.#constants(view, c, annotations, added);
    for (const [name, fns] of view.methodOverloads()) {
      c.overloads.set(
        name,
        fns.map((_, i) => `${name}__${i}`),
      );
    }
    for (const [name, item] of view.attributes()) {
      if (name.startsWith("__") || c.ignored.has(name) || added.has(name)) continue;
      this.#attribute(c, name, item, typeOf);
    }
    for (const h of view.forwardHooks()) c.hooks.push(h.object);
    for (const h of view.forwardPreHooks()) c.preHooks.push(h.object);
    return c;
  }

  #submodule(
    name: string,
    item: ObjectView,
    ann: ObjectView | undefined,
    view: ModuleView,
  ): ConcreteModuleType {
    const declared = ann && forwardType(ann, view.cls, undefined);
    if (declared?.kind === "Interface") return ConcreteModuleType.fromJitType(declared);
    const d = item.describe();
    if (d.kind === "script_object") {
      return d.concreteType instanceof ConcreteModuleType
        ? d.concreteType
        : ConcreteModuleType.fromJitType(d.value.type);
    }
    if (d.kind !== "module") {
      throw new Diagnostic(`Expected Module for '${name}', got ${item.typeName}`, undefined);
    }
    checkInitialized(d.module);
    return this.concreteType(d.module);
  }

  #constants(
    view: ModuleView,
    c: ConcreteModuleType,
    annotations: ReadonlyMap<string, ObjectView>,
    added: Set<string>,
  ): void {
    const names = new Set(view.constants);
    for (const [name, ann] of annotations) if (isFinal(ann)) names.add(name);
    for (const name of names) {
      if (added.has(name)) {
        const what = c.modules.has(name) ? "submodule" : c.attributes.get(name)!.kind;
        warn(
          `'${name}' was found in ScriptModule constants,  but it is a non-constant ${what}. Consider removing it.`,
        );
        continue;
      }
      const value = view.getattr(name);
      if (!value) {
        warn(
          `'${name}' was found in ScriptModule constants, but was not actually set in __init__. Consider removing it.`,
        );
        continue;
      }
      c.constants.set(name, constantOf(name, value, view.cls.name));
      added.add(name);
    }
  }

  #attribute(
    c: ConcreteModuleType,
    name: string,
    item: ObjectView,
    typeOf: (name: string, item: ObjectView) => { type: Type } | { reason: string; inferred: boolean },
  ): void {
    const d = item.describe();
    if (d.kind === "function") {
      try {
        c.functions.set(name, hostCompiler().compileFunctions(d.fn, undefined));
      } catch (e) {
        if (!(e instanceof Diagnostic)) throw e;
        c.failed.set(
          name,
          "(This function exists as an attribute on the Python module, but we failed to compile it to a TorchScript " +
            `function. \nThe error stack is reproduced here:\n${diagnosticText(e)})`,
        );
      }
      return;
    }
    if (d.kind === "builtin") {
      c.builtins.set(name, d.symbol);
      return;
    }
    if (d.kind === "script_function") {
      c.functions.set(name, d.fns);
      return;
    }
    const t = typeOf(name, item);
    if ("type" in t) {
      c.attributes.set(name, { type: t.type, kind: "attribute" });
      return;
    }
    const inferred = t.inferred
      ? "Its type was inferred; try adding a type annotation for the attribute."
      : "";
    c.failed.set(
      name,
      "(This attribute exists on the Python module, but we failed to convert Python type: " +
        `'${item.typeName}' to a TorchScript type. ${t.reason}. ${inferred})`,
    );
  }

  #create(view: ModuleView, c: ConcreteModuleType, methods?: readonly string[]): ScriptedModule {
    const type = c.jitType as ClassType;
    const stubs = methods ?? methodsToCompile(view);
    const object = new ScriptObject(type);
    for (const [name, a] of c.attributes) {
      const value = view.getattr(name);
      const d = value?.describe();
      const source = d?.kind === "attribute" ? d.value : value;
      if (source) object.setAttr(name, attributeValue(name, source, a.type));
    }
    whole(() => {
      for (const [name, sub] of c.modules) {
        independently(() => this.#createSubmodule(object, name, view.getattr(name)!, sub, methods));
      }
      independently(() => this.#compileOnce(view, c, stubs));
    });
    return { object, concrete: c };
  }

  #createSubmodule(
    object: ScriptObject,
    name: string,
    item: ObjectView,
    sub: ConcreteModuleType,
    methods: readonly string[] | undefined,
  ): void {
    const d = item.describe();
    if (d.kind === "script_object") object.setAttr(name, d.value);
    if (d.kind !== "module") return;
    const scripted = sub.jitType.kind === "Interface"
      ? this.scriptModule(d.module, [...(sub.jitType as InterfaceType).methods.keys()])
      : this.#create(d.module, sub, methods);
    checkImplements(name, scripted.object.type, sub.jitType);
    object.setAttr(name, scripted.object);
  }

  /** Compiles the methods of a type, with its first module. */
  #compileOnce(view: ModuleView, c: ConcreteModuleType, names: readonly string[]): void {
    if (c.methodsCompiled) return;
    c.methodsCompiled = true;
    try {
      this.#compileMethods(view, c, names);
    } catch (e) {
      c.methodsCompiled = false;
      this.#forget(view, c);
      throw e;
    }
  }
  /** A type whose methods failed to compile is not shared with later attempts. */
  #forget(view: ModuleView, c: ConcreteModuleType): void {
    const key = view.cls.object as object;
    this.#types.set(key, (this.#types.get(key) ?? []).filter((k) => k !== c));
  }

  #compileMethods(view: ModuleView, c: ConcreteModuleType, names: readonly string[]): void {
    const type = c.jitType as ClassType;
    const unit = hostCompiler().unit;
    const self = new ModuleSelf(c);
    const methods: MethodSource[] = [];
    for (const [name, overloads] of view.methodOverloads()) {
      const impl = view.method(name)!;
      overloads.forEach((o, i) => methods.push(overloadSource(`${name}__${i}`, impl, o)));
    }
    for (const name of names) {
      const fn = view.method(name);
      if (fn && !type.methods.has(name) && !c.overloads.has(name)) methods.push(methodSource(name, fn));
    }
    defineMethods(unit, type, self, classProperties(view.cls, type, SELF_NAME), methods);
    this.#hooks(view, c, self);
    containerMethods(view, c, self, SELF_NAME);
  }

  #hooks(view: ModuleView, c: ConcreteModuleType, self: ModuleSelf): void {
    const type = c.jitType as ClassType;
    const unit = hostCompiler().unit;
    const define = (fn: FunctionView) => {
      const s = methodSource(fn.name, fn);
      const f = defineFunction(unit, `${type.name}.${fn.name}`, s.def, s.resolver, {
        self,
        defaults: s.defaults,
      });
      f.ensureDefined?.();
      return f;
    };
    const made = new Map<unknown, ReturnType<typeof define>>();
    const once = (fn: FunctionView) => {
      let f = made.get(fn.object);
      if (!f) made.set(fn.object, f = define(fn));
      return f;
    };
    const forward = type.methods.get("forward");
    for (const h of view.forwardPreHooks()) {
      type.forwardPreHooks.push(once(h));
      if (forward) checkPreHook(h.name, once(h).schema, forward.schema, view.cls.name);
    }
    const { returns } = forward?.schema ?? { returns: [] };
    let output = returns[0]?.type;
    for (const h of view.forwardHooks()) {
      type.forwardHooks.push(once(h));
      if (forward && output) {
        output = checkHook(h.name, once(h).schema, forward.schema, output, view.cls.name);
      }
    }
  }

  /** Compiles a method that another one calls. */
  compileMethod(c: ConcreteModuleType, name: string, fn: FunctionView): void {
    const type = c.jitType as ClassType;
    defineMethods(hostCompiler().unit, type, new ModuleSelf(c), [], [methodSource(name, fn)]);
  }
}

/** A submodule under an interface must implement it. */
function checkImplements(name: string, type: ClassType, wanted: ClassType | InterfaceType): void {
  if (wanted.kind !== "Interface") return;
  const why: string[] = [];
  if (isSubtypeOf(type, wanted, why)) return;
  throw new Diagnostic(
    `Could not cast attribute '${name}' to type ${wanted.name}: Object of type ${
      reprStr(type)
    } is not compatible ` +
      `with interface ${reprStr(wanted)}\n${why.join("")}`,
    undefined,
  );
}

/** An attribute's value; annotated attributes may hold what their type does not take. */
function attributeValue(name: string, view: ObjectView, type: Type): IValue {
  try {
    return hostIValue(view, type);
  } catch (e) {
    if (!(e instanceof ConversionError)) throw e;
    throw new Diagnostic(
      `Could not cast attribute '${name}' to type ${reprStr(type)}: ${e.message}`,
      undefined,
    );
  }
}

function methodSource(name: string, fn: FunctionView): MethodSource {
  return {
    name,
    def: () => treeOf(fn, { name, selfName: SELF_NAME }),
    resolver: new PythonResolver((n) => fn.lookup(n)),
    defaults: defaultsOf(fn),
  };
}

function overloadSource(name: string, impl: FunctionView, overload: FunctionView): MethodSource {
  return {
    name,
    def: () => overloadDef(impl, overload, { name, selfName: SELF_NAME }),
    resolver: new PythonResolver((n) => impl.lookup(n)),
    defaults: defaultsOf(overload),
  };
}

/** `forward` unless it is ignored or missing, then the exported methods. */
function methodsToCompile(view: ModuleView): string[] {
  const forward = view.method("forward");
  const out = forward && forward.modifier !== "ignore" && forward.modifier !== "unused" &&
      forward.modifier !== "drop" &&
      forward.definition && forward.name !== "_forward_unimplemented"
    ? ["forward"]
    : [];
  for (const name of view.exportedMethods()) if (!out.includes(name)) out.push(name);
  return out;
}

function makeClassType(c: ConcreteModuleType): ClassType {
  const unit = hostCompiler().unit;
  const name = unit.uniqueName(c.cls!.qualifiedName);
  const type = new ClassType(name, unit, true);
  unit.addType(name, type);
  for (const [n, a] of c.attributes) type.addAttribute(n, a.type, a.kind);
  for (const [n, v] of c.constants) type.constants.set(n, { type: typeOfIValue(v), value: v });
  for (const [n, m] of c.modules) type.addAttribute(n, m.jitType);
  for (const [n, why] of c.failed) type.unresolvable.set(n, why);
  return type;
}

function checkInitialized(view: ModuleView): void {
  if (view.initialized) return;
  const name = view.cls.qualifiedName.replace(/^__torch__\.(?!.*\.)/, "__main__.").replace(
    /^__torch__\./,
    "",
  );
  throw new Diagnostic(`'${name}' has not been initialized, did you forget to call 'super()'?`, undefined);
}

let compiler: RecursiveCompiler | undefined;

export function recursiveCompiler(): RecursiveCompiler {
  return compiler ??= new RecursiveCompiler();
}

/** Forgets what was compiled: another Python host starts in this process, with classes and modules of its own. */
export function resetCompilers(): void {
  compiler = undefined;
  resetHostCompiler();
}
