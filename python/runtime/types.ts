/** Making classes: MRO, metaclasses, `__slots__`, `__set_name__`, `__init_subclass__`; and calling types. */
import {
  type Attrs,
  type Kwargs,
  objectType,
  PyObject,
  PyType,
  typeOf,
  typeType,
  type Value,
} from "./object.ts";
import { bindSpecial, call, callSpecial, PyBuiltin, typeCall } from "./call.ts";
import { findattr, PyMember } from "./attributes.ts";
import { callFunction, PyCell, PyFunction } from "./function.ts";
import { memberType, PyClassMethod, PyStaticMethod } from "./native.ts";
import { PyDict } from "./dict.ts";
import { PyTuple } from "./sequences.ts";
import { collect } from "./iteration.ts";
import { raise, RuntimeErrorType, typeError } from "./exceptions.ts";

/** C3 linearisation. */
export function computeMro(t: PyType): PyType[] {
  const lists = [...t.bases.map((b) => b.mro.slice()), t.bases.slice()];
  const out: PyType[] = [t];
  for (;;) {
    const rest = lists.filter((l) => l.length > 0);
    if (rest.length === 0) return out;
    const head = rest.map((l) => l[0]).find((c) => !rest.some((l) => l.indexOf(c, 1) > 0));
    if (!head) {
      throw typeError(
        `Cannot create a consistent method resolution\norder (MRO) for bases ${
          t.bases.map((b) => b.name).join(", ")
        }`,
      );
    }
    out.push(head);
    for (const l of rest) if (l[0] === head) l.shift();
  }
}

/** The most derived metaclass of the bases and the one asked for. */
export function metaclassOf(wanted: PyType, bases: Value[]): PyType {
  let meta = wanted;
  for (const b of bases) {
    const m = typeOf(b);
    if (meta.isSubtypeOf(m)) continue;
    if (m.isSubtypeOf(meta)) meta = m;
    else {
      throw typeError(
        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
      );
    }
  }
  return meta;
}

/** type.__new__(meta, name, bases, namespace, **kwargs). */
export function newType(
  meta: PyType,
  name: string,
  baseValues: Value[],
  namespace: Attrs,
  kwargs: Kwargs,
): PyType {
  const bases: PyType[] = [];
  for (const b of baseValues) {
    if (!(b instanceof PyType)) {
      throw typeError(
        typeOf(b).lookup("__mro_entries__") !== undefined
          ? "type() doesn't support MRO entry resolution; use types.new_class()"
          : "bases must be types",
      );
    }
    if (b.final) throw typeError(`type '${b.name}' is not an acceptable base type`);
    bases.push(b);
  }
  if (bases.length === 0) bases.push(objectType);
  const duplicate = bases.find((b, i) => bases.indexOf(b) !== i);
  if (duplicate) throw typeError(`duplicate base class ${duplicate.name}`);
  const winner = metaclassOf(meta, bases);
  if (winner !== meta) {
    const maker = winner.lookup("__new__");
    if (maker !== undefined && maker !== typeType.attrs.get("__new__")) {
      return call(
        staticValue(maker),
        [winner, name, new PyTuple(bases), new PyDict(namespace)],
        kwargs,
      ) as PyType;
    }
    meta = winner;
  }
  const layout = bestLayout(bases);
  const attrs: Attrs = new Map(namespace);
  const t = new PyType(name, bases, attrs, meta);
  t.heap = true;
  t.alloc = layout.alloc;
  t.layout = layout.layout;
  t.mro = bases.length === 1 ? [t, ...bases[0].mro] : computeMroOf(t);
  const qualname = attrs.get("__qualname__");
  if (qualname !== undefined) attrs.set("__qualname__", qualname);
  for (const special of ["__init_subclass__", "__class_getitem__"]) {
    const f = attrs.get(special);
    if (f instanceof PyFunction) attrs.set(special, new PyClassMethod(f));
  }
  const maker = attrs.get("__new__");
  if (maker instanceof PyFunction) attrs.set("__new__", new PyStaticMethod(maker));
  if (attrs.has("__eq__") && !attrs.has("__hash__")) attrs.set("__hash__", null);
  addSlots(t, attrs);
  if (!attrs.has("__doc__")) attrs.set("__doc__", null);
  t.invalidate();
  const classCell = attrs.get("__classcell__");
  if (classCell instanceof PyCell) {
    attrs.delete("__classcell__");
    classCell.cell.v = t;
  }
  setNames(t);
  const init = superLookup(t, "__init_subclass__");
  if (init !== undefined) call(init, [], kwargs);
  return t;
}

function computeMroOf(t: PyType): PyType[] {
  try {
    return computeMro(t);
  } catch (e) {
    for (const b of t.bases) b.subclasses = b.subclasses.filter((s) => s !== t);
    throw e;
  }
}

export function staticValue(v: Value): Value {
  return v instanceof PyStaticMethod ? v.func : v;
}

