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
  wick_ne: "fn wick_ne(x: f32, y: f32) -> bool { return wick_isnan(x) || wick_isnan(y) || x != y; }",
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
  let m = wick_fmod(x, y);
  var d = (x - m) / y;
  if (m != 0.0 && ((y < 0.0) != (m < 0.0))) { d = d - 1.0; }
  if (d == 0.0) { return wick_copysign(0.0, x / y); }
  let f = floor(d);
  return select(f, f + 1.0, d - f > 0.5);
}`,
  wick_div_floor_i32: `fn wick_div_floor_i32(x: i32, y: i32) -> i32 {
  let q = x / y;
  return select(q, q - 1, (x % y != 0) && ((x < 0) != (y < 0)));
}`,
  wick_remainder_f32: `fn wick_remainder_f32(x: f32, y: f32) -> f32 {
  let m = wick_fmod(x, y);
  return select(m, m + y, m != 0.0 && ((m < 0.0) != (y < 0.0)));
}`,
  wick_remainder_i32: `fn wick_remainder_i32(x: i32, y: i32) -> i32 {
  let m = x % y;
  return select(m, m + y, m != 0 && ((m < 0) != (y < 0)));
}`,
  // The logarithm near 1 keeps its digits: large exponents multiply its error.
  wick_pow_f32: `fn wick_pow_positive(x: f32, y: f32) -> f32 {
  if (x == 0.0) { return select(wick_bits(0x7f800000u), 0.0, y > 0.0); }
  return exp(y * select(log(x), wick_log1p(x - 1.0), abs(x - 1.0) < 0.25));
}
fn wick_pow_f32(x: f32, y: f32) -> f32 {
  if (x == 1.0 || y == 0.0) { return 1.0; }
  if (wick_isnan(x) || wick_isnan(y)) { return wick_bits(0x7fc00000u); }
  if (abs(y) >= 16777216.0 && abs(x) == 1.0) { return 1.0; }
  if (y == 1.0) { return x; }
  if (y == 2.0) { return x * x; }
  if (y == 0.5 && x >= 0.0) { return sqrt(x); }
  if (x >= 0.0) { return wick_pow_positive(x, y); }
  let r = wick_pow_positive(-x, y);
  if (wick_isinf(y) || wick_isinf(x)) { return select(r, -r, abs(y) < 16777216.0 && abs(y) % 2.0 == 1.0); }
  if (abs(y) < 8388608.0 && floor(y) != y) { return wick_bits(0x7fc00000u); }
  return select(r, -r, abs(y) < 16777216.0 && abs(y) % 2.0 == 1.0);
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
  return select(wick_sin(p) / p, 1.0, x == 0.0);
}`,
  wick_hypot: `fn wick_hypot(x: f32, y: f32) -> f32 {
  if (wick_isinf(x) || wick_isinf(y)) { return wick_bits(0x7f800000u); }
  if (wick_isnan(x) || wick_isnan(y)) { return wick_bits(0x7fc00000u); }
  let a = max(abs(x), abs(y));
  let b = min(abs(x), abs(y));
  if (a == 0.0) { return a; }
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
  if (x == 1.0 || x == 2.0) { return 0.0; }
  if (x > 0.0) { return wick_lgamma_positive(x); }
  if (floor(x) == x) { return wick_bits(0x7f800000u); }
  return log(3.141592653589793 / abs(wick_sin(3.141592653589793 * (x - round(x))))) - wick_lgamma_positive(1.0 - x);
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
  return wick_digamma_positive(1.0 - x) - 3.141592653589793 / wick_tan(3.141592653589793 * (x - trunc(x)));
}`,
  // Exact: the divisor is doubled until it nears the dividend, then taken off and halved again.
  wick_fmod: `fn wick_fmod(x: f32, y: f32) -> f32 {
  if (!wick_isfinite(x) || wick_isnan(y) || y == 0.0) { return wick_bits(0x7fc00000u); }
  let d = abs(y);
  var r = abs(x);
  if (wick_isinf(y) || r < d) { return x; }
  var s = d;
  while (s <= 0.5 * r) { s = s + s; }
  loop {
    if (r >= s) { r = r - s; }
    if (s <= d) { break; }
    s = s * 0.5;
  }
  return wick_copysign(r, x);
}`,
  // Quarter turns off in three steps; the count of them and the rest. WGSL's own functions are good within a half turn only.
  wick_quarters: `fn wick_quarters(x: f32) -> vec2<f32> {
  let n = round(x * 0.6366197723675814);
  var r = fma(n, -1.5703125, x);
  r = fma(n, -4.837512969970703e-4, r);
  return vec2<f32>(fma(n, -7.549789954891882e-08, r), n - 4.0 * floor(n * 0.25));
}`,
  // 2/pi as 32-bit words; for arguments too large for three steps the bits that matter are multiplied out exactly.
  wick_large_quarters: `fn wick_large_quarters(x: f32) -> vec2<f32> {
  let table = array<u32, 8>(0u, 0u, 0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u, 0xdb629599u, 0x3c439041u);
  let u = bitcast<u32>(x);
  let m = (u & 0x7fffffu) | 0x800000u;
  let e = ((u >> 23u) & 0xffu) - 150u + 62u;
  let at = e >> 5u;
  let by = e & 31u;
  var w = array<u32, 3>(0u, 0u, 0u);
  for (var k = 0u; k < 3u; k = k + 1u) {
    w[k] = (table[at + k] << by) | select(table[at + k + 1u] >> ((32u - by) & 31u), 0u, by == 0u);
  }
  let low = wick_l_mul(vec2<u32>(w[2], 0u), vec2<u32>(m, 0u));
  let middle = wick_l_add(wick_l_mul(vec2<u32>(w[1], 0u), vec2<u32>(m, 0u)), vec2<u32>(low.y, 0u));
  let high = wick_l_add(vec2<u32>(w[0] * m, 0u), vec2<u32>(middle.y, 0u)).x;
  var q = high >> 30u;
  var f = vec2<u32>((middle.x << 2u) | (low.x >> 30u), (high << 2u) | (middle.x >> 30u));
  let over = f.y >= 0x80000000u;
  if (over) {
    q = (q + 1u) & 3u;
    f = wick_l_neg(f);
  }
  let r = (f32(f.y) * 4294967296.0 + f32(f.x)) * 8.5153039502163873e-20;
  let signed = select(r, -r, over != (x < 0.0));
  return vec2<f32>(signed, f32(select(q, (4u - q) & 3u, x < 0.0)));
}`,
  wick_turn: `fn wick_turn(x: f32) -> vec2<f32> {
  if (abs(x) < 20000.0) { return wick_quarters(x); }
  return wick_large_quarters(x);
}`,
  wick_sin: `fn wick_sin(x: f32) -> f32 {
  if (!wick_isfinite(x)) { return wick_bits(0x7fc00000u); }
  let t = wick_turn(x);
  let z = t.x * t.x;
  let s = t.x + t.x * z * (-0.16666667 + z * (0.0083333333 + z * (-0.00019841270 + z * 0.0000027557319)));
  let c = 1.0 - 0.5 * z + z * z * (0.041666668 + z * (-0.0013888889 + z * (0.000024801587 - z * 0.00000027557319)));
  let y = select(s, c, (i32(t.y) & 1) != 0);
  return select(y, -y, t.y >= 2.0);
}`,
  wick_cos: `fn wick_cos(x: f32) -> f32 {
  if (!wick_isfinite(x)) { return wick_bits(0x7fc00000u); }
  let t = wick_turn(x);
  let z = t.x * t.x;
  let s = t.x + t.x * z * (-0.16666667 + z * (0.0083333333 + z * (-0.00019841270 + z * 0.0000027557319)));
  let c = 1.0 - 0.5 * z + z * z * (0.041666668 + z * (-0.0013888889 + z * (0.000024801587 - z * 0.00000027557319)));
  let y = select(c, s, (i32(t.y) & 1) != 0);
  return select(y, -y, t.y == 1.0 || t.y == 2.0);
}`,
  // Reduced by 1/x above 1 and by (x-1)/(x+1) above tan(pi/8).
  wick_atan: `fn wick_atan(x: f32) -> f32 {
  if (wick_isnan(x)) { return x; }
  let a = abs(x);
  let big = a > 1.0;
  let u = select(a, 1.0 / max(a, 1.0), big);
  let middle = u > 0.41421357;
  let v = select(u, (u - 1.0) / (u + 1.0), middle);
  let z = v * v;
  var w = v + v * z * (-0.33333333 + z * (0.2 + z * (-0.14285697 + z * (0.11110400 + z * (-0.09078578 + z * (0.07564965 + z * (-0.05878959 + z * 0.03072633)))))));
  w = w + select(0.0, 0.78539816, middle);
  return wick_copysign(select(w, 1.57079633 - w, big), x);
}`,
  wick_atan2: `fn wick_atan2(y: f32, x: f32) -> f32 {
  if (wick_isnan(x) || wick_isnan(y)) { return wick_bits(0x7fc00000u); }
  let ax = abs(x);
  let ay = abs(y);
  var r = 0.0;
  if (wick_isinf(x) && wick_isinf(y)) { r = 0.78539816; }
  else if (ay > ax) { r = 1.57079633 - wick_atan(ax / ay); }
  else if (ax > 0.0) { r = wick_atan(ay / ax); }
  return wick_copysign(select(r, 3.14159265 - r, bitcast<u32>(x) >= 0x80000000u), y);
}`,
  wick_tan: "fn wick_tan(x: f32) -> f32 { return wick_sin(x) / wick_cos(x); }",
  wick_asin: `fn wick_asin(x: f32) -> f32 {
  if (!(abs(x) <= 1.0)) { return wick_bits(0x7fc00000u); }
  return wick_atan2(x, sqrt((1.0 - x) * (1.0 + x)));
}`,
  wick_acos: `fn wick_acos(x: f32) -> f32 {
  if (!(abs(x) <= 1.0)) { return wick_bits(0x7fc00000u); }
  return 2.0 * wick_atan2(sqrt(1.0 - x), sqrt(1.0 + x));
}`,
  wick_sinh: `fn wick_sinh(x: f32) -> f32 {
  let a = abs(x);
  let m = wick_expm1(a);
  let half = exp(0.5 * a);
  return wick_copysign(select(0.5 * (m + m / (m + 1.0)), 0.5 * half * half, a > 20.0), x);
}`,
  wick_cosh: `fn wick_cosh(x: f32) -> f32 {
  let half = exp(0.5 * abs(x));
  return 0.5 * half * half + 0.5 / (half * half);
}`,
  wick_asinh: `fn wick_asinh(x: f32) -> f32 {
  if (!wick_isfinite(x)) { return x; }
  let a = abs(x);
  let b = min(a, 1e9);
  let near = wick_log1p(b + b * b / (1.0 + sqrt(1.0 + b * b)));
  return wick_copysign(select(near, log(a) + 0.69314718, a > 1e9), x);
}`,
  wick_acosh: `fn wick_acosh(x: f32) -> f32 {
  if (!(x >= 1.0)) { return wick_bits(0x7fc00000u); }
  if (wick_isinf(x)) { return x; }
  let t = min(x, 1e9) - 1.0;
  return select(wick_log1p(t + sqrt(t * (t + 2.0))), log(x) + 0.69314718, x > 1e9);
}`,
  wick_softshrink: `fn wick_softshrink(x: f32, l: f32) -> f32 {
  if (x > l) { return x - l; }
  if (x < -l) { return x + l; }
  return select(wick_bits(0x7fc00000u), 0.0, wick_isfinite(x));
}`,
};
