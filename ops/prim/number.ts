/** TorchScript's operators on ints, floats, complex numbers and bools. Ints wrap at 64 bits. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import * as n from "../../core/number/mod.ts";
import { Complex, Float, type Int, isInt, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, raw } from "../declaration.ts";
import { erf, erfc, lgamma } from "../expr/special_functions.ts";
import * as c from "../reference/complex_functions.ts";
import type { C } from "../reference/pointwise.ts";
import { equalTensors, itemOf, truthOf } from "../aten/memory.ts";

type Num = number | bigint | boolean | Float | Complex;
const f = (x: Num): number => x instanceof Complex ? x.re : scalarToNumber(x);
const pair = (x: Num): C => x instanceof Complex ? [x.re, x.im] : [f(x), 0];
const cx = (z: C): Complex => new Complex(z[0], z[1]);
const isCx = (x: unknown): boolean => x instanceof Complex;
const isFl = (x: unknown): boolean => x instanceof Float;

/** C++'s modulus of ints is not Python's; TorchScript's `%` is. Division by zero ends the program in PyTorch. */
function intMod(a: Int, b: Int): Int {
  if (b == 0) throw new RuntimeFault("ZeroDivisionError", "integer division or modulo by zero");
  return n.modInt64(a, b);
}
function intFloorDiv(a: Int, b: Int): Int {
  if (b == 0) throw new RuntimeFault("RuntimeError", "division by 0");
  return n.floorDivInt64(a, b);
}
function floatMod(a: number, b: number): number {
  const m = a % b;
  return m !== 0 && (m < 0) !== (b < 0) ? m + b : m;
}
const floatFloorDiv = (a: number, b: number): number => Math.floor(a / b);

interface Arithmetic {
  doc: string;
  int?: (a: Int, b: Int) => Int;
  float: (a: number, b: number) => number;
  complex?: (a: C, b: C) => C;
}
const SUFFIXES = ["float", "int_float", "float_int"];
const COMPLEX_SUFFIXES = ["complex", "int_complex", "complex_int", "float_complex", "complex_float"];

/** The overloads of a two-operand operator. Formals typed float come raw, so the overload decides the domain. */
function arithmetic(name: string, o: Arithmetic, scalarOverload = ""): Record<string, Declaration> {
  const out: Record<string, Declaration> = {};
  const float = (a: Num, b: Num) => o.float(f(a), f(b));
  if (o.int) out[`aten::${name}.int`] = raw(o.doc, o.int);
  for (const s of SUFFIXES) out[`aten::${name}.${s}`] = raw(o.doc, float);
  if (o.complex) {
    for (const s of COMPLEX_SUFFIXES) {
      out[`aten::${name}.${s}`] = raw(o.doc, (a: Num, b: Num) => cx(o.complex!(pair(a), pair(b))));
    }
  }
  out[scalarOverload ? `aten::${name}.${scalarOverload}` : `aten::${name}`] = raw(
    o.doc,
    (a: Scalar, b: Scalar) => {
      if (isCx(a) || isCx(b)) return cx(o.complex!(pair(a), pair(b)));
      if (isFl(a) || isFl(b) || !o.int) return new Float(o.float(f(a), f(b)));
      return o.int(asInt(a), asInt(b));
    },
  );
  return out;
}
const asInt = (v: Scalar): Int => isInt(v) ? v : v === true ? 1 : 0;

function comparison(
  name: string,
  doc: string,
  test: (order: number) => boolean,
): Record<string, Declaration> {
  const compare = (a: Num, b: Num): boolean => {
    const x = isFl(a) || typeof a === "boolean" ? f(a) : a as number,
      y = isFl(b) || typeof b === "boolean" ? f(b) : b as number;
    return test(x < y ? -1 : x > y ? 1 : x == y ? 0 : NaN);
  };
  const out: Record<string, Declaration> = {};
  for (const s of ["int", "float", "int_float", "float_int"]) out[`aten::${name}.${s}`] = raw(doc, compare);
  out[`aten::${name}`] = raw(doc, compare);
  out[`aten::${name}.str`] = raw(doc, (a: string, b: string) => test(a < b ? -1 : a > b ? 1 : 0));
  return out;
}

