/**
 * What stands at dispatch's door while gradients are enabled: a call with a tensor that requires gradients becomes a
 * node of the backward graph. Operators that PyTorch makes of others are made of the same ones here, so that graphs have
 * the same nodes; all others run as they always do.
 */
import { check } from "../../core/errors.ts";
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { settled } from "../../core/pending.ts";
import { Float } from "../../core/scalar.ts";
import { Tensor } from "../../core/tensor.ts";
import { AnyTensorType, type Type } from "../../core/types.ts";
import { registerDefault } from "../adapters.ts";
import type { Operator } from "../operator.ts";
import { at } from "./calls.ts";
import { edgeOf, requiresGrad } from "./history.ts";
import { checkInPlace, rebaseHistory } from "./in_place.ts";
import { type Edge, isDifferentiable, metaOf, type Node, peekMeta } from "./node.ts";
import { MissingNode, type Plan, planFor, RuleNode } from "./rule_node.ts";
import type { Composite } from "./rules.ts";
import { compositeOf, isConstant, nodeName, ruleOf } from "./tables.ts";
import { setGradEnabled, withGrad } from "./mode.ts";

/** What is done about an operator. */
type Treatment =
  | { readonly kind: "plain" }
  | { readonly kind: "detach" }
  | { readonly kind: "out" }
  | { readonly kind: "composite"; readonly compose: Composite }
  | { readonly kind: "rule"; readonly plan: Plan; readonly inPlace: boolean }
  | { readonly kind: "missing"; readonly inPlace: boolean };

const treatments = new Map<Operator, Treatment>();

function givesTensors(t: Type): boolean {
  return t.kind === "Tensor" || (t.kind === "List" && t.elem.kind === "Tensor");
}

const DETACHES = new Set(["aten::detach", "aten::data", "prim::data"]);

function treatmentOf(op: Operator): Treatment {
  if (DETACHES.has(op.name)) return { kind: "detach" };
  if (!op.name.startsWith("aten::") || isConstant(op)) return { kind: "plain" };
  const { schema } = op;
  if (!schema.returns.some((r) => givesTensors(r.type))) return { kind: "plain" };
  if (schema.args.some((a) => a.isOut)) return { kind: "out" };
  const inPlace = schema.args[0]?.alias?.isWrite === true && schema.returns[0].alias?.isWrite === true;
  const compose = compositeOf(op);
  if (compose) return { kind: "composite", compose };
  const rule = ruleOf(op, inPlace);
  if (rule) return { kind: "rule", plan: planFor(op, rule, nodeName(op, rule)), inPlace };
  if (op.declaration?.tags?.includes("raw")) return { kind: "plain" };
  return { kind: "missing", inPlace };
}

function tracked(v: IValue): boolean {
  if (v instanceof Tensor) return v.requiresGrad || (v.base !== undefined && v.base.requiresGrad);
  if (v instanceof ListValue) {
    for (const x of v.items) {
      if (!(x instanceof Tensor)) {
        if (x !== null) return false;
      } else if (requiresGrad(x)) return true;
    }
  }
  return false;
}

/** The recorder: runs the call, and records it when an argument requires gradients. */
export function recordCall(op: Operator, args: readonly IValue[]): IValue {
  for (let i = 0; i < args.length; i++) {
    const v = args[i];
    if (typeof v === "object" && v !== null && tracked(v)) return recordTracked(op, args);
  }
  return op.invoke(args);
}

function recordTracked(op: Operator, args: readonly IValue[]): IValue {
  let t = treatments.get(op);
  if (!t) treatments.set(op, t = treatmentOf(op));
  switch (t.kind) {
    case "plain":
      return op.invoke(args);
    case "detach":
      return detached(op.invoke(args) as Tensor);
    case "out":
      check(
        false,
        `${
          op.name.slice(6)
        }(): functions with out=... arguments don't support automatic differentiation, but one ` +
          "of the arguments requires grad.",
      );
      break;
    case "composite":
      return compose(op, t.compose, args);
    case "rule":
      return t.inPlace ? writeRecorded(op, t.plan, args) : makeRecorded(op, t.plan, args);
    case "missing":
      return missing(op, args, t.inPlace);
  }
}

/** A view that knows nothing of its base's history. */
function detached(t: Tensor): Tensor {
  t.base = undefined;
  t.requiresGrad = false;
  return t;
}

function compose(op: Operator, f: Composite, args: readonly IValue[]): IValue {
  const given = op.schema.args.map((a, i) => plain(i < args.length ? args[i] : registerDefault(a)));
  const v = f(...given);
  if (!Array.isArray(v)) return v as IValue;
  return op.schema.returns.length > 1 ? new TupleValue(v) : new ListValue(AnyTensorType, v);
}
/** Lists as arrays; numbers of lists without their tag. */
function plain(v: IValue): unknown {
  if (!(v instanceof ListValue)) return v;
  return v.elemType.kind === "float" ? v.items.map((x) => x instanceof Float ? x.value : x) : [...v.items];
}

