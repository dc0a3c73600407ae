/** `torch.jit.script` of a list or dict: containers that Python and scripts share, where plain ones are copied. */
import { inferType } from "../../../compiler/mod.ts";
import { DictValue, type IValue, ListValue } from "../../../core/ivalue.ts";
import { DictType, IntType, ListType, StringType, type Type } from "../../../core/types.ts";
import { valueText } from "../../../vm/format.ts";
import { ConversionError } from "../../../compiler/mod.ts";
import * as r from "../../runtime/mod.ts";
import { toPython, toScript } from "./convert.ts";
import { jitError } from "./jit_error.ts";
import { viewOf } from "./views.ts";

export const scriptListType: r.PyType = r.nativeType("ScriptList", { module: "torch" });
export const scriptDictType: r.PyType = r.nativeType("ScriptDict", { module: "torch" });

/** A script list in Python's hands. */
export class PyScriptList extends r.PyObject {
  constructor(readonly value: ListValue) {
    super(scriptListType);
  }
  get type(): Type {
    return new ListType(this.value.elemType);
  }
}

/** A script dict in Python's hands. */
export class PyScriptDict extends r.PyObject {
  constructor(readonly value: DictValue) {
    super(scriptDictType);
  }
  get type(): Type {
    return new DictType(this.value.keyType, this.value.valueType);
  }
}

/** The list compiled: of one element type, copied once. Nothing is known of an empty one: it holds ints. */
export function scriptList(list: r.PyList): PyScriptList {
  if (list.items.length === 0) return new PyScriptList(new ListValue(IntType, []));
  const t = inferType(viewOf(list));
  if ("reason" in t) throw jitError(`Unable to infer type of list: ${t.reason}`);
  return new PyScriptList(toScript(list, t.type) as ListValue);
}

export function scriptDict(dict: r.PyDict): PyScriptDict {
  if (dict.size === 0) return new PyScriptDict(new DictValue(StringType, IntType));
  const t = inferType(viewOf(dict));
  if ("reason" in t) throw jitError(`Unable to infer type of dictionary: ${t.reason}`);
  return new PyScriptDict(toScript(dict, t.type) as DictValue);
}

/** A value as an element; what does not fit is a bare TypeError, as in PyTorch. */
function element(v: r.Value, t: Type): IValue {
  try {
    return toScript(v, t);
  } catch (e) {
    if (e instanceof ConversionError) throw r.typeError("");
    throw e;
  }
}

/** Position of an index, negative ones from the end. */
function position(self: PyScriptList, i: r.Value, message = ""): number {
  const n = self.value.items.length, k = Number(r.index(i));
  const at = k < 0 ? k + n : k;
  if (at < 0 || at >= n) throw r.indexError(message);
  return at;
}

/** Positions that a slice selects. */
function positions(self: PyScriptList, s: r.PySlice): number[] {
  return r.sliceItems(self.value.items.map((_, i) => i), s);
}

function find(self: PyScriptList, v: r.Value): number {
  const wanted = element(v, self.value.elemType);
  return self.value.items.findIndex((x) => r.isEqual(toPython(x), toPython(wanted)));
}

function assign(self: PyScriptList, key: r.Value, v: r.Value): null {
  const { items, elemType } = self.value;
  if (!(key instanceof r.PySlice)) {
    items[position(self, key)] = element(v, elemType);
    return null;
  }
  const at = positions(self, key), values = r.collect(v).map((x) => element(x, elemType));
  if (values.length !== at.length) {
    throw r.runtimeError("Left and right hand size of slice assignment have different sizes");
  }
  at.forEach((i, k) => items[i] = values[k]);
  return null;
}

