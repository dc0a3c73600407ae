/**
 * Values. Those with identity stand once in a pool and are referred to by index, so that shared lists, objects and
 * storages stay shared; heads come first, since bodies may refer to any of them.
 */
import type { ClassType } from "../../core/class_type.ts";
import { CPU } from "../../core/device.ts";
import { InternalError, RuntimeFault } from "../../core/errors.ts";
import { DictValue, EnumValue, type IValue, ListValue, ScriptObject, TupleValue } from "../../core/ivalue.ts";
import { elementSize, ScalarType } from "../../core/scalar_type.ts";
import { Storage } from "../../core/storage.ts";
import { numelOf, Tensor } from "../../core/tensor.ts";
import { CONTAINER_BYTES, SLOT_BYTES } from "../../core/memory_budget.ts";
import type { Type } from "../../core/types.ts";
import type { ByteReader } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import { leafOf, writeLeaf } from "./leaves.ts";
import { ALIGNMENT, Pool, Tag } from "./layout.ts";
import type { StringTable } from "./strings.ts";
import type { ReadTypes, TypeTable } from "./types.ts";

type Pooled = Tensor | ListValue | DictValue | TupleValue | ScriptObject | EnumValue;

export class ValuePool {
  readonly #pool: Pooled[] = [];
  readonly #index = new Map<Pooled, number>();
  readonly storages: Storage[] = [];
  readonly #storageIndex = new Map<Storage, number>();

  constructor(readonly strings: StringTable, readonly types: TypeTable) {}

  /** Writes a value where it stands, as a leaf or a reference into the pool. */
  put(w: ByteWriter, v: IValue): void {
    if (writeLeaf(w, this.strings, v)) return;
    w.byte(Tag.Pooled);
    w.unsigned(this.index(v));
  }
  index(v: IValue): number {
    const known = this.#index.get(v as Pooled);
    if (known !== undefined) return known;
    if (
      !(v instanceof Tensor || v instanceof ListValue || v instanceof DictValue || v instanceof TupleValue ||
        v instanceof ScriptObject || v instanceof EnumValue)
    ) {
      const what = (v as object)?.constructor?.name ?? typeof v;
      throw new RuntimeFault("TypeError", `a value of kind ${what} cannot be kept in a file`);
    }
    this.#index.set(v, this.#pool.length);
    return this.#pool.push(v) - 1;
  }

  /** The pool's heads and bodies; bodies may bring in further values. */
  write(w: ByteWriter): void {
    const heads = new ByteWriter(), bodies = new ByteWriter();
    for (let i = 0; i < this.#pool.length; i++) this.#entry(heads, bodies, this.#pool[i]);
    w.unsigned(this.#pool.length);
    w.raw(heads.bytes());
    w.raw(bodies.bytes());
  }
  #entry(head: ByteWriter, body: ByteWriter, v: Pooled): void {
    if (v instanceof Tensor) {
      head.byte(Pool.Tensor);
      head.byte(v.scalarType);
      head.byte(v.requiresGrad ? 1 : 0);
      head.unsigned(this.#storage(v.storage));
      head.unsigned(v.storageOffset);
      head.unsigned(v.dim);
      for (let d = 0; d < v.dim; d++) {
        head.unsigned(v.sizes[d]);
        head.unsigned(v.strides[d]);
      }
    } else if (v instanceof ListValue) {
      head.byte(Pool.List);
      head.unsigned(this.types.index(v.elemType));
      this.#items(body, v.items);
    } else if (v instanceof DictValue) {
      head.byte(Pool.Dict);
      head.unsigned(this.types.index(v.keyType));
      head.unsigned(this.types.index(v.valueType));
      this.#items(body, [...v.entries()].flat());
    } else if (v instanceof TupleValue) {
      head.byte(Pool.Tuple);
      head.unsigned(v.type ? this.types.index(v.type) + 1 : 0);
      this.#items(body, v.items);
    } else if (v instanceof ScriptObject) {
      head.byte(Pool.Object);
      head.unsigned(this.types.classIndex(v.type));
      this.#items(body, v.slots);
    } else {
      head.byte(Pool.Enum);
      head.unsigned(this.types.index(v.type));
      head.unsigned(v.type.members.findIndex((m) => m.name === v.name));
    }
  }
  #items(w: ByteWriter, items: readonly IValue[]): void {
    w.unsigned(items.length);
    for (const x of items) this.put(w, x);
  }
  #storage(s: Storage): number {
    if (s.device !== CPU) {
      throw new RuntimeFault("TypeError", `a tensor on ${s.device} cannot be kept in a file: move it to cpu`);
    }
    let i = this.#storageIndex.get(s);
    if (i === undefined) this.#storageIndex.set(s, i = this.storages.push(s) - 1);
    return i;
  }
  /** The table of storages: offset in the data section, in units of the alignment, and bytes. Returns the data's length. */
  writeStorages(w: ByteWriter): number {
    w.unsigned(this.storages.length);
    let at = 0;
    for (const s of this.storages) {
      w.unsigned(at / ALIGNMENT);
      w.unsigned(s.nbytes);
      at = Math.ceil((at + s.nbytes) / ALIGNMENT) * ALIGNMENT;
    }
    return at;
  }
}