/** Runs the operator; what its kernel calls is part of it. */
function unrecorded(op: Operator, args: readonly IValue[]): IValue {
  const before = setGradEnabled(false);
  try {
    return settled(op.invoke(args));
  } finally {
    setGradEnabled(before);
  }
}

function edgesFor(formals: readonly number[], args: readonly IValue[]): (Edge | null)[] {
  const edges: (Edge | null)[] = [];
  const one = (v: unknown) => v instanceof Tensor && isDifferentiable(v) ? edgeOf(v) : null;
  for (const i of formals) {
    const v = args[i];
    if (v instanceof ListValue) { for (const x of v.items) edges.push(one(x)); }
    else edges.push(one(v));
  }
  return edges;
}

/** The tensors an operator gave, lists opened. */
function outputsOf(op: Operator, v: IValue): IValue[] {
  if (op.schema.returns.length > 1) return [...(v as TupleValue).items];
  return v instanceof ListValue ? [...v.items] : [v];
}

/** The result as an object of its own: an operator may have given its argument back. */
function apart(op: Operator, v: IValue, args: readonly IValue[]): IValue {
  if (v instanceof Tensor) return args.includes(v) ? alias(v) : v;
  if (!(v instanceof TupleValue || v instanceof ListValue)) return v;
  if (!v.items.some((x) => x instanceof Tensor && args.includes(x))) return v;
  const items = v.items.map((x) => apart(op, x, args));
  return v instanceof TupleValue ? new TupleValue(items) : new ListValue(v.elemType, items);
}
function alias(t: Tensor): Tensor {
  return t.asStrided(t.sizes, t.strides);
}

function makeRecorded(op: Operator, plan: Plan, args: readonly IValue[]): IValue {
  const edges = edgesFor(plan.formals, args);
  if (edges.every((e) => e === null)) return op.invoke(args);
  const node = new RuleNode(plan, args, edges.map((e) => e !== null));
  node.edges = edges;
  node.saveFrom("arg", op, args);
  const v = apart(op, unrecorded(op, args), args);
  const outputs = outputsOf(op, v);
  addOutputs(node, op, args, outputs, plan.rule.outputs);
  node.saveFrom("result", op, op.schema.returns.length > 1 ? outputs : [v]);
  return v;
}

function addOutputs(
  node: Node,
  op: Operator,
  args: readonly IValue[],
  outputs: readonly IValue[],
  which: readonly number[] | undefined,
): void {
  const { returns } = op.schema;
  const several = returns.length === 1 && outputs.length > 1;
  outputs.forEach((t, i) => {
    if (!(t instanceof Tensor)) return node.skipOutput({ sizes: [], scalarType: 6 });
    const { alias } = returns[returns.length > 1 ? i : 0];
    if (!alias) t.base = undefined;
    else if (t.base === undefined) {
      const self = args[0];
      if (self instanceof Tensor && self.storage === t.storage) t.base = self.base ?? self;
    }
    if (!isDifferentiable(t) || (which && !which.includes(i))) return node.skipOutput(t);
    node.addOutput(t);
    if (alias && several) metaOf(t).creation = "multi";
  });
}

/** Views in place (`t_`, `squeeze_`): the tensor shows its elements otherwise, none is written. */
const RESHAPES = /^aten::(t|transpose|squeeze|unsqueeze|swapaxes|swapdims|as_strided)_$/;

function writeRecorded(op: Operator, plan: Plan, args: readonly IValue[]): IValue {
  const self = args[0] as Tensor;
  if (!isDifferentiable(self)) return op.invoke(args);
  checkInPlace(self);
  const edges = edgesFor(plan.formals, args);
  const node = new RuleNode(plan, args, edges.map((e) => e !== null));
  node.edges = edges;
  const before = node.usesArgument(0) ? withGrad(false, () => at("clone", self, null)) : self;
  node.saveFrom("arg", op, [before, ...args.slice(1)]);
  const v = unrecorded(op, args);
  if (RESHAPES.test(op.name)) node.addOutput(self);
  else rebaseHistory(self, node);
  node.saveFrom("result", op, [self]);
  return v;
}

function missing(op: Operator, args: readonly IValue[], inPlace: boolean): IValue {
  if (inPlace) checkInPlace(args[0] as Tensor);
  const node = new MissingNode(nodeName(op, undefined), op.key);
  const formals = op.schema.args.map((_, i) => i).filter((i) => i < args.length);
  node.edges = edgesFor(formals, args);
  const v = unrecorded(op, args);
  if (inPlace) rebaseHistory(args[0] as Tensor, node);
  else addOutputs(node, op, args, outputsOf(op, apart(op, v, args)), undefined);
  return v;
}

/** Whether a tensor's node is of this tensor: what printing and Python's `grad_fn` show. */
export function hasNode(t: Tensor): boolean {
  return peekMeta(t)?.node != null;
}
