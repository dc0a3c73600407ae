/** TorchScript text that a program hands over: `CompilationUnit.define` and `ScriptModule.define`. */
import type { ClassType } from "../../core/class_type.ts";
import { Diagnostic } from "../../core/errors.ts";
import { CompilationUnit, type ScriptFunction } from "../../core/function.ts";
import { Source } from "../../core/source.ts";
import type * as py from "../syntax/ast.ts";
import { parseModule } from "../syntax/mod.ts";
import { buildDef } from "./build_definition.ts";
import { FunctionValue } from "./callable_values.ts";
import { ConcreteModuleType } from "./concrete_module_type.ts";
import { defineFunction } from "./define.ts";
import type { Defaults } from "./emit_definition.ts";
import { SourceContext } from "./function_source.ts";
import { hostCompiler } from "./host_compiler.ts";
import { literalValue } from "./literal_values.ts";
import { ModuleSelf } from "./module_values.ts";
import { NATIVE_RESOLVER } from "./native_resolver.ts";
import { type Lookup, PythonResolver } from "./python_resolver.ts";
import type { Resolver } from "./resolver.ts";
import { defineMethods } from "./script_class.ts";

/** The functions that a text defines, in order; anything else at its top level is an error. */
function definitions(source: Source): py.FunctionDef[] {
  const { module, errors } = parseModule(source, { firstErrorOnly: true });
  if (errors.length) throw new Diagnostic(errors[0].text, errors[0].range);
  return module.body.map((s) => {
    if (s.kind === "FunctionDef") return s;
    throw new Diagnostic("expected only function definitions here", undefined);
  });
}

function contextOf(source: Source, def: py.FunctionDef): SourceContext {
  return new SourceContext(source, 0, def.name, true);
}

function defaultsIn(def: py.FunctionDef): Defaults {
  const names = [...def.args.posonlyargs, ...def.args.args].map((a) => a.arg);
  const first = names.length - def.args.defaults.length;
  return (name, type) => {
    const i = names.indexOf(name);
    return i < first ? undefined : literalValue(def.args.defaults[i - first], type);
  };
}

/** A unit of functions given as text; they may call each other and what stood in the unit before. */
export class TextUnit {
  readonly unit: CompilationUnit = new CompilationUnit();

  /** Compiles all functions of `text`; `lookup` shows the names around whoever calls. */
  define(text: string, lookup: Lookup): ScriptFunction[] {
    const source = new Source(text, "<string>");
    const outer = new PythonResolver(lookup);
    const resolver: Resolver = {
      resolveValue: (name, m, range) => {
        const fn = this.unit.functions.get(name);
        return fn
          ? new FunctionValue([fn])
          : NATIVE_RESOLVER.resolveValue(name, m, range) ?? outer.resolveValue(name, m, range);
      },
      resolveType: (name, range) => outer.resolveType(name, range),
    };
    const made = definitions(source).map((def) =>
      defineFunction(
        this.unit,
        def.name,
        () => buildDef(source, def, { context: contextOf(source, def) }),
        resolver,
        { defaults: defaultsIn(def) },
      )
    );
    try {
      for (const f of made) f.ensureDefined?.();
    } catch (e) {
      for (const f of made) this.unit.functions.delete(f.qualifiedName);
      throw e;
    }
    return made;
  }
}

/** Adds the methods that `text` defines to a module's class. */
export function defineModuleMethods(type: ClassType, text: string, lookup: Lookup): void {
  const source = new Source(text, "<string>");
  const outer = new PythonResolver(lookup);
  const resolver: Resolver = {
    resolveValue: (n, m, range) =>
      NATIVE_RESOLVER.resolveValue(n, m, range) ?? outer.resolveValue(n, m, range),
    resolveType: (n, range) => outer.resolveType(n, range),
  };
  const methods = definitions(source).map((def) => ({
    name: def.name,
    def: () =>
      buildDef(source, def, {
        name: def.name,
        selfName: "RecursiveScriptModule",
        context: contextOf(source, def),
      }),
    resolver,
    defaults: defaultsIn(def),
  }));
  defineMethods(
    hostCompiler().unit,
    type,
    new ModuleSelf(ConcreteModuleType.fromJitType(type)),
    [],
    methods,
  );
}
