/** PyTorch's CPU generator: mt19937 and the spare normal sample that Box-Muller leaves behind. */
import { CPU, type Device } from "../../core/device.ts";
import { check } from "../../core/errors.ts";
import type { GeneratorValue } from "../../core/ivalue.ts";
import { type Int, normInt } from "../../core/scalar.ts";
import { Mt19937, MT_STATE_SIZE } from "./mt19937.ts";

/** Seed of a generator nobody has seeded; a fact of PyTorch's. */
export const DEFAULT_SEED = 67280421310721;

/** Bytes of a saved state: PyTorch's CPUGeneratorImplState. */
export const STATE_BYTES = 5056;
const OFF_LEFT = 8, OFF_SEEDED = 12, OFF_NEXT = 16, OFF_WORDS = 24;
const OFF_NORMAL = OFF_WORDS + 8 * MT_STATE_SIZE + 8;
const OFF_NORMAL_VALID = OFF_NORMAL + 16;
const OFF_FLOAT_NORMAL = OFF_NORMAL_VALID + 8;
const OFF_FLOAT_NORMAL_VALID = OFF_FLOAT_NORMAL + 4;

const TWO_32 = 4294967296;
const MIN_SEED = -(2n ** 63n), MAX_SEED = 2n ** 64n - 1n;

export class Generator implements GeneratorValue {
  readonly kind = "Generator";
  readonly device: Device = CPU;
  readonly engine: Mt19937;
  /** The second half of the last scalar Box-Muller pair, or undefined. */
  nextDoubleNormal: number | undefined = undefined;
  /** Kept only because a saved state has room for it; PyTorch's CPU samplers never set it. */
  nextFloatNormal: number | undefined = undefined;

  constructor(seed: Int = DEFAULT_SEED) {
    this.engine = new Mt19937(BigInt(seed));
  }

  /**
   * Restarts the stream. Negative seeds count from 2**64.
   * Throws RuntimeFault (ValueError) outside [-2**63, 2**64 - 1].
   */
  manualSeed(seed: Int): this {
    const s = BigInt(seed);
    check(s >= MIN_SEED && s <= MAX_SEED, "Overflow when unpacking long long", "ValueError");
    this.engine.reseed(s);
    this.nextDoubleNormal = undefined;
    this.nextFloatNormal = undefined;
    return this;
  }

  /** Seeds from the system's entropy and returns the seed. */
  seed(): Int {
    const words = crypto.getRandomValues(new Uint32Array(2));
    const s = (BigInt(words[0]) << 32n) | BigInt(words[1]);
    this.manualSeed(s);
    return normInt(s);
  }

  /** The seed the stream began with, 0 <= seed < 2**64. */
  initialSeed(): Int {
    return normInt(this.engine.seed);
  }

  /** Next 32 bits, 0 <= x < 2**32. */
  random(): number {
    return this.engine.int32() >>> 0;
  }

  /** Next 64 bits: two draws, the high word first. */
  random64(): bigint {
    const hi = this.random(), lo = this.random();
    return (BigInt(hi) << 32n) | BigInt(lo);
  }

  /** Uniform in [0, 1) with 24 bits: one draw. */
  uniformFloat(): number {
    return (this.engine.int32() & 0xffffff) * 2 ** -24;
  }

  /** Uniform in [0, 1) with 53 bits: two draws, the high word first. */
  uniformDouble(): number {
    const hi = this.engine.int32() & 0x1fffff, lo = this.engine.int32() >>> 0;
    return (hi * TWO_32 + lo) * 2 ** -53;
  }

  /** Standard normal in double precision: a Box-Muller pair on every other call (four draws, then none). */
  normalDouble(): number {
    const cached = this.nextDoubleNormal;
    if (cached !== undefined) {
      this.nextDoubleNormal = undefined;
      return cached;
    }
    const u1 = this.uniformDouble(), u2 = this.uniformDouble();
    const r = Math.sqrt(-2 * Math.log1p(-u2));
    const theta = 2 * Math.PI * u1;
    this.nextDoubleNormal = r * Math.sin(theta);
    return r * Math.cos(theta);
  }

  /** The state as `torch.get_rng_state()` gives it: 5056 bytes. */
  getState(): Uint8Array {
    const bytes = new Uint8Array(STATE_BYTES);
    const v = new DataView(bytes.buffer);
    const e = this.engine;
    v.setBigUint64(0, e.seed, true);
    v.setInt32(OFF_LEFT, e.left, true);
    v.setInt32(OFF_SEEDED, 1, true);
    v.setUint32(OFF_NEXT, e.next, true);
    for (let i = 0; i < MT_STATE_SIZE; i++) v.setInt32(OFF_WORDS + 8 * i, e.state[i], true);
    if (this.nextDoubleNormal !== undefined) {
      v.setFloat64(OFF_NORMAL, this.nextDoubleNormal, true);
      v.setInt32(OFF_NORMAL_VALID, 1, true);
    }
    if (this.nextFloatNormal !== undefined) {
      v.setFloat32(OFF_FLOAT_NORMAL, this.nextFloatNormal, true);
      bytes[OFF_FLOAT_NORMAL_VALID] = 1;
    }
    return bytes;
  }

  /** Continues from a saved state. Throws RuntimeFault (RuntimeError) when it is none. */
  setState(bytes: Uint8Array): this {
    check(
      bytes.length === STATE_BYTES,
      () =>
        `Expected a CPUGeneratorImplState of size ${STATE_BYTES} but found the input RNG state size to be ${bytes.length}`,
    );
    const v = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const left = v.getInt32(OFF_LEFT, true), next = v.getUint32(OFF_NEXT, true);
    const seeded = v.getInt32(OFF_SEEDED, true) !== 0;
    check(seeded && left > 0 && left <= MT_STATE_SIZE && next <= MT_STATE_SIZE, "Invalid mt19937 state");
    const e = this.engine;
    e.seed = v.getBigUint64(0, true);
    e.left = left;
    e.next = next;
    for (let i = 0; i < MT_STATE_SIZE; i++) e.state[i] = v.getInt32(OFF_WORDS + 8 * i, true);
    this.nextDoubleNormal = v.getInt32(OFF_NORMAL_VALID, true) ? v.getFloat64(OFF_NORMAL, true) : undefined;
    this.nextFloatNormal = bytes[OFF_FLOAT_NORMAL_VALID] ? v.getFloat32(OFF_FLOAT_NORMAL, true) : undefined;
    return this;
  }

  /** A generator in the same state. */
  clone(): Generator {
    return new Generator().setState(this.getState());
  }
}

/** The generator that operators use when none is given. */
export const defaultGenerator: Generator = new Generator();
