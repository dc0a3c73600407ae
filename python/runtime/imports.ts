/** The import system: `sys.modules`, native and bundled modules, files and packages on `sys.path`. */
import { Source } from "../../core/source.ts";
import { type Attrs, stringOf, type Value } from "./object.ts";
import { PyDict } from "./dict.ts";
import { PyList } from "./sequences.ts";
import { findattr } from "./attributes.ts";
import { collect } from "./iteration.ts";
import { ImportErrorType, KeyErrorType, ModuleNotFoundErrorType, raise, typeError } from "./exceptions.ts";
import { bundledSource, nativeModule, PyModule } from "./module.ts";
import { interpreter } from "./interpreter.ts";
import { call } from "./call.ts";

/** Runs a module's source over its attributes; the host sets it (it knows the emitter). */
export const execution: { run: (source: Source, globals: Attrs) => void } = {
  run: () => {
    throw new Error("no emitter");
  },
};

/** How files are read; undefined if there is none. A host without a file system leaves it. */
export const files: { read: (path: string) => string | undefined; isDirectory: (path: string) => boolean } = {
  read: (path) => {
    try {
      return Deno.readTextFileSync(path);
    } catch {
      return undefined;
    }
  },
  isDirectory: (path) => {
    try {
      return Deno.statSync(path).isDirectory;
    } catch {
      return false;
    }
  },
};

function notFound(name: string, parent?: string) {
  const e = raise(
    ModuleNotFoundErrorType,
    parent ? `No module named '${name}'; '${parent}' is not a package` : `No module named '${name}'`,
  );
  e.attrs!.set("name", name).set("path", null);
  return e;
}

/** Imports a dotted module and its parents; the module itself. */
export function importByName(name: string): Value {
  const { modules } = interpreter();
  const known = modules.get(name);
  if (known !== undefined) {
    if (known === null) throw notFound(name);
    return known;
  }
  const dot = name.lastIndexOf(".");
  let parent: Value | undefined;
  if (dot > 0) {
    parent = importByName(name.slice(0, dot));
    const now = modules.get(name);
    if (now !== undefined) return now as Value;
  }
  const m = load(name, parent);
  if (parent instanceof PyModule) parent.attrs.set(name.slice(dot + 1), m);
  return m;
}

function load(name: string, parent: Value | undefined): Value {
  const { modules } = interpreter();
  const make = nativeModule(name);
  if (make) {
    const m = make();
    modules.set(name, m);
    return m;
  }
  const bundled = bundledSource(name);
  if (bundled) {
    const base = `<wick>/${name.replaceAll(".", "/")}`;
    return loadSource(
      name,
      bundled.text(),
      bundled.shownAs ?? (bundled.isPackage ? `${base}/__init__.py` : `${base}.py`),
      bundled.isPackage ? base : null,
    );
  }
  const leaf = name.slice(name.lastIndexOf(".") + 1);
  let folders: Value[];
  if (parent !== undefined) {
    const path = findattr(parent, "__path__");
    if (path === undefined) throw notFound(name, name.slice(0, name.lastIndexOf(".")));
    folders = collect(path);
  } else folders = interpreter().path.items;
  for (const f of folders) {
    const folder = stringOf(f);
    if (folder === undefined) continue;
    const base = `${folder === "" ? "." : folder}/${leaf}`;
    const init = files.read(`${base}/__init__.py`);
    if (init !== undefined) return loadSource(name, init, `${base}/__init__.py`, base);
    const text = files.read(`${base}.py`);
    if (text !== undefined) return loadSource(name, text, `${base}.py`, null);
  }
  const namespace = folders.map(stringOf).filter((f) =>
    f !== undefined && files.isDirectory(`${f || "."}/${leaf}`)
  );
  if (namespace.length > 0) {
    const m = new PyModule(name);
    m.attrs.set("__path__", new PyList(namespace.map((f) => `${f || "."}/${leaf}`))).set("__package__", name);
    m.attrs.set("__doc__", null);
    modules.set(name, m);
    return m;
  }
  throw notFound(name);
}

