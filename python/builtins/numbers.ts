/** int, bool, float and complex. */
import { Complex, Float, type Int } from "../../core/scalar.ts";
import * as n from "../../core/number/mod.ts";
import * as t from "../../core/text/mod.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { classMethods, getset, methods } from "../runtime/native.ts";

const { boolType, complexType, complexOf, floatOf, floatType, intOf, intType, PyTuple, typeError } = r;

// --- Operators, shared ---

const ARITHMETIC: r.ArithmeticName[] = [
  "add",
  "sub",
  "mul",
  "truediv",
  "floordiv",
  "mod",
  "pow",
  "lshift",
  "rshift",
  "and",
  "or",
  "xor",
];
function operators(type: PyType, names: r.ArithmeticName[], accepts: (v: Value) => boolean): void {
  const table: r.MethodTable = {};
  for (const op of names) {
    const signature = op === "pow" ? "other, mod=None, /" : "other, /";
    table[`__${op}__`] = [signature, (a: Value, b: Value, m?: Value) => {
      if (op === "pow" && m !== undefined && m !== null) return powMod(a, b, m);
      return accepts(b) ? r.numberOp(op, a, b) ?? r.NotImplementedValue : r.NotImplementedValue;
    }];
    table[`__r${op}__`] = [
      "other, /",
      (a: Value, b: Value) =>
        accepts(b) ? r.numberOp(op, b, a) ?? r.NotImplementedValue : r.NotImplementedValue,
    ];
  }
  methods(type, table);
}
export function powMod(a: Value, b: Value, m: Value): Value {
  const x = intOf(a), y = intOf(b), z = intOf(m);
  if (x === undefined || y === undefined || z === undefined) {
    throw typeError("pow() 3rd argument not allowed unless all arguments are integers");
  }
  return n.intPowMod(x, y, z);
}
const isInt = (v: Value) => intOf(v) !== undefined;
const isReal = (v: Value) => isInt(v) || floatOf(v) !== undefined;
const isNumber = (v: Value) => isReal(v) || complexOf(v) !== undefined;
operators(intType, ARITHMETIC, isInt);
operators(floatType, ARITHMETIC.slice(0, 7), isReal);
operators(complexType, ["add", "sub", "mul", "truediv", "pow"], isNumber);
operators(boolType, ["and", "or", "xor"], isInt);

const comparison = (
  op: r.CompareOp,
): [string, (a: Value, b: Value) => Value] => ["other, /", (a, b) => r.compareMethod(op, a, b)];
for (const type of [intType, floatType]) {
  methods(type, {
    __eq__: comparison("__eq__"),
    __ne__: comparison("__ne__"),
    __lt__: comparison("__lt__"),
    __le__: comparison("__le__"),
    __gt__: comparison("__gt__"),
    __ge__: comparison("__ge__"),
    __divmod__: ["other, /", (a: Value, b: Value) => isReal(b) ? divmod(a, b) : r.NotImplementedValue],
    __rdivmod__: ["other, /", (a: Value, b: Value) => isReal(b) ? divmod(b, a) : r.NotImplementedValue],
    conjugate: ["", (v: Value) => plain(v)],
  });
  getset(type, "real", (v: Value) => plain(v));
}
getset(intType, "imag", () => 0);
getset(floatType, "imag", () => new Float(0));
getset(intType, "numerator", (v: Value) => int(v));
getset(intType, "denominator", () => 1);

export function divmod(a: Value, b: Value): Value {
  return new PyTuple([r.numberOp("floordiv", a, b)!, r.numberOp("mod", a, b)!]);
}
const int = (v: Value): Int => intOf(v)!;
const float = (v: Value): number => floatOf(v)!;
const plain = (v: Value): Value => intOf(v) ?? (v instanceof Float ? v : new Float(float(v)));

// --- int ---

