/** Module objects, and the tables of modules that come with Wick. */
import { type Attrs, nativeType, PyObject, type Value } from "./object.ts";
import { missingAttribute } from "./attributes.ts";
import { call } from "./call.ts";
import { methods } from "./native.ts";

export const moduleType = nativeType("module", {
  alloc: (cls) => new PyModule("?", undefined, cls),
  hasDict: true,
});

export class PyModule extends PyObject {
  override attrs: Attrs;
  constructor(readonly name: string, attrs?: Attrs, cls = moduleType) {
    super(cls);
    this.attrs = attrs ?? new Map();
    if (!this.attrs.has("__name__")) this.attrs.set("__name__", name);
  }
}

methods(moduleType, {
  __init__: ["name, doc=None", (self: PyModule, name: string, doc?: Value) => {
    self.attrs.set("__name__", name).set("__doc__", doc ?? null).set("__loader__", null).set(
      "__spec__",
      null,
    );
    self.attrs.set("__package__", null);
    return null;
  }],
  __getattr__: ["name, /", (self: PyModule, name: string) => {
    const hook = self.attrs.get("__getattr__");
    if (hook === undefined) throw missingAttribute(self, name);
    return call(hook, [name]);
  }],
});

/** A module written in TypeScript, its contents by name. */
export function moduleOf(name: string, contents: Record<string, Value>, doc: Value = null): PyModule {
  const m = new PyModule(name);
  m.attrs.set("__doc__", doc).set(
    "__package__",
    name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "",
  );
  for (const [k, v] of Object.entries(contents)) m.attrs.set(k, v);
  return m;
}

export interface BundledSource {
  text: () => string;
  isPackage: boolean;
  /** The file name that tracebacks and graphs show; by the module's name unless given. */
  shownAs?: string;
}

const native = new Map<string, () => PyModule>();
const bundled = new Map<string, BundledSource>();

/**
 * Registers a module written in TypeScript. `make` runs at the first import in each host; names may be dotted
 * ("os.path"). A native module that has submodules is imported before them.
 */
export function registerModule(name: string, make: () => PyModule): void {
  native.set(name, make);
}

/** Registers a module written in Python that comes with Wick. `text` is called at its first import. */
export function registerSource(
  name: string,
  text: () => string,
  options: { isPackage?: boolean; shownAs?: string } = {},
): void {
  bundled.set(name, { text, isPackage: options.isPackage ?? false, shownAs: options.shownAs });
}

export function nativeModule(name: string): (() => PyModule) | undefined {
  return native.get(name);
}

export function bundledSource(name: string): BundledSource | undefined {
  return bundled.get(name);
}

/** Names of all modules that come with Wick. */
export function bundledNames(): string[] {
  return [...native.keys(), ...bundled.keys()];
}
