/** Pickles to objects, protocols 0 to 5: what `pickle.Unpickler.load` does. */
import { Float, normInt } from "../../core/scalar.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";

export interface UnpickleHooks {
  findClass(module: string, name: string): Value;
  persistentLoad(id: Value): Value;
  /** Checks a call or a new object before it is made; `what` is the opcode's name. */
  allow(what: "REDUCE" | "NEWOBJ" | "BUILD", f: Value): void;
  /** The error for a damaged pickle. */
  fault(message: string): r.PyBaseException;
  /** The error for an opcode that is not known, or not allowed. */
  badOpcode(op: number): r.PyBaseException;
  /** Whether only opcodes that build plain data are allowed. */
  readonly restricted: boolean;
  encoding: string;
}

const MARK = Symbol("mark");
type Item = Value | typeof MARK;
/** What the restricted reader takes, as PyTorch's does: protocol 2 without text opcodes. */
const RESTRICTED = new Set([
  ...[..."NKMJGX(.t])}usaebcRQhjqr"].map((c) => c.charCodeAt(0)),
  0x55,
  0x80,
  0x81,
  0x85,
  0x86,
  0x87,
  0x88,
  0x89,
  0x8a,
  0x8f,
]);

export class PickleReader {
  at = 0;
  readonly #view: DataView;
  #stack: Item[] = [];
  readonly #memo = new Map<number, Value>();

