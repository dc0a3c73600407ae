/** Python classes as the compiler sees them. */
import type {
  BuiltinClass,
  ClassView,
  FunctionView,
  MethodKind,
  ObjectView,
} from "../../../compiler/frontend/resolver.ts";
import type { ClassDef } from "../../../compiler/syntax/ast.ts";
import type { ClassType, InterfaceType } from "../../../core/class_type.ts";
import type { Source } from "../../../core/source.ts";
import { interpreter } from "../../runtime/interpreter.ts";
import * as r from "../../runtime/mod.ts";
import { HostFunctionView, modifierOf, qualifiedName } from "./function_view.ts";
import { BUILTIN_CLASSES, viewOf } from "./views.ts";

const scripted = new WeakMap<r.PyType, ClassType | InterfaceType>();
const classesByName = new Map<string, r.PyType>();

/** The Python class that a script class was made from, by its script name. */
export function pythonClass(name: string): r.PyType | undefined {
  return classesByName.get(name);
}

function functionOf(v: r.Value | undefined): r.PyFunction | undefined {
  if (v instanceof r.PyFunction) return v;
  // staticmethod and classmethod objects hold their function in `__func__`.
  const inner = v instanceof r.PyObject ? r.findattr(v, "__func__") : undefined;
  return inner instanceof r.PyFunction ? inner : undefined;
}

function kindOf(v: r.Value | undefined): MethodKind | undefined {
  if (v instanceof r.PyFunction) return "instance";
  if (!(v instanceof r.PyObject)) return undefined;
  if (v.cls.name === "staticmethod") return "static";
  return v.cls.name === "classmethod" ? "class" : undefined;
}

function byName<T extends { name: string }>(a: T, b: T): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

export class HostClass implements ClassView {
  constructor(readonly object: r.PyType) {}

