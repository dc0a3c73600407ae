/** The `math` module. */
import { Complex, Float, type Int } from "../../core/scalar.ts";
import * as n from "../../core/number/mod.ts";
import { hypot, productError } from "../../core/number/elementary.ts";
import { erf, erfc, gamma, lgamma } from "../../core/number/special_functions.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";

const { valueError, typeError } = r;

/** An argument as a double: float, int, bool, or anything with `__float__` or `__index__`. */
export function toDouble(v: Value): number {
  if (v instanceof Float) return v.value;
  if (typeof v === "number") return v;
  const number = r.numericOf(v);
  if (number !== undefined && !(v instanceof Complex)) {
    return typeof number === "bigint" ? n.intToFloat(number) : number;
  }
  const made = r.callSpecial(v, "__float__");
  if (made instanceof Float) return made.value;
  if (made !== undefined) {
    const inner = r.numericOf(made);
    if (typeof inner === "number") return inner;
    throw typeError(`${r.typeOf(v).name}.__float__ returned non-float (type ${r.typeOf(made).name})`);
  }
  if (r.hasIndex(v)) return n.intToFloat(r.index(v));
  throw typeError(`must be real number, not ${r.typeOf(v).name}`);
}

const domain = () => valueError("math domain error");
const range = () => r.raise(r.OverflowErrorType, "math range error");

/** A function of one double: NaN from a number is a domain error, infinity from a finite one overflow. */
function real(name: string, f: (x: number) => number, poles = false): Value {
  return fn(name, "x, /", (v: Value) => {
    const x = toDouble(v), y = f(x);
    if (y !== y && x === x) throw domain();
    if ((y === Infinity || y === -Infinity) && Number.isFinite(x)) throw poles ? domain() : range();
    return new Float(y);
  });
}

function logOf(v: Value, f: (x: number) => number, perBit: number): number {
  const whole = v instanceof Float ? undefined : r.hasIndex(v) ? r.index(v) : undefined;
  if (whole !== undefined) {
    if (whole <= 0) throw domain();
    if (typeof whole === "bigint" && Number(whole) === Infinity) {
      const bits = n.intBitLength(whole) - 60;
      return f(Number(whole >> BigInt(bits))) + bits * perBit;
    }
    return f(Number(whole));
  }
  const x = toDouble(v);
  if (x <= 0) throw domain();
  return f(x);
}

function log(v: Value, base?: Value): Value {
  const x = logOf(v, Math.log, Math.LN2);
  if (base === undefined) return new Float(x);
  const b = logOf(base, Math.log, Math.LN2);
  if (b === 0) throw r.raise(r.ZeroDivisionErrorType, "float division by zero");
  return new Float(x / b);
}

/** math.ceil, floor and trunc: the value's own method first. */
function rounding(name: string, method: string, f: (x: number) => number): Value {
  return fn(name, "x, /", (v: Value) => {
    if (v instanceof Float) return n.intFromFloat(f(v.value));
    if (typeof v === "number" || typeof v === "bigint") return v;
    const own = r.callSpecial(v, method);
    if (own !== undefined) return own;
    if (method === "__trunc__") throw typeError(`type ${r.typeOf(v).name} doesn't define __trunc__ method`);
    return n.intFromFloat(f(toDouble(v)));
  });
}

