/** Conversions between the lane forms of value types, and the loads and stores of vectors and single elements. */
import { isFloat, type ValueType } from "../expr/expr.ts";
import type { FunctionBuilder } from "./assembler.ts";
import type { LaneCodegen } from "./lane_codegen.ts";

const BYTES: Record<ValueType, number> = { bool: 1, u8: 1, i8: 1, i16: 2, i32: 4, i64: 8, f32: 4, f64: 8 };

/** Bytes of an element in memory. */
export function bytesOf(t: ValueType): number {
  return BYTES[t];
}
const isWide = (t: ValueType) => BYTES[t] === 8;

/** Bytes 0-3 and 8-11 to the front: a 64-bit mask or the low words of 64-bit lanes as 32-bit lanes. */
export function narrowMask(f: FunctionBuilder): void {
  f.permute([0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11], f.local("v128"));
}

/** Brings 32-bit lanes back into a narrow type's range. */
export function wrap(c: LaneCodegen, t: ValueType): void {
  const { f } = c;
  if (t === "u8") {
    c.constant32(0xff);
    f.simd("v128.and");
  } else if (t === "i8" || t === "i16") {
    const bits = t === "i8" ? 24 : 16;
    f.i32(bits), f.simd("i32x4.shl");
    f.i32(bits), f.simd("i32x4.shr_s");
  }
}

/** 32-bit mask lanes to the kernel's lane width. */
function widenMask(c: LaneCodegen): void {
  if (c.lanes === 2) c.f.simd("i64x2.extend_low_i32x4_s");
}

/** Converts the vector on the stack. int64 to and from floats is not here: it goes lane by lane. */
export function convert(c: LaneCodegen, from: ValueType, to: ValueType): void {
  const { f } = c;
  if (to === "bool") {
    c.constant(0n);
    if (from === "f32") f.simd("f32x4.ne"), widenMask(c);
    else if (from === "f64") f.simd("f64x2.ne");
    else if (from === "i64") f.simd("i64x2.ne");
    else f.simd("i32x4.ne"), widenMask(c);
    return;
  }
  if (from === "bool") {
    if (c.lanes === 2 && !isWide(to)) narrowMask(f);
    if (to === "i64") c.constant(1n);
    else if (to === "f64") c.constant(0x3ff0000000000000n);
    else c.constant32(to === "f32" ? 0x3f800000 : 1);
    f.simd("v128.and");
    return;
  }
  if (isFloat(from) && isFloat(to)) {
    f.simd(to === "f32" ? "f32x4.demote_f64x2_zero" : "f64x2.promote_low_f32x4");
    return;
  }
  if (isFloat(from)) return floatToInt(c, from, to);
  if (to === "f32") return f.simd("f32x4.convert_i32x4_s");
  if (to === "f64") return f.simd("f64x2.convert_low_i32x4_s");
  if (to === "i64") return f.simd("i64x2.extend_low_i32x4_s");
  if (from === "i64") narrowMask(f);
  wrap(c, to);
}

/** Truncation; out of range and NaN give the most negative int32, as x86 does. */
function floatToInt(c: LaneCodegen, from: "f32" | "f64", to: ValueType): void {
  const { f } = c;
  const x = f.local("v128");
  f.tee(x);
  f.simd(from === "f32" ? "i32x4.trunc_sat_f32x4_s" : "i32x4.trunc_sat_f64x2_s_zero");
  c.constant32(0x80000000);
  f.get(x);
  if (from === "f32") c.constant32(0x4f000000);
  else c.constant(0x41e0000000000000n);
  f.simd(from === "f32" ? "f32x4.lt" : "f64x2.lt");
  if (from === "f64") narrowMask(f);
  f.simd("v128.bitselect");
  wrap(c, to);
}

/** A 0/1 integer lane as a mask of the kernel's width. */
function toMask(c: LaneCodegen): void {
  c.constant(0n);
  c.f.simd("i32x4.ne");
  widenMask(c);
}