  get name(): string {
    return this.object.name;
  }
  get qualifiedName(): string {
    const own = this.object.attrs.get("_jit_override_qualname");
    if (typeof own === "string") return own;
    return qualifiedName(this.object.module, this.object.name);
  }
  get builtin(): BuiltinClass | undefined {
    const name = this.object.fullName;
    return Object.hasOwn(BUILTIN_CLASSES, name) ? BUILTIN_CLASSES[name] : undefined;
  }
  #inherits(fullName: string): boolean {
    return this.object.mro.some((c) => c.fullName === fullName);
  }
  get isSlice(): boolean {
    return this.object.fullName === "slice";
  }
  get isModule(): boolean {
    return this.#inherits("torch.nn.modules.module.Module");
  }
  get isException(): boolean {
    return this.#inherits("BaseException");
  }
  get isDataclass(): boolean {
    return this.object.attrs.has("__dataclass_fields__");
  }
  get isInterface(): boolean {
    return this.object.attrs.has("__torch_script_interface__");
  }
  get namedTuple(): ClassView["namedTuple"] {
    const fields = this.object.lookup("_fields");
    if (!(fields instanceof r.PyTuple) || !this.#inherits("tuple")) return undefined;
    const names = fields.items.map(String);
    const annotations = this.#annotationsOf(this.object);
    const defaults = this.object.lookup("_field_defaults");
    return {
      fields: names,
      types: names.map((n) => annotations.get(n)),
      defaults: defaults instanceof r.PyDict
        ? names.flatMap((n) => {
          const v = defaults.get(n);
          return v === undefined ? [] : [viewOf(v)];
        })
        : [],
    };
  }
  get enumMembers(): readonly { name: string; value: ObjectView }[] | undefined {
    const members = this.object.lookup("_member_map_");
    if (!(members instanceof r.PyDict)) return undefined;
    const out: { name: string; value: ObjectView }[] = [];
    for (const [name, member] of members.entries()) {
      // Aliases are other names of a member, and scripts do not know them.
      if (r.findattr(member, "_name_") !== name) continue;
      const value = r.findattr(member, "_value_") ?? r.findattr(member, "value");
      if (value !== undefined) out.push({ name: String(name), value: viewOf(value) });
    }
    return out;
  }
  get scripted(): ClassType | InterfaceType | undefined {
    return scripted.get(this.object);
  }
  setScripted(type: ClassType | InterfaceType | undefined): void {
    if (type) {
      scripted.set(this.object, type);
      classesByName.set(type.name, this.object);
    } else scripted.delete(this.object);
  }
  get definition(): { def: ClassDef; source: Source } | undefined {
    const { node, source } = this.object;
    return node && source ? { def: node, source } : undefined;
  }
  get bases(): readonly ClassView[] {
    return this.object.bases.filter((b) => b !== r.objectType).map((b) => new HostClass(b));
  }
  methods(): readonly { name: string; kind: MethodKind; fn: FunctionView }[] {
    const out: { name: string; kind: MethodKind; fn: FunctionView }[] = [];
    for (const [name, v] of this.object.attrs) {
      const kind = kindOf(v), fn = functionOf(v);
      if (kind && fn && !this.#isGenerated(fn)) {
        out.push({ name: String(name), kind, fn: new HostFunctionView(fn) });
      }
    }
    return out.sort(byName);
  }
  /** What dataclasses.py wrote into the class. */
  #isGenerated(fn: r.PyFunction): boolean {
    return this.isDataclass && /^<(string|wick)>/.test(fn.source.filename);
  }
  generatedMethods(): readonly string[] {
    return [...this.object.attrs].filter(([, v]) => v instanceof r.PyFunction && this.#isGenerated(v))
      .map(([name]) => String(name));
  }
  properties(): readonly { name: string; getter: FunctionView; setter: FunctionView | undefined }[] {
    const unused = new Set(this.#strings("__jit_unused_properties__"));
    const out: { name: string; getter: FunctionView; setter: FunctionView | undefined }[] = [];
    const seen = new Set<string>();
    for (const cls of this.object.mro) {
      for (const [key, v] of cls.attrs) {
        const name = String(key);
        if (seen.has(name)) continue;
        seen.add(name);
        if (!(v instanceof r.PyObject) || v.cls.name !== "property" || unused.has(name)) continue;
        const get = r.findattr(v, "fget"), set = r.findattr(v, "fset");
        if (!(get instanceof r.PyFunction) || modifierOf(get) === "ignore" || modifierOf(get) === "unused") {
          continue;
        }
        out.push({
          name,
          getter: new HostFunctionView(get),
          setter: set instanceof r.PyFunction ? new HostFunctionView(set) : undefined,
        });
      }
    }
    return out.sort(byName);
  }
  /** A class attribute that is a list, tuple or set of strings. */
  #strings(name: string): string[] {
    const v = this.object.lookup(name);
    return v === undefined ? [] : r.collect(v).map(String);
  }
  getattr(name: string): ObjectView | undefined {
    const v = r.findattr(this.object, name);
    return v === undefined ? undefined : viewOf(v);
  }
  methodKind(name: string): MethodKind | undefined {
    return kindOf(this.object.lookup(name));
  }
  #annotationsOf(cls: r.PyType): ReadonlyMap<string, ObjectView> {
    const table = cls.attrs.get("__annotations__");
    if (!(table instanceof r.PyDict)) return new Map();
    return new Map([...table.entries()].map(([k, v]) => [String(k), viewOf(v)]));
  }
  annotations(): ReadonlyMap<string, ObjectView> {
    for (const cls of this.object.mro) {
      if (cls.attrs.get("__annotations__") instanceof r.PyDict) return this.#annotationsOf(cls);
    }
    return new Map();
  }
  dataclassFields(): ReturnType<ClassView["dataclassFields"]> {
    const fields = this.object.lookup("__dataclass_fields__");
    if (!(fields instanceof r.PyDict)) return [];
    return [...fields.entries()].map(([name, f]) => {
      const value = r.findattr(f, "default");
      const missing = value === undefined ||
        (value instanceof r.PyObject && value.cls.name === "_MISSING_TYPE");
      const kind = r.findattr(f, "_field_type");
      const type = r.getattr(f, "type");
      const factory = r.findattr(f, "default_factory");
      return {
        name: String(name),
        type: viewOf(kind === "_FIELD_INITVAR" ? r.findattr(type, "type") ?? type : type),
        default: missing ? undefined : viewOf(value),
        init: r.truth(r.getattr(f, "init")),
        repr: r.truth(r.getattr(f, "repr")),
        compare: r.truth(r.getattr(f, "compare")),
        keywordOnly: r.truth(r.getattr(f, "kw_only")),
        kind: kind === "_FIELD_INITVAR" ? "init" : kind === "_FIELD_CLASSVAR" ? "class" : "field",
        hasFactory: factory !== undefined &&
          !(factory instanceof r.PyObject && factory.cls.name === "_MISSING_TYPE"),
      };
    });
  }
  lookup(name: string): ObjectView | undefined {
    const module = interpreter().modules.get(this.object.module);
    const v = (module instanceof r.PyModule ? module.attrs?.get(name) : undefined) ??
      interpreter().builtins.get(name);
    return v === undefined ? undefined : viewOf(v);
  }
}
