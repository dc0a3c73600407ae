/** TorchScript's operators on lists. They work on the ListValue itself, by reference. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { type IValue, ListValue, ScriptObject, TupleValue } from "../../core/ivalue.ts";
import { formatG } from "../../core/text/float_repr.ts";
import { Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { strCompare } from "../../core/text/str_methods.ts";
import { numCompare } from "../../core/number/mod.ts";
import { type Declaration, type Family, raw } from "../declaration.ts";
import { truthOf } from "../aten/memory.ts";
import { call } from "../dispatch.ts";
import { listsEqual, valuesEqual } from "./number.ts";
import { valueText } from "./value_text.ts";

/** An index from the front, checked. */
export function listIndex(i: number, n: number): number {
  const at = i < 0 ? i + n : i;
  if (!(at >= 0 && at < n)) throw new RuntimeFault("RuntimeError", "list index out of range");
  return at;
}

/** Positions that a slice picks. */
export function sliceBounds(n: number, start: number | null, end: number | null, step: number): number[] {
  check(step !== 0, "List slice should have non-zero step");
  const clamp = (i: number, lo: number, hi: number) => Math.min(Math.max(i < 0 ? i + n : i, lo), hi);
  const out: number[] = [];
  if (step > 0) {
    const to = end === null ? n : clamp(Number(end), 0, n);
    for (let i = start === null ? 0 : clamp(Number(start), 0, n); i < to; i += step) out.push(i);
  } else {
    const to = end === null ? -1 : clamp(Number(end), -1, n - 1);
    for (let i = start === null ? n - 1 : clamp(Number(start), -1, n - 1); i > to; i += step) out.push(i);
  }
  return out;
}

/** Order of two values as `sort` compares them. */
export function compareValues(a: IValue, b: IValue): number {
  if (typeof a === "string" && typeof b === "string") return strCompare(a, b);
  if (a instanceof TupleValue && b instanceof TupleValue) {
    for (let i = 0; i < Math.min(a.items.length, b.items.length); i++) {
      if (!valuesEqual(a.items[i], b.items[i])) return compareValues(a.items[i], b.items[i]);
    }
    return a.items.length - b.items.length;
  }
  if (a instanceof ScriptObject && b instanceof ScriptObject) {
    const less = lessOf;
    if (!less) throw new RuntimeFault("RuntimeError", "objects cannot be sorted outside the VM");
    return less(a, b) ? -1 : less(b, a) ? 1 : 0;
  }
  if (a !== null && typeof a === "object" && "storage" in a) {
    const lt = call("aten::lt.Tensor", a, b) as Tensor;
    return truthOf(lt) ? -1 : truthOf(call("aten::lt.Tensor", b, a) as Tensor) ? 1 : 0;
  }
  return numCompare(a as number, b as number);
}
let lessOf: ((a: ScriptObject, b: ScriptObject) => boolean) | undefined;
/** The VM says how objects with `__lt__` compare. */
export function setObjectLess(f: (a: ScriptObject, b: ScriptObject) => boolean): void {
  lessOf = f;
}

function sorted(items: readonly IValue[], reverse: boolean): IValue[] {
  return reverse ? [...items].sort((a, b) => compareValues(b, a)) : [...items].sort(compareValues);
}
function sortInPlace(l: ListValue, reverse: boolean): null {
  const out = sorted(l.items, reverse);
  for (let i = 0; i < out.length; i++) l.items[i] = out[i];
  return null;
}

/** Whether a list's item is the value: tensors by the truth of `==`, as Python has it. */
function isItem(x: IValue, v: IValue): boolean {
  if (x instanceof Tensor && v instanceof Tensor) return truthOf(call("aten::eq.Tensor", x, v) as Tensor);
  return valuesEqual(x, v);
}
/** The position of a value; -1 when absent. Formals typed float come raw, list items are tagged. */
function positionOf(l: ListValue, v: IValue): number {
  return l.items.findIndex((x) => isItem(x, v));
}

function copyOf(l: ListValue): ListValue {
  return new ListValue(l.elemType, l.items.slice());
}
function repeat(l: ListValue, n: number): ListValue {
  check(n >= 0 || l.items.length === 0, "vector::reserve");
  const out: IValue[] = [];
  for (let i = 0; i < n; i++) for (const x of l.items) out.push(x);
  return new ListValue(l.elemType, out);
}
function forKinds(name: string, kinds: readonly string[], d: Declaration): Record<string, Declaration> {
  return Object.fromEntries(kinds.map((k) => [`aten::${name}.${k}`, d]));
}

