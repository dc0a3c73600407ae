/** Archives for Python: paths and file objects of the host, `.pt` and `.ptl` of `archive/`. */
import {
  loadArchive,
  type LoadedArchive,
  loadMobileArchive,
  mobileArchiveInfo,
  saveToBytes,
} from "../../../archive/mod.ts";
import { ZipReader } from "../../../archive/zip_reader.ts";
import { joinParts, writeZip } from "../../../archive/zip_writer.ts";
import type { ScriptFunction } from "../../../core/function.ts";
import type { ScriptObject } from "../../../core/ivalue.ts";
import { forward, ScriptError } from "../../../vm/mod.ts";
import * as r from "../../runtime/mod.ts";
import { bindCall, toPython } from "./convert.ts";
import { jitError } from "./jit_error.ts";
import { PyScriptFunction, PyScriptObject, scriptFunctionType, scriptObjectType } from "./script_types.ts";

function writable(f: r.Value): boolean {
  return typeof f === "object" && f !== null && r.findattr(f, "write") !== undefined;
}

/** Extra files of a save: a dict of names to text or bytes. */
function extras(v: r.Value | undefined): Record<string, string | Uint8Array> {
  const out: Record<string, string | Uint8Array> = {};
  if (v instanceof r.PyDict) {
    for (const [k, x] of v.entries()) {
      out[String(k)] = x instanceof r.PyBytes ? x.data : r.str(x);
    }
  }
  return out;
}

/** Writes bytes to a path (beside it first, then renamed) or a file object. */
export function writeFile(bytes: Uint8Array, to: r.Value): void {
  if (writable(to)) {
    r.callMethod(to, "write", [new r.PyBytes(bytes)]);
    return;
  }
  const path = r.str(to), beside = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    Deno.writeFileSync(beside, bytes);
    Deno.renameSync(beside, path);
  } catch (e) {
    try {
      Deno.removeSync(beside);
    } catch {
      // Nothing was written.
    }
    if (e instanceof Deno.errors.NotFound) {
      const folder = path.slice(0, path.lastIndexOf("/"));
      throw r.runtimeError(`Parent directory ${folder} does not exist.`);
    }
    throw e;
  }
}

/** Writes an archive. */
export function saveArchive(
  what: ScriptObject | ScriptFunction,
  to: r.Value,
  extra: r.Value,
  mobile = false,
): void {
  writeFile(saveToBytes(what, { extraFiles: extras(extra), mobile }), to);
}

/** The bytes of a path or a file object. */
export function readFile(from: r.Value): Uint8Array {
  if (typeof from === "object" && from !== null && r.findattr(from, "read") !== undefined) {
    const data = r.callMethod(from, "read", []);
    if (!(data instanceof r.PyBytes)) throw r.typeError("a file opened for bytes is needed");
    if (data.data.length === 0) throw r.runtimeError("istream reader failed: getting the current position.");
    return data.data;
  }
  if (typeof from !== "string" && (from === null || r.findattr(from, "__fspath__") === undefined)) {
    throw r.missingAttribute(from, "read");
  }
  const path = r.str(from);
  let isDirectory: boolean;
  try {
    ({ isDirectory } = Deno.statSync(path));
  } catch {
    throw r.valueError(`The provided filename ${path} does not exist`);
  }
  if (isDirectory) throw r.valueError(`The provided filename ${path} is a directory`);
  return Deno.readFileSync(path);
}

function opened(archive: LoadedArchive, extra: r.Value): ScriptObject {
  if (extra instanceof r.PyDict) {
    for (const [k] of [...extra.entries()]) {
      const found = archive.extraFiles.get(String(k));
      extra.set(k, new r.PyBytes(found ?? new Uint8Array(0)));
    }
  }
  return archive.object;
}

/** Reads an archive from a path or a file object; fills the dict of wanted extra files. */
export function readArchive(from: r.Value, extra: r.Value): ScriptObject {
  return opened(loadArchive(readFile(from)), extra);
}

