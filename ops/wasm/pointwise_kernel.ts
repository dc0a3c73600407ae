/** The pointwise kernel: a loop over rows, and within a row over vectors and then single elements. */
import type { Expr, ValueType } from "../expr/expr.ts";
import { cast, keyOf } from "../expr/expr.ts";
import { FunctionBuilder } from "./assembler.ts";
import { kernels } from "./kernel_cache.ts";
import type { Kernel } from "./kernel_compile.ts";
import { LaneCodegen } from "./lane_codegen.ts";
import { bytesOf, gather, loadOne, loadVector, storeLane, storeVector } from "./lane_convert.ts";
import { type Level, lower, type MachineNode } from "./lower.ts";

/** Inner stride of an operand: one element, zero, or anything. */
export type StrideClass = "c" | "b" | "s";

export interface Operand {
  readonly type: ValueType;
  readonly stride: StrideClass;
}

/**
 * The descriptor a kernel reads, in bytes from its address: n0, n1 (elements in a row, rows), then of each operand
 * (output first) the address, the step between rows and the step between elements, then the scalars, 8 bytes each.
 */
export const OPERANDS_AT = 8;
export const OPERAND_BYTES = 12;
export function scalarsAt(operands: number): number {
  return (OPERANDS_AT + OPERAND_BYTES * operands + 7) & ~7;
}

/** The kernel of an expression on operands of these types and strides. Its one argument is the descriptor. */
export function pointwiseKernel(e: Expr, out: Operand, inputs: readonly Operand[]): Kernel {
  let name = `pointwise[${keyOf(e)}]_${out.type}${out.stride}`;
  for (const i of inputs) name += `_${i.type}${i.stride}`;
  return kernels(name, (m, imports) => {
    const types = inputs.map((i) => i.type);
    const levels = inputs.map((i): Level => i.stride === "b" ? 1 : 2);
    const { root, nodes } = lower(cast(out.type, e), types, levels);
    const f = new FunctionBuilder(["i32"], []);
    const DESC = 0;
    const wide = nodes.some((n) => n.type === "i64" || n.type === "f64");
    const lanes = wide ? 2 : 4;
    const operands = [out, ...inputs];
    const n0 = f.local("i32"), n1 = f.local("i32"), left = f.local("i32");
    const row = operands.map(() => f.local("i32"));
    const rowStep = operands.map(() => f.local("i32"));
    const step = operands.map(() => f.local("i32"));
    const at = operands.map(() => f.local("i32"));
    const strided = operands.some((o) => o.stride === "s");

    let copy = 0, single = false;
    const load = (n: MachineNode) => {
      if (n.op === "scalar") {
        return loadOne(c, n.type, DESC, true, scalarsAt(operands.length) + 8 * n.index);
      }
      const k = n.index + 1, o = operands[k];
      if (o.stride === "b") return loadOne(c, o.type, at[k], true);
      if (single) return loadOne(c, o.type, at[k], false);
      if (o.stride === "s") return gather(c, o.type, at[k], step[k]);
      loadVector(c, o.type, at[k], copy * lanes * bytesOf(o.type));
    };
    const c = new LaneCodegen(f, m, imports, lanes, load);

    /** Computes the nodes of a level that deeper levels use, into locals that hold from here on. */
    const hoist = (level: Level) => {
      c.restart();
      for (const n of nodes) {
        if (n.level !== level || n.op === "const") continue;
        const deeper = n === root || nodes.some((u) => u.level > level && u.args.includes(n));
        if (!deeper) continue;
        const l = f.local("v128");
        c.value(n);
        f.set(l);
        c.hoisted.set(n, l);
      }
      c.restart();
    };

    const result = f.local("v128");
    const compute = () => {
      c.restart();
      c.value(root);
      f.set(result);
    };
    const advance = (elements: number) =>
      operands.forEach((o, k) => o.stride === "c" && f.increment(at[k], elements * bytesOf(o.type)));

    const vectors = (unroll: number) => {
      for (copy = 0; copy < unroll; copy++) {
        compute();
        if (out.stride === "s") {
          for (let l = 0; l < lanes; l++) {
            storeLane(c, out.type, at[0], result, l);
            f.advance(at[0], step[0]);
          }
        } else storeVector(c, out.type, at[0], result, copy * lanes * bytesOf(out.type));
      }
      copy = 0;
      advance(unroll * lanes);
    };

    // The body is written first, because it finds out which constants the head must set.
    const work = nodes.filter((n) => n.level === 2 && n.args.length > 0).length;
    const unroll = strided ? 1 : work <= 6 ? 4 : work <= 16 ? 2 : 1;
    const head = f.code;
    const body = f.swapCode();
    hoist(0);
    f.block();
    f.get(n1), f.op("i32.eqz"), f.brIf(0);
    f.loop();
    operands.forEach((_o, k) => (f.get(row[k]), f.set(at[k])));
    hoist(1);
    f.get(n0), f.set(left);
    if (unroll > 1) f.countdown(left, unroll * lanes, () => vectors(unroll));
    f.countdown(left, lanes, () => vectors(1));
    single = true;
    c.active = 1;
    f.countdown(left, 1, () => {
      compute();
      storeLane(c, out.type, at[0], result, 0);
      operands.forEach((o, k) => {
        if (o.stride === "s") f.advance(at[k], step[k]);
      });
      advance(1);
    });
    operands.forEach((_o, k) => f.advance(row[k], rowStep[k]));
    f.increment(n1, -1);
    f.get(n1), f.brIf(0);
    f.end();
    f.end();

    f.code = head;
    const word = (local: number, offset: number) => (f.get(DESC), f.memory("i32.load", offset), f.set(local));
    word(n0, 0);
    word(n1, 4);
    operands.forEach((_o, k) => {
      word(row[k], OPERANDS_AT + OPERAND_BYTES * k);
      word(rowStep[k], OPERANDS_AT + OPERAND_BYTES * k + 4);
      word(step[k], OPERANDS_AT + OPERAND_BYTES * k + 8);
    });
    c.writeConstants();
    f.code.append(body.done());
    m.func(f, "run");
  }).run;
}
