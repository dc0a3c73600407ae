/** Subscripts: elements, slices, several dimensions of a tensor, advanced indexing. */
import { ScalarType } from "../../core/scalar_type.ts";
import { Diagnostic, InternalError } from "../../core/errors.ts";
import type { SourceRange } from "../../core/source.ts";
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import {
  AnyTensorType,
  IntType,
  ListType,
  NoneType,
  OptionalType,
  type TupleType,
  type Type,
} from "../../core/types.ts";
import { toIValue } from "../ir/constants.ts";
import type { Value } from "../ir/graph.ts";
import { emitExpr, emitSugaredExpr } from "./emit_expressions.ts";
import type { Emitter } from "./emitter.ts";
import { errorReport } from "./error_report.ts";
import { createNone, insertList, insertTupleIndex, insertTupleSlice } from "./ir_nodes.ts";
import { SliceValue } from "./iterable_values.ts";
import { ModuleValueBase } from "./module_value_base.ts";
import { convertibleToList } from "./schema_matching.ts";
import { SimpleValue } from "./simple_value.ts";
import { NamedValue, type SugaredValue } from "./sugared_value.ts";
import type { Expr, SliceExpr, Subscript } from "./tree.ts";

const OPTIONAL_TENSOR = new OptionalType(AnyTensorType);

export function emitSubscript(e: Emitter, x: Subscript, hint: Type | undefined): SugaredValue {
  const sv = emitSugaredExpr(e, x.value, 1);
  const items = x.subscripts.items;
  const range = x.range, base = x.value.range;
  if (items.length !== 1) return new SimpleValue(emitMultidim(e, range, sv.asValue(base, e), items));
  const [index] = items;
  if (index.kind === "Slice") {
    if (sv instanceof ModuleValueBase) return emitModuleSlice(e, sv, base, index);
    const v = sv.asValue(base, e);
    const dim = isSubtypeOf(v.type, AnyTensorType) ? e.constant(0, range) : undefined;
    return new SimpleValue(emitSlice(e, range, v, dim, index));
  }
  const sliceable = sv.asValue(base, e);
  if (isSubtypeOf(sliceable.type, AnyTensorType) && isDeep(index)) {
    return new SimpleValue(emitMultidim(e, range, sliceable, items));
  }
  const sub = index.kind === "Dots" ? undefined : emitSugaredExpr(e, index, 1);
  if (sub instanceof SliceValue) {
    const dim = isSubtypeOf(sliceable.type, AnyTensorType) ? e.constant(0, base) : undefined;
    return new SimpleValue(emitSliceOp(e, base, sliceable, dim, sub.start, sub.stop, sub.step));
  }
  if (isSubtypeOf(sliceable.type, AnyTensorType)) {
    return new SimpleValue(emitMultidim(e, range, sliceable, items));
  }
  if (!sub) throw errorReport(index.range, "Cannot emit expr for: (dots)");
  const at = sub.asValue(base, e);
  if (sliceable.type.kind === "Tuple") {
    return new SimpleValue(emitTupleIndex(e, range, sv.asValue(base, e), at));
  }
  return sv.getitem(range, e, at, hint);
}

/** A slice of a Sequential or ModuleList is a tuple of its modules. */
function emitModuleSlice(e: Emitter, sv: SugaredValue, base: SourceRange, s: SliceExpr): SugaredValue {
  const tuple = sv.asTupleValue(base, e).asValue(base, e);
  const begin = s.start ? emitExpr(e, s.start) : e.sharedConstant(0, base);
  const end = s.end ? emitExpr(e, s.end) : undefined;
  return new SimpleValue(emitTupleSlice(e, base, tuple, begin, end, undefined));
}

function emitSlice(e: Emitter, range: SourceRange, v: Value, dim: Value | undefined, s: SliceExpr): Value {
  const part = (x: Expr | undefined) => x && emitExpr(e, x);
  const start = part(s.start), end = part(s.end), step = part(s.step);
  return emitSliceOp(e, range, v, dim, start, end, step);
}

