/**
 * Pickle protocol 2 to IValues: a closed set of opcodes and of names. Nothing in a pickle can make it run code; a name
 * that stands for nothing known is a class of the archive's own code or an error.
 */
import { Device } from "../core/device.ts";
import type { RuntimeFault } from "../core/errors.ts";
import { DictValue, type IValue, ListValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import { Complex, Float, normInt } from "../core/scalar.ts";
import { elementSize, type ScalarType, scalarTypeByName } from "../core/scalar_type.ts";
import { Storage } from "../core/storage.ts";
import { Tensor } from "../core/tensor.ts";
import { AnyTensorType, AnyType, BoolType, FloatType, IntType, type Type } from "../core/types.ts";
import { unifyTypes } from "../core/unify.ts";
import type { ClassType } from "../core/class_type.ts";
import type { NamedType } from "../core/function.ts";
import { CONTAINER_BYTES, type MemoryBudget, SLOT_BYTES } from "../core/memory_budget.ts";
import { refusal } from "./refusal.ts";
import { checkValues } from "./value_check.ts";

/** What `collections.OrderedDict` becomes in the dialect of torch.save. */
export class OrderedDictValue extends DictValue {
  constructor() {
    super(AnyType, AnyType);
  }
}

export interface UnpicklerHost {
  /** Python's own pickles, as torch.save writes them: dicts and lists carry no types. */
  readonly fromPython?: boolean;
  /** The class, enum or the like called `name` in the archive's code. */
  resolveType(name: string): NamedType | undefined;
  /** The type an annotation spells. */
  parseType(text: string): Type;
  /** Counts what the load takes. */
  readonly budget?: MemoryBudget;
  /** Bytes of storage record `key`. */
  readStorage(key: string): Uint8Array;
  /** Gives an object its state, when its class has `__setstate__`. */
  setState(object: ScriptObject, state: IValue): void;
  /**
   * Classes without code: attributes are what their objects' pickled state has, in its order, and this says of which
   * type the one at `slot` is.
   */
  openAttribute?(cls: ClassType, name: string, slot: number, value: IValue): Type;
  /** The member of an enum that has the value. */
  enumMember(type: NamedType, value: IValue): IValue | undefined;
}

/** A name of Python's that the reader gives a meaning. */
class Global {
  constructor(readonly name: string) {}
}
class StorageClass {
  constructor(readonly scalarType: ScalarType) {}
}
class TypeClass {
  constructor(readonly type: NamedType) {}
}
class LoadedStorage {
  constructor(readonly storage: Storage, readonly scalarType: ScalarType) {}
}
class Mark {
  readonly isMark = true;
}
const MARK = new Mark();
/** Opcodes that make an object: tuples, lists, dicts, instances, results of calls. */
const CONTAINERS = new Set([..."])}tldR\x81\x85\x86\x87"].map((c) => c.charCodeAt(0)));
type Item = IValue | Global | StorageClass | TypeClass | LoadedStorage | Mark;

const KNOWN = new Set([
  "torch.jit._pickle build_intlist",
  "torch.jit._pickle build_doublelist",
  "torch.jit._pickle build_boollist",
  "torch.jit._pickle build_tensorlist",
  "torch.jit._pickle restore_type_tag",
  "torch._utils _rebuild_tensor_v2",
  "torch._utils _rebuild_parameter",
  "collections OrderedDict",
  "builtins complex",
  "__builtin__ complex",
  "torch device",
]);
const LISTS: Record<string, Type> = {
  build_intlist: IntType,
  build_doublelist: FloatType,
  build_boollist: BoolType,
  build_tensorlist: AnyTensorType,
};

/** Reads one pickle. `entry` names it in errors. */
export class Unpickler {
  readonly #view: DataView;
  #at = 0;
  readonly #stack: Item[] = [];
  readonly #memo = new Map<number, Item>();
  readonly #storages = new Map<string, Storage>();
  /** Objects whose state has not come yet. */
  readonly #unbuilt = new Set<ScriptObject>();

  constructor(readonly bytes: Uint8Array, readonly entry: string, readonly host: UnpicklerHost) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #refuse(what: string, at = this.#at): RuntimeFault {
    return refusal(this.entry, at, what);
  }
  #take(n: number): number {
    const at = this.#at;
    if (n > this.bytes.length - at) throw this.#refuse(`${n} bytes wanted, ${this.bytes.length - at} left`);
    this.#at += n;
    return at;
  }
  #line(): string {
    const end = this.bytes.indexOf(10, this.#at);
    if (end < 0) throw this.#refuse("a name without an end");
    const text = new TextDecoder().decode(this.bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }
  #pop(): Item {
    if (!this.#stack.length) throw this.#refuse("the stack is empty");
    return this.#stack.pop()!;
  }
  #value(item: Item, what = "a value"): IValue {
    if (
      item instanceof Mark || item instanceof Global || item instanceof StorageClass ||
      item instanceof TypeClass ||
      item instanceof LoadedStorage
    ) throw this.#refuse(`${what} expected`);
    return item as IValue;
  }
  #popValue(): IValue {
    return this.#value(this.#pop());
  }
  #popMark(): Item[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw this.#refuse("no mark on the stack");
    const items = this.#stack.splice(at);
    items.shift();
    return items;
  }
  #tuple(n: number): void {
    if (this.#stack.length < n) throw this.#refuse("the stack is too short for a tuple");
    // Argument tuples of rebuild functions hold things that are no values.
    const items = this.#stack.splice(this.#stack.length - n);
    this.#stack.push(new TupleValue(items as IValue[]));
  }

  /** The value of the pickle. */
  load(): IValue {
    if (this.bytes[0] !== 0x80 || this.bytes[1] !== 2) throw this.#refuse("not a pickle of protocol 2", 0);
    this.#at = 2;
    for (;;) {
      const at = this.#take(1), op = this.bytes[at];
      if (op === 0x2e) break;
      this.host.budget?.take(CONTAINERS.has(op) ? SLOT_BYTES + CONTAINER_BYTES : SLOT_BYTES, this.entry, at);
      try {
        this.#step(op);
      } catch (e) {
        if (e instanceof RangeError) throw this.#refuse("values are nested too deeply", at);
        throw e;
      }
    }
    if (this.#stack.length !== 1) throw this.#refuse(`${this.#stack.length} values are left instead of one`);
    const value = this.#popValue();
    for (const o of this.#unbuilt) throw this.#refuse(`an object of ${o.type.name} has no state`);
    if (!this.host.fromPython) checkValues(value, (what) => this.#refuse(what));
    return value;
  }

  #step(op: number): void {
    const s = this.#stack;
    switch (String.fromCharCode(op)) {
      case "N":
        return void s.push(null);
      case "\x88":
        return void s.push(true);
      case "\x89":
        return void s.push(false);
      case "K":
        return void s.push(this.bytes[this.#take(1)]);
      case "M":
        return void s.push(this.#view.getUint16(this.#take(2), true));
      case "J":
        return void s.push(this.#view.getInt32(this.#take(4), true));
      case "\x8a": {
        const n = this.bytes[this.#take(1)];
        if (n !== 8 && !this.host.fromPython) {
          throw this.#refuse(`an integer of ${n} bytes; only 8 are allowed`);
        }
        return void s.push(this.#long(n));
      }
      case "G":
        return void s.push(new Float(this.#view.getFloat64(this.#take(8), false)));
      case "X": {
        const n = this.#view.getUint32(this.#take(4), true), at = this.#take(n);
        this.host.budget?.take(2 * n, this.entry, at);
        return void s.push(new TextDecoder().decode(this.bytes.subarray(at, at + n)));
      }
      case "(":
        return void s.push(MARK);
      case ")":
        return void s.push(new TupleValue([]));
      case "t":
        return void s.push(new TupleValue(this.#popMark() as IValue[]));
      case "\x85":
      case "\x86":
      case "\x87":
        return this.#tuple(op - 0x84);
      case "]":
        return void s.push(new ListValue(AnyType, []));
      case "l":
        return void s.push(new ListValue(AnyType, this.#popMark().map((v) => this.#value(v))));
      case "e":
      case "a": {
        const items = op === 0x61 ? [this.#pop()] : this.#popMark();
        const list = s[s.length - 1];
        if (!(list instanceof ListValue)) throw this.#refuse("items for what is no list");
        for (const i of items) list.items.push(this.#value(i));
        return;
      }
      case "}":
        return void s.push(new DictValue(AnyType, AnyType));
      case "u":
      case "s":
        return this.#setItems(op === 0x73 ? [this.#pop(), this.#pop()].reverse() : this.#popMark());
      case "d": {
        const items = this.#popMark();
        s.push(new DictValue(AnyType, AnyType));
        return this.#setItems(items);
      }
      case "q":
        return this.#put(this.bytes[this.#take(1)]);
      case "r":
        return this.#put(this.#view.getUint32(this.#take(4), true));
      case "h":
        return this.#get(this.bytes[this.#take(1)]);
      case "j":
        return this.#get(this.#view.getUint32(this.#take(4), true));
      case "c":
        return this.#global(this.#line(), this.#line());
      case "\x81":
        return this.#newObject();
      case "R":
        return this.#reduce();
      case "b":
        return this.#build();
      case "Q":
        return this.#persistent();
      default:
        throw this.#refuse(`opcode 0x${op.toString(16).padStart(2, "0")} is not allowed`, this.#at - 1);
    }
  }

  #long(n: number): IValue {
    const at = this.#take(n);
    let v = 0n;
    for (let i = n - 1; i >= 0; i--) v = v << 8n | BigInt(this.bytes[at + i]);
    return normInt(n ? BigInt.asIntN(8 * n, v) : 0n);
  }
  #put(n: number): void {
    if (!this.#stack.length) throw this.#refuse("nothing to memorize");
    this.#memo.set(n, this.#stack[this.#stack.length - 1]);
  }
  #get(n: number): void {
    const v = this.#memo.get(n);
    if (v === undefined) throw this.#refuse(`memo ${n} was never written`);
    this.#stack.push(v);
  }
  #setItems(items: Item[]): void {
    const dict = this.#stack[this.#stack.length - 1];
    if (!(dict instanceof DictValue)) throw this.#refuse("items for what is no dict");
    if (items.length % 2) throw this.#refuse("a key without a value");
    for (let i = 0; i < items.length; i += 2) dict.set(this.#value(items[i]), this.#value(items[i + 1]));
  }

  #global(module: string, name: string): void {
    const full = `${module} ${name}`;
    if (KNOWN.has(full)) return void this.#stack.push(new Global(name));
    if (module === "torch" && name.endsWith("Storage")) {
      const t = scalarTypeByName(name.slice(0, -"Storage".length));
      if (t !== undefined) return void this.#stack.push(new StorageClass(t));
    }
    const type = this.host.resolveType(`${module}.${name}`);
    if (!type) throw this.#refuse(`Unknown type name '${module}.${name}'`);
    this.#stack.push(new TypeClass(type));
  }

  #newObject(): void {
    this.#pop();
    const c = this.#pop();
    if (!(c instanceof TypeClass) || c.type.kind !== "Class") {
      throw this.#refuse("a new object of what is no class");
    }
    const o = new ScriptObject(c.type);
    this.#unbuilt.add(o);
    this.#stack.push(o);
  }

  #build(): void {
    const state = this.#popValue(), o = this.#stack[this.#stack.length - 1];
    // An OrderedDict's attributes, `_metadata` of state dicts, are not kept.
    if (o instanceof OrderedDictValue) return;
    if (!(o instanceof ScriptObject)) throw this.#refuse("state for what is no object");
    this.#unbuilt.delete(o);
    if (o.type.methods.has("__setstate__")) {
      checkValues(state, (what) => this.#refuse(what));
      return this.host.setState(o, state);
    }
    if (!(state instanceof DictValue)) throw this.#refuse(`${o.type.name} gets a state that is no dict`);
    if (this.host.openAttribute) return this.#fillOpen(o, state);
    o.type.attributes.forEach((a, i) => {
      const v = state.get(a.name);
      if (v === undefined) {
        if (a.type.kind !== "Optional") throw this.#refuse(`${o.type.name} lacks its attribute ${a.name}`);
        return;
      }
      o.slots[i] = v;
    });
  }
  /** The n-th key is the n-th slot; an attribute's type is what holds the values of all objects of the class. */
  #fillOpen(o: ScriptObject, state: DictValue): void {
    const known = o.type.attributes;
    let i = 0;
    for (const [key, v] of state.entries()) {
      if (typeof key !== "string") {
        throw this.#refuse(`${o.type.name} has an attribute whose name is no text`);
      }
      const type = this.host.openAttribute!(o.type, key, i, v);
      if (i === known.length && !o.type.hasAttribute(key)) {
        o.type.addAttribute(key, type, v instanceof Tensor && v.requiresGrad ? "parameter" : "attribute");
      } else if (known[i]?.name !== key) {
        throw this.#refuse(`objects of ${o.type.name} have different attributes`);
      } else known[i] = { ...known[i], type: unifyTypes(known[i].type, type) ?? AnyType };
      o.slots[i++] = v;
    }
    if (i !== known.length) throw this.#refuse(`objects of ${o.type.name} have different attributes`);
  }
  #persistent(): void {
    const id = this.#pop();
    const parts: Item[] = id instanceof TupleValue ? [...id.items] as Item[] : [];
    const [tag, cls, key, location, numel] = parts;
    if (
      tag !== "storage" || !(cls instanceof StorageClass) || typeof key !== "string" ||
      typeof location !== "string" ||
      typeof numel !== "number" || numel < 0
    ) throw this.#refuse("a persistent id that is no storage");
    let storage = this.#storages.get(key);
    if (!storage) {
      const nbytes = numel * elementSize(cls.scalarType);
      if (location === "meta") {
        storage = Storage.onDevice(Device.of("meta"), nbytes, null);
      } else {
        const record = nbytes === 0 ? new Uint8Array(0) : this.host.readStorage(key);
        if (record.length < nbytes) {
          throw this.#refuse(`storage ${key} has ${record.length} bytes where ${nbytes} are needed`);
        }
        this.host.budget?.take(nbytes, this.entry, this.#at);
        storage = Storage.fromBuffer(record.slice(0, nbytes).buffer as ArrayBuffer);
      }
      this.#storages.set(key, storage);
    }
    this.#stack.push(new LoadedStorage(storage, cls.scalarType));
  }

  #reduce(): void {
    const args = this.#pop(), f = this.#pop();
    if (f instanceof TypeClass) return this.#enum(f.type, this.#value(args));
    if (!(f instanceof Global)) throw this.#refuse("a call of what is no function");
    if (!(args instanceof TupleValue)) throw this.#refuse("a call whose arguments are no tuple");
    this.#stack.push(this.#call(f.name, args.items as readonly Item[]));
  }
  #enum(t: NamedType, arg: IValue): void {
    const value = arg instanceof TupleValue && arg.items.length === 1 ? arg.items[0] : arg;
    const member = this.host.enumMember(t, value);
    if (member === undefined) throw this.#refuse(`${t.annotation()} has no such member`);
    this.#stack.push(member);
  }

  #call(name: string, args: readonly Item[]): IValue {
    switch (name) {
      case "build_intlist":
      case "build_doublelist":
      case "build_boollist":
      case "build_tensorlist": {
        if (!(args[0] instanceof ListValue)) throw this.#refuse(`${name} of what is no list`);
        args[0].elemType = LISTS[name];
        return args[0];
      }
      case "restore_type_tag":
        return this.#tagged(args[0], args[1]);
      case "OrderedDict":
        return this.host.fromPython ? new OrderedDictValue() : null;
      case "device":
        if (typeof args[0] !== "string") throw this.#refuse("a device that is no text");
        return deviceOf(args[0]);
      case "complex": {
        const [re, im] = args;
        if (!(re instanceof Float && im instanceof Float)) {
          throw this.#refuse("a complex of what are no floats");
        }
        return new Complex(re.value, im.value);
      }
      case "_rebuild_parameter": {
        if (!(args[0] instanceof Tensor)) throw this.#refuse("a parameter of what is no tensor");
        args[0].requiresGrad = args[1] === true;
        return args[0];
      }
      default:
        return this.#tensor(args);
    }
  }

  #tagged(v: Item, tag: Item): IValue {
    if (typeof tag !== "string") throw this.#refuse("a type tag that is no text");
    const t = this.host.parseType(tag);
    if (v instanceof ListValue && t.kind === "List") v.elemType = t.elem;
    else if (v instanceof DictValue && t.kind === "Dict") {
      v.keyType = t.key;
      v.valueType = t.value;
    } else throw this.#refuse(`type tag ${tag} on another kind of value`);
    return v;
  }

  #tensor(args: readonly Item[]): Tensor {
    const [source, offset, sizes, strides, requiresGrad] = args;
    if (!(source instanceof LoadedStorage)) throw this.#refuse("a tensor without a storage");
    const ints = (v: Item): number[] => {
      if (!(v instanceof TupleValue) || v.items.some((i) => typeof i !== "number")) {
        throw this.#refuse("sizes or strides that are no tuple of ints");
      }
      return v.items as number[];
    };
    const shape = ints(sizes), steps = ints(strides);
    const valid = typeof offset === "number" && offset >= 0 && shape.length === steps.length &&
      shape.every((n) => n >= 0) && steps.every((n) => n >= 0);
    if (!valid) throw this.#refuse("a tensor with impossible sizes, strides or offset");
    const last = shape.reduce((at, n, i) => at + (n - 1) * steps[i], offset);
    const have = source.storage.nbytes / elementSize(source.scalarType);
    if (!shape.includes(0) && last >= have) {
      throw this.#refuse(`a tensor of sizes [${shape}] reaches element ${last} of a storage of ${have}`);
    }
    const t = new Tensor(source.storage, source.scalarType, shape, steps, offset);
    t.requiresGrad = requiresGrad === true;
    return t;
  }
}

/** `cuda:1` and the like. */
export function deviceOf(text: string): Device {
  const [type, index] = text.split(":");
  return Device.of(type, index === undefined ? null : Number(index));
}
