/** Nodes made by rules: what they save, and how their formulas are called. */
import { InternalError, NotImplemented } from "../../core/errors.ts";
import { type IValue, ListValue } from "../../core/ivalue.ts";
import { Tensor } from "../../core/tensor.ts";
import { registerDefault } from "../adapters.ts";
import { aliasOf } from "../families.ts";
import { type Operator, operators } from "../operator.ts";
import { type Grad, Node, SavedTensor } from "./node.ts";
import type { Formula, JointFormula, Rule, Shape } from "./rules.ts";

/** Where a used value comes from. */
interface Use {
  readonly key: string;
  readonly from: "arg" | "result";
  readonly index: number;
  readonly shapeOnly: boolean;
  /** Kept as it is, whatever is written to it: `!name`. */
  readonly unchecked: boolean;
}
interface Part {
  /** Argument numbers of the formals whose gradients the formula gives. */
  readonly formals: readonly number[];
  readonly uses: readonly Use[];
  readonly formula: Formula | JointFormula;
  readonly isJoint: boolean;
}
/** A rule made ready for an operator. */
export interface Plan {
  readonly rule: Rule;
  readonly name: string;
  readonly parts: readonly Part[];
  /** Argument numbers of formals with gradients, in order. */
  readonly formals: readonly number[];
}

export function planFor(op: Operator, rule: Rule, name: string): Plan {
  const { schema } = op, first = aliasOf(op.name);
  const original = first && operators(first).find((o) => o.overload === op.overload);
  const at = (formal: string) => {
    let i = schema.argIndex(formal);
    // A second name's formals stand where the first name's do, under other names.
    if (i < 0 && original) i = original.schema.argIndex(formal);
    // In-place forms name it self.
    if (i < 0 && (formal === "input" || formal === "self")) {
      i = schema.args[0]?.alias?.isWrite || formal === "input" ? 0 : -1;
    }
    if (i < 0) throw new InternalError(`the derivative of ${op.key} names ${formal}, which is no argument`);
    return i;
  };
  const use = (word: string): Use => {
    const shapeOnly = word[0] === "#", unchecked = word[0] === "!";
    const key = shapeOnly || unchecked ? word.slice(1) : word;
    const result = /^result(\d*)$/.exec(key);
    return result
      ? { key, from: "result", index: Number(result[1] || 0), shapeOnly, unchecked }
      : { key, from: "arg", index: at(key), shapeOnly, unchecked };
  };
  const uses = (text: string) => text.split(" ").filter(Boolean).map(use);
  const parts: Part[] = Object.entries(rule.grads).map(([formal, [text, formula]]) => ({
    formals: [at(formal)],
    uses: uses(text),
    formula,
    isJoint: false,
  }));
  if (rule.joint) {
    const [formals, text, formula] = rule.joint;
    parts.push({ formals: formals.split(" ").map(at), uses: uses(text), formula, isJoint: true });
  }
  const formals = parts.flatMap((p) => p.formals).sort((a, b) => a - b);
  return { rule, name, parts, formals };
}

function shapeOf(t: Tensor): Shape {
  const { sizes, scalarType, strides, storageOffset } = t;
  return { sizes, scalarType, strides, storageOffset, dim: sizes.length, numel: t.numel };
}

type Saved = SavedTensor | null | readonly (SavedTensor | null)[] | { readonly plain: unknown };

function save(v: unknown, shapeOnly: boolean): Saved {
  if (v instanceof ListValue) {
    if (v.items.some((x) => x instanceof Tensor)) {
      if (shapeOnly) return { plain: v.items.map((x) => x instanceof Tensor ? shapeOf(x) : x) };
      return v.items.map((x) => x instanceof Tensor ? new SavedTensor(x) : null);
    }
    return { plain: [...v.items] };
  }
  if (v instanceof Tensor) return shapeOnly ? { plain: shapeOf(v) } : new SavedTensor(v);
  return { plain: v };
}

function unpacked(s: Saved): unknown {
  if (s === null) return null;
  if (s instanceof SavedTensor) return s.unpack();
  if ("plain" in s) return s.plain;
  return s.map((x) => x === null ? null : x.unpack());
}