/** Loads a full vector of contiguous elements at the address in `pointer` plus `offset`. */
export function loadVector(c: LaneCodegen, t: ValueType, pointer: number, offset: number): void {
  const { f, lanes } = c;
  f.get(pointer);
  if (BYTES[t] * lanes === 16) return f.simdMemory("v128.load", offset);
  if (BYTES[t] === 4) return f.simdMemory("v128.load64_zero", offset);
  if (t === "i16") {
    f.simdMemory(lanes === 4 ? "v128.load64_zero" : "v128.load32_zero", offset);
    return f.simd("i32x4.extend_low_i16x8_s");
  }
  if (lanes === 4) f.simdMemory("v128.load32_zero", offset);
  else f.memory("i32.load16_u", offset), f.simd("i32x4.splat");
  if (t === "i8") f.simd("i16x8.extend_low_i8x16_s"), f.simd("i32x4.extend_low_i16x8_s");
  else f.simd("i16x8.extend_low_i8x16_u"), f.simd("i32x4.extend_low_i16x8_u");
  if (t === "bool") toMask(c);
}

/** Loads one element into all lanes or, cheaper, into lane 0 with zeros beside it. */
export function loadOne(
  c: LaneCodegen,
  t: ValueType,
  pointer: number,
  everywhere: boolean,
  offset = 0,
): void {
  const { f } = c;
  f.get(pointer);
  if (BYTES[t] === 8) return f.simdMemory(everywhere ? "v128.load64_splat" : "v128.load64_zero", offset);
  if (BYTES[t] === 4) return f.simdMemory(everywhere ? "v128.load32_splat" : "v128.load32_zero", offset);
  f.memory(t === "i16" ? "i32.load16_s" : t === "i8" ? "i32.load8_s" : "i32.load8_u", offset);
  f.simd("i32x4.splat");
  if (t === "bool") toMask(c);
}

/** Gathers a vector whose elements lie `stride` bytes (a local) apart, moving `pointer` past them. */
export function gather(c: LaneCodegen, t: ValueType, pointer: number, stride: number): void {
  const { f, lanes } = c;
  const v = f.local("v128");
  if (t === "bool") {
    f.get(pointer), f.memory("i32.load8_u"), f.simd("i32x4.splat");
  } else loadOne(c, t, pointer, false);
  f.set(v);
  f.advance(pointer, stride);
  for (let l = 1; l < lanes; l++) {
    if (BYTES[t] >= 4) {
      f.get(pointer), f.get(v);
      f.simdMemoryLane(BYTES[t] === 8 ? "v128.load64_lane" : "v128.load32_lane", l);
    } else {
      f.get(v), f.get(pointer);
      f.memory(t === "i16" ? "i32.load16_s" : t === "i8" ? "i32.load8_s" : "i32.load8_u");
      f.lane("i32x4.replace_lane", l);
    }
    f.set(v);
    f.advance(pointer, stride);
  }
  f.get(v);
  if (t === "bool") toMask(c);
}

/** Bytes per lane that a value of the type has in its vector. */
function laneBytes(c: LaneCodegen, t: ValueType): number {
  return t === "bool" ? 16 / c.lanes : Math.max(4, BYTES[t]);
}

/** Stores the vector in local `v` to contiguous elements. */
export function storeVector(c: LaneCodegen, t: ValueType, pointer: number, v: number, offset: number): void {
  const { f, lanes } = c;
  f.get(pointer);
  f.get(v);
  if (BYTES[t] * lanes === 16) return f.simdMemory("v128.store", offset);
  if (BYTES[t] === 4) return f.simdMemoryLane("v128.store64_lane", 0, offset);
  if (t === "bool") c.constant(0x0000000100000001n), f.simd("v128.and");
  const step = laneBytes(c, t), bytes: number[] = [];
  for (let i = 0; i < 16; i++) {
    const lane = Math.floor(i / BYTES[t]) % lanes;
    bytes.push(lane * step + i % BYTES[t]);
  }
  f.permute(bytes, f.local("v128"));
  const total = BYTES[t] * lanes;
  f.simdMemoryLane(
    total === 8 ? "v128.store64_lane" : total === 4 ? "v128.store32_lane" : "v128.store16_lane",
    0,
    offset,
  );
}

/** Stores lane `lane` of local `v` as one element. */
export function storeLane(c: LaneCodegen, t: ValueType, pointer: number, v: number, lane: number): void {
  const { f } = c;
  f.get(pointer);
  f.get(v);
  if (t === "bool") c.constant(0x0000000100000001n), f.simd("v128.and");
  const at = lane * laneBytes(c, t) / BYTES[t];
  const name = {
    1: "v128.store8_lane",
    2: "v128.store16_lane",
    4: "v128.store32_lane",
    8: "v128.store64_lane",
  } as const;
  f.simdMemoryLane(name[BYTES[t] as 1 | 2 | 4 | 8], at);
}
