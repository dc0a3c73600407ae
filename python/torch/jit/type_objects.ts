/** Types of TorchScript as Python objects: torch.Type and its subclasses, one a kind. */
import type { Device } from "../../../core/device.ts";
import { isSubtypeOf } from "../../../core/subtyping.ts";
import * as t from "../../../core/types.ts";
import type { Type } from "../../../core/types.ts";
import { unionOf } from "../../../core/unify.ts";
import * as r from "../../runtime/mod.ts";
import { dtypeOf, type PyNumbered } from "../core/objects.ts";
import { Tensor } from "../../../core/tensor.ts";
import { typeOfIValue } from "../../../compiler/ir/constants.ts";

export const typeType: r.PyType = r.nativeType("Type", { module: "torch" });

/** Kinds of types by the names that Python has for them; others are plain torch.Type objects. */
const NAMES: Partial<Record<Type["kind"], string>> = {
  int: "IntType",
  float: "FloatType",
  bool: "BoolType",
  complex: "ComplexType",
  str: "StringType",
  None: "NoneType",
  Any: "AnyType",
  number: "NumberType",
  Device: "DeviceObjType",
  Generator: "_GeneratorType",
  Stream: "StreamObjType",
  PyObject: "PyObjectType",
  Tensor: "TensorType",
  List: "ListType",
  Dict: "DictType",
  Tuple: "TupleType",
  Optional: "OptionalType",
  Union: "UnionType",
  Future: "FutureType",
  Await: "AwaitType",
  RRef: "RRefType",
  Enum: "EnumType",
  Class: "ClassType",
  Interface: "InterfaceType",
};
const classes = new Map<string, r.PyType>();
for (const name of Object.values(NAMES)) {
  if (!classes.has(name)) classes.set(name, r.nativeType(name, { module: "torch", base: typeType }));
}

/** The classes of type objects by name. */
export function typeClasses(): Record<string, r.Value> {
  return { Type: typeType, ...Object.fromEntries(classes) };
}

export class PyJitType extends r.PyObject {
  constructor(readonly inner: Type) {
    super(classes.get(NAMES[inner.kind] ?? "") ?? typeType);
  }
}

const wrappers = new WeakMap<Type, PyJitType>();
/** The Python object of a type, the same one each time. */
export function pyType(type: Type): PyJitType {
  let w = wrappers.get(type);
  if (!w) wrappers.set(type, w = new PyJitType(type));
  return w;
}
/** The type that a Python object stands for. */
export function typeOf(v: r.Value): Type {
  if (v instanceof PyJitType) return v.inner;
  throw r.typeError(`expected a torch.Type, not ${r.typeOf(v).name}`);
}

type T = PyJitType;
const list = (items: Iterable<r.Value>): r.PyList => new r.PyList([...items]);
const kindName = (type: Type): string => {
  if (type.kind === "Generator") return "GeneratorType";
  return NAMES[type.kind] ?? `${type.kind}Type`;
};

function contained(type: Type): readonly Type[] {
  switch (type.kind) {
    case "List":
    case "Optional":
    case "Future":
    case "Await":
    case "RRef":
      return [type.elem];
    case "Dict":
      return [type.key, type.value];
    case "Tuple":
      return type.elems;
    case "Union":
      return type.members;
    default:
      return [];
  }
}

function facts(self: T, what: string): t.TensorFacts {
  if (self.inner.kind === "Tensor") return self.inner.facts;
  throw r.runtimeError(`${what}() of ${self.inner}, which is no tensor's type`);
}
function sizes(list: readonly (number | null)[] | undefined): r.Value {
  if (!list || list.some((s) => s === null)) return null;
  return new r.PyList([...list as readonly number[]]);
}

r.methods(typeType, {
  __str__: ["", (self: T) => self.inner.annotation()],
  __repr__: ["", (self: T) => self.inner.annotation()],
  str: ["", (self: T) => String(self.inner)],
  kind: ["", (self: T) => kindName(self.inner)],
  __eq__: [
    "other",
    (self: T, o: r.Value) =>
      o instanceof PyJitType ? t.typeEquals(self.inner, o.inner) : r.NotImplementedValue,
  ],
  containedTypes: ["", (self: T) => list(contained(self.inner).map(pyType))],
  isSubtypeOf: ["other", (self: T, o: r.Value) => isSubtypeOf(self.inner, typeOf(o))],
  is_interface_type: ["", (self: T) => self.inner.kind === "Interface"],
  dim: ["", (self: T) => facts(self, "dim").sizes?.length ?? null],
  sizes: ["", (self: T) => sizes(facts(self, "sizes").sizes)],
  strides: ["", (self: T) => sizes(facts(self, "strides").strides)],
  varyingSizes: ["", (self: T) => {
    const known = facts(self, "varyingSizes").sizes;
    return known ? new r.PyList([...known]) : null;
  }],
  undefined: ["", () => false],
  requires_grad: ["", (self: T) => {
    const any = (type: Type): boolean =>
      type.kind === "Tensor" ? type.facts.requiresGrad ?? true : contained(type).some(any);
    return any(self.inner);
  }],
  scalarType: ["", (self: T) => {
    const { scalarType } = facts(self, "scalarType");
    return scalarType === undefined ? null : String(new t.TensorType({ scalarType }));
  }],
  dtype: ["", (self: T) => {
    const { scalarType } = facts(self, "dtype");
    return scalarType === undefined ? null : dtypeOf(scalarType);
  }],
  device: ["", (self: T) => facts(self, "device").device ?? null],
  with_dtype: [
    "dtype",
    (self: T, dtype: PyNumbered) =>
      pyType(
        new t.TensorType({
          ...facts(self, "with_dtype"),
          scalarType: dtype.value as t.TensorFacts["scalarType"],
        }),
      ),
  ],
  with_device: [
    "device",
    (self: T, device: Device) => pyType(new t.TensorType({ ...facts(self, "with_device"), device })),
  ],
  with_sizes: ["sizes", (self: T, given: r.Value) => {
    const { scalarType, device, requiresGrad } = facts(self, "with_sizes");
    const known = given === null ? undefined : r.collect(given).map((s) => s === null ? null : Number(s));
    return pyType(new t.TensorType({ scalarType, device, requiresGrad, sizes: known }));
  }],
  contiguous: ["", (self: T) => {
    const known = facts(self, "contiguous");
    const strides: number[] = [];
    let step = 1;
    for (const s of [...known.sizes ?? []].reverse()) {
      strides.unshift(step);
      step *= s ?? 1;
    }
    return pyType(new t.TensorType({ ...known, strides }));
  }],
});
typeType.attrs.set("__hash__", null);
r.getset(typeType, "annotation_str", (self: T) => self.inner.annotation());

