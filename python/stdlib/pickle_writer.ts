/** Objects to pickles, protocols 0 excepted: what `pickle.Pickler.dump` does. */
import { type Complex, Float } from "../../core/scalar.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";

/** Items are written in batches of this many, as CPython does. */
const BATCH = 1000;
/** Up to here integers take a length byte, text a short length. */
const SHORT = 256;

/** What the Python side decides: persistent ids, reductions, names of classes and functions. */
export interface PickleHooks {
  /** Null when the object is pickled as itself. */
  persistentId(v: Value): Value;
  /** What `__reduce_ex__` says: a string naming a global, or a tuple. */
  reduce(v: Value): Value;
  /** Module and qualified name under which an object is found again; raises PicklingError when it is not. */
  globalName(v: Value, name: Value): readonly [module: string, name: string];
}

export class PickleWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #n = 0;
  readonly #memo = new Map<unknown, number>();
  /** Objects whose identity the memo uses stay alive with it. */
  readonly #kept: Value[] = [];

  constructor(readonly protocol: number, readonly hooks: PickleHooks) {}

  /** The pickle of an object. */
  dump(v: Value): Uint8Array {
    this.#u8(0x80, this.protocol);
    this.#save(v);
    this.#op(".");
    const body = this.#bytes.slice(0, this.#n);
    if (this.protocol < 4 || body.length - 2 < 4) return body;
    // One frame around everything.
    const framed = new Uint8Array(body.length + 9);
    framed.set(body.subarray(0, 2));
    framed[2] = 0x95;
    new DataView(framed.buffer).setBigUint64(3, BigInt(body.length - 2), true);
    framed.set(body.subarray(2), 11);
    return framed;
  }

  // --- bytes ---
  #room(n: number): void {
    if (this.#n + n <= this.#bytes.length) return;
    const next = new Uint8Array(Math.max(this.#bytes.length * 2, this.#n + n));
    next.set(this.#bytes);
    this.#bytes = next;
    this.#view = new DataView(next.buffer);
  }
  #u8(...bytes: number[]): void {
    this.#room(bytes.length);
    for (const b of bytes) this.#bytes[this.#n++] = b;
  }
  #op(c: string): void {
    this.#u8(c.charCodeAt(0));
  }
  #raw(b: Uint8Array): void {
    this.#room(b.length);
    this.#bytes.set(b, this.#n);
    this.#n += b.length;
  }
  #u32(v: number): void {
    this.#room(4);
    this.#view.setInt32(this.#n, v | 0, true);
    this.#n += 4;
  }
  #line(text: string): void {
    this.#raw(new TextEncoder().encode(text + "\n"));
  }

  // --- memo ---
  #key(v: Value): unknown {
    return typeof v === "string" ? "s" + v : v;
  }
  #memoize(v: Value): void {
    const n = this.#memo.size;
    this.#memo.set(this.#key(v), n);
    this.#kept.push(v);
    if (this.protocol >= 4) this.#u8(0x94);
    else if (n < SHORT) this.#u8(0x71, n);
    else {
      this.#op("r");
      this.#u32(n);
    }
  }
  #recall(v: Value): boolean {
    const n = this.#memo.get(this.#key(v));
    if (n === undefined) return false;
    if (n < SHORT) this.#u8(0x68, n);
    else {
      this.#op("j");
      this.#u32(n);
    }
    return true;
  }

  // --- values ---
  #save(v: Value, persistent = true): void {
    if (persistent) {
      const id = this.hooks.persistentId(v);
      if (id !== null) {
        this.#save(id, false);
        return this.#op("Q");
      }
    }
    if (v === null) return this.#op("N");
    if (typeof v === "boolean") return this.#u8(v ? 0x88 : 0x89);
    if (typeof v === "number" || typeof v === "bigint") return this.#int(v);
    if (v instanceof Float) return this.#float(v.value);
    if (typeof v === "string") return this.#string(v);
    if (this.#recall(v)) return;
    const cls = r.typeOf(v);
    if (v instanceof r.PyTuple && cls === r.tupleType) return this.#tuple(v);
    if (v instanceof r.PyList && cls === r.listType) return this.#list(v);
    if (v instanceof r.PyDict && cls === r.dictType) return this.#dict(v);
    if (v instanceof r.PyBytes && cls === r.bytesType) return this.#pyBytes(v);
    if (v instanceof r.PyByteArray && cls === r.bytearrayType && this.protocol >= 5) {
      return this.#byteArray(v);
    }
    if (v instanceof r.PySet && (cls === r.setType || cls === r.frozensetType)) return this.#set(v, cls);
    if (v instanceof r.PyType || v instanceof r.PyFunction || v instanceof r.PyBuiltin) {
      return this.#global(v, null);
    }
    this.#reduced(v, this.hooks.reduce(v));
  }

  #int(v: number | bigint): void {
    if (v >= 0 && v <= 0xff) return this.#u8(0x4b, Number(v));
    if (v >= 0 && v <= 0xffff) return this.#u8(0x4d, Number(v) & 255, Number(v) >> 8);
    if (v >= -0x80000000 && v <= 0x7fffffff) {
      this.#op("J");
      return this.#u32(Number(v));
    }
    const bytes: number[] = [];
    let rest = BigInt(v);
    const isDone = () =>
      (rest === 0n && !(bytes.at(-1)! & 0x80)) || (rest === -1n && (bytes.at(-1)! & 0x80) !== 0);
    do {
      bytes.push(Number(rest & 0xffn));
      rest >>= 8n;
    } while (!isDone());
    if (bytes.length < SHORT) this.#u8(0x8a, bytes.length);
    else {
      this.#u8(0x8b);
      this.#u32(bytes.length);
    }
    this.#raw(Uint8Array.from(bytes));
  }
  #float(v: number): void {
    this.#op("G");
    this.#room(8);
    this.#view.setFloat64(this.#n, v, false);
    this.#n += 8;
  }
  #string(s: string): void {
    if (this.#recall(s)) return;
    const b = new TextEncoder().encode(s);
    if (this.protocol >= 4 && b.length < SHORT) this.#u8(0x8c, b.length);
    else {
      this.#op("X");
      this.#u32(b.length);
    }
    this.#raw(b);
    this.#memoize(s);
  }
  #pyBytes(v: r.PyBytes): void {
    if (this.protocol < 3) {
      // Bytes as Latin-1 text, which readers of Python 2 have too.
      const encode = [this.#encoder ??= codecsEncode(), new r.PyTuple([latin1(v.data), "latin1"])];
      if (!v.data.length) return this.#reduced(v, new r.PyTuple([r.bytesType, new r.PyTuple([])]));
      return this.#reduced(v, new r.PyTuple(encode));
    }
    if (v.data.length < SHORT) this.#u8(0x43, v.data.length);
    else {
      this.#op("B");
      this.#u32(v.data.length);
    }
    this.#raw(v.data);
    this.#memoize(v);
  }
  #encoder: Value | undefined;
  #byteArray(v: r.PyByteArray): void {
    this.#u8(0x96);
    this.#room(8);
    this.#view.setBigUint64(this.#n, BigInt(v.data.length), true);
    this.#n += 8;
    this.#raw(v.data);
    this.#memoize(v);
  }

  #tuple(v: r.PyTuple): void {
    const n = v.items.length;
    if (n === 0) return this.#op(")");
    if (n > 3) this.#op("(");
    for (const x of v.items) this.#save(x);
    // A tuple that holds itself was written while its items were.
    const known = this.#memo.has(v);
    if (known) {
      if (n > 3) this.#op("1");
      else for (let i = 0; i < n; i++) this.#op("0");
      this.#recall(v);
      return;
    }
    if (n > 3) this.#op("t");
    else this.#u8(0x84 + n);
    this.#memoize(v);
  }
  #list(v: r.PyList): void {
    this.#op("]");
    this.#memoize(v);
    this.#appends(v.items);
  }
  #appends(items: readonly Value[]): void {
    for (let at = 0; at < items.length; at += BATCH) {
      const batch = items.slice(at, at + BATCH);
      if (batch.length === 1) {
        this.#save(batch[0]);
        this.#op("a");
      } else {
        this.#op("(");
        for (const x of batch) this.#save(x);
        this.#op("e");
      }
    }
  }
  #dict(v: r.PyDict): void {
    this.#op("}");
    this.#memoize(v);
    this.#setItems([...v.entries()]);
  }
  #setItems(pairs: readonly (readonly [Value, Value])[]): void {
    for (let at = 0; at < pairs.length; at += BATCH) {
      const batch = pairs.slice(at, at + BATCH);
      const single = batch.length === 1;
      if (!single) this.#op("(");
      for (const [k, x] of batch) {
        this.#save(k);
        this.#save(x);
      }
      this.#op(single ? "s" : "u");
    }
  }
  #set(v: r.PySet, cls: r.PyType): void {
    const items = [...v.values()];
    if (this.protocol < 4) {
      return this.#reduced(v, new r.PyTuple([cls, new r.PyTuple([new r.PyList(items)])]));
    }
    if (cls === r.frozensetType) {
      this.#op("(");
      for (const x of items) this.#save(x);
      this.#u8(0x91);
      return this.#memoize(v);
    }
    this.#u8(0x8f);
    this.#memoize(v);
    for (let at = 0; at < items.length; at += BATCH) {
      this.#op("(");
      for (const x of items.slice(at, at + BATCH)) this.#save(x);
      this.#u8(0x90);
    }
  }

  // --- names and reductions ---
  #global(v: Value, name: Value): void {
    const [module, qualified] = this.hooks.globalName(v, name);
    if (this.protocol >= 4) {
      this.#string(module);
      this.#string(qualified);
      this.#u8(0x93);
    } else {
      this.#op("c");
      this.#line(module);
      this.#line(qualified);
    }
    this.#memoize(v);
  }

  #reduced(v: Value, reduction: Value): void {
    if (typeof reduction === "string") return this.#global(v, reduction);
    if (!(reduction instanceof r.PyTuple) || reduction.items.length < 2 || reduction.items.length > 6) {
      throw r.typeError("__reduce__ must return a string or tuple");
    }
    const [f, args, state = null, list = null, pairs = null] = reduction.items;
    if (!(args instanceof r.PyTuple)) throw r.typeError("args from save_reduce() must be a tuple");
    const isNew = f instanceof r.PyFunction && f.name === "__newobj__" && args.items.length > 0;
    if (isNew) {
      this.#save(args.items[0]);
      this.#save(new r.PyTuple(args.items.slice(1)));
      this.#u8(0x81);
    } else {
      this.#save(f);
      this.#save(args);
      this.#op("R");
    }
    if (this.#memo.has(v)) {
      this.#op("0");
      this.#recall(v);
    } else this.#memoize(v);
    if (list !== null) this.#appends(r.collect(list));
    if (pairs !== null) {
      this.#setItems(
        r.collect(pairs).map((p) => {
          const [k, x] = r.collect(p);
          return [k, x] as const;
        }),
      );
    }
    if (state !== null) {
      this.#save(state);
      this.#op("b");
    }
  }
}

function latin1(data: Uint8Array): string {
  let out = "";
  for (const b of data) out += String.fromCharCode(b);
  return out;
}

function codecsEncode(): Value {
  return r.getattr(importPickle(), "_encode");
}
let importPickle: () => Value = () => null;
/** The pickle module tells how it is found: it imports this file. */
export function setPickleModule(find: () => Value): void {
  importPickle = find;
}

/** A complex number as it is taken apart. */
export function complexParts(c: Complex): Value {
  return new r.PyTuple([r.complexType, new r.PyTuple([new Float(c.re), new Float(c.im)])]);
}
