/** Runs at compile time what depends on constants only, and drops branches and loops that cannot be taken. */
import { NotImplemented, RuntimeFault } from "../../core/errors.ts";
import { DictValue, type EnumValue, type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import type { DictType, ListType, Type } from "../../core/types.ts";
import { callOperator, withoutInterceptors } from "../../ops/dispatch.ts";
import { findOperator, type Operator } from "../../ops/registry.ts";
import { AliasDb, isMutableType, writesOf } from "../ir/alias_analysis.ts";
import { createConstant, isConstantable, toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node } from "../ir/graph.ts";
import { eliminateDeadCode, hasSideEffects } from "./dead_code_elimination.ts";

const NEVER = new Set([
  "prim::If",
  "prim::Loop",
  "prim::Closure",
  "prim::Constant",
  "prim::Uninitialized",
  "prim::unchecked_unwrap_optional",
  "prim::awaitable",
  "aten::dequantize",
  "prim::Param",
  "prim::Return",
  "prim::GetAttr",
  "prim::CreateObject",
  "prim::isinstance",
]);

/** Folds values that nothing can change in place; running it again changes nothing. What every compile runs. */
export function constantPropagationImmutableTypes(graph: Graph): boolean {
  return propagate(graph, true);
}

/** Folds also tensors, lists and dicts that nothing in the graph writes to. */
export function constantPropagation(graph: Graph): boolean {
  return propagate(graph, false);
}

/** Whether anything was folded. */
function propagate(graph: Graph, immutableOnly: boolean): boolean {
  const changed = new Propagator(graph, immutableOnly).run();
  if (changed) eliminateDeadCode(graph);
  return changed;
}

class Propagator {
  #aliases: AliasDb | undefined;
  #changed = false;
  constructor(readonly graph: Graph, readonly immutableOnly: boolean) {}

  /** Whether anything was folded: dead code is looked for only then, which printed graphs show. */
  run(): boolean {
    if (!this.immutableOnly) this.#aliases = new AliasDb(this.graph);
    this.#block(this.graph.block);
    return this.#changed;
  }

  #block(block: Block): void {
    for (const n of block.nodes()) this.#node(n);
  }

  #node(n: Node): void {
    const constantInputs = n.inputs.every((v) => v.node.kind === "prim::Constant");
    if (n.kind === "prim::If") {
      if (constantInputs) return this.#inlineBranch(n);
      for (const b of n.blocks) this.#block(b);
      const before = n.outputs.length;
      simplifyIfOutputs(n);
      if (n.outputs.length !== before) this.#changed = true;
    } else if (n.kind === "prim::Loop") {
      if (neverRuns(n)) {
        this.#changed = true;
        return removeLoop(n);
      }
      this.#block(n.blocks[0]);
      const before = n.outputs.length;
      dropUnchangedLoopValues(n);
      if (n.outputs.length !== before) this.#changed = true;
    } else if (constantInputs && this.#supported(n)) this.#fold(n);
    else for (const b of n.blocks) this.#block(b);
  }

  #supported(n: Node): boolean {
    if (NEVER.has(n.kind) || n.blocks.length || hasSideEffects(n)) return false;
    const tags = operatorOf(n)?.declaration?.tags;
    if (tags?.includes("random") || tags?.includes("side_effect")) return false;
    if (this.immutableOnly) {
      return !n.inputs.some((v) => isMutableType(v.type)) && !n.outputs.some((v) => isMutableType(v.type));
    }
    return writesOf(n).length === 0 && ![...n.inputs, ...n.outputs].some((v) => this.#aliases!.hasWriters(v));
  }

  #fold(n: Node): void {
    const results = evaluate(n);
    if (!results) return;
    results.forEach((r, i) => {
      if (!isConstantable(r) || (!this.immutableOnly && returnedContainer(n, i))) return;
      const c = createConstant(this.graph, r, undefined, r === null ? n.outputs[i].type : undefined)
        .insertBefore(n);
      n.outputs[i].replaceAllUsesWith(c.output);
      this.#changed = true;
    });
  }

  #inlineBranch(n: Node): void {
    this.#changed = true;
    const cond = toIValue(n.inputs[0]);
    const taken = n.blocks[cond ? 0 : 1];
    this.#block(taken);
    inlineBlockBefore(n, taken);
  }
}

/** A mutable constant that the graph returns could be changed by the caller. */
function returnedContainer(n: Node, i: number): boolean {
  return isMutableType(n.outputs[i].type) && n.outputs[i].uses.some((u) => u.user === n.graph.block.ret);
}

function operatorOf(n: Node): Operator | undefined {
  return n.schemaKey === undefined ? undefined : findOperator(n.schemaKey);
}