/** Sum with every rounding error kept: Shewchuk's partials, rounded once at the end. */
function fsum(values: Iterable<Value>): number {
  let partials: number[] = [];
  let special = 0, plusInfinity = false, minusInfinity = false;
  for (const v of values) {
    let x = toDouble(v);
    if (!Number.isFinite(x)) {
      special += x;
      plusInfinity ||= x === Infinity;
      minusInfinity ||= x === -Infinity;
      continue;
    }
    const kept: number[] = [];
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y, low = y - (high - x);
      if (!Number.isFinite(high)) throw r.raise(r.OverflowErrorType, "intermediate overflow in fsum");
      if (low !== 0) kept.push(low);
      x = high;
    }
    partials = [...kept, x];
  }
  if (plusInfinity && minusInfinity) throw valueError("-inf + inf in fsum");
  if (special !== 0 || special !== special) return special;
  let i = partials.length - 1;
  if (i < 0) return 0;
  let high = partials[i--], low = 0;
  while (i >= 0) {
    const x = high, y = partials[i--];
    high = x + y;
    low = y - (high - x);
    if (low !== 0) break;
  }
  // Half way cases: what is left over decides.
  if (i >= 0 && ((low < 0 && partials[i] < 0) || (low > 0 && partials[i] > 0))) {
    const y = low * 2, x = high + y;
    if (y === x - high) high = x;
  }
  return high;
}

function integer(v: Value): Int {
  return r.index(v);
}

function factorial(v: Value): Int {
  if (v instanceof Float) throw typeError("'float' object cannot be interpreted as an integer");
  const k = integer(v);
  if (k < 0) throw valueError("factorial() not defined for negative values");
  if (k > 1_000_000) throw r.raise(r.OverflowErrorType, "factorial() argument is too large");
  let small = 1, i = 2;
  for (; i <= k && small * i <= Number.MAX_SAFE_INTEGER; i++) small *= i;
  if (i > k) return small;
  const product = (a: number, b: number): bigint => {
    if (b - a < 8) {
      let p = BigInt(a);
      for (let j = a + 1; j <= b; j++) p *= BigInt(j);
      return p;
    }
    const middle = (a + b) >> 1;
    return product(a, middle) * product(middle + 1, b);
  };
  return BigInt(small) * product(i, Number(k));
}

function choose(nv: Value, kv: Value): Int {
  const total = integer(nv), k = integer(kv);
  if (total < 0) throw valueError("n must be a non-negative integer");
  if (k < 0) throw valueError("k must be a non-negative integer");
  if (k > total) return 0;
  const rest = n.intSub(total, k), steps = rest < k ? rest : k;
  let out: Int = 1;
  for (let i = 1; i <= steps; i++) {
    out = n.intFloorDiv(n.intMul(out, n.intSub(total, i - 1)), i);
  }
  return out;
}

function permutations(nv: Value, kv?: Value): Int {
  if (kv === undefined || kv === null) return factorial(nv);
  const total = integer(nv), k = integer(kv);
  if (total < 0) throw valueError("n must be a non-negative integer");
  if (k < 0) throw valueError("k must be a non-negative integer");
  if (k > total) return 0;
  let out: Int = 1;
  for (let i = 0; i < k; i++) out = n.intMul(out, n.intSub(total, i));
  return out;
}

function pow(a: Value, b: Value): Value {
  const x = toDouble(a), y = toDouble(b);
  if (x === 0 && y < 0) throw domain();
  const z = n.cPow(x, y);
  if (z !== z && x === x && y === y) throw domain();
  if (!Number.isFinite(z) && Number.isFinite(x) && Number.isFinite(y)) throw range();
  return new Float(z);
}

function fmod(a: Value, b: Value): Value {
  const x = toDouble(a), y = toDouble(b);
  const z = x % y;
  if (z !== z && x === x && y === y) throw domain();
  return new Float(z);
}

function remainder(a: Value, b: Value): Value {
  const x = toDouble(a), y = toDouble(b);
  if (x !== x || y !== y) return new Float(NaN);
  if (y === 0 || !Number.isFinite(x)) throw domain();
  if (!Number.isFinite(y)) return new Float(x);
  const ax = Math.abs(x), ay = Math.abs(y);
  const m = ax % ay, c = ay - m;
  const z = m < c ? m : m > c ? -c : m - 2 * ((0.5 * (ax - m)) % ay);
  return new Float(n.isNegative(x) ? -z : z);
}

