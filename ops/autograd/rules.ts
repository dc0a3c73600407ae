/**
 * How a derivative is written. A rule gives, for each formal that has a gradient, what the formula uses and the formula:
 *
 *     "mul.Tensor": rule({ self: ["other", (g, other) => mul(g, conj(other))], other: ["self", ...] })
 *
 * What is used is a list of names: a formal (a tensor is saved, and checked for in-place writes when it is used; other
 * values are kept as they are), `result` or `result0`, `result1`… (saved too), or any of them with `#` in front for the
 * sizes and dtype alone, or `!` for a tensor that may be written meanwhile. The engine sums a gradient over broadcast dimensions, converts it to the input's dtype and
 * takes the real part where the input is real, so formulas do none of that.
 */
import type { Grad } from "./node.ts";

/** Sizes and dtype of a tensor that is not saved. */
export interface Shape {
  readonly sizes: readonly number[];
  readonly scalarType: number;
  readonly dim: number;
  readonly numel: number;
  readonly strides: readonly number[];
  readonly storageOffset: number;
}

/** From the gradient (of several differentiable outputs: the list of gradients) and what is used to the gradient. */
// deno-lint-ignore no-explicit-any
export type Formula = (g: any, ...used: any[]) => Grad | readonly Grad[];
/** As `Formula`, for several formals at once: also gets which are wanted. */
// deno-lint-ignore no-explicit-any
export type JointFormula = (g: any, wanted: readonly boolean[], ...used: any[]) => readonly Grad[];

export interface Rule {
  readonly grads: Readonly<Record<string, readonly [uses: string, formula: Formula]>>;
  readonly joint?: readonly [formals: string, uses: string, formula: JointFormula];
  /** Number in the node's name, of overloads that PyTorch differentiates apart. */
  readonly index: number;
  /** The whole name where it does not follow from the operator's. */
  readonly name?: string;
  /** Which outputs have gradients; all of floating type unless told. */
  readonly outputs?: readonly number[];
  /** Whether formulas get the list of all outputs' gradients. */
  readonly several: boolean;
}

export interface RuleOptions {
  readonly index?: number;
  readonly name?: string;
  readonly outputs?: readonly number[];
  readonly several?: boolean;
}

/** Rules by `aten::` key without the namespace. */
export type Rules = Readonly<Record<string, Rule>>;

/** A rule for an operator with one differentiable output, or several with `several`. */
export function rule(grads: Rule["grads"], options: RuleOptions = {}): Rule {
  return { grads, index: 0, several: false, ...options };
}

/** A rule whose formula gives the gradients of several formals together. */
export function jointRule(
  formals: string,
  uses: string,
  formula: JointFormula,
  options: RuleOptions = {},
): Rule {
  return { grads: {}, joint: [formals, uses, formula], index: 0, several: false, ...options };
}

/** An operator made of others, as PyTorch composes it: what it is made of is recorded. Gets all formals. */
// deno-lint-ignore no-explicit-any
export type Composite = (...args: any[]) => unknown;
export type Composites = Readonly<Record<string, Composite>>;