methods(intType, {
  __new__: ["x=0, /, base=10", (cls: PyType, x?: Value, base?: Value) => {
    const v = makeInt(x, base);
    return cls === intType ? v : new r.PyIntObject(cls, v);
  }],
  __init__: ["*args, **kwargs", () => null],
  __repr__: ["", (v: Value) => n.intToString(int(v))],
  __hash__: ["", (v: Value) => n.hashInt(int(v))],
  __int__: ["", (v: Value) => int(v)],
  __index__: ["", (v: Value) => int(v)],
  __trunc__: ["", (v: Value) => int(v)],
  __floor__: ["", (v: Value) => int(v)],
  __ceil__: ["", (v: Value) => int(v)],
  __float__: ["", (v: Value) => new Float(n.intToFloat(int(v)))],
  __bool__: ["", (v: Value) => int(v) !== 0],
  __neg__: ["", (v: Value) => n.intNeg(int(v))],
  __pos__: ["", (v: Value) => int(v)],
  __abs__: ["", (v: Value) => n.intAbs(int(v))],
  __invert__: ["", (v: Value) => n.intInvert(int(v))],
  __round__: [
    "ndigits=None, /",
    (v: Value, d?: Value) => d === undefined || d === null ? int(v) : n.roundInt(int(v), r.index(d)),
  ],
  __format__: [
    "spec, /",
    (v: Value, spec: string) => spec === "" ? r.str(v) : t.formatInt(int(v), spec, r.typeOf(v).name),
  ],
  __getnewargs__: ["", (v: Value) => new PyTuple([int(v)])],
  bit_length: ["", (v: Value) => n.intBitLength(int(v))],
  bit_count: ["", (v: Value) => n.intBitCount(int(v))],
  is_integer: ["", () => true],
  as_integer_ratio: ["", (v: Value) => new PyTuple([int(v), 1])],
  to_bytes: [
    "length=1, byteorder='big', *, signed=False",
    (v: Value, length?: Value, order?: Value, signed?: Value) =>
      new r.PyBytes(
        n.intToBytes(int(v), r.smallIndex(length ?? 1), order === "little", r.truth(signed ?? false)),
      ),
  ],
});
classMethods(intType, {
  from_bytes: [
    "bytes, byteorder='big', *, signed=False",
    (_c: PyType, b: Value, order?: Value, signed?: Value) => {
      const data = r.bytesOf(b) ?? Uint8Array.from(r.collect(b) as number[]);
      return n.intFromBytes(data, order === "little", r.truth(signed ?? false));
    },
  ],
});

/** int(x, base). */
export function makeInt(x: Value | undefined, base?: Value): Int {
  if (x === undefined) {
    if (base !== undefined) throw typeError("int() missing string argument");
    return 0;
  }
  if (base !== undefined) {
    const s = r.stringOf(x) ?? bytesText(x);
    if (s === undefined) throw typeError("int() can't convert non-string with explicit base");
    return n.intFromText(s, r.index(base));
  }
  if (typeof x === "number" || typeof x === "bigint") return x;
  if (x instanceof Float) return n.intFromFloat(x.value);
  const s = r.stringOf(x) ?? bytesText(x);
  if (s !== undefined) return n.intFromText(s);
  for (const m of ["__int__", "__index__", "__trunc__"]) {
    const v = r.callSpecial(x, m);
    if (v !== undefined) {
      const i = intOf(v);
      if (i === undefined) throw typeError(`${m} returned non-int (type ${r.typeOf(v).name})`);
      return i;
    }
  }
  throw typeError(
    `int() argument must be a string, a bytes-like object or a real number, not '${r.typeOf(x).name}'`,
  );
}
function bytesText(v: Value): string | undefined {
  const b = r.bytesOf(v);
  return b && String.fromCharCode(...b);
}

// --- bool ---

methods(boolType, {
  __new__: ["x=False, /", (_cls: PyType, x?: Value) => x === undefined ? false : r.truth(x)],
  __repr__: ["", (v: Value) => v ? "True" : "False"],
  __format__: ["spec, /", (v: Value, spec: string) => t.formatBool(v as boolean, spec)],
});

// --- float ---

methods(floatType, {
  __new__: ["x=0, /", (cls: PyType, x?: Value) => {
    const v = x === undefined ? 0 : makeFloat(x);
    return cls === floatType ? (x instanceof Float ? x : new Float(v)) : new r.PyFloatObject(cls, v);
  }],
  __init__: ["*args, **kwargs", () => null],
  __repr__: ["", (v: Value) => t.floatRepr(float(v))],
  __hash__: ["", (v: Value) => n.hashFloat(float(v))],
  __int__: ["", (v: Value) => n.intFromFloat(float(v))],
  __trunc__: ["", (v: Value) => n.intFromFloat(float(v))],
  __floor__: ["", (v: Value) => n.intFromFloat(Math.floor(float(v)))],
  __ceil__: ["", (v: Value) => n.intFromFloat(Math.ceil(float(v)))],
  __float__: ["", (v: Value) => new Float(float(v))],
  __bool__: ["", (v: Value) => float(v) !== 0],
  __neg__: ["", (v: Value) => new Float(-float(v))],
  __pos__: ["", (v: Value) => new Float(float(v))],
  __abs__: ["", (v: Value) => new Float(Math.abs(float(v)))],
  __round__: [
    "ndigits=None, /",
    (v: Value, d?: Value) =>
      d === undefined || d === null ? n.roundToInt(float(v)) : new Float(n.roundFloat(float(v), r.index(d))),
  ],
  __format__: [
    "spec, /",
    (v: Value, spec: string) => spec === "" ? r.str(v) : t.formatFloat(float(v), spec, r.typeOf(v).name),
  ],
  is_integer: ["", (v: Value) => Number.isInteger(float(v))],
  as_integer_ratio: ["", (v: Value) => new PyTuple(n.floatAsIntegerRatio(float(v)))],
  hex: ["", (v: Value) => n.floatHex(float(v))],
});
classMethods(floatType, {
  fromhex: ["string, /", (_c: PyType, s: Value) => new Float(n.floatFromHex(r.stringOf(s)!))],
});