export const lists: Family = {
  "aten::append.t": raw("Adds an item at the end.", (l: ListValue, v: IValue) => (l.items.push(v), l)),
  "aten::insert.t": raw("Adds an item before a position.", (l: ListValue, i: number, v: IValue) => {
    const n = l.items.length;
    l.items.splice(Math.min(Math.max(i < 0 ? i + n : i, 0), n), 0, v);
    return null;
  }),
  "aten::extend.t": raw("Adds the items of another list.", (l: ListValue, o: ListValue) => {
    for (const x of o.items.slice()) l.items.push(x);
    return null;
  }),
  "aten::pop.t": raw("Removes an item and gives it.", (l: ListValue, i: number) => {
    check(l.items.length > 0, "pop from empty list");
    return l.items.splice(listIndex(i, l.items.length), 1)[0];
  }),
  "aten::Delete.t": raw("Removes an item.", (l: ListValue, i: number) => {
    check(l.items.length > 0, "pop index out of range");
    l.items.splice(listIndex(i, l.items.length), 1);
    return null;
  }),
  "aten::clear.t": raw("Removes all items.", (l: ListValue) => {
    l.items.length = 0;
    return null;
  }),
  "aten::reverse.t": raw("Turns the list round.", (l: ListValue) => {
    l.items.reverse();
    return null;
  }),
  "aten::copy.t": raw("A list of the same items.", copyOf),
  "aten::list.t": raw("A list of the same items.", copyOf),
  "aten::__getitem__.t": raw(
    "An item.",
    (l: ListValue, i: number) => l.items[i >= 0 && i < l.items.length ? i : listIndex(i, l.items.length)],
  ),
  "aten::_set_item.t": raw(
    "Replaces an item.",
    (l: ListValue, i: number, v: IValue) => (l.items[listIndex(i, l.items.length)] = v, l),
  ),
  "aten::select.t": raw("An item.", (l: ListValue, i: number) => l.items[listIndex(i, l.items.length)]),
  "aten::slice.t": raw(
    "A part of the list.",
    (l: ListValue, a: number | null, b: number | null, step: number) =>
      new ListValue(l.elemType, sliceBounds(l.items.length, a, b, step).map((i) => l.items[i])),
  ),
  "aten::add.t": raw(
    "Both lists' items.",
    (a: ListValue, b: ListValue) => new ListValue(a.elemType, [...a.items, ...b.items]),
  ),
  "aten::add_.t": raw("Adds the items of another list.", (l: ListValue, o: ListValue) => {
    for (const x of o.items.slice()) l.items.push(x);
    return l;
  }),
  "aten::mul.left_t": raw("The items repeated.", repeat),
  "aten::mul.right_": raw("The items repeated.", (n: number, l: ListValue) => repeat(l, n)),
  "aten::mul_.t": raw("Repeats the items.", (l: ListValue, n: number) => {
    const items = repeat(l, Math.max(n, 0)).items;
    l.items.length = 0;
    for (const x of items) l.items.push(x);
    return l;
  }),
  "aten::len.t": raw("Number of items.", (l: ListValue) => l.items.length),
  "aten::len.any": raw("Number of items.", (l: ListValue) => l.items.length),
  "aten::len.Tensor": raw("Size of the first dimension.", (t: Tensor) => {
    check(t.dim > 0, "len() of a 0-d tensor", "TypeError");
    return t.sizes[0];
  }),
  ...forKinds(
    "remove",
    ["int", "float", "bool", "Tensor", "str"],
    raw("Removes the first item equal to a value.", (l: ListValue, v: IValue) => {
      const i = positionOf(l, v);
      check(i >= 0, "list.remove(x): x not in list");
      l.items.splice(i, 1);
      return null;
    }),
  ),
  ...forKinds(
    "index",
    ["list_int", "list_bool", "list_Tensor", "list_str"],
    raw("Position of the first item equal to a value.", (l: ListValue, v: IValue) => {
      const i = positionOf(l, v);
      check(i >= 0, () => `'${valueText(v)}' is not in list`);
      return i;
    }),
  ),
  "aten::index.list_float": raw("Position of the first item equal to a value.", (l: ListValue, v: number) => {
    const i = positionOf(l, v);
    check(i >= 0, () => `'${formatG(v, 6)}' is not in list`);
    return i;
  }),
  ...forKinds(
    "count",
    ["int", "float", "bool", "Tensor", "str"],
    raw(
      "Number of items equal to a value.",
      (l: ListValue, v: IValue) => l.items.filter((x) => isItem(x, v)).length,
    ),
  ),
  ...forKinds(
    "__contains__",
    ["int_list", "str_list", "float_list"],
    raw("Whether an item equals a value.", (l: ListValue, v: IValue) => positionOf(l, v) >= 0),
  ),
  ...forKinds(
    "sort",
    ["int", "float", "Tensor", "bool", "str", "any"],
    raw("Sorts the list, stably.", sortInPlace),
  ),
  ...forKinds(
    "sorted",
    ["int", "float", "Tensor", "bool", "str", "any"],
    raw("The items in order.", (l: ListValue) => new ListValue(l.elemType, sorted(l.items, false))),
  ),
  "aten::Size": raw("The list.", (l: ListValue) => l),
  "prim::rangelist": raw(
    "0, 1, ... below n.",
    (n: number) => {
      check(n >= 0, "vector::reserve");
      return new ListValue(IntType, Array.from({ length: n }, (_, i) => i));
    },
  ),
};

export { listsEqual };
