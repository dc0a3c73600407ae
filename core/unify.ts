/** Unification: the common type of two branches, unions in their standard form, and type variables of schemas. */
import { isSubtypeOf, reprStr } from "./subtyping.ts";
import {
  AnyTensorType,
  AwaitType,
  ComplexType,
  DictType,
  FloatType,
  FutureType,
  IntType,
  ListType,
  NoneType,
  NumberType,
  OptionalType,
  RRefType,
  TupleType,
  type Type,
  typeEquals,
  UnionType,
} from "./types.ts";

/** PyTorch's order of type kinds, by which unions are sorted. */
const KIND_ORDER = [
  "Any",
  "Enum",
  "AnyEnum",
  "Tensor",
  "Storage",
  "Tuple",
  "List",
  "Dict",
  "number",
  "float",
  "complex",
  "Future",
  "Await",
  "RRef",
  "int",
  "None",
  "str",
  "Generator",
  "bool",
  "Optional",
  "Var",
  "Device",
  "Stream",
  "Function",
  "Class",
  "PyObject",
  "Capsule",
  "Interface",
  "QScheme",
  "ScalarType",
  "Layout",
  "MemoryFormat",
  "AnyList",
  "AnyTuple",
  "AnyClass",
  "Union",
];

/** The type without shapes: tensors inside become plain. */
export function unshapedType(t: Type): Type {
  switch (t.kind) {
    case "Tensor":
      return t.facts.inferred || Object.keys(t.facts).length ? AnyTensorType : t;
    case "List":
      return new ListType(unshapedType(t.elem));
    case "Dict":
      return new DictType(unshapedType(t.key), unshapedType(t.value));
    case "Tuple":
      return new TupleType(t.elems.map(unshapedType), t.named);
    case "Optional":
      return new OptionalType(unshapedType(t.elem));
    case "Future":
      return new FutureType(unshapedType(t.elem));
    default:
      return t;
  }
}

/** `Optional[t]`; an optional of an optional, of Any or of None is itself. */
export function optionalOf(t: Type): Type {
  if (t.kind === "Optional" || t.kind === "None") return t;
  return t.kind === "Union" ? unionOf([t, NoneType]) : new OptionalType(t);
}

function flatten(t: Type, into: Type[]): void {
  if (t.kind === "Union") { for (const m of t.members) flatten(m, into); }
  else if (t.kind === "Optional") {
    flatten(t.elem, into);
    into.push(NoneType);
  } else if (t.kind === "number") into.push(IntType, FloatType, ComplexType);
  else into.push(t);
}

/** The members of a union: flat, without members that another one covers, in PyTorch's order. */
export function standardizeForUnion(types: readonly Type[]): Type[] {
  const all: Type[] = [];
  for (const t of types) flatten(t, all);
  let end = all.length - 1;
  for (let i = all.length - 1; i > 0; i--) {
    for (let j = Math.min(i - 1, end); j >= 0; j--) {
      const a = all[i], b = all[j];
      // Optional must not swallow None before the rest is merged.
      if ((a.kind === "None") !== (b.kind === "None")) continue;
      const merged = unifyTypes(a, b);
      if (!merged) continue;
      all[j] = merged;
      all[i] = all[end];
      end--;
      break;
    }
  }
  all.length = end + 1;
  const rank = new Map(KIND_ORDER.map((k, i) => [k, i]));
  return all.sort((a, b) => {
    if (a.kind !== b.kind) return (rank.get(a.kind) ?? 99) - (rank.get(b.kind) ?? 99);
    const s = a.toString(), t = b.toString();
    return s < t ? -1 : s > t ? 1 : 0;
  });
}

/** `Union[types]` in standard form; Optional for two members of which one is None; the member when there is one. */
export function unionOf(types: readonly Type[]): Type {
  const members = standardizeForUnion(types);
  if (members.length === 1) return members[0];
  const numbers = ["int", "float", "complex"].every((k) => members.some((m) => m.kind === k));
  if (members.some((m) => m.kind === "None")) {
    if (members.length === 4 && numbers) return new OptionalType(NumberType);
    if (members.length === 2) return new OptionalType(members[0].kind === "None" ? members[1] : members[0]);
  } else if (members.length === 3 && numbers) return NumberType;
  return new UnionType(members);
}

/** The union without the members that are subtypes of `remove`; undefined when nothing is left. */
export function subtractTypes(union: Type, remove: readonly Type[]): Type | undefined {
  const members: Type[] = [];
  flatten(union, members);
  const rest = members.filter((m) => !remove.some((r) => isSubtypeOf(m, r)));
  if (!rest.length) return undefined;
  return rest.length === 1 ? rest[0] : unionOf(rest);
}

/** The least type that PyTorch lets both become; undefined when there is none. */
export function unifyTypes(a: Type, b: Type, defaultToUnion = false, hint?: Type): Type | undefined {
  return unify(a, b, defaultToUnion, hint) ?? (defaultToUnion ? unionOf([a, b]) : undefined);
}

function unify(a: Type, b: Type, defaultToUnion: boolean, hint: Type | undefined): Type | undefined {
  if (isSubtypeOf(a, b)) return b;
  if (isSubtypeOf(b, a)) return a;
  if (a.kind === "Tensor" && b.kind === "Tensor") return AnyTensorType;
  if (a.kind === "None") return optionalOf(b);
  if (b.kind === "None") return optionalOf(a);
  if (a.kind === "Optional") {
    const u = unifyTypes(a.elem, b);
    if (u) return optionalOf(u);
  } else if (b.kind === "Optional") {
    const u = unifyTypes(a, b.elem);
    if (u) return optionalOf(u);
  }
  if (a.kind === "Tuple" && b.kind === "Tuple") {
    if (a.elems.length !== b.elems.length) return undefined;
    const elems: Type[] = [];
    for (let i = 0; i < a.elems.length; i++) {
      const u = unifyTypes(a.elems[i], b.elems[i], defaultToUnion);
      if (!u) return undefined;
      elems.push(u);
    }
    return new TupleType(elems);
  }
  if (a.kind === "Future" && b.kind === "Future") {
    const u = unifyTypes(a.elem, b.elem);
    if (u) return new FutureType(u);
  }
  const ua = unshapedType(a), ub = unshapedType(b);
  if (isSubtypeOf(ua, ub)) return ub;
  if (isSubtypeOf(ub, ua)) return ua;
  if (hint && isSubtypeOf(a, hint) && isSubtypeOf(b, hint)) return hint;
  return undefined;
}