function isclose(a: Value, b: Value, relative?: Value, absolute?: Value): boolean {
  const x = toDouble(a), y = toDouble(b);
  const rel = relative === undefined ? 1e-9 : toDouble(relative),
    abs = absolute === undefined ? 0 : toDouble(absolute);
  if (rel < 0 || abs < 0) throw valueError("tolerances must be non-negative");
  if (x === y) return true;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  const difference = Math.abs(x - y);
  return difference <= Math.abs(rel * y) || difference <= Math.abs(rel * x) || difference <= abs;
}

function product(values: Value, start?: Value): Value {
  let out: Value = start ?? 1;
  for (const v of r.iterate(values)) out = r.mul(out, v);
  return out;
}

function distance(values: number[]): number {
  if (values.length === 2) return hypot(values[0], values[1]);
  if (values.some((x) => x === Infinity || x === -Infinity)) return Infinity;
  const largest = values.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  if (largest === 0 || largest !== largest) return largest;
  if (values.length === 1) return largest;
  // Scaling by a power of two is exact; squares go in with their rounding errors.
  const scale = 2 ** Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
  const parts: Value[] = [];
  for (const v of values) {
    const x = v / scale, square = x * x;
    parts.push(new Float(square), new Float(productError(x, x, square)));
  }
  const h = Math.sqrt(fsum(parts)), square = h * h;
  parts.push(new Float(-square), new Float(-productError(h, h, square)));
  return (h + fsum(parts) / (2 * h)) * scale;
}

function nextafter(x: number, y: number): number {
  if (x !== x || y !== y) return NaN;
  if (x === y) return y;
  if (x === 0) return y > 0 ? 5e-324 : -5e-324;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const up = (y > x) === (x > 0);
  view.setBigInt64(0, view.getBigInt64(0) + (up ? 1n : -1n));
  return view.getFloat64(0);
}

function gcdOf(values: Value[]): Int {
  return values.map(integer).reduce<Int>((a, b) => n.intGcd(a, b), 0);
}

function lcmOf(values: Value[]): Int {
  let out: Int = 1;
  for (const v of values.map(integer)) {
    if (v === 0) return 0;
    out = n.intAbs(n.intMul(n.intFloorDiv(out, n.intGcd(out, v)), v));
  }
  return out;
}