  constructor(readonly data: Uint8Array, readonly hooks: UnpickleHooks) {
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  /** The next object; `at` is then behind its pickle. */
  load(): Value {
    if (this.at >= this.data.length) {
      throw r.raise(r.exceptionTypes.get("EOFError") ?? r.ExceptionType, "Ran out of input");
    }
    for (;;) {
      const op = this.data[this.#take(1)];
      if (op === 0x2e) break;
      if (this.hooks.restricted && !RESTRICTED.has(op)) throw this.hooks.badOpcode(op);
      this.#step(op);
    }
    return this.#pop();
  }

  #take(n: number): number {
    const at = this.at;
    if (n > this.data.length - at) throw this.hooks.fault("pickle data was truncated");
    this.at += n;
    return at;
  }
  #bytes(n: number): Uint8Array {
    const at = this.#take(n);
    return this.data.subarray(at, at + n);
  }
  #line(): string {
    const end = this.data.indexOf(10, this.at);
    if (end < 0) throw this.hooks.fault("pickle data was truncated");
    const text = new TextDecoder().decode(this.data.subarray(this.at, end));
    this.at = end + 1;
    return text;
  }
  #u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }
  #u64(): number {
    const n = this.#view.getBigUint64(this.#take(8), true);
    if (n > BigInt(this.data.length)) throw this.hooks.fault("pickle data was truncated");
    return Number(n);
  }

  #pop(): Value {
    const v = this.#stack.pop();
    if (v === MARK) throw this.hooks.fault("unexpected MARK found");
    if (v === undefined) throw this.hooks.fault("unpickling stack underflow");
    return v as Value;
  }
  get #top(): Value {
    const v = this.#stack.at(-1);
    if (v === undefined || v === MARK) throw this.hooks.fault("unpickling stack underflow");
    return v as Value;
  }
  #popMark(): Value[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw this.hooks.fault("could not find MARK");
    return this.#stack.splice(at).slice(1) as Value[];
  }
  #push(v: Value): void {
    this.#stack.push(v);
  }
  #tuple(n: number): void {
    const items: Value[] = [];
    for (let i = 0; i < n; i++) items.unshift(this.#pop());
    this.#push(new r.PyTuple(items));
  }
  #text(bytes: Uint8Array): Value {
    const { encoding } = this.hooks;
    if (encoding === "bytes") return new r.PyBytes(bytes.slice());
    return new TextDecoder(/^utf-?8$/i.test(encoding) ? "utf-8" : "latin1").decode(bytes);
  }
  #get(n: number): void {
    const v = this.#memo.get(n);
    if (v === undefined) throw this.hooks.fault(`Memo value not found at index ${n}`);
    this.#push(v);
  }
  #int(bytes: Uint8Array): Value {
    let v = 0n;
    for (let i = bytes.length - 1; i >= 0; i--) v = v << 8n | BigInt(bytes[i]);
    return normInt(bytes.length ? BigInt.asIntN(8 * bytes.length, v) : 0n);
  }

  #step(op: number): void {
    switch (op) {
      case 0x80:
        if (this.data[this.#take(1)] > 5) {
          throw r.valueError(`unsupported pickle protocol: ${this.data[this.at - 1]}`);
        }
        return;
      case 0x95: // FRAME
        this.#u64();
        return;
      case 0x4e:
        return this.#push(null);
      case 0x88:
        return this.#push(true);
      case 0x89:
        return this.#push(false);
      case 0x4b:
        return this.#push(this.data[this.#take(1)]);
      case 0x4d:
        return this.#push(this.#view.getUint16(this.#take(2), true));
      case 0x4a:
        return this.#push(this.#view.getInt32(this.#take(4), true));
      case 0x8a:
        return this.#push(this.#int(this.#bytes(this.data[this.#take(1)])));
      case 0x8b:
        return this.#push(this.#int(this.#bytes(this.#u32())));
      case 0x47:
        return this.#push(new Float(this.#view.getFloat64(this.#take(8), false)));
      case 0x58:
        return this.#push(new TextDecoder().decode(this.#bytes(this.#u32())));
      case 0x8c:
        return this.#push(new TextDecoder().decode(this.#bytes(this.data[this.#take(1)])));
      case 0x8d:
        return this.#push(new TextDecoder().decode(this.#bytes(this.#u64())));
      case 0x55:
        return this.#push(this.#text(this.#bytes(this.data[this.#take(1)])));
      case 0x54:
        return this.#push(this.#text(this.#bytes(this.#u32())));
      case 0x43:
        return this.#push(new r.PyBytes(this.#bytes(this.data[this.#take(1)]).slice()));
      case 0x42:
        return this.#push(new r.PyBytes(this.#bytes(this.#u32()).slice()));
      case 0x8e:
        return this.#push(new r.PyBytes(this.#bytes(this.#u64()).slice()));
      case 0x96:
        return this.#push(new r.PyByteArray(this.#bytes(this.#u64()).slice()));
      case 0x49:
        return this.#textInt(this.#line());
      case 0x4c:
        return this.#push(normInt(BigInt(this.#line().replace(/L$/, ""))));
      case 0x46:
        return this.#push(new Float(Number(this.#line())));
      case 0x53:
        return this.#push(unquoted(this.#line()));
      case 0x56:
        return this.#push(
          this.#line().replace(/\\u([0-9a-f]{4})/gi, (_, h) => String.fromCharCode(parseInt(h, 16))),
        );
      case 0x28:
        return void this.#stack.push(MARK);
      case 0x30: // POP
        if (this.#stack.at(-1) === MARK) this.#stack.pop();
        else this.#pop();
        return;
      case 0x31:
        this.#popMark();
        return;
      case 0x32:
        return this.#push(this.#top);
      case 0x29:
        return this.#push(new r.PyTuple([]));
      case 0x74:
        return this.#push(new r.PyTuple(this.#popMark()));
      case 0x85:
      case 0x86:
      case 0x87:
        return this.#tuple(op - 0x84);
      case 0x5d:
        return this.#push(new r.PyList([]));
      case 0x6c:
        return this.#push(new r.PyList(this.#popMark()));
      case 0x7d:
        return this.#push(new r.PyDict());
      case 0x64: {
        const d = new r.PyDict(), items = this.#popMark();
        this.#setItems(d, items);
        return this.#push(d);
      }
      case 0x8f:
        return this.#push(new r.PySet());
      case 0x91:
        return this.#push(r.PySet.of(this.#popMark(), r.frozensetType));
      case 0x90: {
        const items = this.#popMark(), set = this.#top;
        if (set instanceof r.PySet) { for (const x of items) set.add(x); }
        else for (const x of items) r.callMethod(set, "add", [x]);
        return;
      }
      case 0x61: {
        const x = this.#pop();
        return this.#append(this.#top, [x]);
      }
      case 0x65: {
        const items = this.#popMark();
        return this.#append(this.#top, items);
      }
      case 0x73: {
        const v = this.#pop(), k = this.#pop();
        return this.#setItems(this.#top, [k, v]);
      }
      case 0x75: {
        const items = this.#popMark();
        return this.#setItems(this.#top, items);
      }
      default:
        return this.#object(op);
    }
  }

  /** Opcodes of the memo, of names and of objects. */
  #object(op: number): void {
    switch (op) {
      case 0x71:
        return void this.#memo.set(this.data[this.#take(1)], this.#top);
      case 0x72:
        return void this.#memo.set(this.#u32(), this.#top);
      case 0x70:
        return void this.#memo.set(Number(this.#line()), this.#top);
      case 0x94:
        return void this.#memo.set(this.#memo.size, this.#top);
      case 0x68:
        return this.#get(this.data[this.#take(1)]);
      case 0x6a:
        return this.#get(this.#u32());
      case 0x67:
        return this.#get(Number(this.#line()));
      case 0x63: {
        const module = this.#line();
        return this.#push(this.hooks.findClass(module, this.#line()));
      }
      case 0x93: {
        const name = this.#pop(), module = this.#pop();
        if (typeof name !== "string" || typeof module !== "string") {
          throw this.hooks.fault("STACK_GLOBAL requires str");
        }
        return this.#push(this.hooks.findClass(module, name));
      }
      case 0x52: {
        const args = this.#pop(), f = this.#pop();
        if (!(args instanceof r.PyTuple)) throw this.hooks.fault("arguments of REDUCE are no tuple");
        this.hooks.allow("REDUCE", f);
        return this.#push(r.call(f, [...args.items]));
      }
      case 0x81: {
        const args = this.#pop(), cls = this.#pop();
        if (!(args instanceof r.PyTuple)) throw this.hooks.fault("arguments of NEWOBJ are no tuple");
        this.hooks.allow("NEWOBJ", cls);
        return this.#push(r.call(r.getattr(cls, "__new__"), [cls, ...args.items]));
      }
      case 0x92: {
        const kwargs = this.#pop(), args = this.#pop(), cls = this.#pop();
        if (!(args instanceof r.PyTuple && kwargs instanceof r.PyDict)) {
          throw this.hooks.fault("NEWOBJ_EX of no arguments");
        }
        this.hooks.allow("NEWOBJ", cls);
        const named = new Map([...kwargs.entries()].map(([k, v]) => [String(k), v] as const));
        return this.#push(r.call(r.getattr(cls, "__new__"), [cls, ...args.items], named));
      }
      case 0x69: { // INST
        const module = this.#line(), cls = this.hooks.findClass(module, this.#line());
        return this.#push(r.call(cls, this.#popMark()));
      }
      case 0x6f: { // OBJ
        const [cls, ...args] = this.#popMark();
        return this.#push(r.call(cls, args));
      }
      case 0x62: {
        const state = this.#pop();
        return this.#build(this.#top, state);
      }
      case 0x51:
        return this.#push(this.hooks.persistentLoad(this.#pop()));
      case 0x50:
        return this.#push(this.hooks.persistentLoad(this.#line()));
      default:
        throw this.hooks.badOpcode(op);
    }
  }

  #textInt(text: string): void {
    this.#push(text === "01" ? true : text === "00" ? false : normInt(BigInt(text)));
  }
  #append(list: Value, items: readonly Value[]): void {
    if (list instanceof r.PyList && list.cls === r.listType) { for (const x of items) list.items.push(x); }
    else for (const x of items) r.callMethod(list, "append", [x]);
  }
  #setItems(dict: Value, items: readonly Value[]): void {
    if (items.length % 2) throw this.hooks.fault("odd number of items for SET ITEMS");
    const plain = dict instanceof r.PyDict && dict.cls === r.dictType ? dict : undefined;
    for (let i = 0; i < items.length; i += 2) {
      if (plain) plain.set(items[i], items[i + 1]);
      else r.callMethod(dict, "__setitem__", [items[i], items[i + 1]]);
    }
  }
  #build(object: Value, state: Value): void {
    this.hooks.allow("BUILD", object);
    const setstate = r.findattr(object, "__setstate__");
    if (setstate !== undefined) return void r.call(setstate, [state]);
    let slots: Value = null;
    if (state instanceof r.PyTuple && state.items.length === 2) [state, slots] = state.items;
    if (state instanceof r.PyDict) {
      const own = r.getattr(object, "__dict__");
      if (!(own instanceof r.PyDict)) throw this.hooks.fault("state for an object without attributes");
      for (const [k, v] of state.entries()) own.set(k, v);
    } else if (state !== null) throw this.hooks.fault("state is not a dictionary");
    if (slots instanceof r.PyDict) { for (const [k, v] of slots.entries()) r.setattr(object, String(k), v); }
  }
}

function unquoted(line: string): string {
  const m = /^(['"])(.*)\1$/.exec(line);
  return m ? m[2].replace(/\\(.)/g, "$1") : line;
}