/** Equality of any two values, by content; tensors elementwise equal. */
export function valuesEqual(a: IValue, b: IValue): boolean {
  if (a === b) return true;
  if (a instanceof ListValue && b instanceof ListValue) return listsEqual(a.items, b.items);
  if (a instanceof TupleValue && b instanceof TupleValue) return listsEqual(a.items, b.items);
  if (isNum(a) && isNum(b)) {
    if (isCx(a) || isCx(b)) return pair(a)[0] === pair(b)[0] && pair(a)[1] === pair(b)[1];
    return n.numEq(a, b);
  }
  if (
    a !== null && b !== null && typeof a === "object" && typeof b === "object" && "storage" in a &&
    "storage" in b
  ) {
    return equalTensors(a as Tensor, b as Tensor);
  }
  return false;
}
export function listsEqual(a: readonly IValue[], b: readonly IValue[]): boolean {
  return a.length === b.length && a.every((x, i) => valuesEqual(x, b[i]));
}
function isNum(v: IValue): v is Num {
  return typeof v === "number" || typeof v === "bigint" || typeof v === "boolean" || v instanceof Float ||
    v instanceof Complex;
}
function equality(name: string, doc: string, same: boolean): Record<string, Declaration> {
  const num = (a: Num, b: Num) => same === valuesEqual(a, b);
  const any = (a: IValue, b: IValue) => same === valuesEqual(a, b);
  const out: Record<string, Declaration> = { [`aten::${name}`]: raw(doc, num) };
  for (
    const s of ["int", "float", "int_float", "float_int", "complex", "float_complex", "complex_float", "bool"]
  ) out[`aten::${name}.${s}`] = raw(doc, num);
  for (const s of ["str", "int_list", "float_list", "bool_list", "str_list", "device", "enum"]) {
    out[`aten::${name}.${s}`] = raw(doc, any);
  }
  out[`aten::${name}.Tensor_list`] = raw(doc, (a: ListValue, b: ListValue) => {
    const eq = a.items.length === b.items.length &&
      a.items.every((x, i) => equalTensors(x as Tensor, b.items[i] as Tensor));
    return same === eq;
  });
  return out;
}

/** A function of one number: `.int` and `.float` give floats, `.complex` complex, `.Scalar` by what it gets. */
function unary(
  name: string,
  doc: string,
  real: (x: number) => number,
  complex?: (z: C) => C,
): Record<string, Declaration> {
  const run = (x: Num) => real(f(x));
  const out: Record<string, Declaration> = {
    [`aten::${name}.int`]: raw(doc, run),
    [`aten::${name}.float`]: raw(doc, run),
  };
  if (complex) out[`aten::${name}.complex`] = raw(doc, (z: Complex) => cx(complex(pair(z))));
  out[`aten::${name}.Scalar`] = raw(
    doc,
    // PyTorch rounds real results to float32 here, though not in the other overloads.
    (x: Scalar) => complex && x instanceof Complex ? cx(complex(pair(x))) : new Float(Math.fround(run(x))),
  );
  return out;
}
/** What of a double is made an int of. */
function finite(x: number): number {
  check(
    Number.isFinite(x),
    () => `Cannot convert float ${x !== x ? "nan" : x > 0 ? "inf" : "-inf"} to integer`,
  );
  return x;
}
/** floor, ceil: an int. */
function toInteger(name: string, doc: string, g: (x: number) => number): Record<string, Declaration> {
  const one = (x: Num) => isInt(x) ? x : n.int64FromDouble(g(f(x)));
  return {
    [`aten::${name}.int`]: raw(doc, (x: Int) => x),
    [`aten::${name}.float`]: raw(doc, (x: number) => n.int64FromDouble(g(finite(x)))),
    [`aten::${name}.Scalar`]: raw(doc, one),
  };
}
function floatPairs(
  name: string,
  doc: string,
  g: (a: number, b: number) => number,
  scalarName: string,
): Record<string, Declaration> {
  const run = (a: Num, b: Num) => g(f(a), f(b));
  const out: Record<string, Declaration> = {};
  for (const s of ["int", "float", "int_float", "float_int"]) out[`aten::${name}.${s}`] = raw(doc, run);
  out[scalarName ? `aten::${name}.${scalarName}` : `aten::${name}`] = raw(
    doc,
    (a: Scalar, b: Scalar) => new Float(run(a, b)),
  );
  return out;
}

