/**
 * IValue: any value of a running TorchScript program. Leaves are shared with the host; containers are the
 * script's own, by reference. Inside containers, attributes and anything typed Any, Union or Optional, floats
 * are `Float`; only a register or parameter typed exactly float holds a raw number.
 */
import type { ClassType } from "./class_type.ts";
import type { Device } from "./device.ts";
import type { ScriptFunction } from "./function.ts";
import { Complex, Float } from "./scalar.ts";
import { Tensor } from "./tensor.ts";
import type { EnumType, TupleType, Type } from "./types.ts";

export type IValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Complex
  | Tensor
  | Device
  | ListValue
  | DictValue
  | TupleValue
  | ScriptObject
  | EnumValue
  | FutureValue
  | GeneratorValue
  | FunctionValue
  | PyObjectValue;

/** A script list. Mutable, by reference. */
export class ListValue {
  /** Whether registers of one frame are all that has it: its tensors may be freed with it. */
  isLocal: boolean = false;
  constructor(public elemType: Type, readonly items: IValue[]) {}
}

/** Immutable. `type` is there when it is a NamedTuple or its static type matters to the host. */
export class TupleValue {
  constructor(readonly items: readonly IValue[], readonly type?: TupleType) {}
}

/** A script dict, ordered by insertion. Keys: int, float, bool, complex, str, Tensor (by identity), Device, enum. */
export class DictValue {
  readonly #entries = new Map<unknown, [IValue, IValue]>();
  /** Entries of small int keys by key: a second, faster way to them. */
  readonly #small: ([IValue, IValue] | undefined)[] = [];
  constructor(public keyType: Type, public valueType: Type) {}

  /** Equal keys give one value; keys of a dict are of one type, or numbers that Python compares. */
  static #key(k: IValue): unknown {
    if (typeof k === "number" || typeof k === "string") return k;
    // A float that is an int finds the int; no other number is one.
    if (k instanceof Float) return k.value;
    if (k instanceof Complex) return `\0c${k.re},${k.im}`;
    if (typeof k === "boolean") return k ? 1 : 0;
    return k;
  }
  /** The entry of a key: the key and its value, which may be replaced in place. */
  entry(k: IValue): [IValue, IValue] | undefined {
    if (typeof k === "number") {
      const entry = this.#small[k];
      if (entry !== undefined) return entry;
      return this.#entries.get(k);
    }
    return this.#entries.get(DictValue.#key(k));
  }
  get size(): number {
    return this.#entries.size;
  }
  get(k: IValue): IValue | undefined {
    return this.entry(k)?.[1];
  }
  has(k: IValue): boolean {
    return this.entry(k) !== undefined;
  }
  set(k: IValue, v: IValue): void {
    const entry = this.entry(k);
    if (entry !== undefined) {
      entry[1] = v;
      return;
    }
    const key = DictValue.#key(k), fresh: [IValue, IValue] = [k, v];
    this.#entries.set(key, fresh);
    // Kept dense, so that it stays an array inside the engine.
    if (typeof key === "number" && key >= 0 && key <= 2 * this.#entries.size + 64 && Number.isInteger(key)) {
      const small = this.#small;
      while (small.length <= key) small.push(undefined);
      small[key] = fresh;
    }
  }
  delete(k: IValue): boolean {
    const key = DictValue.#key(k);
    if (typeof key === "number" && key in this.#small) this.#small[key] = undefined;
    return this.#entries.delete(key);
  }
  clear(): void {
    this.#small.length = 0;
    this.#entries.clear();
  }
  entries(): IterableIterator<[IValue, IValue]> {
    return this.#entries.values();
  }
}

/** An instance of a compiled class or module; attributes live in slots. */
export class ScriptObject {
  readonly slots: IValue[];
  constructor(readonly type: ClassType) {
    this.slots = new Array(type.attributes.length).fill(null);
  }
  /** Value of an attribute; throws when the class has no such attribute. */
  getAttr(name: string): IValue {
    return this.slots[this.type.attributeSlot(name)];
  }
  setAttr(name: string, value: IValue): void {
    this.slots[this.type.attributeSlot(name)] = value;
  }
}

/** A member of an Enum class. One object per member: compare with ===. */
export class EnumValue {
  constructor(readonly type: EnumType, readonly name: string, readonly value: IValue) {}
}

/** What `fork` returns. The VM's scheduler settles it. */
export class FutureValue {
  state: "pending" | "done" | "failed" = "pending";
  value: IValue = null;
  error: unknown = undefined;
  readonly #callbacks: ((f: FutureValue) => void)[] = [];
  constructor(readonly elemType: Type) {}

  complete(value: IValue): void {
    this.value = value;
    this.#settle("done");
  }
  fail(error: unknown): void {
    this.error = error;
    this.#settle("failed");
  }
  /** Runs `f` when settled, at once if it is already. */
  then_(f: (future: FutureValue) => void): void {
    if (this.state === "pending") this.#callbacks.push(f);
    else f(this);
  }
  #settle(state: "done" | "failed"): void {
    this.state = state;
    for (const f of this.#callbacks.splice(0)) f(this);
  }
}

/** A random number generator; `ops/random` owns the class behind it. */
export interface GeneratorValue {
  readonly kind: "Generator";
  readonly device: Device;
}

/** A compiled function as a value. */
export class FunctionValue {
  constructor(readonly fn: ScriptFunction) {}
}

/** A host object that a script holds without looking inside (ignored functions' module, PyObject). */
export class PyObjectValue {
  constructor(readonly object: unknown) {}
}

export function isTensor(v: unknown): v is Tensor {
  return v instanceof Tensor;
}
