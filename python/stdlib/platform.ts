/** `_platform`: digests and compression by the platform, loaded when a program first asks; literals; refusals. */
import process from "node:process";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { NotImplemented } from "../../core/errors.ts";
import { fn } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { literal } from "./literals.ts";

interface Hash {
  update(data: Uint8Array): Hash;
  digest(): Uint8Array;
}
interface Crypto {
  createHash(name: string): Hash;
}
type Transform = (data: Uint8Array, options?: { level?: number }) => Uint8Array;

function builtin<T>(name: string): T {
  const found = process.getBuiltinModule(name);
  if (!found) throw new NotImplemented(`${name} in this runtime`);
  return found as unknown as T;
}

function bytesOf(v: Value): Uint8Array {
  const data = r.bytesOf(v);
  if (data === undefined) {
    throw r.typeError(
      typeof v === "string"
        ? "Strings must be encoded before hashing"
        : `a bytes-like object is required, not '${r.typeOf(v).name}'`,
    );
  }
  return data;
}

function transform(name: string) {
  return fn(name, "data, level=-1, /", (v: Value, level?: Value) => {
    const zlib = builtin<Record<string, Transform>>("node:zlib");
    try {
      const made = zlib[name](bytesOf(v), level === undefined ? {} : { level: Number(level) });
      return new r.PyBytes(new Uint8Array(made));
    } catch (e) {
      if (e instanceof r.PyBaseException) throw e;
      throw r.valueError((e as Error).message);
    }
  });
}

registerModule("_platform", () =>
  moduleOf("_platform", {
    digest: fn("digest", "name, data, /", (name: string, data: Value) => {
      const hash = builtin<Crypto>("node:crypto").createHash(name);
      return new r.PyBytes(new Uint8Array(hash.update(bytesOf(data)).digest()));
    }),
    deflateSync: transform("deflateSync"),
    inflateSync: transform("inflateSync"),
    gzipSync: transform("gzipSync"),
    gunzipSync: transform("gunzipSync"),
    literal: fn("literal", "text, /", (text: string) => literal(text)),
    missing: fn("missing", "what, /", (what: string) => {
      throw new NotImplemented(what);
    }),
  }));
