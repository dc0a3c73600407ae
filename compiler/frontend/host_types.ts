/** Types of host objects: what an annotation object means, and what type a live value has. */
import { Diagnostic, InternalError } from "../../core/errors.ts";
import type { SourceRange } from "../../core/source.ts";
import { reprStr } from "../../core/subtyping.ts";
import * as T from "../../core/types.ts";
import type { Type } from "../../core/types.ts";
import { optionalOf, unifyTypes, unionOf } from "../../core/unify.ts";
import type { IValue } from "../../core/ivalue.ts";
import { typeOfIValue } from "../ir/constants.ts";
import { hostCompiler } from "./host_compiler.ts";
import { hostIValue } from "./host_ivalues.ts";
import type { ClassView, ObjectView } from "./resolver.ts";
import { INFERRED_TENSOR } from "./script_type_parser.ts";

const BUILTIN: Record<string, Type> = {
  int: T.IntType,
  float: T.FloatType,
  bool: T.BoolType,
  complex: T.ComplexType,
  str: T.StringType,
  NoneType: T.NoneType,
  Tensor: T.AnyTensorType,
  device: T.DeviceObjType,
  Generator: T.GeneratorType,
  Stream: T.StreamType,
  dtype: T.IntType,
  qscheme: T.IntType,
  SymInt: T.IntType,
  list: T.AnyListType,
  tuple: T.AnyTupleType,
};

/** The type an annotation object stands for; undefined when it is none. */
export function annotationType(view: ObjectView, range: SourceRange | undefined): Type | undefined {
  const d = view.describe();
  switch (d.kind) {
    case "constant":
      return d.value === null ? T.NoneType : undefined;
    case "typing":
      return typingType(d.form, d.args, range);
    case "class":
      return classType(d.cls, range);
    default:
      return undefined;
  }
}

/** The type of `List[int]` and its kin; the bare forms are errors. */
function typingType(
  form: string,
  args: readonly ObjectView[] | undefined,
  range: SourceRange | undefined,
): Type | undefined {
  if (form === "Any") return T.AnyType;
  if (!args) {
    const parameters = { List: "int", Tuple: "int", Optional: "int", Dict: "int, int" }[form];
    if (parameters === undefined) return undefined;
    const what = form === "Dict"
      ? "contained types. Please add contained type"
      : "a contained type. Please add a contained type";
    throw new Diagnostic(
      `Attempted to use ${form} without ${what}, e.g. ${form}[${parameters}]`,
      undefined,
    );
  }
  const types: Type[] = [];
  for (const a of args) {
    const t = annotationType(a, range);
    if (!t) return undefined;
    types.push(t);
  }
  switch (form) {
    case "List":
      return new T.ListType(types[0]);
    case "Dict":
      return new T.DictType(types[0], types[1]);
    case "Tuple":
      return new T.TupleType(types);
    case "Optional":
      return optionalOf(types[0]);
    case "Union":
      return unionOf(types);
    case "Future":
      return new T.FutureType(types[0]);
    case "RRef":
      return new T.RRefType(types[0]);
    case "Await":
      return new T.AwaitType(types[0]);
    case "Final":
    case "ClassVar":
    case "Annotated":
      return types[0];
    case "BroadcastingList1":
    case "BroadcastingList2":
    case "BroadcastingList3":
      return new T.ListType(types[0]);
    default:
      return undefined;
  }
}

/** The type of a class used as an annotation; compiles the class when nobody has. */
export function classType(cls: ClassView, range: SourceRange | undefined): Type | undefined {
  if (cls.builtin !== undefined) {
    return Object.hasOwn(BUILTIN, cls.builtin) ? BUILTIN[cls.builtin] : undefined;
  }
  if (cls.namedTuple) return namedTupleType(cls, range);
  if (cls.enumMembers) return hostCompiler().enumType(cls);
  if (cls.scripted) return cls.scripted;
  if (cls.isInterface) return hostCompiler().compileInterface(cls);
  if (cls.isModule || cls.isException || !cls.definition) return undefined;
  return hostCompiler().compileClass(cls, range);
}

/** The TupleType of a namedtuple class, registered under its qualified name. */
export function namedTupleType(cls: ClassView, range: SourceRange | undefined): T.TupleType {
  const unit = hostCompiler().unit;
  const known = unit.types.get(cls.qualifiedName);
  if (known?.kind === "Tuple") return known as T.TupleType;
  const { fields, types, defaults } = cls.namedTuple!;
  const elems = fields.map((_, i) => {
    const view = types[i];
    return view ? forwardType(view, cls, range) ?? INFERRED_TENSOR : INFERRED_TENSOR;
  });
  const first = fields.length - defaults.length;
  const t = new T.TupleType(elems, {
    name: cls.qualifiedName,
    fields,
    defaults: defaults.map((d, i) => hostIValue(d, elems[first + i]) as IValue),
  });
  unit.addType(cls.qualifiedName, t as T.TupleType & { readonly named: object });
  return t;
}

