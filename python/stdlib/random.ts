/** `_random`: CPython's Mersenne Twister generator. random.py has the distributions. */
import { Float, type Int, normInt } from "../../core/scalar.ts";
import { intAbs } from "../../core/number/mod.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { fn, methods } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { sha512 } from "./sha512.ts";

const { PyBytes, PyTuple, typeError, valueError } = r;
const N = 624, M = 397;

class Random extends r.PyInstance {
  private readonly state = new Uint32Array(N);
  private at = N + 1;

  private seedOne(seed: number): void {
    const s = this.state;
    s[0] = seed;
    for (let i = 1; i < N; i++) s[i] = Math.imul(s[i - 1] ^ (s[i - 1] >>> 30), 1812433253) + i;
    this.at = N;
  }

  /** Seeds with an array of 32-bit numbers, as the generator's authors define it. */
  seed(key: number[]): void {
    const s = this.state;
    this.seedOne(19650218);
    let i = 1, j = 0;
    for (let k = Math.max(N, key.length); k > 0; k--) {
      s[i] = (s[i] ^ Math.imul(s[i - 1] ^ (s[i - 1] >>> 30), 1664525)) + key[j] + j;
      if (++i >= N) {
        s[0] = s[N - 1];
        i = 1;
      }
      if (++j >= key.length) j = 0;
    }
    for (let k = N - 1; k > 0; k--) {
      s[i] = (s[i] ^ Math.imul(s[i - 1] ^ (s[i - 1] >>> 30), 1566083941)) - i;
      if (++i >= N) {
        s[0] = s[N - 1];
        i = 1;
      }
    }
    s[0] = 0x80000000;
  }

  private refill(): void {
    const s = this.state;
    for (let k = 0; k < N; k++) {
      const y = (s[k] & 0x80000000) | (s[(k + 1) % N] & 0x7fffffff);
      s[k] = s[(k + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.at = 0;
  }

  next32(): number {
    if (this.at >= N) this.refill();
    let y = this.state[this.at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** A double in [0, 1) of 53 random bits. */
  double(): number {
    const a = this.next32() >>> 5, b = this.next32() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }

  bits(k: number): Int {
    if (k <= 32) return k === 0 ? 0 : this.next32() >>> (32 - k);
    let value = 0n;
    for (let shift = 0n, left = k; left > 0; left -= 32, shift += 32n) {
      const word = this.next32();
      value |= BigInt(left < 32 ? word >>> (32 - left) : word) << shift;
    }
    return normInt(value);
  }

  below(n: Int): Int {
    if (n === 0) return 0;
    if (typeof n === "number" && n < 4294967296) {
      const shift = Math.clz32(n);
      for (;;) {
        // As many bits as n has: 33 - shift bits never happen below 2**32.
        const v = shift === 32 ? 0 : this.next32() >>> shift;
        if (v < n) return v;
      }
    }
    const size = n.toString(2).length;
    for (;;) {
      const v = this.bits(size);
      if (v < n) return v;
    }
  }

  saved(): Value {
    return new PyTuple([...this.state, this.at]);
  }
  restore(items: Value[]): void {
    if (items.length !== N + 1) throw valueError("state vector is the wrong size");
    for (let i = 0; i < N; i++) this.state[i] = Number(items[i]);
    this.at = Number(items[N]);
  }
}

/** Little-endian 32-bit digits of an int's magnitude. */
function words(n: Int): number[] {
  let v = BigInt(intAbs(n));
  const out: number[] = [];
  while (v > 0n) {
    out.push(Number(v & 0xffffffffn));
    v >>= 32n;
  }
  return out.length ? out : [0];
}

function seedFrom(self: Random, v: Value | undefined): void {
  if (v === undefined || v === null) {
    const entropy = crypto.getRandomValues(new Uint32Array(N));
    self.seed([...entropy]);
  } else if (r.hasIndex(v)) self.seed(words(r.index(v)));
  else {
    const h = r.hashValue(v);
    self.seed(words(h < 0 ? normInt(BigInt.asUintN(64, BigInt(h))) : h));
  }
}

const randomType = r.nativeType("Random", { module: "_random", alloc: (cls) => new Random(cls) });
methods(randomType, {
  __new__: ["*args, **kwargs", (cls: PyType, args: Value[]) => {
    const made = cls.alloc(cls) as Random;
    seedFrom(made, args[0] !== undefined && typeof args[0] === "string" ? undefined : args[0]);
    return made;
  }],
  __init__: ["*args, **kwargs", () => null],
  seed: ["n=None, /", (self: Random, v?: Value) => {
    seedFrom(self, v);
    return null;
  }],
  random: ["", (self: Random) => new Float(self.double())],
  getrandbits: ["k, /", (self: Random, k: Value) => {
    const n = Number(r.index(k));
    if (n < 0) throw valueError("number of bits must be non-negative");
    return self.bits(n);
  }],
  _randbelow: ["n, /", (self: Random, n: Value) => self.below(r.index(n))],
  getstate: ["", (self: Random) => self.saved()],
  setstate: ["state, /", (self: Random, state: Value) => {
    if (!(state instanceof PyTuple)) throw typeError("state vector must be a tuple");
    self.restore(r.collect(state));
    return null;
  }],
});

registerModule("_random", () =>
  moduleOf("_random", {
    Random: randomType,
    sha512: fn("sha512", "data, /", (data: Value) => new PyBytes(sha512(r.bytesOf(data)!))),
  }));
