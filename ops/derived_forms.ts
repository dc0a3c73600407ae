/** In-place (`add_`) and `out=` forms of operators, made from the functional declaration. */
import { check } from "../core/errors.ts";
import { canCast, scalarTypeInfo } from "../core/scalar_type.ts";
import type { FunctionSchema } from "../core/schema.ts";
import { Tensor } from "../core/tensor.ts";
import type { Declaration } from "./declaration.ts";
import { copyInto, sameSizes } from "./reference/copy.ts";
import { resizeTensor } from "./reference/allocation.ts";
import { type Operator, operators } from "./registry.ts";

/** The declaration of an in-place or out form, when the functional operator is declared. */
export function deriveDeclaration(op: Operator): Declaration | undefined {
  const schema = op.schema;
  if (schema.args.some((a) => a.isOut)) return outForm(op, schema);
  if (/[^_]_$/.test(op.name) && schema.args[0]?.alias?.isWrite) return inPlaceForm(op);
  return undefined;
}

function inPlaceForm(op: Operator): Declaration | undefined {
  const base = op.name.slice(0, -1);
  const all = operators(base);
  const functional = all.find((o) => o.overload === op.overload) ??
    all.find((o) => sameFormals(o.schema, op.schema, 0));
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
  const declaration: Declaration = {
    doc: `${d.doc} Written to self.`,
    kernel: (self: Tensor, ...rest: unknown[]) => writeInPlace(self, kernel(self, ...rest)),
    tolerance: d.tolerance,
    tags: d.tags,
  };
  return declaration;
}

/** In-place forms of views (`squeeze_`, `t_`) change what the tensor shows of its storage. */
function becomeView(self: Tensor, result: Tensor): Tensor {
  self.sizes = result.sizes;
  self.strides = result.strides;
  self.storageOffset = result.storageOffset;
  return self;
}

function outForm(op: Operator, schema: FunctionSchema): Declaration | undefined {
  const outs = schema.args.filter((a) => a.isOut).length;
  const functional = operators(op.name).find((o) => o !== op && sameFormals(o.schema, schema, outs));
  const d = functional?.declaration;
  if (!d) return undefined;
  const kernel = d.kernel;
  const n = schema.args.length - outs;
  return {
    doc: `${d.doc} Written to out.`,
    kernel: (...args: unknown[]) => {
      const result = kernel(...args.slice(0, n));
      const targets = args.slice(n) as Tensor[];
      if (outs === 1 && result instanceof Tensor) return writeOut(targets[0], result);
      (result as Tensor[]).forEach((r, i) => writeOut(targets[i], r));
      return targets;
    },
    tolerance: d.tolerance,
    tags: d.tags?.filter((t) => t !== "view"),
  };
}

/** Whether `out`'s formals are `functional`'s with `outs` tensors to write after them. */
function sameFormals(functional: FunctionSchema, out: FunctionSchema, outs: number): boolean {
  const n = out.args.length - outs;
  if (functional.args.some((a) => a.isOut)) return false;
  const extra = functional.args.slice(n);
  // Creation operators: the functional form has dtype, layout, device, pin_memory, which `out` settles.
  if (extra.some((a) => !FROM_OUT.has(a.name))) return false;
  for (let i = 0; i < n; i++) {
    const f = functional.args[i], o = out.args[i];
    if (!f || f.name !== o.name || f.type.toString() !== o.type.toString()) return false;
  }
  return true;
}
const FROM_OUT = new Set(["dtype", "layout", "device", "pin_memory"]);

function castable(result: Tensor, target: Tensor): void {
  check(
    canCast(result.scalarType, target.scalarType),
    () =>
      `result type ${scalarTypeInfo(result.scalarType).name} can't be cast to the desired output type ` +
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
  castable(result, self);
  check(
    sameSizes(result.sizes, self.sizes),
    () =>
      `output with shape [${self.sizes.join(", ")}] doesn't match the broadcast shape [${
        result.sizes.join(", ")
      }]`,
  );
  assertNoInternalOverlap(self);
  copyInto(self, result);
  self.bumpVersion();
  return self;
}

/** Writes a result to an `out=` tensor, resized to fit. */
export function writeOut(out: Tensor, result: Tensor): Tensor {
  castable(result, out);
  if (!sameSizes(out.sizes, result.sizes)) resizeTensor(out, result.sizes);
  copyInto(out, result);
  out.bumpVersion();
  return out;
}
