/**
 * Live Python objects as the compiler sees them. `describers` is where the torch module adds what its own objects are
 * (dtypes, script functions, special forms); everything of plain Python is described here.
 */
import type { BuiltinClass, HostValue, ObjectView, TypingForm } from "../../../compiler/frontend/resolver.ts";
import { Device } from "../../../core/device.ts";
import { Complex, Float } from "../../../core/scalar.ts";
import { Tensor } from "../../../core/tensor.ts";
import * as r from "../../runtime/mod.ts";
import { HostClass } from "./class_view.ts";
import { HostFunctionView } from "./function_view.ts";
import { HostModule } from "./module_view.ts";

/** Says what an object is, or undefined when it does not know it. */
export type Describer = (v: r.Value) => HostValue | undefined;

const describers: Describer[] = [];

/** Adds a describer; it is asked before the rules for plain Python. */
export function addDescriber(d: Describer): void {
  describers.push(d);
}

/** Attributes of an object by their names, undefined where Python raises AttributeError. */
export function attribute(v: r.Value, name: string): r.Value | undefined {
  return r.findattr(v, name);
}

export function viewOf(v: r.Value): HostView {
  return new HostView(v);
}

export class HostView implements ObjectView {
  constructor(readonly object: r.Value) {}

  get typeName(): string {
    const t = r.typeOf(this.object);
    const name = t.fullName;
    return t.module === "torch" ? `torch.${t.qualname}` : name;
  }
  repr(): string {
    return r.repr(this.object);
  }
  getattr(name: string): ObjectView | undefined {
    const v = attribute(this.object, name);
    return v === undefined ? undefined : viewOf(v);
  }
  describe(): HostValue {
    const v = this.object;
    for (const d of describers) {
      const known = d(v);
      if (known) return known;
    }
    return plain(v);
  }
}

const leaf = (value: null | boolean | number | bigint | string | Float | Complex | Device): HostValue => ({
  kind: "constant",
  value,
});

function plain(v: r.Value): HostValue {
  if (v === null || typeof v !== "object") return leaf(v);
  if (v instanceof Float || v instanceof Complex || v instanceof Device) return leaf(v);
  if (v instanceof Tensor) return { kind: "tensor", value: v };
  if (v instanceof r.PyBytes) return leaf(new TextDecoder().decode(v.data));
  const member = enumMember(v);
  if (member) return member;
  if (v instanceof r.PyIntObject || v instanceof r.PyFloatObject || v instanceof r.PyStrObject) {
    return leaf(v.value as never);
  }
  if (v instanceof r.PyTuple) {
    const cls = new HostClass(v.cls);
    return { kind: "tuple", items: v.items.map(viewOf), cls: cls.namedTuple ? cls : undefined };
  }
  if (v instanceof r.PyList) return { kind: "list", items: v.items.map(viewOf) };
  if (v instanceof r.PyDict) {
    return { kind: "dict", entries: [...v.entries()].map(([k, x]) => [viewOf(k), viewOf(x)] as const) };
  }
  if (v instanceof r.PyModule) return { kind: "python_module", name: String(v.attrs?.get("__name__") ?? "") };
  const typing = typingForm(v);
  if (typing) return typing;
  if (v instanceof r.PyFunction) return { kind: "function", fn: new HostFunctionView(v) };
  if (v instanceof r.PyBoundMethod) {
    return v.func instanceof r.PyFunction
      ? { kind: "method", fn: new HostFunctionView(v.func), self: viewOf(v.self) }
      : { kind: "builtin_function", name: nameOf(v.func) };
  }
  if (v instanceof r.PyType) return { kind: "class", cls: new HostClass(v) };
  if (v instanceof r.PyBuiltin || v instanceof r.PyMethodDescriptor) {
    return { kind: "builtin_function", name: nameOf(v) };
  }
  if (v instanceof r.PyObject) {
    const cls = new HostClass(v.cls);
    if (cls.isModule) return { kind: "module", module: new HostModule(v, cls) };
    return v.cls.heap ? { kind: "instance", cls } : { kind: "other" };
  }
  return { kind: "other" };
}

