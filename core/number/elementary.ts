/**
 * Elementary functions to the last digit. C's library, which CPython and PyTorch call for scalars, returns the
 * correctly rounded double nearly always; JS engines are an ulp off now and then. These compute with pairs of
 * doubles (a value and its rounding error) where that matters.
 */

/** Error of a rounded product of doubles, exactly. Dekker's splitting. */
export function productError(a: number, b: number, product: number): number {
  const ca = 134217729 * a, ah = ca - (ca - a), al = a - ah;
  const cb = 134217729 * b, bh = cb - (cb - b), bl = b - bh;
  return ((ah * bh - product) + ah * bl + al * bh) + al * bl;
}

/** sqrt(x*x + y*y) without overflow on the way. */
export function hypot(x: number, y: number): number {
  let a = Math.abs(x), b = Math.abs(y);
  if (a === Infinity || b === Infinity) return Infinity;
  if (a !== a || b !== b) return NaN;
  if (a < b) [a, b] = [b, a];
  if (b === 0 || a > b * 2 ** 60) return a + b;
  let scale = 1;
  if (a > 2 ** 500) scale = 2 ** 600;
  else if (b < 2 ** -450) scale = 2 ** -600;
  a /= scale;
  b /= scale;
  const aa = a * a, bb = b * b, h = Math.sqrt(aa + bb), hh = h * h;
  const errors = productError(a, a, aa) + productError(b, b, bb) - productError(h, h, hh);
  // aa >= bb, so the leading difference is exact enough for one Newton step.
  const residual = ((aa - hh) + bb) + errors;
  return (h + residual / (2 * h)) * scale;
}
