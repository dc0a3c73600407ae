/**
 * The Mersenne Twister mt19937 (Matsumoto and Nishimura, 1998), the engine of PyTorch's CPU generator.
 * The position is kept as PyTorch keeps it (`left` words before the next twist, `next` word to hand out), so
 * that a saved state has the same bytes.
 */

const N = 624;
const M = 397;
const MATRIX_A = 0x9908b0df | 0;
const UPPER = 0x80000000 | 0;
const LOWER = 0x7fffffff;

export const MT_STATE_SIZE = N;

/** One of 64-bit seeds; the twister itself uses the low 32 bits, as PyTorch's does. */
export class Mt19937 {
  /** The 624 state words. */
  readonly state = new Int32Array(N);
  /** Words left before the state must be twisted, plus one: 1 right after seeding. */
  left = 1;
  /** Index of the word handed out next. */
  next = 0;
  /** The seed, 0 <= seed < 2**64. */
  seed = 0n;

  constructor(seed: bigint) {
    this.reseed(seed);
  }

  /** Starts the stream of `seed` (taken modulo 2**64). */
  reseed(seed: bigint): void {
    this.seed = BigInt.asUintN(64, seed);
    const s = this.state;
    s[0] = Number(this.seed & 0xffffffffn) | 0;
    for (let j = 1; j < N; j++) {
      const x = s[j - 1];
      s[j] = (Math.imul(1812433253, x ^ (x >>> 30)) + j) | 0;
    }
    this.left = 1;
    this.next = 0;
  }

  /** The next 32 random bits as a signed int32. */
  int32(): number {
    if (--this.left === 0) this.#twist();
    let y = this.state[this.next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  /** Fills `out` with the next draws, 32 bits each, in stream order. */
  fill(out: Int32Array): void {
    const n = out.length, s = this.state;
    let i = 0;
    while (i < n) {
      // `left` counts one more than the words still unused in this block.
      if (this.left === 1) {
        this.#twist();
        this.left = N + 1;
      }
      const run = Math.min(n - i, this.left - 1);
      let next = this.next;
      for (const end = i + run; i < end; i++) {
        let y = s[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        out[i] = y ^ (y >>> 18);
      }
      this.next = next;
      this.left -= run;
    }
  }

  #twist(): void {
    const s = this.state;
    this.left = N;
    this.next = 0;
    for (let i = 0; i < N - M; i++) s[i] = s[i + M] ^ mix(s[i], s[i + 1]);
    for (let i = N - M; i < N - 1; i++) s[i] = s[i + M - N] ^ mix(s[i], s[i + 1]);
    s[N - 1] = s[M - 1] ^ mix(s[N - 1], s[0]);
  }
}

function mix(u: number, v: number): number {
  return (((u & UPPER) | (v & LOWER)) >>> 1) ^ (-(v & 1) & MATRIX_A);
}
