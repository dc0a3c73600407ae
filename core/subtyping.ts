/**
 * Subtyping: which types a value of one type may stand in for. Unions, numbers and optionals follow PyTorch's
 * rules; lists and dicts are invariant, tuples and futures covariant. Unification is in `unify.ts`.
 */
import type { ClassType, InterfaceType } from "./class_type.ts";
import type { FunctionSchema } from "./schema.ts";
import {
  ComplexType,
  FloatType,
  IntType,
  NoneType,
  NumberType,
  type OptionalType,
  type TensorType,
  type TupleType,
  type Type,
  typeEquals,
  type UnionType,
} from "./types.ts";

/** Collects the reasons why a type is no subtype, a line each. */
export type WhyNot = string[] | undefined;

/** The spelling of a type in messages: its annotation, with what sets look-alikes apart. */
export function reprStr(t: Type): string {
  if (t.kind === "Tensor") return t.facts.inferred ? "Tensor (inferred)" : t.toString();
  if (t.kind === "Class") return `${t.name} (of Python compilation unit at: 0)`;
  return t.kind === "Enum" ? t.toString() : t.annotation();
}

export function isNumberKind(t: Type): boolean {
  return t.kind === "int" || t.kind === "float" || t.kind === "complex" || t.kind === "number";
}

/** The kinds of type that `Union` and `Optional` spell: what a value of the type may be. */
export function unionMembers(t: Type): readonly Type[] {
  if (t.kind === "Union") return t.members;
  if (t.kind === "Optional") {
    return t.elem.kind === "number" ? [IntType, FloatType, ComplexType, NoneType] : [t.elem, NoneType];
  }
  if (t.kind === "number") return [IntType, FloatType, ComplexType];
  return [t];
}

/** Whether some member of a union-like type holds every value of `t`. */
export function canHoldType(union: Type, t: Type): boolean {
  if (t.kind === "number") return [IntType, FloatType, ComplexType].every((n) => canHoldType(union, n));
  return unionMembers(union).some((m) => isSubtypeOf(t, m));
}

/** Whether None is a value of the type. */
export function canHoldNone(t: Type): boolean {
  return t.kind === "None" || t.kind === "Optional" || t.kind === "Any" ||
    (t.kind === "Union" && canHoldType(t, NoneType));
}

/** `a <: b`. */
export function isSubtypeOf(a: Type, b: Type, whyNot?: WhyNot): boolean {
  if (a === b || b.kind === "Any") return true;
  switch (a.kind) {
    case "Optional":
      return optionalSubtype(a, b, whyNot);
    case "Union":
      return unionSubtype(a, b, whyNot);
    case "number":
      if (b.kind === "Union") return canHoldType(b, NumberType);
      return plainSubtype(a, b, whyNot);
    case "int":
    case "float":
    case "complex":
      return b.kind === "number" || plainSubtype(a, b, whyNot);
    case "None":
      return b.kind === "Optional" || plainSubtype(a, b, whyNot);
    case "List":
      return plainSubtype(a, b, whyNot) || b.kind === "AnyList";
    case "Tuple":
      return plainSubtype(a, b, whyNot) || b.kind === "AnyTuple" ||
        (b.kind === "Tuple" && tupleSubtype(a, b, whyNot));
    case "Future":
    case "Await":
    case "RRef":
      return plainSubtype(a, b, whyNot) || (b.kind === a.kind && isSubtypeOf(a.elem, b.elem, whyNot));
    case "Tensor":
      return b.kind === "Tensor" ? tensorSubtype(a, b) : plainSubtype(a, b, whyNot);
    case "Enum":
      return b.kind === "AnyEnum" || plainSubtype(a, b, whyNot);
    case "Class":
      if (b.kind === "AnyClass") return true;
      return b.kind === "Interface" ? implementsInterface(a, b, whyNot) : plainSubtype(a, b, whyNot);
    case "Interface":
      return b.kind === "Interface" ? interfaceSubtype(a, b, whyNot) : plainSubtype(a, b, whyNot);
    default:
      return plainSubtype(a, b, whyNot);
  }
}

/** The rule every type shares: equal, or fits the element of an optional or a member of a union. */
function plainSubtype(a: Type, b: Type, whyNot: WhyNot): boolean {
  if (typeEquals(a, b)) return true;
  if (b.kind === "Optional") return isSubtypeOf(a, b.elem, whyNot);
  if (b.kind === "Union") return b.members.some((m) => isSubtypeOf(a, m, whyNot));
  return false;
}

