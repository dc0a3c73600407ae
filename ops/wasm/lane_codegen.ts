/**
 * Writes machine nodes as SIMD code. A value is a v128: of four lanes when every type in the kernel is narrow, else
 * of two, where 32-bit values use the low half. Bools are lane masks of the kernel's lane width.
 */
import { InternalError } from "../../core/errors.ts";
import { isFloat, type ValueType } from "../expr/expr.ts";
import { scalarFunction } from "../expr/reference.ts";
import type { LaneCode } from "../expr/row.ts";
import { laneOf, type LaneType, rowOf } from "../expr/rows.ts";
import { zeroDivision } from "../expr/rows_arithmetic.ts";
import type { FunctionBuilder, ModuleBuilder, WasmType } from "./assembler.ts";
import type { Imports } from "./kernel_compile.ts";
import { bytesOf, convert, narrowMask, wrap } from "./lane_convert.ts";
import type { MachineNode } from "./lower.ts";
import type { SIMD } from "./opcodes.ts";

type SimdName = keyof typeof SIMD;

const SHAPE: Record<LaneType, string> = { i32: "i32x4", i64: "i64x2", f32: "f32x4", f64: "f64x2" };

/** Rows whose result cannot leave the range of a narrow type its arguments are in. */
const KEEPS_RANGE = new Set([
  "minimum",
  "maximum",
  "bitwise_and",
  "bitwise_or",
  "bitwise_xor",
  "where",
  "rshift",
]);

/** Where an input's lanes come from; the loop's own code decides. */
export type Load = (node: MachineNode) => void;

export class LaneCodegen {
  /** Locals of nodes that are computed once, before the loop. */
  readonly hoisted = new Map<MachineNode, number>();
  #cached = new Map<MachineNode, number>();
  #locals = new Map<MachineNode, number>();
  #constants = new Map<string, number>();
  #constantBits: [local: number, low: bigint, high: bigint][] = [];
  /** Lanes that count in what is being written: 1 in the code for left-over elements. */
  active: number;

  constructor(
    readonly f: FunctionBuilder,
    readonly module: ModuleBuilder,
    readonly imports: Imports,
    /** Lanes in a vector: 4 or 2. */
    readonly lanes: 2 | 4,
    readonly load: Load,
  ) {
    this.active = lanes;
  }

  /** Begins another copy of the body: values of the former no longer stand in their locals. */
  restart(): void {
    this.#cached.clear();
  }

  /** A v128 constant, kept in a local that `writeConstants` sets: engines re-materialise constants in loops. */
  constant(low: bigint, high: bigint = low): void {
    const key = `${low},${high}`;
    let local = this.#constants.get(key);
    if (local === undefined) {
      local = this.f.local("v128");
      this.#constants.set(key, local);
      this.#constantBits.push([local, low, high]);
    }
    this.f.get(local);
  }
  /** Sets the constants' locals; belongs before all code that was written with `constant`. */
  writeConstants(): void {
    for (const [local, low, high] of this.#constantBits) {
      this.f.v128(low, high);
      this.f.set(local);
    }
    this.#constantBits = [];
  }
  /** The same 32 bits in each lane. */
  constant32(bits: number): void {
    const b = BigInt(bits >>> 0);
    this.constant(b | b << 32n);
  }

  /** Leaves the node's value on the stack. */
  value(n: MachineNode): void {
    const at = this.hoisted.get(n) ?? this.#cached.get(n);
    if (at !== undefined) return this.f.get(at);
    if (n.op === "const") return this.#writeConst(n);
    this.#write(n);
    if (n.uses > 1) {
      const l = this.#localFor(n);
      this.f.tee(l);
      this.#cached.set(n, l);
    }
  }

  /** Puts the node's value in a local and gives that. */
  inLocal(n: MachineNode): number {
    const at = this.hoisted.get(n) ?? this.#cached.get(n);
    if (at !== undefined) return at;
    const l = this.#localFor(n);
    if (n.op === "const") this.#writeConst(n);
    else this.#write(n);
    this.f.set(l);
    this.#cached.set(n, l);
    return l;
  }

