/**
 * TorchScript's types. A type prints three ways: `toString()` as graphs print it (`int[]`, `Tensor?`,
 * `Dict(str, int)`), `annotation()` as Python annotations spell it (`List[int]`), and `name` for classes.
 * Simple types are singletons; composite ones compare with `typeEquals`. Subtyping is in `subtyping.ts`.
 */
import type { ClassType, InterfaceType } from "./class_type.ts";
import type { Device } from "./device.ts";
import { type ScalarType, scalarTypeInfo } from "./scalar_type.ts";
import type { IValue } from "./ivalue.ts";
import { Float } from "./scalar.ts";
import { floatText } from "./text/torchscript_literal.ts";

export type Type =
  | SimpleType
  | TensorType
  | ListType
  | DictType
  | TupleType
  | OptionalType
  | UnionType
  | FutureType
  | AwaitType
  | RRefType
  | EnumType
  | FunctionType
  | VarType
  | ClassType
  | InterfaceType;

/** Types without parameters. `number` is PyTorch's Scalar supertype of int, float and complex. */
export type SimpleKind =
  | "int"
  | "float"
  | "bool"
  | "complex"
  | "str"
  | "None"
  | "Any"
  | "number"
  | "Device"
  | "Generator"
  | "Stream"
  | "Storage"
  | "Capsule"
  | "PyObject"
  | "AnyList"
  | "AnyTuple"
  | "AnyClass"
  | "AnyEnum"
  | "Layout"
  | "ScalarType"
  | "MemoryFormat"
  | "QScheme"
  | "SymInt"
  | "SymBool";

const SIMPLE_TEXT: Partial<Record<SimpleKind, [graph: string, annotation: string]>> = {
  None: ["NoneType", "NoneType"],
  number: ["Scalar", "number"],
  AnyList: ["list", "list"],
  AnyTuple: ["tuple", "tuple"],
  AnyClass: ["AnyClassType", "AnyClassType"],
  AnyEnum: ["AnyEnumType", "AnyEnumType"],
};

export class SimpleType {
  constructor(readonly kind: SimpleKind) {}
  toString(): string {
    return SIMPLE_TEXT[this.kind]?.[0] ?? this.kind;
  }
  annotation(): string {
    return SIMPLE_TEXT[this.kind]?.[1] ?? this.kind;
  }
}

export const IntType: SimpleType = new SimpleType("int");
export const FloatType: SimpleType = new SimpleType("float");
export const BoolType: SimpleType = new SimpleType("bool");
export const ComplexType: SimpleType = new SimpleType("complex");
export const StringType: SimpleType = new SimpleType("str");
export const NoneType: SimpleType = new SimpleType("None");
export const AnyType: SimpleType = new SimpleType("Any");
export const NumberType: SimpleType = new SimpleType("number");
export const DeviceObjType: SimpleType = new SimpleType("Device");
export const GeneratorType: SimpleType = new SimpleType("Generator");
export const StreamType: SimpleType = new SimpleType("Stream");
export const StorageType: SimpleType = new SimpleType("Storage");
export const CapsuleType: SimpleType = new SimpleType("Capsule");
export const PyObjectType: SimpleType = new SimpleType("PyObject");
export const AnyListType: SimpleType = new SimpleType("AnyList");
export const AnyTupleType: SimpleType = new SimpleType("AnyTuple");
export const AnyClassType: SimpleType = new SimpleType("AnyClass");
export const AnyEnumType: SimpleType = new SimpleType("AnyEnum");

/** Facts about a tensor that a trace records; all absent on the plain `Tensor`. */
export interface TensorFacts {
  readonly scalarType?: ScalarType;
  readonly device?: Device;
  /** A null entry is an unknown size. */
  readonly sizes?: readonly (number | null)[];
  readonly strides?: readonly (number | null)[];
  readonly requiresGrad?: boolean;
  /** Prints as `Tensor` whatever is known: inferred, not declared. */
  readonly inferred?: boolean;
}

export class TensorType {
  readonly kind = "Tensor";
  constructor(readonly facts: TensorFacts = {}) {}
  /** `Tensor`, or as a trace prints it: `Float(2, 3, strides=[3, 1], requires_grad=0, device=cpu)`. */
  toString(): string {
    const { scalarType, sizes, strides, requiresGrad, device } = this.facts;
    if (scalarType === undefined && sizes === undefined) return "Tensor";
    const head = scalarType === undefined ? "Tensor" : scalarTypeInfo(scalarType).name;
    const parts: string[] = [];
    if (sizes) parts.push(...sizes.map((s) => s === null ? "*" : String(s)));
    else if (scalarType !== undefined && (requiresGrad !== undefined || device)) parts.push("*");
    if (sizes?.length && strides) {
      parts.push(`strides=[${strides.map((s) => s === null ? "*" : s).join(", ")}]`);
    }
    if (requiresGrad !== undefined) parts.push(`requires_grad=${requiresGrad ? 1 : 0}`);
    if (device) parts.push(`device=${device}`);
    return parts.length ? `${head}(${parts.join(", ")})` : head;
  }
  annotation(): string {
    return "Tensor";
  }
}
/** The plain Tensor. */
export const AnyTensorType: TensorType = new TensorType();