/** Results of a node whose inputs are all constants; undefined when it cannot be run now. */
function evaluate(n: Node): IValue[] | undefined {
  const args = n.inputs.map((v) => toIValue(v)!);
  if (args.includes(undefined as never)) return undefined;
  switch (n.kind) {
    case "prim::TupleConstruct":
      return [
        new TupleValue(
          args,
          n.output.type.kind === "Tuple" && n.output.type.named ? n.output.type : undefined,
        ),
      ];
    case "prim::ListConstruct":
      return [new ListValue((n.output.type as ListType).elem, args)];
    case "prim::DictConstruct": {
      const t = n.output.type as DictType;
      const d = new DictValue(t.key, t.value);
      for (let i = 0; i < args.length; i += 2) d.set(args[i], args[i + 1]);
      return [d];
    }
    case "prim::TupleIndex": {
      const items = (args[0] as TupleValue).items, at = Number(args[1]);
      const v = items[at < 0 ? at + items.length : at];
      return v === undefined ? undefined : [v];
    }
    case "prim::TupleUnpack":
      return [...(args[0] as TupleValue).items];
    case "prim::unchecked_cast":
      return [args[0]];
    case "prim::EnumName":
      return [(args[0] as EnumValue).name];
    case "prim::EnumValue":
      return [(args[0] as EnumValue).value];
  }
  const op = operatorOf(n);
  if (!op?.isImplemented || op.schema.isVararg) return undefined;
  try {
    // Registers of type float hold raw numbers, constants tagged ones.
    const raw = args.map((a, i) =>
      op.schema.args[i]?.type.kind === "float" && a instanceof Float ? a.value : a
    );
    const result = withoutInterceptors(() => callOperator(op, raw));
    const many = n.outputs.length === 1 ? [result] : (result as TupleValue).items;
    return many.map((r, i) => tagged(r, op.schema.returns[i]?.type ?? n.outputs[i].type));
  } catch (e) {
    // It will fail, or be refused, where it stands when the program runs.
    if (e instanceof RuntimeFault || e instanceof NotImplemented || e instanceof RangeError) return undefined;
    throw e;
  }
}

function tagged(v: IValue, t: Type): IValue {
  return t.kind === "float" && typeof v === "number" ? new Float(v) : v;
}

/** Moves the nodes of a branch in front of its If, which goes. */
function inlineBlockBefore(n: Node, taken: Block): void {
  for (const inner of taken.nodes()) inner.moveBefore(n);
  n.outputs.forEach((o, i) => o.replaceAllUsesWith(taken.outputs[i]));
  n.destroy();
}

/** Outputs that both branches return alike stand for that value; outputs nobody uses go. */
function simplifyIfOutputs(n: Node): void {
  const [a, b] = n.blocks;
  for (let i = n.outputs.length - 1; i >= 0; i--) {
    const o = n.outputs[i];
    const same = a.outputs[i] === b.outputs[i] ? a.outputs[i] : equalConstants(n, i);
    if (o.uses.length && same) o.replaceAllUsesWith(same);
    if (o.uses.length) continue;
    n.eraseOutput(i);
    a.ret.removeInput(i);
    b.ret.removeInput(i);
  }
}

function equalConstants(n: Node, i: number) {
  const [x, y] = n.blocks.map((b) => b.outputs[i]);
  if (x.node.kind !== "prim::Constant" || y.node.kind !== "prim::Constant") return undefined;
  const a = toIValue(x), b = toIValue(y);
  const equal = a !== undefined &&
    (a === b || (a instanceof Float && b instanceof Float && Object.is(a.value, b.value)));
  if (!equal || String(x.type) !== String(y.type)) return undefined;
  const c = createConstant(n.graph, a, x.node.range, n.outputs[i].type).insertBefore(n);
  return c.output;
}

function neverRuns(n: Node): boolean {
  const trip = toIValue(n.inputs[0]), cond = toIValue(n.inputs[1]);
  return cond === false || (typeof trip === "number" && trip < 1);
}

function removeLoop(n: Node): void {
  n.outputs.forEach((o, i) => o.replaceAllUsesWith(n.inputs[i + 2]));
  n.destroy();
}

/** A carried value that the body returns as it got it is not carried. */
function dropUnchangedLoopValues(n: Node): void {
  const body = n.blocks[0];
  for (let i = n.outputs.length - 1; i >= 0; i--) {
    const inner = body.inputs[i + 1];
    if (inner !== body.outputs[i + 1]) continue;
    n.outputs[i].replaceAllUsesWith(n.inputs[i + 2]);
    body.ret.removeInput(i + 1);
    inner.replaceAllUsesWith(n.inputs[i + 2]);
    n.eraseOutput(i);
    n.removeInput(i + 2);
    body.param.eraseOutput(i + 1);
  }
}