const pow = (a: number, b: number): number => a === 1 ? 1 : a ** b;
function ieeeRemainder(a: number, b: number): number {
  if (!Number.isFinite(a) || b === 0 || b !== b) return NaN;
  if (!Number.isFinite(b)) return a;
  return a - b * n.roundHalfEven(a / b);
}
function factorial(x: number): Int {
  check(x >= 0, "factorial() not defined for negative values", "RuntimeError");
  let r: Int = 1;
  for (let i = 2; i <= x; i++) r = n.mulInt64(r, i);
  return r;
}
/** gamma, exact for small integers. */
function gamma(x: number): number {
  if (Number.isInteger(x)) {
    if (x <= 0) return x === 0 ? Infinity : NaN;
    if (x <= 23) return Number(factorial(x - 1));
  }
  if (x < 0) return Math.PI / (Math.sin(Math.PI * x) * Math.exp(lgamma(1 - x)));
  return Math.exp(lgamma(x));
}

function minMax(name: "min" | "max"): Record<string, Declaration> {
  const better = name === "min" ? (a: number, b: number) => b < a : (a: number, b: number) => b > a;
  const doc = name === "min" ? "The smaller number." : "The larger number.";
  const run = (a: Num, b: Num) => better(f(a), f(b)) ? b : a;
  // As C++ compares: with NaN on either side the second is taken.
  const floats = (a: Num, b: Num) => better(f(b), f(a)) ? f(a) : f(b);
  const out: Record<string, Declaration> = {
    [`prim::${name}.int`]: raw(doc, run),
    [`prim::${name}`]: raw(doc, run),
  };
  for (const s of SUFFIXES) out[`prim::${name}.${s}`] = raw(doc, floats);
  const ofList = (l: ListValue): IValue => {
    check(l.items.length > 0, `${name}() arg is an empty sequence`);
    return l.items.reduce((a, b) => better(f(a as Num), f(b as Num)) ? b : a);
  };
  for (const s of ["int", "bool"]) out[`prim::${name}.self_${s}`] = raw(doc, ofList);
  out[`prim::${name}.self_float`] = raw(doc, (l: ListValue) => f(ofList(l) as Num));
  for (const s of ["int", "float", "bool"]) {
    out[`prim::${name}.${s}_list`] = raw(
      `The ${name === "min" ? "lesser" : "greater"} list, item by item.`,
      (a: ListValue, b: ListValue) => {
        for (let i = 0; i < Math.min(a.items.length, b.items.length); i++) {
          const x = f(a.items[i] as Num), y = f(b.items[i] as Num);
          if (x !== y) return better(x, y) ? b : a;
        }
        return better(a.items.length, b.items.length) ? b : a;
      },
    );
  }
  return out;
}

function complexOverloads(): Record<string, Declaration> {
  const out: Record<string, Declaration> = {};
  const num = (v: Num | Tensor): Num =>
    typeof v === "object" && "storage" in v ? itemOf(v as Tensor) as Num : v;
  const build = (a: Num | Tensor, b: Num | Tensor) => new Complex(f(num(a)), f(num(b)));
  const kinds = ["int", "bool", "float", "Tensor"];
  for (const a of kinds) {
    for (const b of kinds) out[`aten::Complex.${a}_${b}`] = raw("A complex number of two parts.", build);
  }
  out["aten::Complex.Scalar"] = raw("A number as complex.", (a: Num) => cx(pair(a)));
  return out;
}

function bits(
  name: string,
  g: (a: Int, b: Int) => Int,
  logical?: (a: boolean, b: boolean) => boolean,
): Record<string, Declaration> {
  const out: Record<string, Declaration> = { [`aten::__${name}__.int`]: raw(`Bitwise ${name}.`, g) };
  if (logical) out[`aten::__${name}__.bool`] = raw(`Logical ${name}.`, logical);
  return out;
}

const toFloat = (a: Num): number => f(a);
function parseInt64(s: string): Int {
  if (!/^[+-]?\d+/.test(s.trimStart())) throw new RuntimeFault("RuntimeError", "stoll");
  if (!/^\s*[+-]?\d+$/.test(s)) {
    throw new RuntimeFault("RuntimeError", `invalid literal for int() with base 10: '${s}'`);
  }
  const v = BigInt(s.trim().replace(/^\+/, ""));
  if (BigInt.asIntN(64, v) !== v) throw new RuntimeFault("RuntimeError", "stoll");
  return n.toInt64(v);
}
function parseFloat64(s: string): number {
  const m = /^\s*([+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|inf(?:inity)?|nan))/i.exec(s);
  if (!m) throw new RuntimeFault("RuntimeError", "stod");
  if (m[0].length !== s.length) {
    throw new RuntimeFault("RuntimeError", `could not convert string to float: '${s}'`);
  }
  const t = m[1].toLowerCase();
  return t.includes("inf") ? (t[0] === "-" ? -Infinity : Infinity) : t.includes("nan") ? NaN : Number(t);
}
const intOf = (v: Num): Int => isInt(v) ? v : typeof v === "boolean" ? (v ? 1 : 0) : n.int64FromDouble(f(v));

