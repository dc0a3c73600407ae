/**
 * How an operator is declared. Its signature is PyTorch's schema line in `schemas.txt`, the one place it is written;
 * a family file maps schema keys (`aten::add.Tensor`, or `aten::add.*` for every overload without its own entry)
 * to declarations. In-place (`add_`) and `out=` forms follow from the functional declaration and are not written.
 */
import type { Tensor } from "../core/tensor.ts";
import type { Elementwise } from "./reference/pointwise.ts";

/**
 * Computes an operator. Positional, in the schema's order; keyword-only formals follow the others.
 * What a formal's type means for the value passed:
 * `float` a JS number, `float?` number or null; `int` number (bigint only when unsafe); `Scalar` a tagged scalar
 * (`core/scalar.ts`); `int[]`, `float[]`, `bool[]`, `Tensor[]`, `Tensor?[]` readonly JS arrays; `Tensor?` Tensor or null;
 * `ScalarType`, `Layout`, `MemoryFormat` PyTorch's numbers. Returns the same forms; an array for several returns.
 * A `raw` declaration gets and returns register values untouched: lists are `ListValue`, by reference.
 */
// deno-lint-ignore no-explicit-any
export type Kernel = (...args: any[]) => any;

export type Tag =
  /** Gets register values as they are: operators on lists, dicts, strings and numbers. */
  | "raw"
  /** Reads no element: works for tensors of any device. */
  | "any_device"
  /** The result shares storage with an input. */
  | "view"
  /** Draws random numbers. */
  | "random"
  /** Reads or changes something outside its arguments. */
  | "side_effect";

export interface Declaration {
  /** One line: what it computes. */
  readonly doc: string;
  readonly kernel: Kernel;
  /** `[rtol, atol]` against PyTorch for float results; 1e-5 and 1e-6 unless told. */
  readonly tolerance?: readonly [rtol: number, atol: number];
  readonly tags?: readonly Tag[];
  /** Of elementwise operators: what the kernel would compute, so that in-place and `out=` forms write it in place. */
  // deno-lint-ignore no-explicit-any
  readonly plan?: (...args: any[]) => Elementwise | Tensor;
}

/** Declarations of one subject, by schema key. Plain data: importing one does no work. */
export type Family = Readonly<Record<string, Declaration>>;

/** A declaration in one line. */
export function op(
  doc: string,
  kernel: Kernel,
  tags?: readonly Tag[],
  tolerance?: readonly [number, number],
): Declaration {
  return { doc, kernel, tags, tolerance };
}

/** A declaration of an operator on plain values: gets register values untouched. */
export function raw(doc: string, kernel: Kernel, tags: readonly Tag[] = []): Declaration {
  return { doc, kernel, tags: ["raw", "any_device", ...tags] };
}

/** A view: shares its input's storage, reads no element. */
export function view(doc: string, kernel: Kernel): Declaration {
  return { doc, kernel, tags: ["view", "any_device"] };
}
