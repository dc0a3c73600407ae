/** `torch.jit.save` and `load`: paths and file objects of the host, archives of `archive/`. */
import { loadArchive, saveToBytes } from "../../../archive/mod.ts";
import type { ScriptFunction } from "../../../core/function.ts";
import type { ScriptObject } from "../../../core/ivalue.ts";
import * as r from "../../runtime/mod.ts";

function writable(f: r.Value): boolean {
  return typeof f === "object" && f !== null && r.findattr(f, "write") !== undefined;
}

/** Extra files of a save: a dict of names to text or bytes. */
function extras(v: r.Value): Record<string, string | Uint8Array> {
  const out: Record<string, string | Uint8Array> = {};
  if (v instanceof r.PyDict) {
    for (const [k, x] of v.entries()) {
      out[String(k)] = x instanceof r.PyBytes ? x.data : r.str(x);
    }
  }
  return out;
}

/** Writes an archive to a path (beside it first, then renamed) or a file object. */
export function saveArchive(what: ScriptObject | ScriptFunction, to: r.Value, extra: r.Value): void {
  const bytes = saveToBytes(what, { extraFiles: extras(extra) });
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
    throw e;
  }
}

/** Reads an archive from a path or a file object; fills the dict of wanted extra files. */
export function readArchive(from: r.Value, extra: r.Value): ScriptObject {
  let bytes: Uint8Array;
  if (typeof from === "object" && from !== null && r.findattr(from, "read") !== undefined) {
    const data = r.callMethod(from, "read", []);
    if (!(data instanceof r.PyBytes)) throw r.typeError("torch.jit.load needs a file opened for bytes");
    bytes = data.data;
  } else {
    const path = r.str(from);
    try {
      bytes = Deno.readFileSync(path);
    } catch {
      throw r.valueError(`The provided filename ${path} does not exist`);
    }
  }
  const archive = loadArchive(bytes);
  if (extra instanceof r.PyDict) {
    for (const [k] of [...extra.entries()]) {
      const found = archive.extraFiles.get(String(k));
      if (found !== undefined) extra.set(k, new r.PyBytes(found));
    }
  }
  return archive.object;
}
