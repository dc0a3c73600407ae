/**
 * int64 in WGSL, which has no 64-bit integers: a value is a `vec2<u32>`, low word first, as it lies in memory. Sums,
 * products and shifts wrap as int64 does; division by zero gives what WGSL's own integer division gives.
 */

/** Functions by name; they may call one another and the ones of `wgsl.ts`. */
export const LONG_FUNCTIONS: Record<string, string> = {
  wick_l_add: `fn wick_l_add(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let lo = a.x + b.x;
  return vec2<u32>(lo, a.y + b.y + select(0u, 1u, lo < a.x));
}`,
  wick_l_sub: `fn wick_l_sub(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(a.x - b.x, a.y - b.y - select(0u, 1u, a.x < b.x));
}`,
  wick_l_neg: "fn wick_l_neg(a: vec2<u32>) -> vec2<u32> { return wick_l_sub(vec2<u32>(0u, 0u), a); }",
  wick_l_mul: `fn wick_l_mul(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let al = a.x & 0xffffu;
  let ah = a.x >> 16u;
  let bl = b.x & 0xffffu;
  let bh = b.x >> 16u;
  let low = al * bl;
  let m1 = ah * bl + (low >> 16u);
  let m2 = al * bh + (m1 & 0xffffu);
  let high = ah * bh + (m1 >> 16u) + (m2 >> 16u);
  return vec2<u32>((m2 << 16u) | (low & 0xffffu), high + a.x * b.y + a.y * b.x);
}`,
  wick_l_lt: `fn wick_l_lt(a: vec2<u32>, b: vec2<u32>) -> bool {
  return select(bitcast<i32>(a.y) < bitcast<i32>(b.y), a.x < b.x, a.y == b.y);
}`,
  wick_l_negative: "fn wick_l_negative(a: vec2<u32>) -> bool { return a.y >= 0x80000000u; }",
  wick_l_abs:
    "fn wick_l_abs(a: vec2<u32>) -> vec2<u32> { return select(a, wick_l_neg(a), wick_l_negative(a)); }",
  wick_l_sign: `fn wick_l_sign(a: vec2<u32>) -> vec2<u32> {
  if (wick_l_negative(a)) { return vec2<u32>(0xffffffffu, 0xffffffffu); }
  return vec2<u32>(u32(any(a != vec2<u32>(0u, 0u))), 0u);
}`,
  wick_l_min:
    "fn wick_l_min(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> { return select(b, a, wick_l_lt(a, b)); }",
  wick_l_max:
    "fn wick_l_max(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> { return select(a, b, wick_l_lt(a, b)); }",
  wick_l_divmod: `struct WickLongs { q: vec2<u32>, r: vec2<u32> }
fn wick_l_divmod(n: vec2<u32>, d: vec2<u32>) -> WickLongs {
  var q = vec2<u32>(0u, 0u);
  var r = vec2<u32>(0u, 0u);
  if (n.y == 0u && d.y == 0u) {
    let by = max(d.x, 1u);
    return WickLongs(vec2<u32>(n.x / by, 0u), vec2<u32>(n.x % by, 0u));
  }
  for (var i = 0u; i < 64u; i = i + 1u) {
    let at = 63u - i;
    let word = select(n.x, n.y, at >= 32u);
    r = vec2<u32>((r.x << 1u) | ((word >> (at & 31u)) & 1u), (r.y << 1u) | (r.x >> 31u));
    q = vec2<u32>(q.x << 1u, (q.y << 1u) | (q.x >> 31u));
    if (r.y > d.y || (r.y == d.y && r.x >= d.x)) {
      r = wick_l_sub(r, d);
      q.x = q.x | 1u;
    }
  }
  return WickLongs(q, r);
}`,
  wick_l_div: `fn wick_l_div(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let q = wick_l_divmod(wick_l_abs(a), wick_l_abs(b)).q;
  return select(q, wick_l_neg(q), wick_l_negative(a) != wick_l_negative(b));
}`,
  wick_l_rem: `fn wick_l_rem(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let r = wick_l_divmod(wick_l_abs(a), wick_l_abs(b)).r;
  return select(r, wick_l_neg(r), wick_l_negative(a));
}`,
  wick_l_mixed: `fn wick_l_mixed(r: vec2<u32>, b: vec2<u32>) -> bool {
  return any(r != vec2<u32>(0u, 0u)) && (wick_l_negative(r) != wick_l_negative(b));
}`,
  wick_l_floordiv: `fn wick_l_floordiv(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let q = wick_l_div(a, b);
  return select(q, wick_l_sub(q, vec2<u32>(1u, 0u)), wick_l_mixed(wick_l_rem(a, b), b));
}`,
  wick_l_remainder: `fn wick_l_remainder(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let r = wick_l_rem(a, b);
  return select(r, wick_l_add(r, b), wick_l_mixed(r, b));
}`,
  wick_l_pow: `fn wick_l_pow(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let one = vec2<u32>(1u, 0u);
  if (wick_l_negative(b)) {
    if (all(a == one)) { return a; }
    if (all(a == vec2<u32>(0xffffffffu, 0xffffffffu))) { return select(one, a, (b.x & 1u) != 0u); }
    return vec2<u32>(0u, 0u);
  }
  var r = one;
  var base = a;
  var n = b;
  while (any(n != vec2<u32>(0u, 0u))) {
    if ((n.x & 1u) != 0u) { r = wick_l_mul(r, base); }
    base = wick_l_mul(base, base);
    n = vec2<u32>((n.x >> 1u) | (n.y << 31u), n.y >> 1u);
  }
  return r;
}`,
  wick_l_gcd: `fn wick_l_gcd(x: vec2<u32>, y: vec2<u32>) -> vec2<u32> {
  var a = wick_l_abs(x);
  var b = wick_l_abs(y);
  while (any(b != vec2<u32>(0u, 0u))) {
    let t = wick_l_divmod(a, b).r;
    a = b;
    b = t;
  }
  return a;
}`,
  wick_l_shl: `fn wick_l_shl(a: vec2<u32>, n: vec2<u32>) -> vec2<u32> {
  if (n.y != 0u || n.x >= 64u) { return vec2<u32>(0u, 0u); }
  if (n.x >= 32u) { return vec2<u32>(0u, a.x << (n.x & 31u)); }
  return vec2<u32>(a.x << n.x, (a.y << n.x) | select(a.x >> ((32u - n.x) & 31u), 0u, n.x == 0u));
}`,
  wick_l_shr: `fn wick_l_shr(a: vec2<u32>, m: vec2<u32>) -> vec2<u32> {
  let n = select(m.x, 63u, m.y != 0u || m.x >= 64u);
  let high = bitcast<u32>(bitcast<i32>(a.y) >> 31u);
  if (n >= 32u) { return vec2<u32>(bitcast<u32>(bitcast<i32>(a.y) >> (n & 31u)), high); }
  return vec2<u32>(
    (a.x >> n) | select(a.y << ((32u - n) & 31u), 0u, n == 0u),
    bitcast<u32>(bitcast<i32>(a.y) >> n),
  );
}`,
  wick_l_shru: `fn wick_l_shru(a: vec2<u32>, n: u32) -> vec2<u32> {
  if (n >= 32u) { return vec2<u32>(a.y >> (n & 31u), 0u); }
  return vec2<u32>((a.x >> n) | select(a.y << ((32u - n) & 31u), 0u, n == 0u), a.y >> n);
}`,
  wick_l_of_i32: `fn wick_l_of_i32(x: i32) -> vec2<u32> {
  return vec2<u32>(bitcast<u32>(x), bitcast<u32>(x >> 31u));
}`,
  wick_l_of_f32: `fn wick_l_of_f32(x: f32) -> vec2<u32> {
  let a = trunc(abs(x));
  if (!(a < 9223372036854775808.0)) { return vec2<u32>(0u, 0x80000000u); }
  let high = floor(a / 4294967296.0);
  let v = vec2<u32>(u32(a - high * 4294967296.0), u32(high));
  return select(v, wick_l_neg(v), x < 0.0);
}`,
  // One rounding: the bits below the top 32 only matter as "not zero".
  wick_l_to_f32: `fn wick_l_to_f32(x: vec2<u32>) -> f32 {
  let a = wick_l_abs(x);
  if (a.y == 0u) { return select(f32(a.x), -f32(a.x), wick_l_negative(x)); }
  let n = countLeadingZeros(a.y);
  let top = wick_l_shl(a, vec2<u32>(n, 0u));
  let m = f32(top.y | u32(top.x != 0u)) * f32(1u << (31u - n)) * 2.0;
  return select(m, -m, wick_l_negative(x));
}`,
};

