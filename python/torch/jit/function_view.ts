/** Python functions as the compiler sees them. */
import type { FunctionModifier, FunctionView, ObjectView } from "../../../compiler/frontend/resolver.ts";
import { sourceContext } from "../../../compiler/frontend/function_source.ts";
import type { FunctionDef } from "../../../compiler/syntax/ast.ts";
import type { Source } from "../../../core/source.ts";
import * as r from "../../runtime/mod.ts";
import { interpreter } from "../../runtime/interpreter.ts";
import { viewOf } from "./views.ts";

/** `__torch__.f` for functions of the main program, `__torch__.pkg.mod.f` for others. */
export function qualifiedName(module: r.Value, qualname: string): string {
  const name = qualname.replace(/^.*<locals>\./, "");
  const path = typeof module === "string" && module !== "__main__" ? `${module}.` : "";
  return `__torch__.${path}${name}`;
}

const MODIFIERS: readonly (readonly [start: string, modifier: FunctionModifier])[] = [
  ["unused", "unused"],
  ["ignore", "ignore"],
  ["export", "export"],
  ["_drop", "drop"],
  ["if this method is not scripted", "copy_to_script_wrapper"],
];

/** What torch.jit's decorators tagged the function with. */
export function modifierOf(f: r.Value): FunctionModifier {
  const tag = r.findattr(f, "_torchscript_modifier");
  if (typeof tag !== "string") return "default";
  return MODIFIERS.find(([start]) => tag.startsWith(start))?.[1] ?? "default";
}

const overloadsOf = new WeakMap<r.PyFunction, readonly r.PyFunction[]>();

function overloadTables(): r.PyModule | undefined {
  const internal = interpreter().modules.get("torch._jit_internal");
  return internal instanceof r.PyModule ? internal : undefined;
}

/**
 * Signatures that `torch.jit._overload` noted under the function's name, oldest first. The first function of that
 * name which is asked for them keeps them, so that a later redefinition starts afresh.
 */
export function functionOverloads(f: r.PyFunction): readonly r.PyFunction[] {
  const known = overloadsOf.get(f);
  if (known) return known;
  const table = overloadTables()?.attrs?.get("_overloaded_fns");
  if (!(table instanceof r.PyDict)) return [];
  const name = qualifiedName(f.module, f.name);
  const noted = table.get(name);
  if (!(noted instanceof r.PyList)) return [];
  const all = noted.items.filter((x): x is r.PyFunction => x instanceof r.PyFunction);
  if (all.includes(f)) throw r.runtimeError(missingImplementation("function", f));
  table.remove(name);
  overloadsOf.set(f, all);
  return all;
}

/** Signatures that `torch.jit._overload_method` noted for a method of a class; empty when there are none. */
export function methodOverloads(f: r.PyFunction, cls: r.PyType): readonly r.PyFunction[] {
  const tables = overloadTables();
  const table = tables?.attrs?.get("_overloaded_methods");
  if (!(table instanceof r.PyDict) || table.size === 0) return [];
  for (const c of cls.mro) {
    const noted = r.call(r.getattr(tables!, "_get_overloaded_methods"), [f, c]);
    if (!(noted instanceof r.PyList)) continue;
    const all = noted.items.filter((x): x is r.PyFunction => x instanceof r.PyFunction);
    if (all.includes(f)) throw r.runtimeError(missingImplementation("method", f));
    return all;
  }
  return [];
}

function missingImplementation(kind: "function" | "method", f: r.PyFunction): string {
  const view = new HostFunctionView(f), d = view.definition;
  const where = d
    ? `File "${d.source.filename}", line ${sourceContext(d.source, d.def).source.startingLine}:\n${
      sourceContext(d.source, d.def).source.text
    }`
    : "";
  const self = kind === "method" ? "self, " : "";
  const pad = kind === "method" ? "    " : "";
  const example = (tag: string, type: string) =>
    `${pad}@torch.jit._overload${kind === "method" ? "_method" : ""}\n` +
    `${pad}def my_function(${self}x: ${type}) -> ${type}: # decl ${tag}\n${pad}    pass\n\n`;
  return `Implementation for the ${kind} "${view.qualifiedName}" is missing. Please make sure a definition is ` +
    `provided and defined after all overload declarations.\n${where}\n\nExample usage of overload function:\n` +
    example("1", "type0") + example("2", "type1") +
    `${pad}def my_function(${self}x):                 # implementation\n${pad}    if isinstance(x, type0):\n` +
    `${pad}        return x\n${pad}    elif isinstance(x, type1):\n${pad}        return x`;
}

export class HostFunctionView implements FunctionView {
  constructor(readonly object: r.PyFunction) {}

  get name(): string {
    return this.object.name;
  }
  get qualifiedName(): string {
    return qualifiedName(this.object.module, this.object.name);
  }
  get modifier(): FunctionModifier {
    return modifierOf(this.object);
  }
  /** The function inside what `functools.wraps` put around it: its text is compiled, in the wrapper's scope. */
  get #unwrapped(): r.PyFunction {
    let f = this.object;
    for (;;) {
      const inner = f.attrs?.get("__wrapped__");
      if (!(inner instanceof r.PyFunction)) return f;
      f = inner;
    }
  }
  get definition(): { def: FunctionDef; source: Source } | undefined {
    const { node, source } = this.#unwrapped;
    return node && node.kind !== "Lambda" ? { def: node, source } : undefined;
  }
  repr(): string {
    return r.repr(this.object);
  }
  get lambdaLine(): string | undefined {
    const { node, source } = this.object;
    if (node?.kind !== "Lambda") return undefined;
    return `${source.filename}:${source.startingLine + source.lineIndex(node.start)}`;
  }
  defaults(): ReadonlyMap<string, ObjectView> {
    const out = new Map<string, ObjectView>();
    const f = this.#unwrapped, names = f.code.positional, values = f.defaults ?? [];
    values.forEach((v, i) => out.set(names[names.length - values.length + i], viewOf(v)));
    for (const [k, v] of f.kwdefaults ?? []) out.set(k, viewOf(v));
    return out;
  }
  lookup(name: string): ObjectView | undefined {
    const i = this.object.code.freevars.indexOf(name);
    const v = (i >= 0 ? this.object.cells[i].v : undefined) ?? this.object.globals.get(name) ??
      interpreter().builtins.get(name);
    return v === undefined ? undefined : viewOf(v);
  }
  overloads(): readonly FunctionView[] {
    return functionOverloads(this.object).map((f) => new HostFunctionView(f));
  }
}
