/** `super`. */
import { nativeType, PyObject, PyType, typeOf, type Value } from "./object.ts";
import { raise, RuntimeErrorType, typeError } from "./exceptions.ts";
import { methods } from "./native.ts";
import { genericGetattr } from "./attributes.ts";

export const superType = nativeType("super", {
  alloc: (cls) => new PySuper(undefined, undefined, undefined, cls),
});

export class PySuper extends PyObject {
  constructor(
    public thisClass: PyType | undefined,
    public self: Value | undefined,
    /** The class whose MRO is searched. */
    public selfClass: PyType | undefined,
    cls: PyType = superType,
  ) {
    super(cls);
  }
}

/** super(cls, self). */
export function makeSuper(cls: Value, self: Value): PySuper {
  if (!(cls instanceof PyType)) throw typeError(`super() argument 1 must be a type, not ${typeOf(cls).name}`);
  if (self instanceof PyType && self.isSubtypeOf(cls)) return new PySuper(cls, self, self);
  const t = typeOf(self);
  if (t.isSubtypeOf(cls)) return new PySuper(cls, self, t);
  throw typeError("super(type, obj): obj must be an instance or subtype of type");
}

/** super() inside a method: `cell` holds the class, `self` the first parameter. */
export function zeroArgumentSuper(
  cell: { v: Value | undefined } | undefined,
  self: Value | undefined,
): PySuper {
  if (self === undefined) throw raise(RuntimeErrorType, "super(): no arguments");
  if (cell === undefined) throw raise(RuntimeErrorType, "super(): __class__ cell not found");
  if (cell.v === undefined) throw raise(RuntimeErrorType, "super(): empty __class__ cell");
  return makeSuper(cell.v, self);
}

/** What `super().name` finds; undefined if no class has it. */
export function superLookup(s: PySuper, name: string): Value | undefined {
  if (s.selfClass === undefined || name === "__class__") return undefined;
  const mro = s.selfClass.mro;
  for (let i = mro.indexOf(s.thisClass!) + 1; i < mro.length; i++) {
    const v = mro[i].attrs.get(name);
    if (v === undefined) continue;
    if (v instanceof PyObject && v.descriptorKind() !== 0) {
      return v.descriptorGet(s.self === s.selfClass ? undefined : s.self, s.selfClass);
    }
    return v;
  }
  return undefined;
}

methods(superType, {
  __init__: ["type=None, obj=None, /", (s: PySuper, cls?: Value, self?: Value) => {
    if (cls === undefined) throw raise(RuntimeErrorType, "super(): no arguments");
    if (self === undefined) {
      s.thisClass = cls as PyType;
      return null;
    }
    const made = makeSuper(cls, self);
    s.thisClass = made.thisClass;
    s.self = made.self;
    s.selfClass = made.selfClass;
    return null;
  }],
  __getattribute__: ["name, /", (s: PySuper, name: string) => {
    const v = superLookup(s, name);
    return v !== undefined ? v : genericGetattr(s, name);
  }],
  __repr__: ["", (s: PySuper) => {
    const of = s.selfClass ? `<${s.selfClass.name} object>` : "NULL";
    return `<super: <class '${s.thisClass?.name}'>, ${of}>`;
  }],
});