/** An annotation that may be a string, read where the class was defined. */
export function forwardType(
  view: ObjectView,
  cls: ClassView,
  range: SourceRange | undefined,
): Type | undefined {
  const d = view.describe();
  const text = d.kind === "forward_ref"
    ? d.text
    : d.kind === "constant" && typeof d.value === "string"
    ? d.value
    : undefined;
  if (text === undefined) return annotationType(view, range);
  return hostCompiler().typeOfText(text, (n) => cls.lookup(n), range);
}

export type Inferred = { type: Type } | { reason: string };

/** `type(obj).__name__`. */
function shortName(view: ObjectView): string {
  return view.typeName.slice(view.typeName.lastIndexOf(".") + 1);
}

/** The type of a live value, or why it has none. */
export function inferType(view: ObjectView): Inferred {
  const d = view.describe();
  switch (d.kind) {
    case "constant":
      return { type: typeOfIValue(d.value) };
    case "numbered":
      return { type: T.IntType };
    case "tensor":
      return { type: T.AnyTensorType };
    case "generator":
      return { type: T.GeneratorType };
    case "enum":
      return { type: hostCompiler().enumType(d.cls) };
    case "script_container":
      return { type: d.type };
    case "script_function":
      return { type: new T.FunctionType(d.fns[0].qualifiedName) };
    case "script_object":
      return d.value.type.isModule ? { reason: "Cannot infer type of ScriptModule" } : { type: d.value.type };
    case "module":
      return { reason: "Cannot infer concrete type of torch.nn.Module" };
    case "instance": {
      const type = instanceType(d.cls);
      if (type) return { type };
      break;
    }
    case "tuple": {
      const elems: Type[] = [];
      for (const i of d.items) {
        const t = inferType(i);
        if ("reason" in t) return t;
        elems.push(t.type);
      }
      return { type: new T.TupleType(elems) };
    }
    case "list":
      return inferList(d.items);
    case "dict":
      return inferDict(d.entries);
    default:
  }
  return {
    reason:
      "Only tensors and (possibly nested) tuples of tensors, lists, or dicts are supported as inputs or outputs of " +
      `traced functions, but instead got value of type ${shortName(view)}.`,
  };
}

/** The script class of an instance, compiled now if it can be; undefined when it cannot. */
function instanceType(cls: ClassView): Type | undefined {
  if (cls.scripted) return cls.scripted.kind === "Class" ? cls.scripted : undefined;
  if (!cls.definition || cls.isException || cls.isInterface) return undefined;
  try {
    return hostCompiler().compileClass(cls);
  } catch (e) {
    if (e instanceof Diagnostic) return undefined;
    throw e;
  }
}

function inferList(items: readonly ObjectView[]): Inferred {
  if (!items.length) return { reason: "List trace inputs must have elements" };
  let elem: Type | undefined;
  for (const i of items) {
    const t = inferType(i);
    if ("reason" in t) return { reason: `Could not infer type of list element: ${t.reason}` };
    const u = elem ? unifyTypes(elem, t.type) : t.type;
    if (!u) {
      return {
        reason: `List inputs to traced functions must have consistent element type. Found ${
          reprStr(elem!)
        } and ${reprStr(t.type)}`,
      };
    }
    elem = u;
  }
  return { type: new T.ListType(elem!) };
}

function inferDict(entries: readonly (readonly [ObjectView, ObjectView])[]): Inferred {
  if (!entries.length) return { reason: "Dictionary inputs must have entries" };
  const join = (old: Type | undefined, view: ObjectView): Inferred => {
    const t = inferType(view);
    if ("reason" in t || !old) return t;
    const u = unifyTypes(old, t.type);
    if (u) return { type: u };
    return {
      reason: `Dictionary inputs to traced functions must have consistent type. Found ${reprStr(old)} and ${
        reprStr(t.type)
      }`,
    };
  };
  let key: Type | undefined, value: Type | undefined;
  for (const [k, v] of entries) {
    const a = join(key, k);
    if ("reason" in a) return a;
    const b = join(value, v);
    if ("reason" in b) return b;
    key = a.type;
    value = b.type;
  }
  return { type: new T.DictType(key!, value!) };
}

/** The common type of an Enum's values, which must be int, float or str. */
export function enumValueType(values: readonly Type[]): Type {
  if (!values.length) throw new InternalError("an Enum without members");
  const plain = values.map((t) =>
    t.kind === "List" || t.kind === "Tuple" || t.kind === "Dict" ? T.AnyType : t
  );
  plain.forEach((t, i) => {
    if (t === plain[0]) return;
    throw new Diagnostic(
      `Could not unify type list since element ${i} of type ${
        reprStr(t)
      } did not match the types before it (${reprStr(plain[0])})`,
      undefined,
    );
  });
  if (plain[0] === T.IntType || plain[0] === T.FloatType || plain[0] === T.StringType) return plain[0];
  throw new Diagnostic(
    `Cannot create Enum with value type '${reprStr(plain[0])}', only int, float and string are supported`,
    undefined,
  );
}