function optionalSubtype(a: OptionalType, b: Type, whyNot: WhyNot): boolean {
  if (b.kind === "Optional") return isSubtypeOf(a.elem, b.elem, whyNot);
  if (b.kind !== "Union") return typeEquals(a, b);
  if (!canHoldType(b, NoneType)) {
    whyNot?.push(`${reprStr(b)} cannot hold None`);
    return false;
  }
  if (!canHoldType(b, a.elem)) {
    whyNot?.push(`${reprStr(b)} cannot hold ${reprStr(a.elem)}`);
    return false;
  }
  return true;
}

function unionSubtype(a: UnionType, b: Type, whyNot: WhyNot): boolean {
  const rhs = unionMembers(b);
  return a.members.every((m) => rhs.some((r) => isSubtypeOf(m, r, whyNot)));
}

function tupleSubtype(a: TupleType, b: TupleType, whyNot: WhyNot): boolean {
  if (b.named) {
    const f = a.named?.fields, g = b.named.fields;
    if (!f || f.length !== g.length || f.some((n, i) => n !== g[i])) return false;
  }
  return a.elems.length === b.elems.length && a.elems.every((e, i) => isSubtypeOf(e, b.elems[i], whyNot));
}

/** A tensor type with more facts is a subtype of one with fewer. */
function tensorSubtype(a: TensorType, b: TensorType): boolean {
  const f = a.facts, g = b.facts;
  const fits = <T>(x: T | undefined, y: T | undefined, same: (x: T, y: T) => boolean) =>
    y === undefined || (x !== undefined && same(x, y));
  const sameList = (x: readonly (number | null)[], y: readonly (number | null)[]) =>
    x.length === y.length && x.every((v, i) => y[i] === null || v === y[i]);
  return fits(f.scalarType, g.scalarType, Object.is) && fits(f.device, g.device, Object.is) &&
    fits(f.requiresGrad, g.requiresGrad, Object.is) && fits(f.sizes, g.sizes, sameList) &&
    fits(f.strides, g.strides, sameList);
}

function implementsInterface(cls: ClassType, iface: InterfaceType, whyNot: WhyNot): boolean {
  if (!cls.isModule && iface.isModule) {
    whyNot?.push(
      `Class '${reprStr(cls)}' is not a subtype of the module interface '${
        reprStr(iface)
      }' , only ScriptModule class ` +
        `can be subtype of module interface.\n`,
    );
    return false;
  }
  for (const [name, schema] of iface.methods) {
    const method = cls.methods.get(name);
    if (!method) {
      whyNot?.push(
        `Class '${reprStr(cls)}' does not have method '${name}' but '${reprStr(iface)}' does.\n`,
      );
      return false;
    }
    method.ensureDefined?.();
    if (!schemaIsSubtypeOf(method.schema, schema, true, whyNot)) {
      whyNot?.push(
        `Method on class '${reprStr(cls)}' (1) is not compatible with interface '${reprStr(iface)}' (2)\n` +
          `  (1) ${method.schema}\n  (2) ${schema}\n`,
      );
      return false;
    }
  }
  return true;
}

function interfaceSubtype(a: InterfaceType, b: InterfaceType, whyNot: WhyNot): boolean {
  if (a.isModule !== b.isModule && b.isModule) {
    whyNot?.push(`Interface '${reprStr(a)}' is not marked as module, but interface '${reprStr(b)}' is.\n`);
    return false;
  }
  for (const [name, schema] of b.methods) {
    const mine = a.methods.get(name);
    if (!mine) {
      whyNot?.push(
        `Interface '${reprStr(a)}' does not have method '${name}' but interface '${reprStr(b)}' does.\n`,
      );
      return false;
    }
    if (!schemaIsSubtypeOf(mine, schema, true, whyNot)) {
      whyNot?.push(
        `Method on interface '${reprStr(a)}' (1) is not compatible with interface '${reprStr(b)}' (2)\n` +
          `  (1) ${mine}\n  (2) ${schema}\n`,
      );
      return false;
    }
  }
  return true;
}

/** Whether a function of schema `a` may be called wherever `b` is asked for; `self` is skipped for methods. */
export function schemaIsSubtypeOf(
  a: FunctionSchema,
  b: FunctionSchema,
  asMethod: boolean,
  whyNot?: WhyNot,
): boolean {
  const from = asMethod ? 1 : 0;
  if (a.isVararg !== b.isVararg || a.isVarret !== b.isVarret) return false;
  if (a.args.length < b.args.length || a.returns.length !== b.returns.length) return false;
  // A method may have further arguments when they have defaults.
  if (a.args.slice(b.args.length).some((x) => x.defaultValue === undefined)) return false;
  for (let i = from; i < b.args.length; i++) {
    const x = a.args[i], y = b.args[i];
    if (x.name !== y.name || x.kwargOnly !== y.kwargOnly || !isSubtypeOf(y.type, x.type, whyNot)) {
      return false;
    }
  }
  return a.returns.every((r, i) => isSubtypeOf(r.type, b.returns[i].type, whyNot));
}