/** Unifies left to right; the reason is a message when it fails. */
export function unifyTypeList(
  types: readonly Type[],
  defaultToUnion = false,
  hint?: Type,
): { type: Type } | { reason: string } {
  if (!types.length) return { reason: "Cannot get unified type from empty list" };
  let result = types[0];
  for (let i = 1; i < types.length; i++) {
    const u = unifyTypes(result, types[i], defaultToUnion, hint);
    if (!u) {
      return {
        reason: `Could not unify type list since element ${i} of type ${reprStr(types[i])} did not match ` +
          `the types before it (${reprStr(result)})`,
      };
    }
    result = u;
  }
  return { type: result };
}

export type TypeEnv = Map<string, Type>;

export function hasFreeVariables(t: Type): boolean {
  switch (t.kind) {
    case "Var":
      return true;
    case "List":
    case "Optional":
    case "Future":
    case "Await":
    case "RRef":
      return hasFreeVariables(t.elem);
    case "Dict":
      return hasFreeVariables(t.key) || hasFreeVariables(t.value);
    case "Tuple":
      return t.elems.some(hasFreeVariables);
    case "Union":
      return t.members.some(hasFreeVariables);
    default:
      return false;
  }
}

/** Binds the type variables of `formal` so that it fits `actual`. Returns the reason when that is impossible. */
export function matchTypeVariables(formal: Type, actual: Type, env: TypeEnv): string | undefined {
  if (!hasFreeVariables(formal)) return undefined;
  switch (formal.kind) {
    case "Var": {
      const bound = env.get(formal.name);
      if (!bound) {
        env.set(formal.name, actual);
        return undefined;
      }
      if (unifyTypes(bound, actual)) return undefined;
      return `Type variable '${formal.name}' previously matched to type ${
        reprStr(bound)
      } is matched to type ${reprStr(actual)}`;
    }
    case "List": {
      if (actual.kind === "List") return matchTypeVariables(formal.elem, actual.elem, env);
      if (actual.kind === "Tuple") {
        const u = unifyTypeList(actual.elems);
        if ("type" in u) return matchTypeVariables(formal.elem, u.type, env);
      }
      return `Cannot match ${reprStr(formal)} to ${reprStr(actual)}`;
    }
    case "Tuple": {
      if (actual.kind !== "Tuple") return `Cannot match a tuple to ${reprStr(actual)}`;
      if (actual.elems.length !== formal.elems.length) return "Cannot match tuples of mismatched size";
      for (let i = 0; i < formal.elems.length; i++) {
        const reason = matchTypeVariables(formal.elems[i], actual.elems[i], env);
        if (reason) return reason;
      }
      return undefined;
    }
    case "Future":
    case "Await":
    case "RRef":
      if (actual.kind === formal.kind) return matchTypeVariables(formal.elem, actual.elem, env);
      return `Cannot match ${formal.kind === "Await" ? "an await" : `a ${formal.kind.toLowerCase()}`} to ${
        reprStr(actual)
      }`;
    case "Optional":
      if (actual.kind === "Optional") return matchTypeVariables(formal.elem, actual.elem, env);
      if (!isSubtypeOf(actual, NoneType)) return matchTypeVariables(formal.elem, actual, env);
      return "Cannot match an Optional[T] to None, because there is no way to determine T from None";
    case "Dict":
      if (actual.kind !== "Dict") return `Cannot match a dict to ${reprStr(actual)}`;
      return matchTypeVariables(formal.key, actual.key, env) ??
        matchTypeVariables(formal.value, actual.value, env);
    default:
      return `Cannot match ${reprStr(formal)} to ${reprStr(actual)}`;
  }
}

/** The type with its variables replaced; undefined when one is not bound. */
export function evalTypeVariables(t: Type, env: TypeEnv): Type | undefined {
  if (!hasFreeVariables(t)) return t;
  const inner = (x: Type) => evalTypeVariables(x, env);
  switch (t.kind) {
    case "Var":
      return env.get(t.name);
    case "List": {
      const e = inner(t.elem);
      return e && new ListType(e);
    }
    case "Optional": {
      const e = inner(t.elem);
      return e && optionalOf(e);
    }
    case "Future": {
      const e = inner(t.elem);
      return e && new FutureType(e);
    }
    case "Await": {
      const e = inner(t.elem);
      return e && new AwaitType(e);
    }
    case "RRef": {
      const e = inner(t.elem);
      return e && new RRefType(e);
    }
    case "Dict": {
      const k = inner(t.key), v = inner(t.value);
      return k && v && new DictType(k, v);
    }
    case "Tuple": {
      const elems: Type[] = [];
      for (const e of t.elems) {
        const x = inner(e);
        if (!x) return undefined;
        elems.push(x);
      }
      return new TupleType(elems, t.named);
    }
    default:
      return t;
  }
}

/** Whether two types are the same apart from tensor facts. */
export function sameUnshaped(a: Type, b: Type): boolean {
  return typeEquals(unshapedType(a), unshapedType(b));
}