function nameOf(v: r.Value): string {
  const n = attribute(v, "__name__");
  return typeof n === "string" ? n : "";
}

function enumMember(v: object): HostValue | undefined {
  if (!(v instanceof r.PyObject)) return undefined;
  const members = v.cls.lookup("_member_map_");
  if (!(members instanceof r.PyDict)) return undefined;
  const name = attribute(v, "_name_") ?? attribute(v, "name");
  return typeof name === "string" ? { kind: "enum", cls: new HostClass(v.cls), name } : undefined;
}

const FORMS = new Set<string>([
  "Tuple",
  "List",
  "Dict",
  "Optional",
  "Union",
  "Future",
  "RRef",
  "Await",
  "Final",
  "Literal",
  "BroadcastingList1",
  "BroadcastingList2",
  "BroadcastingList3",
  "Callable",
  "Annotated",
  "ClassVar",
]);
const ORIGINS: Record<string, TypingForm> = { list: "List", dict: "Dict", tuple: "Tuple", Union: "Union" };

/** `List`, `List[int]`, `X | Y`, `list[int]`, string annotations; whatever class stands behind them. */
function typingForm(v: object): HostValue | undefined {
  if (!(v instanceof r.PyObject)) return undefined;
  const type = v.cls.name;
  if (type === "ForwardRef") {
    const text = attribute(v, "__forward_arg__");
    if (typeof text === "string") return { kind: "forward_ref", text };
  }
  if (v instanceof r.PyType) {
    return v.name === "Any" && v.module === "typing"
      ? { kind: "typing", form: "Any", args: undefined }
      : undefined;
  }
  if (type === "UnionType") return { kind: "typing", form: "Union", args: argsOf(v) };
  const inTyping = v.cls.module === "typing" || v.cls.module.startsWith("torch._jit") ||
    type === "GenericAlias";
  if (!inTyping) return undefined;
  const origin = attribute(v, "__origin__");
  const name = attribute(v, "_name");
  const args = v.attrs?.has("__args__") || type === "GenericAlias" ? argsOf(v) : undefined;
  if (name === "Any") return { kind: "typing", form: "Any", args: undefined };
  let form = typeof name === "string" && FORMS.has(name) ? name : undefined;
  if (form === undefined && origin instanceof r.PyObject) {
    const of = attribute(origin, "_name") ?? attribute(origin, "__name__");
    if (typeof of === "string") form = FORMS.has(of) ? of : ORIGINS[of];
  }
  if (form === undefined) return undefined;
  if (form === "Optional" && args && args.length > 1) form = "Union";
  return { kind: "typing", form: form as TypingForm, args };
}

function argsOf(v: r.Value): readonly ObjectView[] {
  const args = attribute(v, "__args__");
  return args instanceof r.PyTuple ? args.items.map(viewOf) : [];
}

/** Python classes that have a type of their own in TorchScript, by full name. */
export const BUILTIN_CLASSES: Readonly<Record<string, BuiltinClass>> = {
  int: "int",
  float: "float",
  bool: "bool",
  complex: "complex",
  str: "str",
  NoneType: "NoneType",
  list: "list",
  tuple: "tuple",
  dict: "dict",
  object: "object",
  "torch.Tensor": "Tensor",
  "torch._tensor.Tensor": "Tensor",
  "torch.nn.parameter.Parameter": "Tensor",
  "torch.device": "device",
  "torch.Generator": "Generator",
  "torch._C.Generator": "Generator",
  "torch.dtype": "dtype",
  "torch.layout": "layout",
  "torch.memory_format": "memory_format",
  "torch.qscheme": "qscheme",
  "torch.Size": "Size",
  "torch.SymInt": "SymInt",
};
