/**
 * What a pickle made, held against the types it claims. Compiled code believes the types of attributes and the tags of
 * containers, so every value below is checked before any code sees it.
 */
import type { RuntimeFault } from "../core/errors.ts";
import { Device } from "../core/device.ts";
import { DictValue, EnumValue, type IValue, ListValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import { Complex, Float } from "../core/scalar.ts";
import { isSubtypeOf } from "../core/subtyping.ts";
import { Tensor } from "../core/tensor.ts";
import { type Type, typeEquals } from "../core/types.ts";
import { unshapedType } from "../core/unify.ts";

/** Checks a value and all below it; containers without tags get theirs from the attribute that holds them. */
export function checkValues(root: IValue, refuse: (what: string) => RuntimeFault): void {
  const seen = new Set<IValue>(), pending: IValue[] = [root];
  const fit = (v: IValue, t: Type, where: () => string): IValue => {
    const found = fitted(v, t, retag);
    if (found === undefined) throw refuse(`${where()} must be ${t.annotation()}`);
    pending.push(found);
    return found;
  };
  const retag = (v: ListValue | DictValue) => {
    if (seen.delete(v)) pending.push(v);
  };
  for (let v = pending.pop(); v !== undefined; v = pending.pop()) {
    if (v === null || typeof v !== "object" || seen.has(v)) continue;
    if (v instanceof ListValue) {
      seen.add(v);
      const { items, elemType } = v;
      for (let i = 0; i < items.length; i++) items[i] = fit(items[i], elemType, () => `item ${i} of a list`);
    } else if (v instanceof DictValue) {
      seen.add(v);
      for (const entry of v.entries()) {
        fit(entry[0], v.keyType, () => "a key of a dict");
        entry[1] = fit(entry[1], v.valueType, () => "a value of a dict");
      }
    } else if (v instanceof TupleValue) {
      seen.add(v);
      for (const x of v.items) pending.push(x);
    } else if (v instanceof ScriptObject) {
      seen.add(v);
      const { type, slots } = v;
      type.attributes.forEach((a, i) => {
        if (slots[i] === undefined) throw refuse(`${type.name} lacks its attribute ${a.name}`);
        slots[i] = fit(slots[i], a.type, () => `${type.name}.${a.name}`);
      });
    }
  }
}

/** The value as `t` holds it (an int as the float that it stands for); undefined when it is none. */
function fitted(v: IValue, t: Type, retag: (v: ListValue | DictValue) => void): IValue | undefined {
  switch (t.kind) {
    case "Any":
      return v;
    case "Optional":
      return v === null ? null : fitted(v, t.elem, retag);
    case "Union":
      for (const m of t.members) {
        const found = fitted(v, m, retag);
        if (found !== undefined) return found;
      }
      return undefined;
    case "float":
      return v instanceof Float ? v : typeof v === "number" ? new Float(v) : undefined;
    case "number":
      return typeof v === "number" || typeof v === "bigint" || v instanceof Float || v instanceof Complex
        ? v
        : undefined;
    case "List":
      if (!(v instanceof ListValue)) return undefined;
      if (v.elemType.kind === "Any" && t.elem.kind !== "Any") {
        v.elemType = t.elem;
        retag(v);
        return v;
      }
      return same(v.elemType, t.elem) ? v : undefined;
    case "Dict":
      if (!(v instanceof DictValue)) return undefined;
      if (v.keyType.kind === "Any" && t.key.kind !== "Any") {
        v.keyType = t.key;
        v.valueType = t.value;
        retag(v);
        return v;
      }
      return same(v.keyType, t.key) && same(v.valueType, t.value) ? v : undefined;
    case "Tuple": {
      if (!(v instanceof TupleValue) || v.items.length !== t.elems.length) return undefined;
      const items: IValue[] = [];
      for (let i = 0; i < v.items.length; i++) {
        const x = fitted(v.items[i], t.elems[i], retag);
        if (x === undefined) return undefined;
        items.push(x);
      }
      const isSame = items.every((x, i) => x === v.items[i]) && (!t.named || v.type === t);
      return isSame ? v : new TupleValue(items, t.named ? t : v.type);
    }
    default:
      return isPlain(v, t) ? v : undefined;
  }
}

function same(a: Type, b: Type): boolean {
  return typeEquals(unshapedType(a), unshapedType(b)) || isSubtypeOf(a, b);
}

function isPlain(v: IValue, t: Type): boolean {
  switch (t.kind) {
    case "None":
      return v === null;
    case "Tensor":
      return v instanceof Tensor;
    case "int":
      return typeof v === "number" || typeof v === "bigint";
    case "bool":
      return typeof v === "boolean";
    case "str":
      return typeof v === "string";
    case "complex":
      return v instanceof Complex;
    case "Device":
      return v instanceof Device;
    case "Class":
      return v instanceof ScriptObject && v.type === t;
    case "Interface":
      return v instanceof ScriptObject && isSubtypeOf(v.type, t);
    case "Enum":
      return v instanceof EnumValue && v.type === t;
    case "AnyList":
      return v instanceof ListValue;
    case "AnyTuple":
      return v instanceof TupleValue;
    default:
      return false;
  }
}
