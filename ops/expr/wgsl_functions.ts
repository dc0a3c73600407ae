/** Functions that rows call in WGSL text, on f32 and i32. */
const BITS = "bitcast<u32>(x) & 0x7fffffffu";

/**
 * Functions rows call, by name. Compilers may assume that no float is NaN or infinite, so the tests look at bits,
 * and infinities come from bits through a value the compiler cannot see through.
 */
export const WGSL_FUNCTIONS: Record<string, string> = {
  wick_isnan: `fn wick_isnan(x: f32) -> bool { return (${BITS}) > 0x7f800000u; }`,
  wick_isinf: `fn wick_isinf(x: f32) -> bool { return (${BITS}) == 0x7f800000u; }`,
  wick_isfinite: `fn wick_isfinite(x: f32) -> bool { return (${BITS}) < 0x7f800000u; }`,
  wick_isposinf: "fn wick_isposinf(x: f32) -> bool { return bitcast<u32>(x) == 0x7f800000u; }",
  wick_isneginf: "fn wick_isneginf(x: f32) -> bool { return bitcast<u32>(x) == 0xff800000u; }",
  wick_bits:
    "var<private> wick_zero: u32 = 0u;\nfn wick_bits(b: u32) -> f32 { return bitcast<f32>(b | wick_zero); }",
  wick_f32_true: `fn wick_f32_true(x: f32) -> bool { return (${BITS}) != 0u; }`,
  wick_i32_of_f32: `fn wick_i32_of_f32(x: f32) -> i32 {
  return select(-2147483647 - 1, i32(clamp(x, -2147483520.0, 2147483520.0)), abs(x) < 2147483648.0);
}`,
  wick_copysign: `fn wick_copysign(x: f32, y: f32) -> f32 {
  return bitcast<f32>((${BITS}) | (bitcast<u32>(y) & 0x80000000u));
}`,
  wick_sign_f32: "fn wick_sign_f32(x: f32) -> f32 { return f32(x > 0.0) - f32(x < 0.0); }",
  wick_sign_i32: "fn wick_sign_i32(x: i32) -> i32 { return sign(x); }",
  wick_minimum: `fn wick_minimum(x: f32, y: f32) -> f32 {
  if (wick_isnan(x)) { return x; }
  if (wick_isnan(y)) { return y; }
  return min(x, y);
}`,
  wick_maximum: `fn wick_maximum(x: f32, y: f32) -> f32 {
  if (wick_isnan(x)) { return x; }
  if (wick_isnan(y)) { return y; }
  return max(x, y);
}`,
  wick_fmin:
    "fn wick_fmin(x: f32, y: f32) -> f32 { if (wick_isnan(x)) { return y; } return select(x, y, y < x); }",
  wick_fmax:
    "fn wick_fmax(x: f32, y: f32) -> f32 { if (wick_isnan(x)) { return y; } return select(x, y, x < y); }",
  wick_hardtanh: `fn wick_hardtanh(x: f32, lo: f32, hi: f32) -> f32 {
  let y = select(x, lo, x < lo);
  return select(y, hi, hi < y);
}`,
  wick_lerp: `fn wick_lerp(x: f32, y: f32, w: f32) -> f32 {
  return select(y - (y - x) * (1.0 - w), x + w * (y - x), abs(w) < 0.5);
}`,
  wick_div_floor_f32: `fn wick_div_floor_f32(x: f32, y: f32) -> f32 {
  if (y == 0.0) { return x / y; }
  return floor((x - wick_remainder_f32(x, y)) / y + 0.5);
}`,
  wick_div_floor_i32: `fn wick_div_floor_i32(x: i32, y: i32) -> i32 {
  let q = x / y;
  return select(q, q - 1, (x % y != 0) && ((x < 0) != (y < 0)));
}`,
  wick_remainder_f32: `fn wick_remainder_f32(x: f32, y: f32) -> f32 {
  let m = x % y;
  return select(m, m + y, m != 0.0 && ((m < 0.0) != (y < 0.0)));
}`,
  wick_remainder_i32: `fn wick_remainder_i32(x: i32, y: i32) -> i32 {
  let m = x % y;
  return select(m, m + y, m != 0 && ((m < 0) != (y < 0)));
}`,
  wick_pow_f32: `fn wick_pow_f32(x: f32, y: f32) -> f32 {
  if (x == 1.0 || y == 0.0) { return 1.0; }
  if (x >= 0.0) { return pow(x, y); }
  if (floor(y) != y) { return wick_bits(0x7fc00000u); }
  let r = pow(-x, y);
  return select(r, -r, abs(y) % 2.0 == 1.0);
}`,
  wick_pow_i32: `fn wick_pow_i32(x: i32, y: i32) -> i32 {
  if (y < 0) { return select(select(0, select(1, -1, (y & 1) != 0), x == -1), 1, x == 1); }
  var base = x;
  var n = y;
  var r = 1;
  while (n > 0) {
    if ((n & 1) != 0) { r = r * base; }
    base = base * base;
    n = n >> 1u;
  }
  return r;
}`,
  wick_gcd: `fn wick_gcd(x: i32, y: i32) -> i32 {
  var a = x;
  var b = y;
  while (b != 0) { let t = a % b; a = b; b = t; }
  return abs(a);
}`,
  wick_lshift:
    "fn wick_lshift(x: i32, n: i32) -> i32 { return select(0, x << u32(n & 31), n >= 0 && n < 32); }",
  wick_rshift: "fn wick_rshift(x: i32, n: i32) -> i32 { return x >> u32(select(31, n, n >= 0 && n < 32)); }",
  wick_nan_to_num: `fn wick_nan_to_num(x: f32, n: f32, p: f32, m: f32) -> f32 {
  if (wick_isnan(x)) { return n; }
  if (wick_isposinf(x)) { return p; }
  if (wick_isneginf(x)) { return m; }
  return x;
}`,
  wick_expm1: `fn wick_expm1(x: f32) -> f32 {
  if (abs(x) > 0.35) { return exp(x) - 1.0; }
  return x * (1.0 + x * (0.5 + x * (0.16666667 + x * (0.041666668 + x * (0.008333334 + x * (0.0013888889 + x * 0.00019841270))))));
}`,
  wick_log1p: `fn wick_log1p(x: f32) -> f32 {
  if (abs(x) > 0.25) { return log(1.0 + x); }
  let s = x / (2.0 + x);
  let z = s * s;
  return 2.0 * s * (1.0 + z * (0.33333334 + z * (0.2 + z * (0.14285715 + z * 0.11111111))));
}`,
  wick_tanh: `fn wick_tanh(x: f32) -> f32 {
  let e = wick_expm1(2.0 * min(abs(x), 20.0));
  return select(wick_copysign(e / (e + 2.0), x), x, wick_isnan(x));
}`,
  wick_gelu_tanh: `fn wick_gelu_tanh(x: f32) -> f32 {
  return 0.5 * x * (1.0 + wick_tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
}`,
  wick_softplus: `fn wick_softplus(x: f32, beta: f32, threshold: f32) -> f32 {
  let z = x * beta;
  if (z > threshold) { return x; }
  return (max(z, 0.0) + wick_log1p(exp(-abs(z)))) / beta;
}`,
  wick_logaddexp: `fn wick_logaddexp(x: f32, y: f32) -> f32 {
  if (x == y && wick_isinf(x)) { return x; }
  return wick_maximum(x, y) + wick_log1p(exp(-abs(x - y)));
}`,
  wick_xlogy: `fn wick_xlogy(x: f32, y: f32) -> f32 {
  if (wick_isnan(y)) { return y; }
  return select(x * log(y), 0.0, x == 0.0);
}`,
  wick_entr: `fn wick_entr(x: f32) -> f32 {
  if (x == 0.0) { return 0.0; }
  if (x < 0.0) { return wick_bits(0xff800000u); }
  return -x * log(x);
}`,
  wick_sinc: `fn wick_sinc(x: f32) -> f32 {
  let p = x * 3.141592653589793;
  return select(sin(p) / p, 1.0, x == 0.0);
}`,
  wick_hypot: `fn wick_hypot(x: f32, y: f32) -> f32 {
  let a = max(abs(x), abs(y));
  let b = min(abs(x), abs(y));
  if (a == 0.0 || wick_isinf(a)) { return a; }
  return a * sqrt(1.0 + (b / a) * (b / a));
}`,
  wick_erf: `fn wick_erf(x: f32) -> f32 {
  let a = abs(x);
  if (a < 0.93) {
    let z = x * x;
    return x + x * (0.12837917 + z * (-0.37612633 + z * (0.11283684 + z * (-0.026858782 + z * (0.0051995173 + z * (-0.00081256746 + z * 0.000082987639))))));
  }
  let t = min(a, 4.0);
  let q = t + t * (0.12855181 + t * (0.635625 + t * (0.10526324 + t * (-0.022674716 + t * (0.0029305205 + t * (-0.000049720228 + t * (-0.000045554496 + t * 0.0000049359794)))))));
  return select(wick_copysign(1.0 - exp(-q), x), x, wick_isnan(x));
}`,
  wick_erfc: `fn wick_erfc(x: f32) -> f32 {
  if (x < 2.0) { return 1.0 - wick_erf(x); }
  var f = 0.0;
  for (var n = 24; n > 0; n = n - 1) { f = 0.5 * f32(n) / (x + f); }
  return exp(-x * x) * 0.5641895835477563 / (x + f);
}`,
  wick_erfinv: `fn wick_erfinv(y: f32) -> f32 {
  let t = abs(y);
  if (t > 1.0) { return wick_bits(0x7fc00000u); }
  if (t == 1.0) { return wick_copysign(wick_bits(0x7f800000u), y); }
  let l = wick_log1p(-y * y);
  let b = 4.3307467508 + 0.5 * l;
  var x = sqrt(sqrt(b * b - l / 0.147) - b);
  for (var i = 0; i < 3; i = i + 1) {
    let err = select(wick_erf(x) - t, (1.0 - t) - wick_erfc(x), t > 0.5);
    let step = err / (1.1283791670955126 * exp(-x * x));
    x = x - step / (1.0 + x * step);
  }
  return wick_copysign(x, y);
}`,
  wick_lgamma: `fn wick_lgamma_positive(v: f32) -> f32 {
  var p = 1.0;
  var y = v;
  while (y < 8.0) { p = p * y; y = y + 1.0; }
  let z = 1.0 / (y * y);
  return (y - 0.5) * log(y) - y + 0.9189385332046727 + (0.083333333 + z * (-0.0027777778 + z * 0.00079365079)) / y - log(p);
}
fn wick_lgamma(x: f32) -> f32 {
  if (wick_isinf(x)) { return abs(x); }
  if (x > 0.0) { return wick_lgamma_positive(x); }
  if (floor(x) == x) { return wick_bits(0x7f800000u); }
  return log(3.141592653589793 / abs(sin(3.141592653589793 * (x - round(x))))) - wick_lgamma_positive(1.0 - x);
}`,
  wick_digamma: `fn wick_digamma_positive(v: f32) -> f32 {
  var r = 0.0;
  var y = v;
  while (y < 8.0) { r = r - 1.0 / y; y = y + 1.0; }
  let z = 1.0 / (y * y);
  return r + log(y) - 0.5 / y - z * (0.083333333 - z * (0.0083333333 - z * 0.0039682540));
}
fn wick_digamma(x: f32) -> f32 {
  if (x > 0.0) { return wick_digamma_positive(x); }
  if (x == 0.0) { return -wick_copysign(wick_bits(0x7f800000u), x); }
  if (floor(x) == x) { return wick_bits(0x7fc00000u); }
  return wick_digamma_positive(1.0 - x) - 3.141592653589793 / tan(3.141592653589793 * (x - trunc(x)));
}`,
};