export const numbers: Family = {
  ...arithmetic("add", { doc: "Sum.", int: n.addInt64, float: (a, b) => a + b, complex: c.cadd }),
  ...arithmetic("sub", { doc: "Difference.", int: n.subInt64, float: (a, b) => a - b, complex: c.csub }),
  ...arithmetic("mul", { doc: "Product.", int: n.mulInt64, float: (a, b) => a * b, complex: c.cmul }),
  ...arithmetic("floordiv", { doc: "Quotient rounded down.", int: intFloorDiv, float: floatFloorDiv }),
  ...arithmetic("remainder", { doc: "Python's modulus.", int: intMod, float: floatMod }),
  ...floatPairs("fmod", "C's modulus.", (a, b) => a % b, ""),
  ...floatPairs("mathremainder", "IEEE remainder.", ieeeRemainder, ""),
  ...floatPairs("atan2", "Angle of a point.", Math.atan2, "Scalar_Scalar"),
  ...floatPairs("copysign", "Magnitude of a, sign of b.", n.copySign, ""),
  "aten::div.int": raw("True quotient.", (a: Int, b: Int) => Number(a) / Number(b)),
  "aten::div.float": raw("True quotient.", (a: number, b: number) => a / b),
  "aten::div.complex": raw("Quotient.", (a: Complex, b: Complex) => cx(c.cdiv(pair(a), pair(b)))),
  "aten::div": raw("True quotient.", (a: Scalar, b: Scalar) => f(a) / f(b)),
  "aten::pow.int": raw("Power, as float.", (a: Int, b: Int) => pow(Number(a), Number(b))),
  "aten::pow.float": raw("Power.", pow),
  "aten::pow.int_float": raw("Power.", (a: Num, b: Num) => pow(f(a), f(b))),
  "aten::pow.float_int": raw("Power.", (a: Num, b: Num) => pow(f(a), f(b))),
  "aten::pow.complex": raw("Power.", (a: Num, b: Num) => cx(c.cpow(pair(a), pair(b)))),
  "aten::pow.float_complex": raw("Power.", (a: Num, b: Num) => cx(c.cpow(pair(a), pair(b)))),
  "aten::pow.complex_float": raw("Power.", (a: Num, b: Num) => cx(c.cpow(pair(a), pair(b)))),
  "aten::pow.Scalar_Scalar": raw(
    "Power.",
    (a: Num, b: Num) => isCx(a) || isCx(b) ? cx(c.cpow(pair(a), pair(b))) : new Float(pow(f(a), f(b))),
  ),
  "aten::pow.int_to_int": raw(
    "Power, as int.",
    (a: Int, b: Int) => n.toInt64(b < 0 ? 0 : n.intPowNonNegative(a, b)),
  ),
  "aten::divmod.int": raw("Quotient and remainder.", (a: Int, b: Int) => {
    if (b == 0) {
      throw new RuntimeFault("RuntimeError", "ZeroDivisionError: integer division or modulo by zero");
    }
    return new TupleValue([intFloorDiv(a, b), intMod(a, b)]);
  }),
  ...Object.fromEntries(
    SUFFIXES.map((s) => [
      `aten::divmod.${s}`,
      raw("Quotient and remainder.", (a: Num, b: Num) => {
        if (f(b) === 0) throw new RuntimeFault("RuntimeError", "ZeroDivisionError: float divmod()");
        const m = floatMod(f(a), f(b));
        return new TupleValue([new Float((f(a) - m) / f(b)), new Float(m)]);
      }),
    ]),
  ),
  "aten::neg.int": raw("Negative.", n.negInt64),
  "aten::neg.float": raw("Negative.", (x: number) => -x),
  "aten::neg.complex": raw("Negative.", (z: Complex) => cx(c.cneg(pair(z)))),
  "aten::neg.Scalar": raw(
    "Negative.",
    (x: Scalar) =>
      x instanceof Complex ? cx(c.cneg(pair(x))) : isFl(x) ? new Float(-f(x)) : n.negInt64(asInt(x)),
  ),
  "prim::abs.int": raw("Absolute value.", (x: Int) => x < 0 ? n.negInt64(x) : x),
  "prim::abs.float": raw("Absolute value.", Math.abs),
  "prim::abs.complex": raw("Length.", (z: Complex) => c.cabs(pair(z))),
  "prim::abs.Scalar": raw(
    "Absolute value.",
    (x: Scalar) =>
      x instanceof Complex
        ? new Float(Math.fround(c.cabs(pair(x))))
        : isFl(x)
        ? new Float(Math.abs(f(x)))
        : asInt(x) < 0
        ? n.negInt64(asInt(x))
        : asInt(x),
  ),
  ...comparison("lt", "Whether less.", (o) => o < 0),
  ...comparison("le", "Whether at most.", (o) => o <= 0),
  ...comparison("gt", "Whether greater.", (o) => o > 0),
  ...comparison("ge", "Whether at least.", (o) => o >= 0),
  ...equality("eq", "Whether equal.", true),
  ...equality("ne", "Whether different.", false),
  ...bits("and", n.intAnd, (a, b) => a && b),
  ...bits("or", n.intOr, (a, b) => a || b),
  ...bits("xor", n.intXor, (a, b) => a !== b),
  // x86 masks shift counts to six bits.
  "aten::__lshift__.int": raw(
    "Bits moved left.",
    (a: Int, b: Int) => n.toInt64(BigInt(a) << (BigInt(b) & 63n)),
  ),
  "aten::__rshift__.int": raw(
    "Bits moved right.",
    (a: Int, b: Int) => n.toInt64(BigInt(a) >> (BigInt(b) & 63n)),
  ),
  "aten::__not__": raw("Logical not.", (x: boolean) => !x),
  "aten::__is__": raw("Whether the same object.", (a: IValue, b: IValue) => a === b),
  "aten::__isnot__": raw("Whether different objects.", (a: IValue, b: IValue) => a !== b),
  "aten::__round_to_zero_floordiv.int": raw("Quotient rounded towards zero.", (a: Int, b: Int) => {
    if (b == 0) throw new RuntimeFault("RuntimeError", "division by 0");
    return n.truncDivInt64(a, b);
  }),
  "aten::__range_length": raw("Number of items of a range.", (lo: Int, hi: Int, step: Int) => {
    check(step != 0, "range() arg 3 must not be zero", "ValueError");
    const [a, b, s] = step > 0
      ? [BigInt(lo), BigInt(hi), BigInt(step)]
      : [BigInt(hi), BigInt(lo), -BigInt(step)];
    return b <= a ? 0 : n.toInt64((b - a + s - 1n) / s);
  }),
  "aten::__derive_index": raw("Item of a range.", (i: Int, start: Int, step: Int) => {
    if (typeof i === "number" && typeof start === "number" && typeof step === "number") {
      const at = start + i * step;
      if (Number.isSafeInteger(at)) return at;
    }
    return n.toInt64(BigInt(start) + BigInt(i) * BigInt(step));
  }),
  ...unary("sqrt", "Square root.", Math.sqrt, c.csqrt),
  ...unary("exp", "e to the power.", Math.exp, c.cexp),
  ...unary("expm1", "e to the power, minus 1.", Math.expm1),
  ...unary("log", "Natural logarithm.", Math.log, c.clog),
  ...unary("log10", "Logarithm to base 10.", Math.log10, (z) => c.cdiv(c.clog(z), [Math.LN10, 0])),
  ...unary("log1p", "Natural logarithm of 1 + x.", Math.log1p),
  ...unary("sin", "Sine.", Math.sin, c.csin),
  ...unary("cos", "Cosine.", Math.cos, c.ccos),
  ...unary("tan", "Tangent.", Math.tan, c.ctan),
  ...unary("asin", "Inverse sine.", Math.asin, c.casin),
  ...unary("acos", "Inverse cosine.", Math.acos, c.cacos),
  ...unary("atan", "Inverse tangent.", Math.atan, c.catan),
  ...unary("sinh", "Hyperbolic sine.", Math.sinh, c.csinh),
  ...unary("cosh", "Hyperbolic cosine.", Math.cosh, c.ccosh),
  ...unary("tanh", "Hyperbolic tangent.", Math.tanh, c.ctanh),
  ...unary("asinh", "Inverse hyperbolic sine.", Math.asinh, c.casinh),
  ...unary("acosh", "Inverse hyperbolic cosine.", Math.acosh, c.cacosh),
  ...unary("atanh", "Inverse hyperbolic tangent.", Math.atanh, c.catanh),
  ...unary("degrees", "Radians to degrees.", (x) => x * 180 / Math.PI),
  ...unary("radians", "Degrees to radians.", (x) => x * Math.PI / 180),
  ...unary("fabs", "Absolute value, as float.", Math.abs),
  ...unary("lgamma", "Logarithm of |gamma|.", lgamma),
  ...unary("gamma", "Gamma function.", gamma),
  ...unary("erf", "Error function.", erf),
  ...unary("erfc", "1 minus the error function.", erfc),
  "aten::angle.int": raw("Angle.", (x: number) => x < 0 ? Math.PI : 0),
  "aten::angle.float": raw("Angle.", (x: number) => Math.atan2(0, x)),
  "aten::angle.complex": raw("Angle.", (z: Complex) => c.cangle(pair(z))),
  "aten::angle.Scalar": raw("Angle.", (x: Scalar) => new Float(Math.fround(c.cangle(pair(x))))),
  "aten::polar.float": raw(
    "Complex number of length and angle.",
    (r: number, a: number) => new Complex(r * Math.cos(a), r * Math.sin(a)),
  ),
  ...Object.fromEntries(
    ["int", "int_float", "float_int", "Scalar_Scalar"].map((
      s,
    ) => [
      `aten::polar.${s}`,
      raw(
        "Complex number of length and angle.",
        (r: Num, a: Num) => new Complex(f(r) * Math.cos(f(a)), f(r) * Math.sin(f(a))),
      ),
    ]),
  ),
  ...Object.fromEntries(
    ["int_int", "float_float", "int_float", "float_int"].map((
      s,
    ) => [
      `aten::log.${s}`,
      raw("Logarithm to a base.", (a: Num, b: Num) => Math.log(f(a)) / Math.log(f(b))),
    ]),
  ),
  "aten::log.Scalar_Scalar": raw(
    "Logarithm to a base.",
    (a: Num, b: Num) => new Float(Math.log(f(a)) / Math.log(f(b))),
  ),
  ...toInteger("floor", "Rounded down, as int.", Math.floor),
  ...toInteger("ceil", "Rounded up, as int.", Math.ceil),
  "aten::round.int": raw("Nearest integer, as float.", (x: Int) => Number(x)),
  "aten::round.float": raw("Nearest integer, as float; ties to even.", n.roundHalfEven),
  "aten::round.Scalar": raw(
    "Nearest integer; ties to even.",
    (x: Scalar) => new Float(n.roundHalfEven(f(x))),
  ),
  "aten::factorial.int": raw("Factorial.", factorial),
  "aten::gcd.int": raw("Greatest common divisor.", n.intGcd),
  "aten::ldexp": raw("x times 2 to the power i.", (x: number, i: number) => n.ldexp(x, i)),
  "aten::frexp": raw("Mantissa and exponent.", (x: number) => {
    const [m, e] = n.frexp(x);
    return new TupleValue([new Float(m), e]);
  }),
  "aten::modf": raw(
    "Fraction and integer part.",
    (x: number) =>
      new TupleValue([new Float(Number.isFinite(x) ? x - Math.trunc(x) : 0), new Float(Math.trunc(x))]),
  ),
  "aten::isnan.float": raw("Whether NaN.", (x: number) => x !== x),
  "aten::isnan.complex": raw("Whether a part is NaN.", (z: Complex) => z.re !== z.re || z.im !== z.im),
  "aten::isinf.float": raw("Whether infinite.", (x: number) => Math.abs(x) === Infinity),
  "aten::isinf.complex": raw(
    "Whether a part is infinite.",
    (z: Complex) => Math.abs(z.re) === Infinity || Math.abs(z.im) === Infinity,
  ),
  "aten::isfinite.float": raw("Whether finite.", (x: number) => Number.isFinite(x)),
  "aten::isfinite.complex": raw(
    "Whether both parts are finite.",
    (z: Complex) => Number.isFinite(z.re) && Number.isFinite(z.im),
  ),
  ...minMax("min"),
  ...minMax("max"),
  "aten::Int.Tensor": raw("The one element as int.", (t: Tensor) => intOf(itemOf(t) as Num)),
  "aten::Int.bool": raw("A bool as int.", intOf),
  "aten::Int.float": raw("Truncated to int.", (x: number) => n.int64FromDouble(x)),
  "aten::Int.Scalar": raw("Truncated to int.", intOf),
  "aten::Int.str": raw("Text as int.", parseInt64),
  "aten::Float.Tensor": raw("The one element as float.", (t: Tensor) => f(itemOf(t) as Num)),
  "aten::Float.Scalar": raw("As float.", toFloat),
  "aten::Float.int": raw("As float.", toFloat),
  "aten::Float.bool": raw("As float.", toFloat),
  "aten::Float.str": raw("Text as float.", parseFloat64),
  "aten::Bool.Tensor": raw("Whether the one element is true.", truthOf),
  "aten::Bool.int": raw("Whether not 0.", (x: Int) => x != 0),
  "aten::Bool.float": raw("Whether not 0.", (x: number) => x !== 0),
  "aten::IntImplicit": raw("A 0-dim int tensor as int.", (t: Tensor) => {
    implicit(t);
    const v = itemOf(t);
    check(
      isInt(v) || typeof v === "boolean",
      "Cannot input a tensor of scalar type Float as an integral argument",
    );
    return intOf(v as Num);
  }),
  "aten::FloatImplicit": raw(
    "A 0-dim float tensor as float.",
    (t: Tensor) => (implicit(t), f(itemOf(t) as Num)),
  ),
  "aten::ComplexImplicit": raw(
    "A 0-dim tensor as complex.",
    (t: Tensor) => (implicit(t), cx(pair(itemOf(t) as Num))),
  ),
  "aten::ScalarImplicit": raw("A 0-dim tensor as number.", (t: Tensor) => (implicit(t), itemOf(t))),
  ...complexOverloads(),
  ...Object.fromEntries(
    COMPLEX_SUFFIXES.map((pairing) => [
      `aten::log.${pairing === "complex" ? "complex_complex" : pairing}`,
      raw("Logarithm to a base.", (x: Num, base: Num) => cx(c.cdiv(c.clog(pair(x)), c.clog(pair(base))))),
    ]),
  ),
  "aten::sum.int": raw(
    "Sum of a list.",
    (l: ListValue) => l.items.reduce<Int>((a, b) => n.addInt64(a, b as Int), 0),
  ),
  "aten::sum.float": raw(
    "Sum of a list.",
    (l: ListValue) => l.items.reduce<number>((a, b) => a + f(b as Num), 0),
  ),
  "aten::sum.bool": raw(
    "Number of true items.",
    (l: ListValue) => l.items.reduce<number>((a, b) => a + f(b as Num), 0),
  ),
  "aten::sum.complex": raw(
    "Sum of a list.",
    (l: ListValue) => cx(l.items.reduce<C>((a, b) => c.cadd(a, pair(b as Num)), [0, 0])),
  ),
  "aten::all.int": raw(
    "Whether every item is true.",
    (l: ListValue) => l.items.every((x) => f(x as Num) !== 0),
  ),
  "aten::all.float": raw(
    "Whether every item is true.",
    (l: ListValue) => l.items.every((x) => f(x as Num) !== 0),
  ),
  "aten::all.bool": raw("Whether every item is true.", (l: ListValue) => l.items.every((x) => x)),
  "aten::any.int": raw("Whether an item is true.", (l: ListValue) => l.items.some((x) => f(x as Num) !== 0)),
  "aten::any.float": raw(
    "Whether an item is true.",
    (l: ListValue) => l.items.some((x) => f(x as Num) !== 0),
  ),
  "aten::any.bool": raw("Whether an item is true.", (l: ListValue) => l.items.some((x) => x)),
  "aten::any.str": raw("Whether an item is not empty.", (l: ListValue) => l.items.some((x) => x !== "")),
};

function implicit(t: Tensor): void {
  check(
    t.dim === 0,
    "Cannot input a tensor of dimension other than 0 as a scalar argument",
  );
  check(!t.requiresGrad, "Cannot input a tensor that requires grad as a scalar argument");
}
