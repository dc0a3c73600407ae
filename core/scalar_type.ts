/** Element types of tensors: PyTorch's ScalarType, its numbers, sizes and promotion rules. */

/** PyTorch's ScalarType numbers; scripts see them as ints and archives store them. */
export const ScalarType = {
  Byte: 0,
  Char: 1,
  Short: 2,
  Int: 3,
  Long: 4,
  Half: 5,
  Float: 6,
  Double: 7,
  ComplexHalf: 8,
  ComplexFloat: 9,
  ComplexDouble: 10,
  Bool: 11,
  QInt8: 12,
  QUInt8: 13,
  QInt32: 14,
  BFloat16: 15,
} as const;
export type ScalarType = typeof ScalarType[keyof typeof ScalarType];

interface Row {
  /** PyTorch's C++ name, which graphs print (`Float(2, 3)`) and storages carry (`FloatStorage`). */
  readonly name: string;
  /** Python's dtype name without `torch.`. */
  readonly dtype: string;
  readonly bytes: number;
  readonly kind: "bool" | "int" | "float" | "complex" | "quantized";
}

const ROWS: readonly Row[] = [
  { name: "Byte", dtype: "uint8", bytes: 1, kind: "int" },
  { name: "Char", dtype: "int8", bytes: 1, kind: "int" },
  { name: "Short", dtype: "int16", bytes: 2, kind: "int" },
  { name: "Int", dtype: "int32", bytes: 4, kind: "int" },
  { name: "Long", dtype: "int64", bytes: 8, kind: "int" },
  { name: "Half", dtype: "float16", bytes: 2, kind: "float" },
  { name: "Float", dtype: "float32", bytes: 4, kind: "float" },
  { name: "Double", dtype: "float64", bytes: 8, kind: "float" },
  { name: "ComplexHalf", dtype: "complex32", bytes: 4, kind: "complex" },
  { name: "ComplexFloat", dtype: "complex64", bytes: 8, kind: "complex" },
  { name: "ComplexDouble", dtype: "complex128", bytes: 16, kind: "complex" },
  { name: "Bool", dtype: "bool", bytes: 1, kind: "bool" },
  { name: "QInt8", dtype: "qint8", bytes: 1, kind: "quantized" },
  { name: "QUInt8", dtype: "quint8", bytes: 1, kind: "quantized" },
  { name: "QInt32", dtype: "qint32", bytes: 4, kind: "quantized" },
  { name: "BFloat16", dtype: "bfloat16", bytes: 2, kind: "float" },
];

export function scalarTypeInfo(t: ScalarType): Row {
  return ROWS[t];
}
export function elementSize(t: ScalarType): number {
  return ROWS[t].bytes;
}
/** `torch.float32` and the like. */
export function dtypeName(t: ScalarType): string {
  return "torch." + ROWS[t].dtype;
}
export function scalarTypeByDtype(dtype: string): ScalarType | undefined {
  const i = ROWS.findIndex((r) => r.dtype === dtype);
  return i < 0 ? undefined : i as ScalarType;
}
export function scalarTypeByName(name: string): ScalarType | undefined {
  const i = ROWS.findIndex((r) => r.name === name);
  return i < 0 ? undefined : i as ScalarType;
}
export function isFloatingType(t: ScalarType): boolean {
  return ROWS[t].kind === "float";
}
export function isComplexType(t: ScalarType): boolean {
  return ROWS[t].kind === "complex";
}
/** Integers; bool counts only when asked for. */
export function isIntegralType(t: ScalarType, includeBool: boolean): boolean {
  return ROWS[t].kind === "int" || (includeBool && t === ScalarType.Bool);
}
/** The float type of a complex type's parts (complex64 -> float32); others map to themselves. */
export function toRealValueType(t: ScalarType): ScalarType {
  if (t === ScalarType.ComplexHalf) return ScalarType.Half;
  if (t === ScalarType.ComplexFloat) return ScalarType.Float;
  if (t === ScalarType.ComplexDouble) return ScalarType.Double;
  return t;
}
export function toComplexType(t: ScalarType): ScalarType {
  if (t === ScalarType.Half) return ScalarType.ComplexHalf;
  if (t === ScalarType.Double || t === ScalarType.ComplexDouble) return ScalarType.ComplexDouble;
  return t === ScalarType.ComplexHalf ? t : ScalarType.ComplexFloat;
}

const INT_RANK: Partial<Record<ScalarType, number>> = { 1: 1, 2: 2, 3: 3, 4: 4 };

/** PyTorch's `promote_types`: the smallest type both convert to. */
export function promoteTypes(a: ScalarType, b: ScalarType): ScalarType {
  if (a === b) return a;
  const ka = ROWS[a].kind, kb = ROWS[b].kind;
  if (ka === "bool") return b;
  if (kb === "bool") return a;
  if (ka === "int" && kb === "int") {
    // uint8 has no signed type of its size: with int8 it needs int16.
    if (a === ScalarType.Byte) return b === ScalarType.Char ? ScalarType.Short : b;
    if (b === ScalarType.Byte) return a === ScalarType.Char ? ScalarType.Short : a;
    return INT_RANK[a]! > INT_RANK[b]! ? a : b;
  }
  if (ka === "int") return b;
  if (kb === "int") return a;
  if (ka === "complex" || kb === "complex") {
    const ra = toRealValueType(a), rb = toRealValueType(b);
    return toComplexType(promoteTypes(ra, rb));
  }
  // half with bfloat16 meets in float32
  return ROWS[a].bytes === ROWS[b].bytes ? ScalarType.Float : ROWS[a].bytes > ROWS[b].bytes ? a : b;
}

/** Whether a result of type `from` may be written to a tensor of type `to` (in-place, out=). */
export function canCast(from: ScalarType, to: ScalarType): boolean {
  if (isComplexType(from) && !isComplexType(to)) return false;
  if (isFloatingType(from) && isIntegralType(to, false)) return false;
  return !(from !== ScalarType.Bool && to === ScalarType.Bool);
}