/** Copies of the data section's pieces; they ascend and do not overlap, so that they take no more than the file. */
export function readStorages(r: ByteReader, data: Uint8Array): Storage[] {
  let end = 0;
  return r.list(() => {
    const at = r.unsigned() * ALIGNMENT, nbytes = r.unsigned();
    if (at < end || at + nbytes > data.length) r.fail("a storage lies outside the data or over another");
    end = at + nbytes;
    r.charge(nbytes);
    return Storage.fromBuffer(data.slice(at, end).buffer as ArrayBuffer);
  }, 2);
}

const SCALAR_TYPES = new Set<number>(Object.values(ScalarType));

export class ValueReader {
  #pool: IValue[] = [];
  constructor(
    readonly strings: readonly string[],
    readonly types: ReadTypes,
    readonly storages: readonly Storage[],
  ) {}

  /** The pooled value of an index that stands here. */
  pooled(r: ByteReader): IValue {
    return this.#pool[r.index(this.#pool.length, "value")];
  }
  /** A value where it stands. */
  get(r: ByteReader): IValue {
    const tag = r.byte();
    if (tag === Tag.Pooled) return this.pooled(r);
    const v = leafOf(tag, r, this.strings);
    if (typeof v === "object" && v !== null) r.charge(CONTAINER_BYTES);
    return v === undefined ? r.fail(`unknown tag ${tag}`) : v;
  }
  type(r: ByteReader): Type {
    return this.types.rows[r.index(this.types.rows.length, "type")];
  }
  classType(r: ByteReader): ClassType {
    return this.types.classes[r.index(this.types.classes.length, "class")];
  }

  readPool(r: ByteReader): void {
    const count = r.count();
    r.charge(count * (SLOT_BYTES + 2 * CONTAINER_BYTES));
    const pool: IValue[] = [];
    for (let i = 0; i < count; i++) pool.push(this.#head(r));
    this.#pool = pool;
    for (const v of pool) this.#body(r, v);
  }
  #head(r: ByteReader): IValue {
    switch (r.byte()) {
      case Pool.Tensor:
        return this.#tensor(r);
      case Pool.List:
        return new ListValue(this.type(r), []);
      case Pool.Dict:
        return new DictValue(this.type(r), this.type(r));
      case Pool.Tuple: {
        const row = r.unsigned();
        const type = row === 0 ? undefined : this.types.rows[row - 1];
        if (row !== 0 && type?.kind !== "Tuple") r.fail("a tuple of a type that is none");
        return new TupleValue([], type?.kind === "Tuple" ? type : undefined);
      }
      case Pool.Object:
        return new ScriptObject(this.classType(r));
      case Pool.Enum: {
        const type = this.type(r);
        if (type.kind !== "Enum") return r.fail("an enum member of a type that is no enum");
        const m = type.members[r.index(type.members.length, "enum member")];
        return member(type, m.name, m.value);
      }
      default:
        return r.fail("an unknown kind of value");
    }
  }
  #tensor(r: ByteReader): Tensor {
    const scalarType = r.byte();
    if (!SCALAR_TYPES.has(scalarType)) r.fail(`scalar type ${scalarType}`);
    const requiresGrad = r.byte() === 1;
    const storage = this.storages[r.index(this.storages.length, "storage")];
    const offset = r.unsigned();
    const sizes: number[] = [], strides: number[] = [];
    const dim = r.count(2);
    let last = offset;
    for (let d = 0; d < dim; d++) {
      sizes.push(r.unsigned());
      strides.push(r.unsigned());
      last += (sizes[d] - 1) * strides[d];
    }
    const t = scalarType as ScalarType;
    if (numelOf(sizes) > 0 && !((last + 1) * elementSize(t) <= storage.nbytes)) {
      r.fail("a tensor reaches beyond its storage");
    }
    const tensor = new Tensor(storage, t, sizes, strides, offset);
    tensor.requiresGrad = requiresGrad;
    return tensor;
  }
  #body(r: ByteReader, v: IValue): void {
    if (v instanceof ListValue || v instanceof TupleValue) {
      const items = v.items as IValue[];
      const n = r.count();
      r.charge(n * SLOT_BYTES);
      for (let i = 0; i < n; i++) items.push(this.get(r));
    } else if (v instanceof DictValue) {
      const n = r.count();
      r.charge(n * (SLOT_BYTES + CONTAINER_BYTES));
      if (n % 2) r.fail("a dict with a key and no value");
      for (let i = 0; i < n; i += 2) v.set(this.get(r), this.get(r));
    } else if (v instanceof ScriptObject) {
      const n = r.count();
      if (n !== v.slots.length) {
        r.fail(`class ${v.type.name} has ${v.slots.length} attributes, its object ${n}`);
      }
      for (let i = 0; i < n; i++) v.slots[i] = this.get(r);
    } else if (!(v instanceof Tensor || v instanceof EnumValue)) {
      throw new InternalError("a pooled value without a body");
    }
  }
}

/** One object per member, whoever reads it. */
const members = new WeakMap<object, Map<string, EnumValue>>();
function member(type: EnumValue["type"], name: string, value: IValue): EnumValue {
  let known = members.get(type);
  if (!known) members.set(type, known = new Map());
  let v = known.get(name);
  if (!v) known.set(name, v = new EnumValue(type, name, value));
  return v;
}
