/** SHA-512, with which random.seed digests a text. Its constants are computed, being roots of primes. */

const MASK = (1n << 64n) - 1n;

/** First 64 bits of the fraction of the `degree`-th root of n. */
function rootFraction(n: bigint, degree: bigint): bigint {
  const target = n << (64n * degree);
  let low = 0n, high = 1n << 80n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= target) low = middle;
    else high = middle;
  }
  return low & MASK;
}

let constants: { round: bigint[]; initial: bigint[] } | undefined;

function makeConstants(): { round: bigint[]; initial: bigint[] } {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < 80; n++) if (primes.every((p) => n % p !== 0n)) primes.push(n);
  return {
    round: primes.map((p) => rootFraction(p, 3n)),
    initial: primes.slice(0, 8).map((p) => rootFraction(p, 2n)),
  };
}

const rotate = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & MASK;

export function sha512(data: Uint8Array): Uint8Array {
  const { round, initial } = constants ??= makeConstants();
  const size = Math.ceil((data.length + 17) / 128) * 128;
  const padded = new Uint8Array(size);
  padded.set(data);
  padded[data.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(size - 8, BigInt(data.length) * 8n);
  const hash = initial.slice();
  const w = new Array<bigint>(80);
  for (let block = 0; block < size; block += 128) {
    for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(block + i * 8);
    for (let i = 16; i < 80; i++) {
      const a = w[i - 15], b = w[i - 2];
      const s0 = rotate(a, 1n) ^ rotate(a, 8n) ^ (a >> 7n);
      const s1 = rotate(b, 19n) ^ rotate(b, 61n) ^ (b >> 6n);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) & MASK;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 80; i++) {
      const s1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
      const t1 = (h + s1 + ((e & f) ^ (~e & MASK & g)) + round[i] + w[i]) & MASK;
      const s0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & MASK;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
    }
    [a, b, c, d, e, f, g, h].forEach((v, i) => hash[i] = (hash[i] + v) & MASK);
  }
  const out = new Uint8Array(64);
  const result = new DataView(out.buffer);
  hash.forEach((v, i) => result.setBigUint64(i * 8, v));
  return out;
}
