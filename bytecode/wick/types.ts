/**
 * Types: heads of the named ones first (they may refer to each other), then a row for each structural type, which
 * refers to earlier rows only, then the classes' attributes. Defaults of NamedTuples and what a trace knows of a
 * tensor stay behind: neither matters to a run.
 */
import { RuntimeFault } from "../../core/errors.ts";
import { ClassType, InterfaceType } from "../../core/class_type.ts";
import type { CompilationUnit } from "../../core/function.ts";
import type { IValue } from "../../core/ivalue.ts";
import { CONTAINER_BYTES, SLOT_BYTES } from "../../core/memory_budget.ts";
import {
  AnyTensorType,
  AwaitType,
  DictType,
  EnumType,
  FunctionType,
  FutureType,
  ListType,
  OptionalType,
  RRefType,
  SimpleType,
  TupleType,
  type Type,
  UnionType,
  VarType,
} from "../../core/types.ts";
import type { ByteReader } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import { TYPE_KINDS } from "./layout.ts";
import type { StringTable } from "./strings.ts";
import { readLeaf, writeLeaf } from "./leaves.ts";

type Kind = typeof TYPE_KINDS[number];
const kindNumber = (k: string): number => TYPE_KINDS.indexOf(k as Kind);

const SIMPLE = new Set<string>(
  TYPE_KINDS.slice(kindNumber("int"), kindNumber("List")),
);
const ATTRIBUTE_KINDS = ["parameter", "buffer", "attribute"] as const;

export class TypeTable {
  readonly classes: ClassType[] = [];
  readonly interfaces: InterfaceType[] = [];
  readonly #enums: EnumType[] = [];
  readonly #rows = new ByteWriter();
  readonly #rowOf = new Map<string, number>();

  constructor(readonly strings: StringTable) {}