/** How many edges a formal has: one, or one for each tensor of a list. */
export function edgeCount(v: IValue): number {
  return v instanceof ListValue ? v.items.length : 1;
}

export class RuleNode extends Node {
  readonly #saved = new Map<string, Saved>();
  /** Which edges want a gradient. */
  readonly #wanted: readonly boolean[];
  /** First edge of each formal, by argument number. */
  readonly #first = new Map<number, number>();
  /** Lists among the formals, by argument number: how many edges. */
  readonly #lists = new Map<number, number>();

  constructor(readonly plan: Plan, args: readonly IValue[], wanted: readonly boolean[]) {
    super(plan.name);
    this.#wanted = wanted;
    let edge = 0;
    for (const i of plan.formals) {
      this.#first.set(i, edge);
      const v = args[i];
      if (v instanceof ListValue) this.#lists.set(i, v.items.length);
      edge += edgeCount(v);
    }
  }
  #wants(formal: number): boolean {
    const first = this.#first.get(formal)!, n = this.#lists.get(formal) ?? 1;
    for (let i = 0; i < n; i++) if (this.#wanted[first + i]) return true;
    return false;
  }
  /** Whether a formula that is wanted uses argument `index` as a tensor. */
  usesArgument(index: number): boolean {
    return this.plan.parts.some((p) =>
      p.formals.some((f) => this.#wants(f)) &&
      p.uses.some((u) => u.from === "arg" && u.index === index && !u.shapeOnly)
    );
  }
  /** Saves what the formulas use of the arguments, or (afterwards) of the results. */
  saveFrom(from: "arg" | "result", op: Operator, values: readonly IValue[]): void {
    for (const part of this.plan.parts) {
      if (!part.formals.some((f) => this.#wants(f))) continue;
      for (const u of part.uses) {
        const slot = u.shapeOnly ? "#" + u.key : u.key;
        if (u.from !== from || this.#saved.has(slot)) continue;
        const v = u.index < values.length || from === "result"
          ? values[u.index]
          : registerDefault(op.schema.args[u.index]);
        this.#saved.set(slot, u.unchecked ? { plain: v } : save(v, u.shapeOnly));
      }
    }
  }
  /** What was saved under a name, as Python's `_saved_self`; undefined when nothing was. */
  saved(name: string): { value: unknown } | undefined {
    const s = this.#saved.get(name);
    return s === undefined ? undefined : { value: unpacked(s) };
  }
  override apply(grads: readonly Grad[]): readonly Grad[] {
    const { rule, parts } = this.plan;
    const out: Grad[] = new Array(this.edges.length).fill(null);
    if (grads.every((g) => g === null)) return out;
    const g = rule.several ? grads : grads[rule.outputs?.[0] ?? 0];
    if (g === null || g === undefined) return out;
    for (const part of parts) {
      const wanted = part.formals.map((f) => this.#wants(f));
      if (!wanted.includes(true)) continue;
      const used = part.uses.map((u) => unpacked(this.#saved.get(u.shapeOnly ? "#" + u.key : u.key)!));
      if (part.isJoint) {
        const results = (part.formula as JointFormula)(g, wanted, ...used);
        part.formals.forEach((f, i) => out[this.#first.get(f)!] = results[i] ?? null);
        continue;
      }
      const formal = part.formals[0], first = this.#first.get(formal)!;
      const r = (part.formula as Formula)(g, ...used);
      if (Array.isArray(r)) r.forEach((x, i) => out[first + i] = x);
      else out[first] = r as Grad;
    }
    return out;
  }
  override release(): void {
    for (const s of this.#saved.values()) {
      if (s instanceof SavedTensor) s.release();
      else if (Array.isArray(s)) s.forEach((x) => x?.release());
    }
  }
}

/** Stands for an operator that has no derivative here, and says so when a gradient is asked of it. */
export class MissingNode extends Node {
  constructor(name: string, readonly key: string) {
    super(name);
  }
  override apply(): never {
    throw new NotImplemented(`the derivative of ${this.key}`);
  }
}
