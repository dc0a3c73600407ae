/** Tensors of Python data: nested lists, numbers, other tensors. */
import { elementOf, storeElement } from "../../../core/element.ts";
import { Complex, Float } from "../../../core/scalar.ts";
import { promoteTypes, ScalarType } from "../../../core/scalar_type.ts";
import { Tensor } from "../../../core/tensor.ts";
import { getDefaultDtype } from "../../../ops/reference/allocation.ts";
import { asType, contiguous } from "../../../ops/reference/copy.ts";
import * as r from "../../runtime/mod.ts";

type Leaf = number | bigint | boolean | Float | Complex;

function leafOf(v: r.Value): Leaf | Tensor | undefined {
  if (
    typeof v === "number" || typeof v === "bigint" || typeof v === "boolean" || v instanceof Float ||
    v instanceof Complex || v instanceof Tensor
  ) return v;
  if (v instanceof r.PyFloatObject) return new Float(v.value);
  if (v instanceof r.PyIntObject) return v.value;
  return undefined;
}

function elements(v: r.Value): readonly r.Value[] | undefined {
  if (v instanceof r.PyList || v instanceof r.PyTuple) return v.items;
  return v instanceof r.PyRange ? r.collect(v) : undefined;
}

function naturalType(v: Leaf | Tensor): ScalarType {
  if (v instanceof Tensor) return v.scalarType;
  if (typeof v === "boolean") return ScalarType.Bool;
  if (v instanceof Float) return getDefaultDtype();
  if (v instanceof Complex) {
    return getDefaultDtype() === ScalarType.Double ? ScalarType.ComplexDouble : ScalarType.ComplexFloat;
  }
  return ScalarType.Long;
}

/** A tensor of nested sequences; its type is that of the elements together unless `dtype` is given. */
export function tensorOf(data: r.Value, dtype?: number): Tensor {
  if (data instanceof Tensor) {
    return dtype === undefined || dtype === data.scalarType ? data : asType(data, dtype as ScalarType);
  }
  const sizes: number[] = [];
  for (let level: r.Value = data, many = elements(level); many; many = elements(level)) {
    sizes.push(many.length);
    if (many.length === 0) break;
    level = many[0];
  }
  const flat: (Leaf | Tensor)[] = [];
  const tail = firstTensor(data, sizes.length);
  const visit = (v: r.Value, depth: number): void => {
    const many = elements(v);
    if (!many) {
      const leaf = leafOf(v);
      if (leaf === undefined) {
        if (depth === 0) throw r.runtimeError(`Could not infer dtype of ${r.typeOf(v).name}`);
        if (typeof v === "string") throw r.typeError(`new(): invalid data type 'str'`);
        throw depth < sizes.length
          ? r.typeError(`not a sequence`)
          : r.runtimeError(`Could not infer dtype of ${r.typeOf(v).name}`);
      }
      if (depth < sizes.length) throw r.typeError("not a sequence");
      flat.push(leaf);
      return;
    }
    if (depth >= sizes.length) throw r.valueError("too many dimensions 'list'");
    if (many.length !== sizes[depth]) {
      throw r.valueError(`expected sequence of length ${sizes[depth]} at dim ${depth} (got ${many.length})`);
    }
    for (const x of many) visit(x, depth + 1);
  };
  visit(data, 0);
  let type = dtype as ScalarType | undefined;
  if (type === undefined) {
    for (const v of flat) {
      type = type === undefined ? naturalType(v) : promoteTypes(type, naturalType(v));
    }
  }
  type ??= getDefaultDtype();
  const t = Tensor.zeros([...sizes, ...(tail?.sizes ?? [])], type);
  const out = t.data();
  let o = 0;
  for (const v of flat) {
    if (!(v instanceof Tensor)) {
      storeElement(out, o++, type, v);
      continue;
    }
    const dense = contiguous(v), from = dense.data();
    for (let i = 0; i < dense.numel; i++) {
      storeElement(out, o++, type, elementOf(from, dense.storageOffset + i, dense.scalarType));
    }
  }
  return t;
}

/** The tensor at the bottom of the first branch: tensors in lists must be alike. */
function firstTensor(data: r.Value, depth: number): Tensor | undefined {
  let v = data;
  for (let i = 0; i < depth; i++) v = elements(v)?.[0] ?? null;
  return v instanceof Tensor ? v : undefined;
}