  #named<T>(list: T[], t: T): number {
    const i = list.indexOf(t);
    return i >= 0 ? i : list.push(t) - 1;
  }
  classIndex(t: ClassType): number {
    return this.#named(this.classes, t);
  }

  /** Row of a type; equal types share one. */
  index(t: Type): number {
    const fields = this.#fields(t);
    const kind = t.kind === "Tuple" && t.named ? "NamedTuple" : t.kind;
    const number = kindNumber(kind);
    if (number < 0) throw new RuntimeFault("TypeError", `type ${t} cannot be written`);
    const key = [number, ...fields].join();
    let row = this.#rowOf.get(key);
    if (row === undefined) {
      this.#rowOf.set(key, row = this.#rowOf.size);
      this.#rows.byte(number);
      for (const f of fields) this.#rows.unsigned(f);
    }
    return row;
  }
  #fields(t: Type): number[] {
    switch (t.kind) {
      case "List":
      case "Optional":
      case "Future":
      case "Await":
      case "RRef":
        return [this.index(t.elem)];
      case "Dict":
        return [this.index(t.key), this.index(t.value)];
      case "Tuple": {
        const elems = t.elems.map((e) => this.index(e));
        if (!t.named) return [elems.length, ...elems];
        const { name, fields } = t.named;
        return [
          this.strings.index(name),
          elems.length,
          ...elems.flatMap((e, i) => [this.strings.index(fields[i]), e]),
        ];
      }
      case "Union":
        return [t.members.length, ...t.members.map((m) => this.index(m))];
      case "Class":
        return [this.classIndex(t)];
      case "Interface":
        return [this.#named(this.interfaces, t)];
      case "Enum":
        return [this.#named(this.#enums, t)];
      case "Function":
      case "Var":
        return [this.strings.index(t.name)];
      default:
        return [];
    }
  }

  write(w: ByteWriter): void {
    // Attributes may bring in further types and classes, so they are written first.
    const attributes = new ByteWriter();
    for (let i = 0; i < this.classes.length; i++) {
      const c = this.classes[i];
      attributes.unsigned(c.attributes.length);
      for (const a of c.attributes) {
        attributes.unsigned(this.strings.index(a.name));
        attributes.unsigned(this.index(a.type));
        attributes.byte(ATTRIBUTE_KINDS.indexOf(a.kind));
      }
    }
    w.unsigned(this.classes.length);
    for (const c of this.classes) {
      w.unsigned(this.strings.index(c.name));
      w.byte(c.isModule ? 1 : 0);
    }
    w.unsigned(this.interfaces.length);
    for (const t of this.interfaces) {
      w.unsigned(this.strings.index(t.name));
      w.byte(t.isModule ? 1 : 0);
    }
    w.unsigned(this.#enums.length);
    for (const t of this.#enums) {
      w.unsigned(this.strings.index(t.name));
      w.byte(kindNumber(t.valueType.kind));
      w.unsigned(t.members.length);
      for (const m of t.members) {
        w.unsigned(this.strings.index(m.name));
        writeLeaf(w, this.strings, m.value);
      }
    }
    w.unsigned(this.#rowOf.size);
    w.raw(this.#rows.bytes());
    w.raw(attributes.bytes());
  }
}

export interface ReadTypes {
  readonly rows: readonly Type[];
  readonly classes: readonly ClassType[];
  readonly interfaces: readonly InterfaceType[];
}

export function readTypes(r: ByteReader, strings: readonly string[], unit: CompilationUnit): ReadTypes {
  const name = () => strings[r.index(strings.length, "string")];
  const classes = r.list(() => {
    const c = new ClassType(name(), unit, r.byte() === 1);
    unit.addType(c.name, c);
    return c;
  }, 2);
  const interfaces = r.list(() => new InterfaceType(name(), r.byte() === 1), 2);
  const enums = r.list(() => {
    const qualified = name();
    const valueType = simple(r);
    const members = r.list(() => ({ name: name(), value: readLeaf(r, strings) as IValue }), 2);
    return new EnumType(qualified, valueType, members);
  }, 3);
  const rows: Type[] = [];
  const count = r.count();
  r.charge(count * (SLOT_BYTES + CONTAINER_BYTES));
  const earlier = () => rows[r.index(rows.length, "type")];
  for (let i = 0; i < count; i++) rows.push(row());

  function row(): Type {
    const kind = TYPE_KINDS[r.byte()];
    switch (kind) {
      case "Tensor":
        return AnyTensorType;
      case "List":
        return new ListType(earlier());
      case "Dict":
        return new DictType(earlier(), earlier());
      case "Tuple":
        return new TupleType(r.list(earlier));
      case "NamedTuple": {
        const qualified = name();
        const fields: string[] = [];
        const elems = r.list(() => {
          fields.push(name());
          return earlier();
        }, 2);
        return new TupleType(elems, { name: qualified, fields, defaults: [] });
      }
      case "Optional":
        return new OptionalType(earlier());
      case "Union":
        return new UnionType(r.list(earlier));
      case "Future":
        return new FutureType(earlier());
      case "Await":
        return new AwaitType(earlier());
      case "RRef":
        return new RRefType(earlier());
      case "Class":
        return classes[r.index(classes.length, "class")];
      case "Interface":
        return interfaces[r.index(interfaces.length, "interface")];
      case "Enum":
        return enums[r.index(enums.length, "enum")];
      case "Function":
        return new FunctionType(name());
      case "Var":
        return new VarType(name());
      default:
        if (kind === undefined || !SIMPLE.has(kind)) return r.fail("an unknown kind of type");
        return new SimpleType(kind);
    }
  }
  for (const c of classes) {
    const attributes = r.count(3);
    r.charge(attributes * (SLOT_BYTES + CONTAINER_BYTES));
    for (let i = 0; i < attributes; i++) {
      const attribute = name(), type = rows[r.index(rows.length, "type")];
      const kind = ATTRIBUTE_KINDS[r.byte()] ?? r.fail("an unknown kind of attribute");
      if (c.hasAttribute(attribute)) r.fail(`class ${c.name} has two attributes ${attribute}`);
      c.addAttribute(attribute, type, kind);
    }
  }
  return { rows, classes, interfaces };
}

function simple(r: ByteReader): Type {
  const kind = TYPE_KINDS[r.byte()];
  if (kind === undefined || !SIMPLE.has(kind)) return r.fail("an unknown kind of type");
  return new SimpleType(kind as SimpleType["kind"]);
}
