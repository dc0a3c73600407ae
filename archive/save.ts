/** Script modules and functions to `.pt` archives. */
import { ClassType } from "../core/class_type.ts";
import { type NamedType, ScriptFunction } from "../core/function.ts";
import { type FunctionValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import { FunctionSchema } from "../core/schema.ts";
import { BoolType } from "../core/types.ts";
import { CompilationUnit } from "../core/function.ts";
import type { Graph } from "../compiler/ir/graph.ts";
import { ConstantTable, printNamedType, PythonPrint } from "../compiler/printing/mod.ts";
import { qualifiedNameOf } from "../compiler/printing/type_text.ts";
import { forward } from "../vm/mod.ts";
import { writeDebugRanges } from "./debug_ranges.ts";
import { bytecodeOf } from "./mobile/export.ts";
import { Pickler, storageRecord, StorageTable } from "./pickler.ts";
import { MIN_VERSION, versionMember, versionNeeding } from "./versions.ts";
import { writeWholeFile } from "./whole_file.ts";
import { joinParts, writeZip, type ZipMember } from "./zip_writer.ts";

export type ExtraFiles = Readonly<Record<string, string | Uint8Array>>;

export interface SaveOptions {
  readonly extraFiles?: ExtraFiles;
  /** Adds `bytecode.pkl`, for PyTorch's mobile runtime. Throws ExportRefusal where there can be none. */
  readonly mobile?: boolean;
}

/** The archive of a module, or of a function as the `forward` of a placeholder, as bytes. */
export function saveToBytes(
  what: ScriptObject | ScriptFunction,
  options: SaveOptions = {},
): Uint8Array<ArrayBuffer> {
  return joinParts(archiveParts(what, "archive", options));
}

/** Writes the archive beside `path` and then puts it in place, so that a failed save leaves the old file. */
export async function saveToFile(
  what: ScriptObject | ScriptFunction,
  path: string,
  options: SaveOptions = {},
): Promise<void> {
  await writeWholeFile(path, archiveParts(what, rootFolder(path), options));
}

/** The folder inside the archive: the file's name without its last extension. */
export function rootFolder(path: string): string {
  const base = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return base.replace(/\.[^.]*$/, "") || "archive";
}

/** The file in pieces, in order. */
export function archiveParts(
  what: ScriptObject | ScriptFunction,
  root: string,
  options: SaveOptions = {},
): Uint8Array[] {
  return writeZip(
    root,
    new Serializer(what instanceof ScriptFunction ? placeholder(what) : what).members(options),
  );
}

/** Names, classes and code that one archive gathers. */
class Serializer {
  readonly #names = new Map<NamedType, string>();
  readonly #taken = new Set<string>();
  readonly #queue: (NamedType | ScriptFunction)[] = [];
  readonly #queued = new Set<NamedType | ScriptFunction>();
  readonly #files = new Map<string, PythonPrint>();
  readonly #constants = new ConstantTable();
  #mangle = 0;
  #version = MIN_VERSION;

  constructor(readonly root: ScriptObject) {}

  members(options: SaveOptions): ZipMember[] {
    const utf8 = new TextEncoder(), extra = options.extraFiles ?? {};
    const out: ZipMember[] = Object.keys(extra).sort().map((name) => {
      const data = extra[name];
      return { name: `extra/${name}`, data: typeof data === "string" ? utf8.encode(data) : data };
    });
    this.#pickle("data", this.root, out, new StorageTable(""));
    for (let i = 0; i < this.#queue.length; i++) this.#print(this.#queue[i]);
    for (const [qualifier, p] of this.#files) {
      const name = `code/${qualifier.replaceAll(".", "/")}.py`, { text, tags } = p.tagged();
      out.push({ name, data: utf8.encode(text) });
      if (tags.some((t) => t.range)) {
        out.push({ name: `${name}.debug_pkl`, data: writeDebugRanges(text, tags) });
      }
    }
    // Tensors that both are constants of code and of bytecode stand in the file once.
    const constants = new StorageTable(options.mobile ? ".storage" : "");
    this.#pickle("constants", new TupleValue(this.#constants.values), out, constants);
    if (options.mobile) {
      const code = bytecodeOf(this.root, (t) => this.#name(t));
      const known = constants.storages.length;
      const data = this.#pickler(constants).pickle(code);
      for (const s of constants.storages.slice(known)) {
        out.push({ name: `constants/${constants.keyOf(s)}`, data: storageRecord(s) });
      }
      out.push({ name: "bytecode.pkl", data });
    }
    const version = versionMember(this.#version);
    out.push({ name: version.name, data: utf8.encode(version.text) });
    out.push({ name: "byteorder", data: utf8.encode("little") });
    return out;
  }

  #pickler(storages: StorageTable): Pickler {
    return new Pickler({
      // Other types than classes are printed where code names them.
      nameOf: (t) => t.kind === "Class" ? this.#nameOf(t) : this.#name(t),
      getState: (method, self) => forward(method, [self]),
      storages,
    });
  }
  #pickle(archive: string, v: ScriptObject | TupleValue, out: ZipMember[], storages: StorageTable): void {
    const data = this.#pickler(storages).pickle(v);
    for (const s of storages.storages) {
      out.push({ name: `${archive}/${storages.keyOf(s)}`, data: storageRecord(s) });
    }
    out.push({ name: `${archive}.pkl`, data });
  }

  /** What the archive calls a type; whoever is named is printed. */
  #nameOf(t: NamedType): string {
    const name = this.#name(t);
    if (!this.#queued.has(t) && ![...this.#queued].some((q) => sameNamedTuple(q, t))) {
      this.#queued.add(t);
      this.#queue.push(t);
    }
    return name;
  }
  /** The name alone; two types of one name are told apart. */
  #name(t: NamedType): string {
    let name = this.#names.get(t);
    if (name === undefined) {
      const same = t.kind === "Tuple"
        ? [...this.#names].find(([other]) => sameNamedTuple(other, t))
        : undefined;
      name = same ? same[1] : this.#unique(qualifiedNameOf(t));
      this.#names.set(t, name);
    }
    return name;
  }
  #unique(name: string): string {
    let unique = name;
    while (this.#taken.has(unique)) {
      const atoms = name.split(".").filter((a) => !a.startsWith("___torch_mangle_"));
      unique = [...atoms.slice(0, -1), `___torch_mangle_${this.#mangle++}`, atoms[atoms.length - 1]].join(
        ".",
      );
    }
    this.#taken.add(unique);
    return unique;
  }

  #function(v: FunctionValue): string {
    const fn = v.fn;
    if (!this.#queued.has(fn)) {
      this.#queued.add(fn);
      this.#queue.push(fn);
    }
    return fn.qualifiedName;
  }

  #print(what: NamedType | ScriptFunction): void {
    const name = what instanceof ScriptFunction ? what.qualifiedName : this.#nameOf(what);
    const qualifier = name.slice(0, name.lastIndexOf("."));
    let p = this.#files.get(qualifier);
    if (!p) {
      this.#files.set(
        qualifier,
        p = new PythonPrint({
          constants: this.#constants,
          nameOf: (t) => this.#nameOf(t),
          importable: true,
          tagged: true,
          onFunction: (v) => this.#function(v),
          onOperator: (key) => this.#version = Math.max(this.#version, versionNeeding(key)),
        }),
      );
    }
    if (what instanceof ScriptFunction) p.printFunction(what, true);
    else printNamedType(p, what);
  }
}

/** A NamedTuple's type may exist as several objects: equal ones are one class. */
function sameNamedTuple(a: NamedType | ScriptFunction, b: NamedType): boolean {
  return "kind" in a && a.kind === "Tuple" && b.kind === "Tuple" &&
    qualifiedNameOf(a) === qualifiedNameOf(b) &&
    String(a) === String(b);
}

/** A function as the `forward` of an otherwise empty module. */
function placeholder(fn: ScriptFunction): ScriptObject {
  fn.ensureDefined?.();
  const unit = new CompilationUnit();
  const cls = new ClassType("__torch__.PlaceholderModule", unit, true);
  cls.addAttribute("training", BoolType);
  const method = new ScriptFunction(`${cls.name}.forward`, cls);
  const graph = (fn.graph as Graph).copy();
  graph.block.param.insertOutput(0).setDebugName("self").setType(cls);
  method.graph = graph;
  method.state = "defined";
  const self = { name: "self", type: cls, kwargOnly: false, isOut: false };
  method.schema = new FunctionSchema("forward", "", [self, ...fn.schema.args], fn.schema.returns);
  cls.methods.set("forward", method);
  const object = new ScriptObject(cls);
  object.setAttr("training", true);
  return object;
}