function loadSource(name: string, text: string, filename: string, packageFolder: string | null): Value {
  const { modules } = interpreter();
  const m = new PyModule(name);
  m.attrs.set("__doc__", null).set("__file__", filename).set(
    "__builtins__",
    new PyDict(interpreter().builtins),
  );
  m.attrs.set(
    "__package__",
    packageFolder !== null ? name : name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "",
  );
  m.attrs.set("__loader__", null).set("__spec__", null);
  if (packageFolder !== null) m.attrs.set("__path__", new PyList([packageFolder]));
  modules.set(name, m);
  try {
    execution.run(new Source(text, filename), m.attrs);
  } catch (e) {
    modules.remove(name);
    throw e;
  }
  // The module may have replaced itself.
  const now = modules.get(name);
  if (now === undefined) throw raise(KeyErrorType, name);
  return now;
}

/** The absolute name for a relative import made in a module with these globals. */
export function resolveName(globals: Attrs, name: string, level: number): string {
  if (level === 0) return name;
  let pkg = stringOf(globals.get("__package__"));
  if (pkg === undefined) {
    const own = stringOf(globals.get("__name__")) ?? "";
    pkg = globals.has("__path__") ? own : own.includes(".") ? own.slice(0, own.lastIndexOf(".")) : "";
  }
  if (pkg === "") throw raise(ImportErrorType, "attempted relative import with no known parent package");
  const parts = pkg.split(".");
  if (level - 1 >= parts.length) {
    throw raise(ImportErrorType, "attempted relative import beyond top-level package");
  }
  const base = parts.slice(0, parts.length - (level - 1)).join(".");
  return name ? `${base}.${name}` : base;
}

/** `import a.b.c [as x]`. */
export function importModule(globals: Attrs, name: string, leaf: boolean): Value {
  const hook = replacedImport();
  if (hook !== undefined && !leaf) return call(hook, [name, new PyDict(globals), null, null, 0]);
  const m = importByName(name);
  return leaf ? m : importByName(name.split(".")[0]);
}

/** `builtins.__import__`, if someone replaced it. */
function replacedImport(): Value | undefined {
  const f = interpreter().builtins.get("__import__");
  return f === originalImport.function ? undefined : f;
}
export const originalImport: { function: Value | undefined } = { function: undefined };

/** The module that `from x import names` takes its names from; submodules among them are imported. */
export function importPackage(globals: Attrs, name: string, level: number, names: string[]): Value {
  const full = resolveName(globals, name, level);
  const m = importByName(full);
  if (m instanceof PyModule && m.attrs.has("__path__")) {
    for (const n of names) {
      if (n === "*" || m.attrs.has(n) || findattr(m, n) !== undefined) continue;
      try {
        importByName(`${full}.${n}`);
      } catch (e) {
        const missing = (e as any)?.attrs?.get?.("name");
        if (missing !== `${full}.${n}`) throw e;
      }
    }
  }
  return m;
}

export function importName(m: Value, name: string): Value {
  const v = findattr(m, name);
  if (v !== undefined) return v;
  const own = stringOf(findattr(m, "__name__")) ?? "?";
  const sub = interpreter().modules.get(`${own}.${name}`);
  if (sub !== undefined) return sub;
  const file = stringOf(findattr(m, "__file__"));
  const e = raise(
    ImportErrorType,
    `cannot import name '${name}' from '${own}' (${file ?? "unknown location"})`,
  );
  e.attrs!.set("name", own).set("path", file ?? null);
  throw e;
}

export function importFrom(globals: Attrs, name: string, level: number, item: string): Value {
  return importName(importPackage(globals, name, level, [item]), item);
}

export function importStar(m: Value, into: { set(name: string, v: Value): unknown }): void {
  const all = findattr(m, "__all__");
  if (all !== undefined) {
    for (const n of collect(all)) {
      if (typeof n !== "string") throw typeError("Item in __all__ must be str");
      const own = stringOf(findattr(m, "__name__"))!;
      if (findattr(m, n) === undefined && findattr(m, "__path__") !== undefined) importByName(`${own}.${n}`);
      into.set(n, importName(m, n));
    }
    return;
  }
  if (m instanceof PyModule) {
    for (const [n, v] of [...m.attrs]) if (typeof n === "string" && !n.startsWith("_")) into.set(n, v);
  }
}
