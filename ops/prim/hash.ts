/** `hash` in TorchScript: what GNU's C++ library gives, a Murmur hash of the bytes of strings and floats. */
import { EnumValue, type IValue, TupleValue } from "../../core/ivalue.ts";
import { type Int, normInt } from "../../core/scalar.ts";
import { NotImplemented, RuntimeFault } from "../../core/errors.ts";
import { reprStr } from "../../core/subtyping.ts";
import { Float } from "../../core/scalar.ts";

const MASK = (1n << 64n) - 1n;
const MULTIPLIER = 0xc6a4a7935bd1e995n;
const SEED = 0xc70f6907n;

const times = (a: bigint, b: bigint) => a * b & MASK;
const mixed = (v: bigint) => v ^ v >> 47n;

/** MurmurHash64A of the bytes, a signed 64-bit integer. */
function hashBytes(bytes: Uint8Array): Int {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length), whole = bytes.length & ~7;
  let hash = SEED ^ times(BigInt(bytes.length), MULTIPLIER);
  for (let i = 0; i < whole; i += 8) {
    const word = view.getBigUint64(i, true);
    hash = times(hash ^ times(mixed(times(word, MULTIPLIER)), MULTIPLIER), MULTIPLIER);
  }
  if (whole < bytes.length) {
    let rest = 0n;
    for (let i = bytes.length - 1; i >= whole; i--) rest = rest << 8n | BigInt(bytes[i]);
    hash = times(hash ^ rest, MULTIPLIER);
  }
  return normInt(BigInt.asIntN(64, mixed(times(mixed(hash), MULTIPLIER))));
}

function hashDouble(x: number): Int {
  return x === 0 ? 0 : hashBytes(new Uint8Array(Float64Array.of(x).buffer));
}

export function hashOf(v: IValue): Int {
  if (v === null) return 0;
  if (typeof v === "boolean") return v ? 1 : 0;
  if (typeof v === "number" || typeof v === "bigint") return v;
  if (v instanceof Float) return hashDouble(v.value);
  if (typeof v === "string") return hashBytes(new TextEncoder().encode(v));
  if (v instanceof TupleValue) {
    // Boost's way to combine.
    let seed = 0n;
    for (const x of v.items) {
      const h = BigInt.asUintN(64, BigInt(hashOf(x)));
      seed = seed ^ (h + 0x9e3779b9n + (seed << 6n & MASK) + (seed >> 2n)) & MASK;
    }
    return normInt(BigInt.asIntN(64, seed));
  }
  if (v instanceof EnumValue) throw new RuntimeFault("RuntimeError", `unhashable type: '${reprStr(v.type)}'`);
  throw new NotImplemented("hash of this value in TorchScript");
}
