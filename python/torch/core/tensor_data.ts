/** Tensors of Python data: nested lists, numbers, other tensors. */
import { elementOf, storeElement } from "../../../core/element.ts";
import { Complex, Float, isInt } from "../../../core/scalar.ts";
import { elementSize, isIntegralType, promoteTypes, ScalarType } from "../../../core/scalar_type.ts";
import { Tensor } from "../../../core/tensor.ts";
import { getDefaultDtype } from "../../../ops/reference/allocation.ts";
import { asType } from "../../../ops/reference/copy.ts";
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

/** Sizes along the first elements. A string is a sequence of strings without end. */
function sizesOf(data: r.Value): number[] {
  const sizes: number[] = [];
  let level = data;
  for (let many = elements(level); many; many = elements(level)) {
    sizes.push(many.length);
    if (many.length === 0) return sizes;
    level = many[0];
  }
  if (sizes.length > 0 && typeof level === "string" && level !== "") {
    throw r.valueError("too many dimensions 'str'");
  }
  return sizes;
}

/** The type that all elements promote to. */
function inferType(v: r.Value, sofar: ScalarType | undefined): ScalarType | undefined {
  const many = elements(v);
  if (many) {
    for (const x of many) sofar = inferType(x, sofar);
    return sofar;
  }
  if (typeof v === "string") throw r.typeError("new(): invalid data type 'str'");
  const leaf = leafOf(v);
  if (leaf === undefined) throw r.runtimeError(`Could not infer dtype of ${r.typeOf(v).name}`);
  const own = naturalType(leaf);
  return sofar === undefined ? own : promoteTypes(sofar, own);
}

function elementIn(v: r.Value, type: ScalarType): Leaf {
  const leaf = leafOf(v);
  if (leaf instanceof Tensor) {
    if (leaf.numel !== 1) throw r.valueError("only one element tensors can be converted to Python scalars");
    return elementOf(leaf.data(), leaf.storageOffset, leaf.scalarType);
  }
  if (leaf === undefined) {
    if (typeof v === "string") throw r.typeError("new(): invalid data type 'str'");
    throw r.typeError(
      isIntegralType(type, true)
        ? `'${r.typeOf(v).name}' object cannot be interpreted as an integer`
        : `must be real number, not ${r.typeOf(v).name}`,
    );
  }
  if (isIntegralType(type, false) && isInt(leaf)) checkRange(leaf, type);
  return leaf;
}

function checkRange(v: number | bigint, type: ScalarType): void {
  const big = BigInt(v), bits = BigInt(elementSize(type) * 8);
  if (big >= 1n << 63n || big < -(1n << 63n)) throw r.valueError("Overflow when unpacking long long");
  const top = type === ScalarType.Byte ? 1n << bits : 1n << (bits - 1n);
  if (big >= top || big < (type === ScalarType.Byte ? 1n - top : -top)) {
    throw r.runtimeError(`value cannot be converted to type ${cppName(type)} without overflow`);
  }
}

/** C's name of an integer type, as PyTorch's message has it. */
function cppName(type: ScalarType): string {
  return ({ 0: "uint8", 1: "int8", 2: "int16", 3: "int" } as Record<number, string>)[type] ?? "int64_t";
}

/** A tensor of nested sequences; its type is that of the elements together unless `dtype` is given. */
export function tensorOf(data: r.Value, dtype?: number): Tensor {
  if (data instanceof Tensor) {
    return dtype === undefined || dtype === data.scalarType ? data : asType(data, dtype as ScalarType);
  }
  if (typeof data === "string") throw r.typeError("new(): invalid data type 'str'");
  const sizes = sizesOf(data);
  const type = dtype as ScalarType | undefined ?? inferType(data, undefined) ?? getDefaultDtype();
  const t = Tensor.zeros(sizes, type);
  const out = t.data();
  let o = 0;
  const visit = (v: r.Value, depth: number): void => {
    if (depth === sizes.length) {
      storeElement(out, o++, type, elementIn(v, type));
      return;
    }
    const many = elements(v);
    if (!many) throw r.typeError("not a sequence");
    if (many.length !== sizes[depth]) {
      throw r.valueError(`expected sequence of length ${sizes[depth]} at dim ${depth} (got ${many.length})`);
    }
    for (const x of many) visit(x, depth + 1);
  };
  visit(data, 0);
  return t;
}