export class ListType {
  readonly kind = "List";
  constructor(readonly elem: Type) {}
  toString(): string {
    return `${this.elem}[]`;
  }
  annotation(): string {
    return `List[${this.elem.annotation()}]`;
  }
}

export class DictType {
  readonly kind = "Dict";
  constructor(readonly key: Type, readonly value: Type) {}
  toString(): string {
    return `Dict(${this.key}, ${this.value})`;
  }
  annotation(): string {
    return `Dict[${this.key.annotation()}, ${this.value.annotation()}]`;
  }
}

export class TupleType {
  readonly kind = "Tuple";
  constructor(
    readonly elems: readonly Type[],
    /** A NamedTuple's qualified name, field names and defaults (right-aligned to the fields). */
    readonly named?: {
      readonly name: string;
      readonly fields: readonly string[];
      readonly defaults: readonly IValue[];
    },
  ) {}
  toString(): string {
    if (!this.named) return `(${this.elems.join(", ")})`;
    const { fields, defaults } = this.named;
    const first = fields.length - defaults.length;
    const field = (e: Type, i: number) =>
      `${fields[i]} : ${e}${i >= first ? ` = ${defaultText(defaults[i - first])}` : ""}`;
    return `NamedTuple(${this.elems.map(field).join(", ")})`;
  }
  annotation(): string {
    if (this.named) return this.named.name;
    return this.elems.length ? `Tuple[${this.elems.map((e) => e.annotation()).join(", ")}]` : "Tuple[()]";
  }
}

/** A field's default inside a printed NamedTuple: strings stand without quotes. */
function defaultText(v: IValue): string {
  if (v === null) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (v instanceof Float) return floatText(v.value);
  if (typeof v === "object" && "items" in v) {
    const items = (v.items as readonly IValue[]).map(defaultText).join(", ");
    return "elemType" in v ? `[${items}]` : `(${items})`;
  }
  return String(v);
}

export class OptionalType {
  readonly kind = "Optional";
  constructor(readonly elem: Type) {}
  toString(): string {
    return `${this.elem}?`;
  }
  annotation(): string {
    return `Optional[${this.elem.annotation()}]`;
  }
}

/** A union of at least two members, none a subtype of another; make it with `unionOf`. */
export class UnionType {
  readonly kind = "Union";
  constructor(readonly members: readonly Type[]) {}
  toString(): string {
    return `Union(${this.members.join(", ")})`;
  }
  annotation(): string {
    return `Union[${this.members.map((m) => m.annotation()).join(", ")}]`;
  }
}

abstract class Wrapper<K extends string> {
  constructor(readonly kind: K, readonly elem: Type) {}
  toString(): string {
    return `${this.kind}[${this.elem}]`;
  }
  annotation(): string {
    return `${this.kind}[${this.elem.annotation()}]`;
  }
}
export class FutureType extends Wrapper<"Future"> {
  constructor(elem: Type) {
    super("Future", elem);
  }
}
export class AwaitType extends Wrapper<"Await"> {
  constructor(elem: Type) {
    super("Await", elem);
  }
}
export class RRefType extends Wrapper<"RRef"> {
  constructor(elem: Type) {
    super("RRef", elem);
  }
}

export class EnumType {
  readonly kind = "Enum";
  /** The compilation unit's object for the class `Color`; one EnumType per Python Enum class. */
  constructor(
    readonly name: string,
    readonly valueType: Type,
    readonly members: readonly { name: string; value: IValue }[],
  ) {}
  toString(): string {
    return `Enum<${this.name}>`;
  }
  annotation(): string {
    return this.name;
  }
}

/** The type of a function value; it prints as `Function`. */
export class FunctionType {
  readonly kind = "Function";
  constructor(readonly name: string) {}
  toString(): string {
    return "Function";
  }
  annotation(): string {
    return "Function";
  }
}

/** A type variable of an operator's schema: `t`, `tVal`. */
export class VarType {
  readonly kind = "Var";
  constructor(readonly name: string) {}
  toString(): string {
    return this.name;
  }
  annotation(): string {
    return this.name;
  }
}

/** Structural equality; classes, interfaces and enums by identity. Tensor facts are compared too. */
export function typeEquals(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "Tensor": {
      return a.toString() === b.toString();
    }
    case "List":
    case "Optional":
    case "Future":
    case "Await":
    case "RRef":
      return typeEquals(a.elem, (b as ListType).elem);
    case "Dict":
      return typeEquals(a.key, (b as DictType).key) && typeEquals(a.value, (b as DictType).value);
    case "Tuple": {
      const o = b as TupleType;
      return a.named?.name === o.named?.name && a.elems.length === o.elems.length &&
        a.elems.every((e, i) => typeEquals(e, o.elems[i]));
    }
    case "Union": {
      const o = b as UnionType;
      return a.members.length === o.members.length &&
        a.members.every((m) => o.members.some((n) => typeEquals(m, n)));
    }
    case "Var":
      return a.name === (b as VarType).name;
    case "Class":
    case "Interface":
    case "Enum":
    case "Function":
      return false;
    default:
      return true; // simple kinds without parameters
  }
}