/** Methods of single kinds. `get` and the like are called on the class. */
function extend(
  name: string,
  methods: Record<string, [string, (self: T, ...args: any[]) => r.Value]>,
): r.PyType {
  const cls = classes.get(name)!;
  r.methods(cls, methods);
  return cls;
}
function onClass(name: string, table: Record<string, [string, (...args: any[]) => r.Value]>): void {
  const cls = classes.get(name)!;
  for (const [key, [signature, f]] of Object.entries(table)) {
    cls.setOwn(key, new r.PyStaticMethod(r.fn(key, signature, f)));
  }
}
function construct(name: string, signature: string, make: (...args: any[]) => Type): void {
  r.methods(classes.get(name)!, {
    __new__: [signature, (_cls: r.Value, ...args: any[]) => pyType(make(...args))],
  });
}

const SINGLE: Record<string, Type> = {
  IntType: t.IntType,
  FloatType: t.FloatType,
  BoolType: t.BoolType,
  ComplexType: t.ComplexType,
  StringType: t.StringType,
  NoneType: t.NoneType,
  AnyType: t.AnyType,
  NumberType: t.NumberType,
  DeviceObjType: t.DeviceObjType,
  StreamObjType: t.StreamType,
  PyObjectType: t.PyObjectType,
  _GeneratorType: t.GeneratorType,
  TensorType: t.AnyTensorType,
};
for (const [name, type] of Object.entries(SINGLE)) onClass(name, { get: ["", () => pyType(type)] });
onClass("TensorType", {
  getInferred: ["", () => pyType(new t.TensorType({ inferred: true }))],
  create_from_tensor: ["tensor", (v: r.Value) => {
    if (!(v instanceof Tensor)) throw r.typeError("create_from_tensor() takes a tensor");
    return pyType(typeOfIValue(v));
  }],
});
onClass("ListType", {
  ofInts: ["", () => pyType(new t.ListType(t.IntType))],
  ofFloats: ["", () => pyType(new t.ListType(t.FloatType))],
  ofBools: ["", () => pyType(new t.ListType(t.BoolType))],
  ofTensors: ["", () => pyType(new t.ListType(t.AnyTensorType))],
  ofStrings: ["", () => pyType(new t.ListType(t.StringType))],
  ofComplexDoubles: ["", () => pyType(new t.ListType(t.ComplexType))],
});
onClass("OptionalType", { ofTensor: ["", () => pyType(new t.OptionalType(t.AnyTensorType))] });

for (const name of ["List", "Optional", "Future", "Await", "RRef"] as const) {
  const make = {
    List: t.ListType,
    Optional: t.OptionalType,
    Future: t.FutureType,
    Await: t.AwaitType,
    RRef: t.RRefType,
  };
  construct(`${name}Type`, "elem", (elem: r.Value) => new make[name](typeOf(elem)));
  extend(`${name}Type`, { getElementType: ["", (self) => pyType(contained(self.inner)[0])] });
}
construct(
  "DictType",
  "key, value",
  (key: r.Value, value: r.Value) => new t.DictType(typeOf(key), typeOf(value)),
);
extend("DictType", {
  getKeyType: ["", (self) => pyType(contained(self.inner)[0])],
  getValueType: ["", (self) => pyType(contained(self.inner)[1])],
});
construct("TupleType", "elems", (elems: r.Value) => new t.TupleType(r.collect(elems).map(typeOf)));
extend("TupleType", { elements: ["", (self) => list(contained(self.inner).map(pyType))] });
construct("UnionType", "members", (members: r.Value) => unionOf(r.collect(members).map(typeOf)));
extend("ClassType", {
  name: ["", (self) => self.inner.kind === "Class" ? self.inner.name.split(".").pop()! : null],
  qualified_name: ["", (self) => self.inner.kind === "Class" ? self.inner.name : null],
  method_names: ["", (self) => list(self.inner.kind === "Class" ? self.inner.methods.keys() : [])],
});
extend("InterfaceType", {
  getMethod: ["name", (self, name: string) => {
    const found = self.inner.kind === "Interface" ? self.inner.methods.get(name) : undefined;
    if (!found) throw r.runtimeError(`${self.inner} has no method ${name}`);
    return String(found);
  }],
  getMethodNames: ["", (self) => list(self.inner.kind === "Interface" ? self.inner.methods.keys() : [])],
});