r.methods(scriptListType, {
  __len__: ["", (self: PyScriptList) => self.value.items.length],
  __bool__: ["", (self: PyScriptList) => self.value.items.length > 0],
  __repr__: ["", (self: PyScriptList) => valueText(self.value)],
  __iter__: ["", (self: PyScriptList) => r.iterObject(new r.PyList(self.value.items.map(toPython)))],
  __contains__: ["v", (self: PyScriptList, v: r.Value) => find(self, v) >= 0],
  __eq__: ["other", (self: PyScriptList, other: r.Value) =>
    r.isEqual(
      new r.PyList(self.value.items.map(toPython)),
      other instanceof PyScriptList ? new r.PyList(other.value.items.map(toPython)) : other,
    )],
  __getitem__: ["i", (self: PyScriptList, i: r.Value) => {
    const { items, elemType } = self.value;
    if (!(i instanceof r.PySlice)) return toPython(items[position(self, i)]);
    return new PyScriptList(new ListValue(elemType, positions(self, i).map((k) => items[k])));
  }],
  __setitem__: ["i, v", assign],
  __delitem__: ["i", (self: PyScriptList, i: r.Value) => {
    self.value.items.splice(position(self, i), 1);
    return null;
  }],
  append: ["v", (self: PyScriptList, v: r.Value) => {
    self.value.items.push(element(v, self.value.elemType));
    return null;
  }],
  extend: ["values", (self: PyScriptList, values: r.Value) => {
    const more = r.collect(values).map((v) => element(v, self.value.elemType));
    self.value.items.push(...more);
    return null;
  }],
  insert: ["i, v", (self: PyScriptList, i: r.Value, v: r.Value) => {
    self.value.items.splice(Number(r.index(i)), 0, element(v, self.value.elemType));
    return null;
  }],
  pop: ["i=-1", (self: PyScriptList, i: r.Value) => {
    const at = position(self, i ?? -1, "list index out of range");
    return toPython(self.value.items.splice(at, 1)[0]);
  }],
  remove: ["v", (self: PyScriptList, v: r.Value) => {
    const at = find(self, v);
    if (at < 0) throw r.valueError("");
    self.value.items.splice(at, 1);
    return null;
  }],
  count: ["v", (self: PyScriptList, v: r.Value) => {
    const wanted = toPython(element(v, self.value.elemType));
    return self.value.items.filter((x) => r.isEqual(toPython(x), wanted)).length;
  }],
  clear: ["", (self: PyScriptList) => {
    self.value.items.length = 0;
    return null;
  }],
});

/** A key of the dict's type; another type is a bare KeyError. */
function key(self: PyScriptDict, k: r.Value): IValue {
  try {
    return toScript(k, self.value.keyType);
  } catch (e) {
    if (e instanceof ConversionError) throw r.raise(r.KeyErrorType, "");
    throw e;
  }
}

r.methods(scriptDictType, {
  __len__: ["", (self: PyScriptDict) => self.value.size],
  __bool__: ["", (self: PyScriptDict) => self.value.size > 0],
  __repr__: ["", (self: PyScriptDict) => valueText(self.value)],
  __contains__: ["k", (self: PyScriptDict, k: r.Value) => self.value.has(key(self, k))],
  __iter__: [
    "",
    (self: PyScriptDict) => r.iterObject(new r.PyList([...self.value.entries()].map(([k]) => toPython(k)))),
  ],
  __getitem__: ["k", (self: PyScriptDict, k: r.Value) => {
    const v = self.value.get(key(self, k));
    if (v === undefined) throw r.raise(r.KeyErrorType, "");
    return toPython(v);
  }],
  __setitem__: ["k, v", (self: PyScriptDict, k: r.Value, v: r.Value) => {
    self.value.set(element(k, self.value.keyType), element(v, self.value.valueType));
    return null;
  }],
  __delitem__: ["k", (self: PyScriptDict, k: r.Value) => {
    if (!self.value.delete(key(self, k))) throw r.raise(r.KeyErrorType, "");
    return null;
  }],
  keys: [
    "",
    (self: PyScriptDict) => r.iterObject(new r.PyList([...self.value.entries()].map(([k]) => toPython(k)))),
  ],
  items: ["", (self: PyScriptDict) =>
    r.iterObject(
      new r.PyList([...self.value.entries()].map(([k, v]) => new r.PyTuple([toPython(k), toPython(v)]))),
    )],
});
