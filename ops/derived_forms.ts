/** Forms of operators that follow from a declared one: in-place (`add_`), `out=`, copies of views, functional forms. */
import { check } from "../core/errors.ts";
import { canCast, isComplexType, type ScalarType, scalarTypeInfo } from "../core/scalar_type.ts";
import type { FunctionSchema } from "../core/schema.ts";
import { Tensor } from "../core/tensor.ts";
import type { Declaration } from "./declaration.ts";
import { copyInto, copyOf, sameSizes } from "./reference/copy.ts";
import { isNonOverlappingDense, resizeTensor } from "./reference/allocation.ts";
import { computed, computeInto, type Elementwise } from "./reference/pointwise.ts";
import { operandSizes } from "./reference/promotion.ts";
import { type Operator, operators } from "./operator.ts";
import { overlaps } from "./wasm/mod.ts";

/** The declaration of an in-place, out, copying or functional form, when the operator it follows from is declared. */
export function deriveDeclaration(op: Operator): Declaration | undefined {
  const schema = op.schema;
  if (schema.args.some((a) => a.isOut)) return outForm(op, schema);
  if (/[^_]_$|__i\w+__$/.test(op.name) && schema.args[0]?.alias?.isWrite) return inPlaceForm(op);
  return copyForm(op) ?? functionalForm(op);
}

function inPlaceForm(op: Operator): Declaration | undefined {
  const base = op.name.replace(/__i(\w+)__$/, "__$1__").replace(/([^_])_$/, "$1");
  const all = operators(base);
  const functional = all.find((o) => o.overload === op.overload) ??
    all.find((o) => formalsMatch(o.schema, op.schema));
  const d = functional?.declaration;
  if (!d) return undefined;
  const kernel = d.kernel;
  if (d.tags?.includes("view")) {
    return {
      doc: `${d.doc} In place.`,
      kernel: (self: Tensor, ...rest: unknown[]) => becomeView(self, kernel(self, ...rest)),
      tags: d.tags,
    };
  }
  const name = base.slice(base.indexOf("::") + 2), plan = d.plan;
  return {
    doc: `${d.doc} Written to self.`,
    kernel: (self: Tensor, ...rest: unknown[]) => {
      if (plan && !isComplexType(self.scalarType)) return runInPlace(self, plan(self, ...rest));
      const result = kernel(self, ...rest);
      check(
        !(REAL_OF_COMPLEX.has(name) && isComplexType(self.scalarType)),
        `In-place ${name} is not supported for complex tensors.`,
      );
      return writeInPlace(self, result);
    },
    tolerance: d.tolerance,
    tags: d.tags,
  };
}
/** Operators that make real results of complex tensors, so that nothing can be written back. */
const REAL_OF_COMPLEX = new Set(["abs", "absolute"]);

/** In-place forms of views (`squeeze_`, `t_`) change what the tensor shows of its storage. */
function becomeView(self: Tensor, result: Tensor): Tensor {
  self.sizes = result.sizes;
  self.strides = result.strides;
  self.storageOffset = result.storageOffset;
  return self;
}

/** `select_copy` from the view `select`: the same elements in memory of their own. */
function copyForm(op: Operator): Declaration | undefined {
  if (!op.name.endsWith("_copy")) return undefined;
  const d = operators(op.name.slice(0, -5)).find((o) => formalsMatch(o.schema, op.schema))?.declaration;
  if (!d) return undefined;
  const kernel = d.kernel;
  return {
    doc: `${d.doc} Copied.`,
    kernel: (...args: unknown[]) => {
      const result = kernel(...args) as Tensor | Tensor[];
      return Array.isArray(result) ? result.map((t) => copyOf(t)) : copyOf(result);
    },
    tags: d.tags?.filter((t) => t !== "view" && t !== "any_device"),
  };
}

/** `uniform` from `uniform_`: operators whose in-place form is the one declared. */
function functionalForm(op: Operator): Declaration | undefined {
  const schema = op.schema;
  if (schema.isMutable || schema.returns.length !== 1 || op.name.endsWith("_")) return undefined;
  const inPlace = operators(op.name + "_").find((o) => formalsMatch(o.schema, schema));
  const d = inPlace && inPlace.isDeclared ? inPlace.declaration : undefined;
  if (!d) return undefined;
  const kernel = d.kernel;
  return {
    doc: d.doc,
    kernel: (self: Tensor, ...rest: unknown[]) => kernel(copyOf(self), ...rest),
    tolerance: d.tolerance,
    tags: d.tags,
  };
}