  #localFor(n: MachineNode): number {
    let l = this.#locals.get(n);
    if (l === undefined) this.#locals.set(n, l = this.f.local("v128"));
    return l;
  }

  #writeConst(n: MachineNode): void {
    const view = new DataView(new ArrayBuffer(8));
    switch (n.type) {
      case "bool":
        return this.constant(n.value ? 0xffffffffffffffffn : 0n);
      case "f32":
        view.setFloat32(0, n.value as number);
        return this.constant32(view.getUint32(0));
      case "f64":
        view.setFloat64(0, n.value as number);
        return this.constant(view.getBigUint64(0));
      case "i64":
        return this.constant(BigInt.asUintN(64, n.value as bigint));
      default:
        return this.constant32(n.value as number);
    }
  }

  #write(n: MachineNode): void {
    const { f } = this;
    if (n.op === "input" || n.op === "scalar") return this.load(n);
    if (n.op === "cast") {
      const from = n.args[0].type;
      if (isWideConversion(from, n.type)) return this.#convertByLane(n, from);
      this.value(n.args[0]);
      return convert(this, from, n.type);
    }
    if (n.op === "bitcast") return this.value(n.args[0]);
    if (n.op === "where") {
      this.value(n.args[1]);
      this.value(n.args[2]);
      this.value(n.args[0]);
      // a mask has the kernel's lane width; 32-bit values in a two-lane kernel need it narrowed
      if (this.lanes === 2 && n.type !== "bool" && bytesOf(n.type) < 8) narrowMask(f);
      return f.simd("v128.bitselect");
    }
    if (n.op === "fma") {
      n.args.forEach((a) => this.value(a));
      return f.simd(n.type === "f32" ? "f32x4.relaxed_madd" : "f64x2.relaxed_madd");
    }
    if (n.op.startsWith("rescue ")) return this.#rescue(n);
    const row = rowOf(n.op), t = n.args[0].type;
    const code = row.wasm?.[laneOf(t)];
    if (code !== undefined) {
      this.value(n.args[0]);
      if (n.op.endsWith("_const")) f.i32(Number(n.args[1].value));
      else if (n.args.length > 1) this.value(n.args[1]);
      f.simd(code);
      if (n.type === "bool") {
        if (this.lanes === 2 && t !== "bool" && bytesOf(t) < 8) f.simd("i64x2.extend_low_i32x4_s");
      } else if (!KEEPS_RANGE.has(n.op)) wrap(this, n.type);
      return;
    }
    this.#byLane(n, n.op);
    if (!isFloat(n.type) && !KEEPS_RANGE.has(n.op)) wrap(this, n.type);
  }

  /** Leaves lane `lane` of the local on the stack as a scalar. */
  extract(local: number, lane: number, type: LaneType): void {
    this.f.get(local);
    this.f.lane(`${SHAPE[type]}.extract_lane` as SimdName, lane);
  }

  /** A vector of what `each` leaves on the stack for every lane that counts. */
  perLane(type: LaneType, each: (lane: number) => void): void {
    const { f } = this;
    each(0);
    f.simd(`${SHAPE[type]}.splat` as SimdName);
    if (this.active === 1) return;
    const result = f.local("v128");
    f.set(result);
    for (let lane = 1; lane < this.lanes; lane++) {
      f.get(result);
      each(lane);
      f.lane(`${SHAPE[type]}.replace_lane` as SimdName, lane);
      if (lane < this.lanes - 1) f.set(result);
    }
  }

  /** The imported reference of a row on scalars of the type. */
  #callee(name: string, arity: number, type: ValueType): number {
    const lane = laneOf(type) as WasmType;
    const key = `${name}:${type}`;
    const known = this.module.importNames.indexOf(key);
    if (known >= 0) return known;
    this.imports[key] = scalarFunction(name, type, type) as never;
    return this.module.importFunction(key, new Array(arity).fill(lane), [lane]);
  }

  /** A row without vector form: scalar instructions of its own, or calls to the reference. */
  #byLane(n: MachineNode, name: string): void {
    const row = rowOf(name), lane = laneOf(n.type) as LaneType;
    const args = n.args.map((a) => this.inLocal(a));
    if (row.lanes && (lane === "i32" || lane === "i64")) {
      const scalars = args.map(() => this.f.local(lane));
      const code = this.#laneCode(lane, n.type);
      this.perLane(lane, (l) => {
        args.forEach((a, i) => (this.extract(a, l, lane), this.f.set(scalars[i])));
        row.lanes!(code, scalars);
      });
      return;
    }
    const callee = this.#callee(name, args.length, n.type);
    this.perLane(lane, (l) => {
      args.forEach((a) => this.extract(a, l, lane));
      this.f.call(callee);
    });
  }

  #laneCode(lane: "i32" | "i64", type: ValueType): LaneCode {
    const { f } = this;
    return {
      int: (name) => f.op(name === "and32" ? "i32.and" : `${lane}.${name}` as never),
      get: (l) => f.get(l),
      set: (l) => f.set(l),
      local: () => f.local(lane),
      value: (v) => lane === "i32" ? f.i32(v) : f.i64(BigInt(v)),
      bits: bytesOf(type) * 8,
      unsigned: type === "u8",
      select: () => f.op("select"),
      failIfZero: (l) => {
        let callee = this.module.importNames.indexOf("zero_division");
        if (callee < 0) {
          this.imports.zero_division = zeroDivision;
          callee = this.module.importFunction("zero_division", [], []);
        }
        f.get(l);
        f.op(`${lane}.eqz`);
        f.if();
        f.call(callee);
        f.end();
      },
    };
  }

  #rescue(n: MachineNode): void {
    const { f } = this;
    const [mask, approx, ...args] = n.args;
    const lane = laneOf(n.type) as LaneType;
    const result = this.#localFor(n), m = this.inLocal(mask);
    this.value(approx);
    f.set(result);
    // arguments are computed before the branch: what they cache must hold after it too
    const locals = args.map((a) => this.inLocal(a));
    const callee = this.#callee(n.op.slice("rescue ".length), args.length, n.type);
    const maskAt = (l: number) => {
      f.get(m);
      f.lane("i32x4.extract_lane", l * (4 / this.lanes));
    };
    const fix = (l: number) => {
      f.get(result);
      locals.forEach((a) => this.extract(a, l, lane));
      f.call(callee);
      f.lane(`${SHAPE[lane]}.replace_lane` as SimdName, l);
      f.set(result);
    };
    if (this.active === 1) {
      maskAt(0);
      f.if();
      fix(0);
      f.end();
    } else {
      f.get(m);
      f.simd("v128.any_true");
      f.if();
      for (let l = 0; l < this.lanes; l++) {
        maskAt(l);
        f.if();
        fix(l);
        f.end();
      }
      f.end();
    }
    f.get(result);
  }

  /** Conversions between int64 and floats, which have no vector form. */
  #convertByLane(n: MachineNode, from: ValueType): void {
    const { f } = this;
    const a = this.inLocal(n.args[0]);
    if (from === "i64") {
      const to = n.type as "f32" | "f64";
      return this.perLane(to, (l) => {
        this.extract(a, l, "i64");
        f.op(to === "f32" ? "f32.convert_i64_s" : "f64.convert_i64_s");
      });
    }
    const source = from as "f32" | "f64";
    if (n.type !== "i64") throw new InternalError(`conversion of ${from} to ${n.type} by lane`);
    const x = f.local(source);
    this.perLane("i64", (l) => {
      this.extract(a, l, source);
      f.tee(x);
      f.truncSat(source === "f32" ? 4 : 6);
      f.i64(-(1n << 63n));
      f.get(x);
      if (source === "f32") f.f32(9223372036854775808);
      else f.f64(9223372036854775808);
      f.op(source === "f32" ? "f32.lt" : "f64.lt");
      f.op("select");
    });
  }
}

function isWideConversion(from: ValueType, to: ValueType): boolean {
  return (from === "i64" && isFloat(to)) || (to === "i64" && isFloat(from));
}