function emitSliceOp(
  e: Emitter,
  range: SourceRange,
  v: Value,
  dim: Value | undefined,
  start: Value | undefined,
  end: Value | undefined,
  step: Value | undefined,
): Value {
  if (v.type.kind === "Tuple") return emitTupleSlice(e, range, v, start, end, step);
  const args = [new NamedValue(v, "self", range)];
  if (dim) args.push(new NamedValue(dim));
  const or = (x: Value | undefined, name: string) =>
    x ? new NamedValue(x, name, range) : NamedValue.constant(null, name, range);
  args.push(or(start, "start"), or(end, "end"), new NamedValue(step ?? e.constant(1, range), "step", range));
  return e.op(range, "aten::slice", args);
}

export function emitIndex(e: Emitter, range: SourceRange, v: Value, indices: readonly Value[]): Value {
  return e.opOn(range, "aten::index", v, insertList(e.graph, OPTIONAL_TENSOR, indices));
}

/**
 * Whether subscripts nest so deep in an index that emitting each twice, as PyTorch does, would take forever. What the
 * first time leaves behind shows in graphs only as calls made twice.
 */
function isDeep(x: Expr): boolean {
  let depth = 0;
  for (let e: Expr | undefined = x; e?.kind === "Subscript"; e = e.subscripts.items[0]) depth++;
  return depth >= 4;
}

/**
 * Applies the ints, slices and Nones of a tensor subscript one after another, left to right up to an ellipsis,
 * right to left after it. Returns the result and the tensor indices still to be applied.
 */
export function emitIntAndSliceIndexing(
  e: Emitter,
  range: SourceRange,
  tensor: Value,
  items: readonly Expr[],
): [sliced: Value, indices: Value[]] {
  const dims = new Array<number>(items.length).fill(0);
  const exprs = new Array<Value | undefined>(items.length);
  const handle = (x: Expr, i: number, dim: number, reverse: boolean): number => {
    dims[i] = dim;
    const step = reverse ? -1 : 1;
    if (x.kind === "Slice") return dim + step;
    const sugared = emitSugaredExpr(e, x, 1);
    if (sugared instanceof SliceValue) return dim + step;
    let index = isDeep(x)
      ? sugared.asValue(x.range, e)
      : emitExpr(e, x, x.kind === "None" ? NoneType : undefined);
    if (index.type.kind === "List") {
      const dtype = NamedValue.constant(ScalarType.Long, "dtype");
      index = e.op(undefined, "aten::tensor", [new NamedValue(index)], [dtype]);
    }
    exprs[i] = index;
    if (isSubtypeOf(index.type, NoneType)) return reverse ? dim : dim + 1;
    if (index.type === IntType) return reverse ? dim - 1 : dim;
    if (isSubtypeOf(index.type, OPTIONAL_TENSOR)) {
      if (reverse) {
        throw errorReport(range, "Ellipses followed by tensor indexing is currently not supported");
      }
      return dim + 1;
    }
    throw errorReport(
      range,
      `Unsupported operation: indexing tensor with unsupported index type '${reprStr(index.type)}'. ` +
        "Only ints, slices, lists and tensors are supported",
    );
  };
  let i = 0, dim = 0;
  for (; i < items.length && items[i].kind !== "Dots"; i++) dim = handle(items[i], i, dim, false);
  let reverseDim = -1;
  for (let j = items.length - 1; j > i; j--) {
    if (items[j].kind === "Dots") {
      throw errorReport(range, "An index can only have a single ellipsis ('...')");
    }
    reverseDim = handle(items[j], j, reverseDim, true);
  }
  const indices: (Value | undefined)[] = [];
  const dimension = (k: number) => e.constant(dims[k], range);
  items.forEach((x, k) => {
    const index = exprs[k];
    if (!index) {
      if (x.kind === "Dots") return;
      if (x.kind === "Slice") {
        tensor = emitSlice(e, range, tensor, dimension(k), x);
        return;
      }
      const s = emitSugaredExpr(e, x, 1);
      if (s instanceof SliceValue) {
        tensor = emitSliceOp(e, range, tensor, dimension(k), s.start, s.stop, s.step);
      }
      return;
    }
    if (isSubtypeOf(index.type, NoneType)) tensor = e.opOn(range, "aten::unsqueeze", tensor, dimension(k));
    else if (index.type === IntType) tensor = e.opOn(range, "aten::select", tensor, dimension(k), index);
    else indices[dims[k]] = index;
  });
  const filled: Value[] = [];
  for (let k = 0; k < indices.length; k++) {
    filled.push(indices[k] ?? e.graph.insertNode(createNone(e.graph)).output);
  }
  return [tensor, filled];
}

