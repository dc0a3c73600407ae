/** What the patterns of a `match` statement ask of a subject. Each gives the parts to match further, or null. */
import {
  boolType,
  complexType,
  floatType,
  intType,
  isInstance,
  NotImplementedValue,
  PyObject,
  PyType,
  strType,
  typeOf,
  type Value,
} from "./object.ts";
import { bytearrayType, bytesType, listType, PyList, PyRange, PyTuple, tupleType } from "./sequences.ts";
import { dictType, frozensetType, PyDict, PySet, setType } from "./dict.ts";
import { callMethod } from "./call.ts";
import { findattr, getattr } from "./attributes.ts";
import { collect } from "./iteration.ts";
import { getitem } from "./subscript.ts";
import { interpreter } from "./interpreter.ts";
import { length, truth } from "./truth.ts";
import { AttributeErrorType, isException, raise, typeError, ValueErrorType } from "./exceptions.ts";
import { repr } from "./repr.ts";

/** Whether a class of collections.abc claims the value; nothing can when the module was never imported. */
function claimedBy(v: Value, abc: string): boolean {
  const module = interpreter().modules.get("collections.abc");
  const t = module === undefined ? undefined : findattr(module as Value, abc);
  return t !== undefined && truth(callMethod(t, "__instancecheck__", [v]));
}

/** Native sequence types besides list, tuple and range. */
const SEQUENCES = new Set(["deque", "array", "memoryview"]);

function isSequence(v: Value): boolean {
  if (v instanceof PyList || v instanceof PyTuple || v instanceof PyRange) return true;
  if (!(v instanceof PyObject) || v instanceof PyDict || v instanceof PySet) return false;
  const t = typeOf(v);
  if (t.isSubtypeOf(bytesType) || t.isSubtypeOf(bytearrayType) || t.isSubtypeOf(strType)) return false;
  return t.mro.some((c) => !c.heap && SEQUENCES.has(c.name)) || claimedBy(v, "Sequence");
}

/** A sequence's items for `count` patterns; the one at `star` (or -1) takes what the others leave, as a list. */
export function matchSequence(v: Value, count: number, star: number): Value[] | null {
  if (!isSequence(v)) return null;
  const plain = (v instanceof PyList || v instanceof PyTuple) && !v.cls.heap;
  const n = plain ? v.items.length : length(v);
  if (star < 0 ? n !== count : n < count - 1) return null;
  const items = plain ? v.items : collect(v);
  if (star < 0) return items as Value[];
  const after = count - star - 1;
  return [
    ...items.slice(0, star),
    new PyList(items.slice(star, n - after)),
    ...items.slice(n - after),
  ];
}

/** The values of `keys` in a mapping, and what else is in it when `rest` is asked for. */
export function matchMapping(v: Value, keys: Value[], rest: boolean): Value[] | null {
  const plain = v instanceof PyDict && !v.cls.heap;
  if (!plain && !(v instanceof PyDict) && typeOf(v).name !== "mappingproxy" && !claimedBy(v, "Mapping")) {
    return null;
  }
  const seen = new PyDict();
  const out: Value[] = [];
  const absent = NotImplementedValue;
  if (keys.length > (plain ? v.size : length(v))) return null;
  for (const k of keys) {
    if (seen.get(k) !== undefined) {
      throw raise(ValueErrorType, `mapping pattern checks duplicate key (${repr(k)})`);
    }
    seen.set(k, true);
    const x = plain ? v.get(k) ?? absent : callMethod(v, "get", [k, absent]);
    if (x === absent) return null;
    out.push(x);
  }
  if (rest) {
    const left = new PyDict();
    for (const k of collect(plain ? v : callMethod(v, "keys", []))) {
      if (seen.get(k) === undefined) left.set(k, getitem(v, k));
    }
    out.push(left);
  }
  return out;
}

/** Types whose one positional pattern matches the whole subject. */
const WHOLE: readonly PyType[] = [
  boolType,
  bytearrayType,
  bytesType,
  dictType,
  floatType,
  frozensetType,
  intType,
  listType,
  setType,
  strType,
  tupleType,
];

/** Attributes of an instance of `cls`: `count` positional ones by `__match_args__`, then the named. */
export function matchClass(
  v: Value,
  cls: Value,
  count: number,
  names: readonly string[],
  isInstanceOf: (v: Value, cls: Value) => boolean,
): Value[] | null {
  if (!(cls instanceof PyType)) throw typeError("called match pattern must be a type");
  if (!isInstance(v, cls) && !isInstanceOf(v, cls)) return null;
  const out: Value[] = [];
  const taken = new Set<string>();
  const take = (name: string): boolean => {
    if (taken.has(name)) {
      throw typeError(`${cls.name}() got multiple sub-patterns for attribute '${name}'`);
    }
    taken.add(name);
    try {
      out.push(getattr(v, name));
      return true;
    } catch (e) {
      if (isException(e, AttributeErrorType)) return false;
      throw e;
    }
  };
  if (count > 0) {
    const declared = findattr(cls, "__match_args__");
    const whole = declared === undefined && cls !== complexType && WHOLE.some((t) => cls.isSubtypeOf(t));
    if (declared !== undefined && !(declared instanceof PyTuple)) {
      throw typeError(`${cls.name}.__match_args__ must be a tuple (got ${typeOf(declared).name})`);
    }
    const allowed = whole ? 1 : declared instanceof PyTuple ? declared.items.length : 0;
    if (count > allowed) {
      throw typeError(
        `${cls.name}() accepts ${allowed} positional sub-pattern${allowed === 1 ? "" : "s"} (${count} given)`,
      );
    }
    if (whole) out.push(v);
    else {
      for (const name of (declared as PyTuple).items.slice(0, count)) {
        if (typeof name !== "string") {
          throw typeError(`__match_args__ elements must be strings (got ${typeOf(name).name})`);
        }
        if (!take(name)) return null;
      }
    }
  }
  for (const name of names) if (!take(name)) return null;
  return out;
}
