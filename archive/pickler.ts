/** IValues to pickle protocol 2, in the dialect of TorchScript archives. */
import type { ClassType } from "../core/class_type.ts";
import { Device } from "../core/device.ts";
import { InternalError, NotImplemented } from "../core/errors.ts";
import type { NamedType, ScriptFunction } from "../core/function.ts";
import { DictValue, EnumValue, type IValue, ListValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import { Complex, Float } from "../core/scalar.ts";
import { scalarTypeInfo } from "../core/scalar_type.ts";
import type { Storage } from "../core/storage.ts";
import { Tensor } from "../core/tensor.ts";
import { DictType, ListType } from "../core/types.ts";
import { OrderedDictValue } from "./unpickler.ts";
import { type TypeNamer, typeText } from "../compiler/printing/type_text.ts";

const BUILDERS: Record<string, string> = {
  int: "build_intlist",
  float: "build_doublelist",
  bool: "build_boollist",
  Tensor: "build_tensorlist",
};

/** The storages that pickles of one archive refer to, each under its key. */
export class StorageTable {
  readonly storages: Storage[] = [];
  readonly #keys = new Map<Storage, string>();
  /** Keys are running numbers with `suffix` behind them. */
  constructor(readonly suffix: string) {}

  keyOf(s: Storage): string {
    let key = this.#keys.get(s);
    if (key === undefined) this.#keys.set(s, key = `${this.storages.push(s) - 1}${this.suffix}`);
    return key;
  }
}

export interface PicklerOptions {
  /** Where storages get their keys. */
  readonly storages: StorageTable;
  /** The dialect of torch.save: dicts and lists carry no types, some names differ. */
  readonly forPython?: boolean;
  /** Tensors to be written as nn.Parameter (torch.save only). */
  readonly isParameter?: (t: Tensor) => boolean;
  readonly nameOf: TypeNamer;
  /** Runs `__getstate__` of an object whose class has one. */
  readonly getState?: (method: ScriptFunction, self: ScriptObject) => IValue;
}

/** Writes one pickle. */
export class Pickler {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #n = 0;
  readonly #memo = new Map<unknown, number>();
  #memoSize = 0;
  /** How often each container is met: those met once need no memo. */
  readonly #uses = new Map<IValue, number>();

  constructor(readonly options: PicklerOptions) {}

  /** The whole pickle of a value. */
  pickle(v: IValue): Uint8Array {
    this.#u8(0x80, 2);
    countUses(v, this.#uses);
    this.#push(v);
    this.#op(".");
    return this.#bytes.slice(0, this.#n);
  }

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

  // --- memo ---
  #put(key: unknown): void {
    const n = this.#memoSize++;
    this.#memo.set(key, n);
    if (n <= 255) this.#u8(0x71, n);
    else {
      this.#op("r");
      this.#u32(n);
    }
  }
  /** Writes a reference to what was written before; false when it was not. */
  #get(key: unknown): boolean {
    const n = this.#memo.get(key);
    if (n === undefined) return false;
    if (n <= 255) this.#u8(0x68, n);
    else {
      this.#op("j");
      this.#u32(n);
    }
    return true;
  }

  // --- leaves ---
  #global(module: string, name: string): void {
    const key = `g${module}\n${name}`;
    if (this.#get(key)) return;
    this.#op("c");
    this.#raw(new TextEncoder().encode(`${module}\n${name}\n`));
    this.#put(key);
  }
  #string(s: string): void {
    if (this.#get("s" + s)) return;
    const b = new TextEncoder().encode(s);
    this.#op("X");
    this.#u32(b.length);
    this.#raw(b);
    this.#put("s" + s);
  }
  #int(v: number | bigint): void {
    if (v >= 0 && v <= 255) this.#u8(0x4b, Number(v));
    else if (v >= 0 && v <= 65535) this.#u8(0x4d, Number(v) & 255, Number(v) >> 8);
    else if (v >= -0x80000000 && v <= 0x7fffffff) {
      this.#op("J");
      this.#u32(Number(v));
    } else {
      this.#u8(0x8a, 8);
      this.#room(8);
      this.#view.setBigInt64(this.#n, BigInt(v), true);
      this.#n += 8;
    }
  }
  #float(v: number): void {
    this.#op("G");
    this.#room(8);
    this.#view.setFloat64(this.#n, v, false);
    this.#n += 8;
  }

  // --- values ---
  #push(v: IValue): void {
    if (v === null) return this.#op("N");
    if (typeof v === "boolean") return this.#u8(v ? 0x88 : 0x89);
    if (typeof v === "number" || typeof v === "bigint") return this.#int(v);
    if (typeof v === "string") return this.#string(v);
    if (v instanceof Float) return this.#float(v.value);
    if (v instanceof Complex) {
      this.#global(this.options.forPython ? "__builtin__" : "builtins", "complex");
      this.#float(v.re);
      this.#float(v.im);
      return this.#u8(0x86, 0x52);
    }
    if (v instanceof Device) {
      if (this.#get("d" + v)) return;
      this.#global("torch", "device");
      this.#string(String(v));
      this.#u8(0x85, 0x52);
      return this.#put("d" + v);
    }
    if (this.#get(v)) return;
    if (v instanceof Tensor) this.#tensor(v);
    else if (v instanceof TupleValue) this.#tuple(v.items);
    else if (v instanceof ListValue) this.#list(v);
    else if (v instanceof DictValue) this.#dict(v);
    else if (v instanceof EnumValue) {
      this.#named(v.type);
      this.#push(v.value);
      this.#op("R");
    } else if (v instanceof ScriptObject) return this.#object(v);
    else throw new NotImplemented(`saving a value of class ${v.constructor.name}`);
    if (v instanceof Tensor || this.#uses.get(v) !== 1) this.#put(v);
  }

  #named(t: NamedType): void {
    const name = this.options.nameOf(t), dot = name.lastIndexOf(".");
    this.#global(name.slice(0, dot), name.slice(dot + 1));
  }

  #tuple(items: readonly IValue[]): void {
    if (items.length === 0) return this.#op(")");
    if (items.length > 3) this.#op("(");
    for (const i of items) this.#push(i);
    if (items.length > 3) this.#op("t");
    else this.#u8(0x84 + items.length);
  }
  #ints(values: readonly number[]): void {
    this.#op("(");
    for (const v of values) this.#int(v);
    this.#op("t");
  }

  #list(v: ListValue): void {
    if (this.options.forPython) {
      this.#u8(0x5d, 0x28);
      for (const i of v.items) this.#push(i);
      return this.#op("e");
    }
    const builder = BUILDERS[v.elemType.kind];
    if (builder) {
      this.#global("torch.jit._pickle", builder);
      this.#op("(");
    } else this.#global("torch.jit._pickle", "restore_type_tag");
    this.#u8(0x5d, 0x28);
    for (const i of v.items) this.#push(i);
    this.#op("e");
    if (builder) return this.#u8(0x74, 0x52);
    this.#string(typeText(new ListType(v.elemType), this.options.nameOf));
    this.#u8(0x86, 0x52);
  }
  #dict(v: DictValue): void {
    if (this.options.forPython) return this.#plainDict(v);
    this.#global("torch.jit._pickle", "restore_type_tag");
    this.#u8(0x7d, 0x28);
    for (const [k, x] of v.entries()) {
      this.#push(k);
      this.#push(x);
    }
    this.#op("u");
    this.#string(typeText(new DictType(v.keyType, v.valueType), this.options.nameOf));
    this.#u8(0x86, 0x52);
  }

  #plainDict(v: DictValue): void {
    if (v instanceof OrderedDictValue) {
      this.#global("collections", "OrderedDict");
      this.#u8(0x29, 0x52, 0x28);
    } else this.#u8(0x7d, 0x28);
    for (const [k, x] of v.entries()) {
      this.#push(k);
      this.#push(x);
    }
    this.#op("u");
  }

  #object(v: ScriptObject): void {
    if (this.options.forPython) throw new NotImplemented("torch.save of script objects: use torch.jit.save");
    const t: ClassType = v.type;
    this.#named(t);
    this.#u8(0x29, 0x81);
    const getState = t.methods.get("__getstate__");
    if (getState && t.methods.has("__setstate__")) {
      if (!this.options.getState) throw new InternalError(`nothing to run ${getState.qualifiedName}`);
      this.#push(this.options.getState(getState, v));
    } else {
      this.#u8(0x7d, 0x28);
      t.attributes.forEach((a, i) => {
        this.#string(a.name);
        this.#push(v.slots[i]);
      });
      this.#op("u");
    }
    this.#op("b");
    this.#put(v);
  }

  #tensor(t: Tensor): void {
    if (scalarTypeInfo(t.scalarType).kind === "quantized") {
      throw new NotImplemented("saving quantized tensors");
    }
    const parameter = this.options.isParameter?.(t) ?? false;
    if (parameter) this.#global("torch._utils", "_rebuild_parameter");
    this.#global("torch._utils", "_rebuild_tensor_v2");
    this.#op("(");
    this.#storage(t);
    this.#int(t.storageOffset);
    this.#ints(t.sizes);
    this.#ints(t.strides);
    this.#u8(t.requiresGrad ? 0x88 : 0x89);
    this.#global("collections", "OrderedDict");
    this.#u8(0x29, 0x52, 0x74, 0x52);
    if (!parameter) return;
    this.#u8(t.requiresGrad ? 0x88 : 0x89);
    this.#global("collections", "OrderedDict");
    this.#u8(0x29, 0x52, 0x87, 0x52);
  }
  #storage(t: Tensor): void {
    const s = t.storage;
    if (this.#get(s)) return;
    this.#op("(");
    this.#string("storage");
    this.#global("torch", `${scalarTypeInfo(t.scalarType).name}Storage`);
    this.#string(this.options.storages.keyOf(s));
    // What another device holds goes into the file as host bytes.
    this.#string(s.device.type === "meta" ? "meta" : "cpu");
    this.#int(Math.floor(s.nbytes / t.itemSize));
    this.#u8(0x74, 0x51);
    this.#put(s);
  }
}

function countUses(v: IValue, uses: Map<IValue, number>): void {
  const isContainer = v instanceof TupleValue || v instanceof ListValue || v instanceof DictValue ||
    v instanceof ScriptObject || v instanceof EnumValue;
  if (!isContainer) return;
  const n = uses.get(v) ?? 0;
  uses.set(v, n + 1);
  if (n > 0) return;
  if (v instanceof ScriptObject) { for (const x of v.slots) countUses(x, uses); }
  else if (v instanceof DictValue) {
    for (const [k, x] of v.entries()) {
      countUses(k, uses);
      countUses(x, uses);
    }
  } else if (!(v instanceof EnumValue)) { for (const x of v.items) countUses(x, uses); }
}

/** The bytes of a storage's record. */
export function storageRecord(s: Storage): Uint8Array {
  if (s.device.type === "meta") return new Uint8Array(0);
  if (s.deviceMemory) {
    throw new NotImplemented(`saving a storage on ${s.device}: move the model to cpu first`);
  }
  // Records are written later; a view of the arena would not last until then.
  return s.arena ? s.bytes().slice() : s.bytes();
}