function emitMultidim(e: Emitter, range: SourceRange, v: Value, items: readonly Expr[]): Value {
  if (!isSubtypeOf(v.type, AnyTensorType)) {
    throw errorReport(
      range,
      "Unsupported operation: attempted to use multidimensional indexing on a non-tensor type",
    );
  }
  const [sliced, indices] = emitIntAndSliceIndexing(e, range, v, items);
  return indices.length ? emitIndex(e, range, sliced, indices) : sliced;
}

function constantInt(v: Value): number | undefined {
  const x = toIValue(v);
  return typeof x === "number" ? x : typeof x === "bigint" ? Number(x) : undefined;
}

function emitTupleIndex(e: Emitter, range: SourceRange, tuple: Value, index: Value): Value {
  const t = tuple.type as TupleType;
  if (index.type !== IntType) throw errorReport(range, "tuple index must be an integer");
  const i = constantInt(index);
  if (i === undefined) {
    if (!t.elems.length || !convertibleToList(t, new ListType(t.elems[0]))) {
      throw errorReport(
        range,
        `Cannot index into a ${
          reprStr(t)
        } with a non-integer literal because we cannot resolve the output type`,
      );
    }
    return insertTupleIndex(e.graph, tuple, index, t.elems[0]);
  }
  const at = i < 0 ? i + t.elems.length : i;
  if (at < 0 || at >= t.elems.length) {
    throw errorReport(range, `Tuple index out of range. Tuple is length ${t.elems.length} and index is ${i}`);
  }
  return insertTupleIndex(e.graph, tuple, index, t.elems[at]);
}

function emitTupleSlice(
  e: Emitter,
  range: SourceRange,
  tuple: Value,
  start: Value | undefined,
  end: Value | undefined,
  step: Value | undefined,
): Value {
  const length = (tuple.type as TupleType).elems.length;
  const at = (v: Value | undefined): number | undefined => {
    if (!v || v.type.kind === "None") return undefined;
    const i = constantInt(v);
    if (i === undefined) throw errorReport(range, "tuple slice indices must be integer constants");
    return i < 0 ? i + length : i;
  };
  let by = 1;
  if (step && step.type.kind !== "None") {
    const s = constantInt(step);
    if (s === undefined) throw new Diagnostic("Step size should always be an integer", undefined);
    if (s === 0) throw new Diagnostic("slice step cannot be zero", undefined);
    by = s;
  }
  const clamp = (v: number) =>
    by > 0 ? Math.min(Math.max(v, 0), length) : Math.min(Math.max(v, -1), length - 1);
  const from = clamp(at(start) ?? (by > 0 ? 0 : length - 1));
  const to = clamp(at(end) ?? (by > 0 ? length : -1));
  const count = Math.max(0, by > 0 ? Math.ceil((to - from) / by) : Math.ceil((from - to) / -by));
  if (!Number.isInteger(count)) throw new InternalError("tuple slice of fractional length");
  return insertTupleSlice(e.graph, tuple, from, by, count);
}
