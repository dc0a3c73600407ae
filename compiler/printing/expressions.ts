/** Right-hand sides: the expression that computes a node's outputs from the texts of its inputs. */
import type { ClassType } from "../../core/class_type.ts";
import { Diagnostic, InternalError, NotImplemented, RuntimeFault } from "../../core/errors.ts";
import type { NamedType } from "../../core/function.ts";
import { DictValue, FunctionValue, type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import type { FunctionSchema } from "../../core/schema.ts";
import { isSubtypeOf } from "../../core/subtyping.ts";
import type { Type } from "../../core/types.ts";
import { findOperator, operators } from "../../ops/registry.ts";
import { isNoneConstant, toIValue } from "../ir/constants.ts";
import type { Node, Value } from "../ir/graph.ts";
import { type ConstantContext, constantExpression, quotedString } from "./constant_text.ts";
import { isValidIdentifier } from "./local_names.ts";
import { typeText } from "./type_text.ts";

/** What an expression needs of its printer. */
export interface ExpressionContext extends ConstantContext {
  /** Text of a value where it is used. */
  useOf(v: Value): string;
  /** Whether that text is more than a name. */
  isExpression(v: Value): boolean;
  /** An operator or function the text depends on. */
  onOperator?(key: string): void;
  onFunction?(v: FunctionValue): string;
}

/** The text of `n` as an expression. */
export function nodeExpression(n: Node, c: ExpressionContext): string {
  const use = (i: number) => c.useOf(n.inputs[i]);
  const list = (from = 0) => n.inputs.slice(from).map((v) => c.useOf(v)).join(", ");
  const type = () => typeText(n.output.type, c.nameOf);
  // Calls of compiled code end each argument with a comma.
  const callArguments = () => n.inputs.slice(1).map((v) => c.useOf(v) + ", ").join("");
  switch (n.kind) {
    case "prim::Constant":
      return constantNode(n, c);
    case "prim::ImplicitTensorToNum":
    case "aten::IntImplicit":
    case "aten::FloatImplicit":
    case "aten::ComplexImplicit":
    case "aten::ScalarImplicit":
      return `annotate(${type()}, ${use(0)})`;
    case "aten::Int":
      return `int(${list()})`;
    case "aten::Float":
      return `float(${list()})`;
    case "aten::Bool":
      return `bool(${list()})`;
    case "aten::str":
      return `str(${list()})`;
    case "aten::__getitem__":
      return c.isExpression(n.inputs[0]) ? `(${use(0)})[${use(1)}]` : `${use(0)}[${use(1)}]`;
    case "prim::Print":
      return `print(${list()})`;
    case "aten::sorted":
      return `sorted(${list()})`;
    case "prim::TupleConstruct":
      return tupleText(n, list(), c);
    case "prim::TupleIndex":
      return `(${use(0)})[${use(1)}]`;
    case "prim::TupleSlice":
      return `(${use(0)})[${slicePart(n, "beg")}:${slicePart(n, "end")}]`;
    case "prim::ListConstruct":
      return listText(n, list(), c);
    case "prim::DictConstruct":
      return dictText(n, c);
    case "prim::CreateObject":
      return `${type()}.__new__(${type()})`;
    case "prim::GetAttr": {
      const field = n.s("name");
      return isValidIdentifier(field)
        ? `${use(0)}.${field}`
        : `getattr(${use(0)}, ${quotedString(field, false)})`;
    }
    case "prim::CallFunction":
      return `${use(0)}(${callArguments()})`;
    case "prim::CallMethod":
      if (n.inputs[0].type.kind === "Interface") typeText(n.inputs[0].type, c.nameOf);
      else if (n.inputs[0].type.kind !== "Class") {
        // A Union of classes under one interface: no text would compile to it again.
        throw new RuntimeFault(
          "RuntimeError",
          'false INTERNAL ASSERT FAILED at "/__w/pytorch/pytorch/torch/csrc/jit/serialization/python_print.cpp":1162, ' +
            "please report a bug to PyTorch. method call to unhandled type in serialization",
        );
      }
      return `(${use(0)}).${n.s("name")}(${callArguments()})`;
    case "aten::_unwrap_optional": {
      const none = n.inputs[0].type.kind === "None" || isNoneConstant(n.inputs[0]);
      const arg = none ? `annotate(${typeText(n.inputs[0].type, c.nameOf)}, ${use(0)})` : use(0);
      return `torch._unwrap_optional(${arg})`;
    }
    case "prim::unchecked_unwrap_optional":
    case "prim::unchecked_cast":
      return `unchecked_cast(${type()}, ${use(0)})`;
    case "prim::Uninitialized":
      return `uninitialized(${type()})`;
    case "prim::isinstance":
      return `isinstance(${use(0)}, ${isinstanceTypes(n, c)})`;
    case "prim::tolist":
      return `annotate(${type()}, ${use(0)}.tolist())`;
    case "prim::EnumValue":
      return `(${use(0)}).value`;
    case "prim::EnumName":
      return `(${use(0)}).name`;
    case "prim::PythonOp":
      if (c.importable) {
        throw new Diagnostic(
          `Could not export Python function call '${n.s("name")}'. Remove calls to Python functions before ` +
            "export. Did you forget to add @script or @script_method annotation? If this is a nn.ModuleList, " +
            "add it to __constants__",
          n.range,
        );
      }
      return `^${n.s("name")}()(${list()})`;
    default:
      return operatorText(n, c);
  }
}

function constantNode(n: Node, c: ExpressionContext): string {
  const v = toIValue(n.output);
  if (v === undefined) throw new InternalError("a constant without a value cannot be printed");
  if (v instanceof FunctionValue) return c.onFunction ? c.onFunction(v) : v.fn.qualifiedName;
  return constantExpression(v, c);
}

function tupleText(n: Node, items: string, c: ExpressionContext): string {
  const t = n.output.type;
  if (t.kind === "Tuple" && t.named?.name) return `${c.nameOf(t as NamedType)}(${items})`;
  return `(${items}${n.inputs.length === 1 ? "," : ""})`;
}

function slicePart(n: Node, name: string): string {
  const a = n.attributes.get(name);
  return a?.kind === "i" ? String(a.value) : "";
}

/** Whether the reader finds the element type again by looking at the elements. */
function inferable(t: Type): boolean {
  return t.kind !== "Union" && t.kind !== "Optional" && t.kind !== "Interface" && t.kind !== "Any" &&
    t.kind !== "number";
}

function listText(n: Node, items: string, c: ExpressionContext): string {
  const t = n.output.type;
  const inferred = n.inputs.length > 0 && t.kind === "List" && inferable(t.elem);
  return inferred ? `[${items}]` : `annotate(${typeText(t, c.nameOf)}, [${items}])`;
}

function dictText(n: Node, c: ExpressionContext): string {
  const t = n.output.type;
  const items: string[] = [];
  for (let i = 0; i < n.inputs.length; i += 2) {
    items.push(`${c.useOf(n.inputs[i])}: ${c.useOf(n.inputs[i + 1])}`);
  }
  const text = `{${items.join(", ")}}`;
  const inferred = items.length > 0 && t.kind === "Dict" && inferable(t.key) && inferable(t.value);
  return inferred ? text : `annotate(${typeText(t, c.nameOf)}, ${text})`;
}

function isinstanceTypes(n: Node, c: ExpressionContext): string {
  const a = n.attributes.get("types");
  if (a?.kind !== "tys") throw new InternalError("isinstance without types");
  const texts = a.value.map((t) => typeText(t, c.nameOf));
  return texts.length === 1 ? texts[0] : `(${texts.join(", ")})`;
}

const RENAMED: Record<string, string> = {
  "aten::backward": "torch.autograd.backward",
  "aten::grad": "torch.autograd.grad",
};

function operatorName(kind: string): string {
  if (RENAMED[kind]) return RENAMED[kind];
  const [namespace, name] = kind.split("::");
  return namespace === "aten" ? `torch.${name}` : `ops.${namespace}.${name}`;
}

/** The schema the node was matched with; found by its inputs' types when nobody noted it. */
export function schemaOfNode(n: Node): FunctionSchema | undefined {
  if (n.schemaKey !== undefined) return findOperator(n.schemaKey)?.schema;
  const all = operators(n.kind);
  return (all.find((o) =>
    o.schema.args.length === n.inputs.length &&
    o.schema.args.every((a, i) => a.type.kind === "Var" || isSubtypeOf(n.inputs[i].type, a.type))
  ) ?? all.find((o) => o.schema.args.length === n.inputs.length) ?? all[0])?.schema;
}

function operatorText(n: Node, c: ExpressionContext): string {
  const schema = schemaOfNode(n);
  if (!schema) throw new NotImplemented(`printing ${n.kind} as Python`);
  c.onOperator?.(schema.key);
  const parts: string[] = [];
  const { necessary, out } = necessaryArguments(n, schema);
  for (let i = 0; i < necessary; i++) {
    const a = schema.args[i];
    parts.push(a?.kwargOnly ? `${a.name}=${c.useOf(n.inputs[i])}` : c.useOf(n.inputs[i]));
  }
  for (let i = schema.args.length - out; i < schema.args.length; i++) {
    parts.push(`${schema.args[i].name}=${c.useOf(n.inputs[i])}`);
  }
  return `${operatorName(n.kind)}(${parts.join(", ")})`;
}

/** How many leading arguments must be written, and how many out arguments follow what is left out. */
function necessaryArguments(n: Node, schema: FunctionSchema): { necessary: number; out: number } {
  if (n.inputs.length !== schema.args.length) return { necessary: n.inputs.length, out: 0 };
  let i = schema.args.length, out = 0;
  while (i > 0 && schema.args[i - 1].isOut) {
    i--;
    out++;
  }
  for (; i > 0; i--) {
    const expected = schema.args[i - 1].defaultValue;
    if (expected === undefined) break;
    const actual = toIValue(n.inputs[i - 1]);
    if (actual === undefined || !sameValue(expected, actual)) break;
  }
  return { necessary: i, out };
}

/** Equality of IValues as constants: an int is not the float of the same value. */
function sameValue(a: IValue, b: IValue): boolean {
  if (a === b) return true;
  if (a instanceof Float) return b instanceof Float && Object.is(a.value, b.value);
  if (a instanceof Complex) return b instanceof Complex && a.re === b.re && a.im === b.im;
  if (
    (a instanceof ListValue && b instanceof ListValue) || (a instanceof TupleValue && b instanceof TupleValue)
  ) {
    return a.items.length === b.items.length && a.items.every((x, i) => sameValue(x, b.items[i]));
  }
  return a instanceof DictValue && b instanceof DictValue && a.size === 0 && b.size === 0;
}

/** The class whose method a CallMethod names, when it is one. */
export function methodOwner(n: Node): ClassType | undefined {
  const t = n.inputs[0]?.type;
  return n.kind === "prim::CallMethod" && t?.kind === "Class" ? t : undefined;
}