function compiled(v: r.Value): ScriptObject | ScriptFunction {
  if (v instanceof PyScriptObject) return v.object;
  if (v instanceof PyScriptFunction) return v.fn;
  throw r.typeError(`a compiled module or function is needed, not ${r.typeOf(v).name}`);
}

r.methods(scriptObjectType, {
  __reduce_ex__: ["protocol", (o: PyScriptObject) => {
    const { name } = o.object.type;
    throw r.runtimeError(
      `Tried to serialize object ${name} which does not have a __getstate__ method defined!`,
    );
  }],
});

r.methods(scriptFunctionType, {
  save_to_buffer: [
    "_extra_files=None",
    (f: PyScriptFunction, extra: r.Value) => new r.PyBytes(saveToBytes(f.fn, { extraFiles: extras(extra) })),
  ],
});

/** A zip file as torch.load looks into it. */
const zipType: r.PyType = r.nativeType("PyTorchFileReader", { module: "torch._C" });
class PyZip extends r.PyObject {
  constructor(readonly zip: ZipReader) {
    super(zipType);
  }
}
r.methods(zipType, {
  has: ["name", (z: PyZip, name: string) => z.zip.has(name)],
  names: ["", (z: PyZip) => new r.PyList(z.zip.names())],
  read: ["name", (z: PyZip, name: string) => new r.PyBytes(z.zip.read(name))],
});

/** The module behind `torch.jit.mobile` and the saving methods of script modules: `torch._C._archives`. */
export function archiveModule(): r.PyModule {
  return r.moduleOf("torch._C._archives", {
    to_bytes: r.fn(
      "to_bytes",
      "what, extra=None, mobile=False",
      (what: r.Value, extra: r.Value, mobile: r.Value) =>
        new r.PyBytes(saveToBytes(compiled(what), { extraFiles: extras(extra), mobile: mobile === true })),
    ),
    save: r.fn("save", "what, f, extra=None, mobile=False", (what, f, extra, mobile) => {
      saveArchive(compiled(what), f, extra ?? null, mobile === true);
      return null;
    }),
    read: r.fn("read", "f", (f: r.Value) => new r.PyBytes(readFile(f))),
    write: r.fn("write", "data, f", (data: r.PyBytes, f: r.Value) => {
      writeFile(data.data, f);
      return null;
    }),
    write_zip: r.fn(
      "write_zip",
      "root, records",
      (root: string, records: r.PyList) =>
        new r.PyBytes(joinParts(writeZip(
          root,
          records.items.map((item) => {
            const [name, data] = r.collect(item);
            return { name: r.str(name), data: (data as r.PyBytes).data };
          }),
        ))),
    ),
    open_zip: r.fn("open_zip", "data", (data: r.PyBytes) => new PyZip(new ZipReader(data.data))),
    load_mobile: r.fn(
      "load_mobile",
      "f, extra=None",
      (f: r.Value, extra: r.Value) =>
        new PyScriptObject(opened(loadMobileArchive(readFile(f)), extra ?? null)),
    ),
    mobile_info: r.fn("mobile_info", "f", (f: r.Value) => {
      const { version, operators } = mobileArchiveInfo(readFile(f));
      return new r.PyTuple([version, new r.PyList([...operators])]);
    }),
    find_mobile_method: r.fn(
      "find_mobile_method",
      "c, name",
      (c: PyScriptObject, name: string) => c.object.type.methods.has(name),
    ),
    run_mobile_method: r.fn("run_mobile_method", "c, name, args", (c: PyScriptObject, name: string, args) => {
      const method = c.object.type.methods.get(name);
      if (!method) throw r.runtimeError(`Method '${name}' is not defined.`);
      const bound = bindCall(method.schema, [...(args as r.PyTuple).items], null, c.object);
      try {
        return toPython(forward(method, bound));
      } catch (e) {
        // Bytecode carries no places, so there is no traceback to show.
        if (!(e instanceof ScriptError)) throw e;
        throw e.raised === undefined ? r.runtimeError(e.original) : jitError(e.original);
      }
    }),
  });
}
