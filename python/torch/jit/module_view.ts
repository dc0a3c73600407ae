/** Live nn.Modules as the compiler sees them. */
import type { FunctionView, ModuleView, ObjectView } from "../../../compiler/frontend/resolver.ts";
import * as r from "../../runtime/mod.ts";
import type { HostClass } from "./class_view.ts";
import { HostFunctionView, methodOverloads, modifierOf } from "./function_view.ts";
import { viewOf } from "./views.ts";

/** Entries of a module's `__dict__` that are nn.Module's own bookkeeping. */
const BOOKKEEPING = new Set([
  "_parameters",
  "_buffers",
  "_non_persistent_buffers_set",
  "_backward_pre_hooks",
  "_backward_hooks",
  "_forward_hooks",
  "_forward_hooks_with_kwargs",
  "_forward_hooks_always_called",
  "_forward_pre_hooks",
  "_forward_pre_hooks_with_kwargs",
  "_state_dict_hooks",
  "_state_dict_pre_hooks",
  "_load_state_dict_pre_hooks",
  "_load_state_dict_post_hooks",
  "_modules",
]);

const CONTAINERS: Readonly<Record<string, ModuleView["container"]>> = {
  "torch.nn.modules.container.Sequential": "list",
  "torch.nn.modules.container.ModuleList": "list",
  "torch.nn.modules.container.ModuleDict": "dict",
  "torch.nn.modules.container.ParameterList": "parameter_list",
  "torch.nn.modules.container.ParameterDict": "parameter_dict",
};

export class HostModule implements ModuleView {
  constructor(readonly object: r.PyObject, readonly cls: HostClass) {}

  get initialized(): boolean {
    return this.object.attrs?.has("_parameters") ?? false;
  }
  get container(): ModuleView["container"] {
    for (const c of this.cls.object.mro) {
      const known = CONTAINERS[c.fullName];
      if (known) return known;
    }
    return undefined;
  }
  #table(name: string): Iterable<readonly [string, ObjectView]> {
    const table = this.object.attrs?.get(name);
    if (!(table instanceof r.PyDict)) return [];
    return [...table.entries()].map(([k, v]) => [String(k), viewOf(v)] as const);
  }
  parameters(): Iterable<readonly [string, ObjectView]> {
    return this.#table("_parameters");
  }
  buffers(): Iterable<readonly [string, ObjectView]> {
    return this.#table("_buffers");
  }
  modules(): Iterable<readonly [string, ObjectView]> {
    return this.#table("_modules");
  }
  attributes(): Iterable<readonly [string, ObjectView]> {
    return [...this.object.attrs ?? []].filter(([k]) => !BOOKKEEPING.has(String(k)))
      .map(([k, v]) => [String(k), viewOf(v)] as const);
  }
  getattr(name: string): ObjectView | undefined {
    const v = r.findattr(this.object, name);
    return v === undefined ? undefined : viewOf(v);
  }
  #strings(name: string): readonly string[] {
    const v = r.findattr(this.object, name);
    return v === undefined || v === null ? [] : r.collect(v).map(String);
  }
  get constants(): readonly string[] {
    return this.#strings("__constants__");
  }
  get ignoredAttributes(): readonly string[] {
    return this.#strings("__jit_ignored_attributes__");
  }
  exportedMethods(): readonly string[] {
    const names = new Set<string>();
    for (const c of this.cls.object.mro) {
      for (const [name, v] of c.attrs) {
        if (v instanceof r.PyFunction && modifierOf(v) === "export") names.add(String(name));
      }
    }
    return [...names].sort();
  }
  method(name: string): FunctionView | undefined {
    // `script_method`s of the old API are kept apart from the class.
    const stubs = this.cls.object.lookup("_script_stubs");
    const v = (stubs instanceof r.PyDict ? stubs.get(name) : undefined) ?? r.findattr(this.object, name);
    const f = v instanceof r.PyBoundMethod ? v.func : v;
    return f instanceof r.PyFunction ? new HostFunctionView(f) : undefined;
  }
  methodOverloads(): ReadonlyMap<string, readonly FunctionView[]> {
    const out = new Map<string, readonly FunctionView[]>(), seen = new Set<string>();
    for (const c of this.cls.object.mro) {
      for (const [key, v] of c.attrs) {
        const name = String(key);
        if (!(v instanceof r.PyFunction) || seen.has(name)) continue;
        seen.add(name);
        const overloads = methodOverloads(v, this.cls.object);
        if (overloads.length) out.set(name, overloads.map((f) => new HostFunctionView(f)));
      }
    }
    return out;
  }
  #hooks(name: string): readonly FunctionView[] {
    const table = this.object.attrs?.get(name);
    if (!(table instanceof r.PyDict)) return [];
    const out: FunctionView[] = [];
    for (const [, f] of table.entries()) if (f instanceof r.PyFunction) out.push(new HostFunctionView(f));
    return out;
  }
  forwardHooks(): readonly FunctionView[] {
    return this.#hooks("_forward_hooks");
  }
  forwardPreHooks(): readonly FunctionView[] {
    return this.#hooks("_forward_pre_hooks");
  }
}