function outForm(op: Operator, schema: FunctionSchema): Declaration | undefined {
  const outs = schema.args.filter((a) => a.isOut).length;
  const functional = operators(op.name).find((o) =>
    o !== op && !o.schema.args.some((a) => a.isOut) && outFollows(o.schema, schema)
  );
  const d = functional?.declaration;
  if (!d) return undefined;
  const kernel = d.kernel, plan = d.plan, n = schema.args.length - outs;
  // Where each formal of the functional operator comes from: an argument, or what `out` settles.
  const from = functional.schema.args.map((f) => schema.args.findIndex((a) => !a.isOut && a.name === f.name));
  const dtypeAt = functional.schema.args.findIndex((f, i) => f.name === "dtype" && from[i] < 0);
  return {
    doc: `${d.doc} Written to out.`,
    kernel: (...args: unknown[]) => {
      const targets = args.slice(n) as Tensor[];
      const given = from.map((i) => i < 0 ? null : args[i]);
      if (dtypeAt >= 0) given[dtypeAt] = targets[0].scalarType;
      if (plan && outs === 1) return runOut(targets[0], plan(...given));
      const result = kernel(...given);
      targets.forEach((t) => refuseOverlap(t, args.slice(0, n)));
      if (outs === 1 && result instanceof Tensor) return writeOut(targets[0], result);
      (result as Tensor[]).forEach((r, i) => writeOut(targets[i], r));
      return targets;
    },
    tolerance: d.tolerance,
    tags: d.tags?.filter((t) => t !== "view"),
  };
}

/** Whether two operators take the same arguments, by name and type. */
function formalsMatch(a: FunctionSchema, b: FunctionSchema): boolean {
  return a.args.length === b.args.length &&
    a.args.every((f, i) => f.name === b.args[i].name && f.type.toString() === b.args[i].type.toString());
}

/** Whether `out` takes the functional operator's arguments but for those that its tensors settle. */
function outFollows(functional: FunctionSchema, out: FunctionSchema): boolean {
  const own = out.args.filter((a) => !a.isOut);
  const wanted = functional.args.filter((f) =>
    !(FROM_OUT.has(f.name) && !own.some((a) => a.name === f.name))
  );
  return own.length === wanted.length &&
    own.every((a, i) => a.name === wanted[i].name && a.type.toString() === wanted[i].type.toString());
}
const FROM_OUT = new Set(["dtype", "layout", "device", "pin_memory"]);

/** Refuses `out` tensors that hold one element at two places or share a part of an input's memory. */
function refuseOverlap(out: Tensor, inputs: readonly unknown[]): void {
  assertNoInternalOverlap(out);
  for (const x of inputs.flat()) if (x instanceof Tensor) assertNoPartialOverlap(out, x);
}

function castable(result: ScalarType, target: Tensor): void {
  check(
    canCast(result, target.scalarType),
    () =>
      `result type ${scalarTypeInfo(result).name} can't be cast to the desired output type ` +
      scalarTypeInfo(target.scalarType).name,
  );
}

/** A written tensor must not hold one element at two places. */
export function assertNoInternalOverlap(t: Tensor): void {
  for (let i = 0; i < t.dim; i++) {
    check(
      t.strides[i] !== 0 || t.sizes[i] <= 1,
      "unsupported operation: more than one element of the written-to tensor refers to a single memory location. " +
        "Please clone() the tensor before performing the operation.",
    );
  }
}

/** Writes the functional result over `self`, as in-place operators do: no resize, casts that lose kind refused. */
export function writeInPlace(self: Tensor, result: Tensor): Tensor {
  if (result === self) return self;
  castable(result.scalarType, self);
  sameShape(self, result.sizes);
  assertNoInternalOverlap(self);
  copyInto(self, result);
  self.bumpVersion();
  return self;
}

function sameShape(self: Tensor, sizes: readonly number[]): void {
  check(
    sameSizes(sizes, self.sizes),
    () =>
      `output with shape [${self.sizes.join(", ")}] doesn't match the broadcast shape [${sizes.join(", ")}]`,
  );
}

/** As `writeInPlace`, computing straight into `self`. */
function runInPlace(self: Tensor, e: Elementwise | Tensor): Tensor {
  if (e instanceof Tensor) return writeInPlace(self, e);
  castable(e.result, self);
  sameShape(self, operandSizes(e.operands));
  writeElements(self, e);
  return self;
}

/** As `writeOut`, computing straight into `out` where its sizes are right. */
function runOut(out: Tensor, e: Elementwise | Tensor): Tensor {
  if (e instanceof Tensor || !sameSizes(out.sizes, operandSizes(e.operands))) {
    return writeOut(out, computed(e));
  }
  castable(e.result, out);
  writeElements(out, e);
  return out;
}

function writeElements(out: Tensor, e: Elementwise): void {
  assertNoInternalOverlap(out);
  for (const o of e.operands) if (o instanceof Tensor) assertNoPartialOverlap(out, o);
  computeInto(out, e);
  out.bumpVersion();
}

/** A written tensor may be an operand itself, but not share only some elements with one. */
function assertNoPartialOverlap(out: Tensor, t: Tensor): void {
  check(
    out.storage !== t.storage || out === t || !overlaps(out, t) ||
      !isNonOverlappingDense(out) || !isNonOverlappingDense(t),
    "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. " +
      "Please clone() the tensor before performing the operation.",
  );
}

/** Writes a result to an `out=` tensor, resized to fit. */
export function writeOut(out: Tensor, result: Tensor): Tensor {
  castable(result.scalarType, out);
  if (!sameSizes(out.sizes, result.sizes)) {
    resizeTensor(out, result.sizes);
    // A resized tensor takes the result's layout too.
    if (isNonOverlappingDense(result)) out.strides = result.strides.slice();
  }
  copyInto(out, result);
  out.bumpVersion();
  return out;
}
