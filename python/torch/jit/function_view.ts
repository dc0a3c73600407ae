/** Python functions as the compiler sees them. */
import type { FunctionModifier, FunctionView, ObjectView } from "../../../compiler/frontend/resolver.ts";
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

/** Overloads that `torch.jit._overload` noted for a function, oldest first. */
let overloadTable: ((f: r.PyFunction) => readonly r.PyFunction[]) | undefined;

/** Tells where overloads are noted: `torch._jit_internal` is Python. */
export function setOverloadTable(of: (f: r.PyFunction) => readonly r.PyFunction[]): void {
  overloadTable = of;
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
  get definition(): { def: FunctionDef; source: Source } | undefined {
    const { node, source } = this.object;
    return node && node.kind !== "Lambda" ? { def: node, source } : undefined;
  }
  defaults(): ReadonlyMap<string, ObjectView> {
    const out = new Map<string, ObjectView>();
    const f = this.object, names = f.code.positional, values = f.defaults ?? [];
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
    return (overloadTable?.(this.object) ?? []).map((f) => new HostFunctionView(f));
  }
}