/** float(x). */
export function makeFloat(x: Value): number {
  if (x instanceof Float) return x.value;
  const i = intOf(x);
  if (i !== undefined && !(x instanceof r.PyIntObject && x.cls.lookup("__float__") instanceof r.PyFunction)) {
    return n.intToFloat(i);
  }
  const s = r.stringOf(x) ?? bytesText(x);
  if (s !== undefined) return n.floatFromText(s);
  const f = r.callSpecial(x, "__float__");
  if (f !== undefined) {
    const v = floatOf(f);
    if (v === undefined) {
      throw typeError(`${r.typeOf(x).name}.__float__ returned non-float (type ${r.typeOf(f).name})`);
    }
    return v;
  }
  if (r.hasIndex(x)) return n.intToFloat(r.index(x));
  throw typeError(`float() argument must be a string or a real number, not '${r.typeOf(x).name}'`);
}

// --- complex ---

const complex = (v: Value): Complex => complexOf(v)!;
methods(complexType, {
  __new__: ["real=0, imag=0", (cls: PyType, re?: Value, im?: Value) => {
    const v = makeComplex(re, im);
    return cls === complexType ? v : new r.PyComplexObject(cls, v);
  }],
  __init__: ["*args, **kwargs", () => null],
  __repr__: ["", (v: Value) => t.complexRepr(complex(v))],
  __hash__: ["", (v: Value) => n.hashNumber(complex(v))],
  __eq__: ["other, /", (a: Value, b: Value) => r.complexEqual(complex(a), b)],
  __bool__: ["", (v: Value) => complex(v).re !== 0 || complex(v).im !== 0],
  __neg__: ["", (v: Value) => n.complexNeg(complex(v))],
  __pos__: ["", (v: Value) => complex(v)],
  __abs__: ["", (v: Value) => new Float(n.complexAbs(complex(v)))],
  __complex__: ["", (v: Value) => complex(v)],
  __format__: [
    "spec, /",
    (v: Value, spec: string) => spec === "" ? r.str(v) : t.formatComplex(complex(v), spec),
  ],
  conjugate: ["", (v: Value) => new Complex(complex(v).re, -complex(v).im)],
});
getset(complexType, "real", (v: Value) => new Float(complex(v).re));
getset(complexType, "imag", (v: Value) => new Float(complex(v).im));

function makeComplex(re: Value | undefined, im: Value | undefined): Complex {
  const s = re === undefined ? undefined : r.stringOf(re);
  if (s !== undefined) {
    if (im !== undefined) throw typeError("complex() can't take second arg if first is a string");
    return n.complexFromText(s);
  }
  const part = (v: Value | undefined): Complex => {
    if (v === undefined) return new Complex(0, 0);
    const c = complexOf(v);
    if (c) return c;
    const special = r.callSpecial(v, "__complex__");
    if (special instanceof Complex) return special;
    if (r.stringOf(v) !== undefined) throw typeError("complex() second arg can't be a string");
    if (!isReal(v) && r.typeOf(v).lookup("__float__") === undefined && !r.hasIndex(v)) {
      throw typeError(`complex() first argument must be a string or a number, not '${r.typeOf(v).name}'`);
    }
    return new Complex(makeFloat(v), 0);
  };
  const a = part(re);
  if (im === undefined) return a;
  const b = part(im);
  // Parts that real arguments do not have are not added: adding a zero would lose the sign of another.
  const whole = (v: Value | undefined) => v === undefined || isReal(v);
  return new Complex(whole(im) ? a.re : a.re - b.im, whole(re) ? b.re : a.im + b.re);
}
