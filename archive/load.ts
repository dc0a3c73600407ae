/** `.pt` archives to script modules: data by the closed-set unpickler, code by the source importer. */
import { SourceImporter } from "./source_importer.ts";
import { InternalError, NotImplemented } from "../core/errors.ts";
import type { NamedType } from "../core/function.ts";
import { type IValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import { Float } from "../core/scalar.ts";
import { DebugRanges } from "./debug_ranges.ts";
import { forward } from "../vm/mod.ts";
import { loadMobileModule, mobileInfo } from "./mobile/load.ts";
import { readerRefusal, refusal } from "./refusal.ts";
import { Unpickler } from "./unpickler.ts";
import { parseVersion } from "./versions.ts";
import { ZipReader } from "./zip_reader.ts";

export interface LoadedArchive {
  readonly object: ScriptObject;
  /** Contents of `extra/<name>` by name. */
  readonly extraFiles: ReadonlyMap<string, Uint8Array>;
}

/** The module of an archive. Its methods compile when first called. Throws what is wrong, with entry and offset. */
export function loadModule(bytes: Uint8Array): ScriptObject {
  return loadArchive(bytes).object;
}

/** A whole archive: the module and the files saved with it. */
export function loadArchive(bytes: Uint8Array): LoadedArchive {
  const { zip, version } = openArchive(bytes);
  // A mobile archive may have been stripped of its source.
  const stripped = zip.has("bytecode.pkl") && !zip.names().some((n) => n.startsWith("code/"));
  return {
    object: stripped ? loadMobileModule(zip, version) : loadSource(zip, version),
    extraFiles: extras(zip),
  };
}

/** The module of a mobile archive, as PyTorch's lite interpreter sees it: by its bytecode alone. */
export function loadMobileArchive(bytes: Uint8Array): LoadedArchive {
  const { zip, version } = openArchive(bytes);
  if (!zip.has("bytecode.pkl")) {
    throw readerRefusal("bytecode.pkl", 0, "locating file bytecode.pkl: file not found");
  }
  return { object: loadMobileModule(zip, version), extraFiles: extras(zip) };
}

/** Version of a mobile archive's bytecode, and the operators it calls. */
export function mobileArchiveInfo(bytes: Uint8Array): ReturnType<typeof mobileInfo> {
  return mobileInfo(openArchive(bytes).zip);
}

function openArchive(bytes: Uint8Array): { zip: ZipReader; version: number } {
  if (bytes[0] === 0x80 && bytes[1] === 2) {
    throw refusal(
      "file",
      0,
      "this is what torch.save writes, not a TorchScript archive: load it as a state dict",
    );
  }
  if (new TextDecoder("latin1").decode(bytes.subarray(4, 8)) === "PTMF") {
    throw new NotImplemented("loading flatbuffer files");
  }
  const zip = new ZipReader(bytes);
  const versionName = [".data/version", "version"].find((n) => zip.has(n));
  if (!versionName) throw refusal("version", 0, "the archive does not say its version");
  const version = parseVersion(new TextDecoder().decode(zip.read(versionName)));
  if (version === undefined) throw refusal(versionName, 0, "no version between 1 and 10");
  return { zip, version };
}

function extras(zip: ZipReader): Map<string, Uint8Array> {
  const out = new Map<string, Uint8Array>();
  for (const name of zip.names()) {
    if (name.startsWith("extra/")) out.set(name.slice("extra/".length), zip.read(name).slice());
  }
  return out;
}

function loadSource(zip: ZipReader, version: number): ScriptObject {
  for (const needed of ["data.pkl", "constants.pkl"]) {
    if (!zip.has(needed)) throw readerRefusal(needed, 0, `locating file ${needed}: file not found`);
  }
  let constants: readonly IValue[] = [];
  const importer = new SourceImporter({
    version,
    readText: (member) => zip.has(member) ? new TextDecoder().decode(zip.read(member)) : undefined,
    debugRanges: (member) =>
      zip.has(`${member}.debug_pkl`)
        ? new DebugRanges(zip.read(`${member}.debug_pkl`), `${member}.debug_pkl`, zip.budget)
        : undefined,
    constant: (i) => constants[i],
  });
  // Classes that constants name are resolved before the constants are there; only defaults could want them.
  const table = unpickle(zip, "constants", importer);
  if (!(table instanceof TupleValue)) throw refusal("constants.pkl", 0, "not a tuple");
  constants = table.items;
  const object = unpickle(zip, "data", importer);
  if (!(object instanceof ScriptObject)) throw refusal("data.pkl", 0, "the archive's value is no module");
  return object;
}

function unpickle(zip: ZipReader, archive: string, importer: SourceImporter): IValue {
  return new Unpickler(zip.read(`${archive}.pkl`), `${archive}.pkl`, {
    resolveType: (name: string): NamedType | undefined => importer.findType(name),
    parseType: (text) => importer.parseType(text),
    budget: zip.budget,
    readStorage: (key) => zip.read(`${archive}/${key}`),
    setState: (object, state) => {
      const method = object.type.methods.get("__setstate__");
      if (!method) throw new InternalError(`${object.type.name} has no __setstate__`);
      forward(method, [object, state]);
    },
    enumMember: (t, value) => importer.enumMember(t, (m) => sameLeaf(m.value, value)),
  }).load();
}

function sameLeaf(a: IValue, b: IValue): boolean {
  return a instanceof Float ? b instanceof Float && a.value === b.value : a === b;
}