type Args = readonly string[];

/** Rows by name, on int64 arguments. Predicates give bool. */
export const LONG_ROWS: Readonly<Record<string, (a: Args) => string>> = {
  add: ([a, b]) => `wick_l_add(${a}, ${b})`,
  sub: ([a, b]) => `wick_l_sub(${a}, ${b})`,
  mul: ([a, b]) => `wick_l_mul(${a}, ${b})`,
  div_trunc: ([a, b]) => `wick_l_div(${a}, ${b})`,
  div_floor: ([a, b]) => `wick_l_floordiv(${a}, ${b})`,
  remainder: ([a, b]) => `wick_l_remainder(${a}, ${b})`,
  fmod: ([a, b]) => `wick_l_rem(${a}, ${b})`,
  pow: ([a, b]) => `wick_l_pow(${a}, ${b})`,
  neg: ([a]) => `wick_l_neg(${a})`,
  abs: ([a]) => `wick_l_abs(${a})`,
  sign: ([a]) => `wick_l_sign(${a})`,
  minimum: ([a, b]) => `wick_l_min(${a}, ${b})`,
  maximum: ([a, b]) => `wick_l_max(${a}, ${b})`,
  fmin: ([a, b]) => `wick_l_min(${a}, ${b})`,
  fmax: ([a, b]) => `wick_l_max(${a}, ${b})`,
  clamp: ([a, lo, hi]) => `wick_l_min(wick_l_max(${a}, ${lo}), ${hi})`,
  addcmul: ([a, b, c, d]) => `wick_l_add(${a}, wick_l_mul(${d}, wick_l_mul(${b}, ${c})))`,
  square: ([a]) => `wick_l_mul(${a}, ${a})`,
  gcd: ([a, b]) => `wick_l_gcd(${a}, ${b})`,
  eq: ([a, b]) => `all(${a} == ${b})`,
  ne: ([a, b]) => `any(${a} != ${b})`,
  lt: ([a, b]) => `wick_l_lt(${a}, ${b})`,
  gt: ([a, b]) => `wick_l_lt(${b}, ${a})`,
  le: ([a, b]) => `(!wick_l_lt(${b}, ${a}))`,
  ge: ([a, b]) => `(!wick_l_lt(${a}, ${b}))`,
  logical_and: ([a, b]) => `(${truth(a)} && ${truth(b)})`,
  logical_or: ([a, b]) => `(${truth(a)} || ${truth(b)})`,
  logical_xor: ([a, b]) => `(${truth(a)} != ${truth(b)})`,
  logical_not: ([a]) => `(!${truth(a)})`,
  bitwise_and: ([a, b]) => `(${a} & ${b})`,
  bitwise_or: ([a, b]) => `(${a} | ${b})`,
  bitwise_xor: ([a, b]) => `(${a} ^ ${b})`,
  bitwise_not: ([a]) => `(~${a})`,
  lshift: ([a, b]) => `wick_l_shl(${a}, ${b})`,
  rshift: ([a, b]) => `wick_l_shr(${a}, ${b})`,
  shl_const: ([a, b]) => `wick_l_shl(${a}, ${b})`,
  shr_const: ([a, b]) => `wick_l_shr(${a}, ${b})`,
  shru_const: ([a, b]) => `wick_l_shru(${a}, ${b}.x)`,
  where: ([c, a, b]) => `select(${b}, ${a}, ${c})`,
  heaviside: ([a, b]) => `select(wick_l_max(wick_l_sign(${a}), vec2<u32>(0u, 0u)), ${b}, !${truth(a)})`,
  signbit: ([a]) => `wick_l_negative(${a})`,
  isnan: () => "false",
  isinf: () => "false",
  isfinite: () => "true",
  isposinf: () => "false",
  isneginf: () => "false",
  nan_to_num: ([a]) => a,
  ceil: ([a]) => a,
  floor: ([a]) => a,
  trunc: ([a]) => a,
  round: ([a]) => a,
  relu: ([a]) => `wick_l_max(${a}, vec2<u32>(0u, 0u))`,
};

function truth(a: string): string {
  return `any(${a} != vec2<u32>(0u, 0u))`;
}