/** The base whose instances' native layout the new class takes. */
function bestLayout(bases: PyType[]): PyType {
  let best = bases[0];
  for (const b of bases) {
    if (b.layout === best.layout || best.layout.isSubtypeOf(b.layout)) continue;
    if (b.layout.isSubtypeOf(best.layout)) best = b;
    else throw typeError("multiple bases have instance lay-out conflict");
  }
  return best;
}

function addSlots(t: PyType, attrs: Attrs): void {
  const slots = attrs.get("__slots__");
  if (slots === undefined) {
    t.hasDict = true;
    return;
  }
  const names = typeof slots === "string" ? [slots] : collect(slots) as string[];
  t.hasDict = t.bases.some((b) => b.hasDict) || names.includes("__dict__");
  for (const raw of names) {
    if (raw === "__dict__" || raw === "__weakref__") continue;
    const name = raw.startsWith("__") && !raw.endsWith("__") ? `_${t.name.replace(/^_+/, "")}${raw}` : raw;
    if (attrs.has(name)) throw typeError(`'${raw}' in __slots__ conflicts with class variable`);
    attrs.set(name, new PyMember(memberType, name, t));
  }
}

function setNames(t: PyType): void {
  for (const [name, v] of [...t.attrs]) {
    if (v instanceof PyFunction || !(v instanceof PyObject) || typeof name !== "string") continue;
    if (v.cls.lookup("__set_name__") === undefined) continue;
    try {
      callSpecial(v, "__set_name__", t, name);
    } catch (e) {
      const wrapped = raise(
        RuntimeErrorType,
        `Error calling __set_name__ on '${v.cls.name}' instance '${name}' in '${t.name}'`,
      );
      wrapped.cause = e as never;
      throw wrapped;
    }
  }
}

/** The attribute `name` of the classes after `t` in its MRO, bound to `t`. */
function superLookup(t: PyType, name: string): Value | undefined {
  for (const c of t.mro.slice(1)) {
    const v = c.attrs.get(name);
    if (v !== undefined) {
      return v instanceof PyObject && v.descriptorKind() !== 0 ? v.descriptorGet(undefined, t) : v;
    }
  }
  return undefined;
}

/** type.__call__: `__new__`, then `__init__` if the result is an instance of the class. */
export function callTypeDefault(cls: PyType, args: Value[], kw: Kwargs): Value {
  const maker = cls.lookup("__new__");
  const init = cls.lookup("__init__");
  let o: Value;
  if (maker === objectNew.method) {
    if (init === objectNew.init && (args.length > 0 || (kw !== null && kw.size > 0))) {
      throw typeError(`${cls.name}() takes no arguments`);
    }
    o = objectNew.make(cls);
    if (init === objectNew.init) return o;
  } else {
    const f = staticValue(maker!);
    o = f instanceof PyBuiltin ? f.fn([cls, ...args], kw) : call(f, [cls, ...args], kw);
    const t = typeOf(o);
    if (t !== cls && !t.mro.includes(cls)) return o;
    if (init === objectNew.init || t.lookup("__init__") === objectNew.init) return o;
  }
  const initializer = typeOf(o).lookup("__init__")!;
  const r = initializer instanceof PyFunction
    ? callFunction(initializer, [o, ...args], kw)
    : call(bindSpecial(initializer, o, typeOf(o)), args, kw);
  if (r !== null) throw typeError(`__init__() should return None, not '${typeOf(r).name}'`);
  return o;
}

/** object's `__new__` and `__init__`, filled in by builtins/object.ts. */
export const objectNew: {
  method: Value | undefined;
  init: Value | undefined;
  make: (cls: PyType) => Value;
} = { method: undefined, init: undefined, make: (cls) => cls.alloc(cls) };

typeCall.call = (cls, args, kw) => {
  const meta = cls.cls;
  if (meta === typeType) {
    if (cls === typeType && args.length === 1 && kw === null) return typeOf(args[0]);
    return callTypeDefault(cls, args, kw);
  }
  const m = meta.lookup("__call__");
  if (m === undefined || m === metaCall.method) return callTypeDefault(cls, args, kw);
  return call(bindSpecial(m, cls, meta), args, kw);
};

/** type's own `__call__`, so that the usual case skips it. */
export const metaCall: { method: Value | undefined } = { method: undefined };

/** `__mro_entries__` of bases that are not classes, such as `Generic[T]`. */
export function resolveBases(bases: Value[]): Value[] {
  if (bases.every((b) => b instanceof PyType)) return bases;
  const out: Value[] = [];
  for (const b of bases) {
    const m = b instanceof PyType ? undefined : findattr(b, "__mro_entries__");
    if (m === undefined) out.push(b);
    else {
      const r = call(m, [new PyTuple(bases)]);
      if (!(r instanceof PyTuple)) throw typeError("__mro_entries__ must return a tuple");
      out.push(...r.items);
    }
  }
  return out;
}
