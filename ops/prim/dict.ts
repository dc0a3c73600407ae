/** TorchScript's operators on dicts. A `float` key formal comes raw and is tagged before it meets the dict. */
import { RuntimeFault } from "../../core/errors.ts";
import { DictValue, type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { complexText } from "../../core/text/torchscript_literal.ts";
import {
  AnyTensorType,
  BoolType,
  ComplexType,
  FloatType,
  IntType,
  StringType,
  TupleType,
  type Type,
} from "../../core/types.ts";
import { type Declaration, type Family, raw } from "../declaration.ts";
import { valueText } from "./value_text.ts";

type Key = IValue;
const KINDS: readonly [name: string, type: Type][] = [
  ["str", StringType],
  ["int", IntType],
  ["bool", BoolType],
  ["float", FloatType],
  ["complex", ComplexType],
  ["Tensor", AnyTensorType],
];

function missing(k: Key): RuntimeFault {
  return new RuntimeFault(
    "RuntimeError",
    `KeyError: ${k instanceof Complex ? complexText(k) : valueText(k)}`,
  );
}
function fromPairs(l: ListValue): DictValue {
  const t = l.elemType;
  const [k, v] = t.kind === "Tuple" ? t.elems : [StringType, AnyTensorType];
  const d = new DictValue(k, v);
  for (const p of l.items) d.set((p as TupleValue).items[0], (p as TupleValue).items[1]);
  return d;
}
function copyDict(d: DictValue): DictValue {
  const out = new DictValue(d.keyType, d.valueType);
  for (const [k, v] of d.entries()) out.set(k, v);
  return out;
}

function forKey(kind: string): Record<string, Declaration> {
  const wrap = kind === "float"
    ? (k: Key): Key => typeof k === "number" ? new Float(k) : k
    : (k: Key): Key => k;
  const take = (d: DictValue, k: Key): IValue => {
    const v = d.get(k);
    if (v === undefined) throw missing(k);
    d.delete(k);
    return v;
  };
  return {
    [`aten::len.Dict_${kind}`]: raw("Number of entries.", (d: DictValue) => d.size),
    [`aten::keys.${kind}`]: raw(
      "The keys.",
      (d: DictValue) => new ListValue(d.keyType, [...d.entries()].map((e) => e[0])),
    ),
    [`aten::values.${kind}`]: raw(
      "The values.",
      (d: DictValue) => new ListValue(d.valueType, [...d.entries()].map((e) => e[1])),
    ),
    [`aten::items.${kind}`]: raw(
      "Pairs of key and value.",
      (d: DictValue) =>
        new ListValue(
          new TupleType([d.keyType, d.valueType]),
          [...d.entries()].map((e) => new TupleValue([e[0], e[1]])),
        ),
    ),
    [`aten::__getitem__.Dict_${kind}`]: raw("The value of a key.", (d: DictValue, k: Key) => {
      const v = d.get(wrap(k));
      if (v === undefined) throw missing(wrap(k));
      return v;
    }),
    [`aten::get.${kind}`]: raw(
      "The value of a key, else None.",
      (d: DictValue, k: Key) => d.get(wrap(k)) ?? null,
    ),
    [`aten::get.default_${kind}`]: raw(
      "The value of a key, else a default.",
      (d: DictValue, k: Key, v: IValue) => {
        const found = d.get(wrap(k));
        return found === undefined ? v : found;
      },
    ),
    [`aten::setdefault.${kind}`]: raw(
      "The value of a key, set to a default when absent.",
      (d: DictValue, k: Key, v: IValue) => {
        const found = d.get(wrap(k));
        if (found !== undefined) return found;
        d.set(wrap(k), v);
        return v;
      },
    ),
    [`aten::_set_item.${kind}`]: raw(
      "Sets the value of a key.",
      (d: DictValue, k: Key, v: IValue) => (d.set(wrap(k), v), null),
    ),
    [`aten::Delete.Dict_${kind}`]: raw("Removes a key.", (d: DictValue, k: Key) => (take(d, wrap(k)), null)),
    [`aten::pop.Dict_${kind}`]: raw(
      "Removes a key and gives its value.",
      (d: DictValue, k: Key) => take(d, wrap(k)),
    ),
    [`aten::pop.Dict_default_${kind}`]: raw(
      "Removes a key and gives its value, else a default.",
      (d: DictValue, k: Key, v: IValue) => d.has(wrap(k)) ? take(d, wrap(k)) : v,
    ),
    [`aten::popitem.${kind}`]: raw("Removes an entry and gives it.", (d: DictValue) => {
      const first = d.entries().next();
      if (first.done) throw new RuntimeFault("RuntimeError", "popitem(): dictionary is empty");
      const [k, v] = first.value;
      d.delete(k);
      return new TupleValue([k, v]);
    }),
    [`aten::clear.${kind}`]: raw("Removes all entries.", (d: DictValue) => (d.clear(), null)),
    [`aten::update.${kind}`]: raw("Takes over the entries of another dict.", (d: DictValue, o: DictValue) => {
      for (const [k, v] of [...o.entries()]) d.set(k, v);
      return null;
    }),
    [`aten::copy.Dict_${kind}`]: raw("A dict of the same entries.", copyDict),
    [`aten::dict.${kind}`]: raw("A dict of pairs.", fromPairs),
    [`aten::dict.Dict_${kind}`]: raw("A dict of the same entries.", copyDict),
    [`aten::__contains__.${kind}`]: raw("Whether a key is there.", (d: DictValue, k: Key) => d.has(wrap(k))),
  };
}

export const dicts: Family = Object.assign({}, ...KINDS.map(([k]) => forKey(k)));