registerModule("math", () =>
  moduleOf("math", {
    pi: new Float(Math.PI),
    e: new Float(Math.E),
    tau: new Float(2 * Math.PI),
    inf: new Float(Infinity),
    nan: new Float(NaN),
    sqrt: real("sqrt", Math.sqrt),
    exp: real("exp", Math.exp),
    exp2: real("exp2", (x) => 2 ** x),
    expm1: real("expm1", Math.expm1),
    cbrt: real("cbrt", Math.cbrt),
    sin: real("sin", Math.sin),
    cos: real("cos", Math.cos),
    tan: real("tan", Math.tan),
    asin: real("asin", Math.asin),
    acos: real("acos", Math.acos),
    atan: real("atan", Math.atan),
    sinh: real("sinh", Math.sinh),
    cosh: real("cosh", Math.cosh),
    tanh: real("tanh", Math.tanh),
    asinh: real("asinh", Math.asinh),
    acosh: real("acosh", Math.acosh),
    atanh: real("atanh", Math.atanh, true),
    fabs: real("fabs", Math.abs),
    degrees: real("degrees", (x) => x * (180 / Math.PI)),
    radians: real("radians", (x) => x * (Math.PI / 180)),
    erf: real("erf", erf),
    erfc: real("erfc", erfc),
    gamma: fn("gamma", "x, /", (v: Value) => {
      const x = toDouble(v), y = gamma(x);
      if (x === -Infinity || (x <= 0 && Number.isInteger(x))) throw domain();
      if (!Number.isFinite(y) && Number.isFinite(x)) throw range();
      return new Float(y);
    }),
    lgamma: real("lgamma", lgamma, true),
    log: fn("log", "x, base=None, /", log),
    log2: fn("log2", "x, /", (v: Value) => new Float(logOf(v, Math.log2, 1))),
    log10: fn("log10", "x, /", (v: Value) => new Float(logOf(v, Math.log10, Math.LN2 / Math.LN10))),
    log1p: fn("log1p", "x, /", (v: Value) => {
      const x = toDouble(v);
      if (x <= -1) throw domain();
      return new Float(Math.log1p(x));
    }),
    atan2: fn("atan2", "y, x, /", (y: Value, x: Value) => new Float(Math.atan2(toDouble(y), toDouble(x)))),
    pow: fn("pow", "x, y, /", pow),
    fmod: fn("fmod", "x, y, /", fmod),
    remainder: fn("remainder", "x, y, /", remainder),
    copysign: fn("copysign", "x, y, /", (x: Value, y: Value) =>
      new Float(n.copySign(toDouble(x), toDouble(y)))),
    floor: rounding("floor", "__floor__", Math.floor),
    ceil: rounding("ceil", "__ceil__", Math.ceil),
    trunc: rounding("trunc", "__trunc__", Math.trunc),
    isnan: fn("isnan", "x, /", (v: Value) =>
      Number.isNaN(toDouble(v))),
    isinf: fn("isinf", "x, /", (v: Value) =>
      Math.abs(toDouble(v)) === Infinity),
    isfinite: fn("isfinite", "x, /", (v: Value) => Number.isFinite(toDouble(v))),
    isclose: fn("isclose", "a, b, *, rel_tol=1e-09, abs_tol=0.0", isclose),
    fsum: fn("fsum", "seq, /", (v: Value) => new Float(fsum(r.iterate(v)))),
    prod: fn("prod", "iterable, /, *, start=1", product),
    hypot: fn("hypot", "*coordinates", (values: Value[]) => new Float(distance(values.map(toDouble)))),
    dist: fn("dist", "p, q, /", (p: Value, q: Value) => {
      const a = r.collect(p).map(toDouble), b = r.collect(q).map(toDouble);
      if (a.length !== b.length) throw valueError("both points must have the same number of dimensions");
      return new Float(distance(a.map((x, i) => x - b[i])));
    }),
    frexp: fn("frexp", "x, /", (v: Value) => {
      const [m, e] = n.frexp(toDouble(v));
      return new r.PyTuple([new Float(m), e]);
    }),
    ldexp: fn("ldexp", "x, i, /", (v: Value, e: Value) => {
      const x = toDouble(v), y = n.ldexp(x, Number(integer(e)));
      if (!Number.isFinite(y) && Number.isFinite(x)) throw range();
      return new Float(y);
    }),
    modf: fn("modf", "x, /", (v: Value) => {
      const x = toDouble(v), whole = Math.trunc(x);
      const fraction = Number.isFinite(x) ? n.copySign(x - whole, x) : x !== x ? x : n.copySign(0, x);
      return new r.PyTuple([new Float(fraction), new Float(whole)]);
    }),
    nextafter: fn("nextafter", "x, y, /", (x: Value, y: Value) =>
      new Float(nextafter(toDouble(x), toDouble(y)))),
    ulp: fn("ulp", "x, /", (v: Value) => {
      const x = Math.abs(toDouble(v));
      if (!Number.isFinite(x)) {
        return new Float(x);
      }
      const above = nextafter(x, Infinity);
      return new Float(above === Infinity ? x - nextafter(x, 0) : above - x);
    }),
    factorial: fn("factorial", "n, /", factorial),
    comb: fn("comb", "n, k, /", choose),
    perm: fn("perm", "n, k=None, /", permutations),
    gcd: fn("gcd", "*integers", gcdOf),
    lcm: fn("lcm", "*integers", lcmOf),
    isqrt: fn("isqrt", "n, /", (v: Value) =>
      n.intSqrt(integer(v))),
  }));
