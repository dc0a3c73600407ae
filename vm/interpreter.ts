/**
 * The instruction loop. Case numbers are the opcode table's (a test compares them with it); they are literals because
 * V8 makes a jump table of nothing else. Typed scalar instructions work on raw registers; all others take their
 * operands through `fetch`, which boxes floats and clears what dies. What makes values of others is in
 * `make_values.ts`; loops that run long are left to `loops/`.
 */
import type { Code } from "../bytecode/code.ts";
import { REGISTER_MASK } from "../bytecode/opcodes.ts";
import { InternalError, RuntimeFault } from "../core/errors.ts";
import { codeOf } from "../core/function.ts";
import {
  type FutureValue,
  type IValue,
  type ListValue,
  ScriptObject,
  type TupleValue,
} from "../core/ivalue.ts";
import { PendingValue, settled } from "../core/pending.ts";
import { Float, type Int } from "../core/scalar.ts";
import { enterRegion, outsideRegion } from "../core/region.ts";
import { callOperator, hasInterceptors } from "../ops/dispatch.ts";
import type { Operator } from "../ops/operator.ts";
import { Frame, type Task } from "./frame.ts";
import { hostHooks } from "./hooks.ts";
import type { Meter } from "./limits.ts";
import { COMPILED, enterLoop, executableWords, type LoopState, warm } from "./loops/mod.ts";
import { makeValues } from "./make_values.ts";
import { escape } from "./memory.ts";
import { fetch, fetchAll, half, size, store } from "./operands.ts";
import { currentProbe, PROBED } from "./probe.ts";
import { addInt, floorDivInt, modInt, mulInt, subInt } from "./scalar_ops.ts";
import type { Scheduler } from "./scheduler.ts";
import { Raised, withTraceback } from "./traceback.ts";

const SAFE = Number.MAX_SAFE_INTEGER;

export type Outcome = "done" | "waiting" | "yield";

/** Runs a task until it is done, has to wait, or its slice of time is over. Errors come out with a traceback. */
export function execute(task: Task, meter: Meter, scheduler: Scheduler): Outcome {
  let frame = task.frame!;
  let pc = frame.pc;
  const state: LoopState = { pc: -1 };
  try {
    task.resume?.();
    task.resume = undefined;
    let { code, registers: R } = frame;
    let objects = code.objects, words = executableWords(code);
    const { memory } = scheduler;
    let region = memory.region;
    for (;;) {
      const w = words[pc];
      switch (w & 0xff) {
        case 0: { // RET
          const v = fetch(R, w >>> 8);
          const parent = frame.parent;
          if (!parent) {
            task.frame = undefined;
            if (region !== null) escape(v);
            task.future.complete(v);
            return "done";
          }
          const dst = frame.dst;
          if (region !== null && region.size > 0) memory.frameDone(R, v);
          frame = task.frame = parent;
          ({ code, registers: R } = frame);
          objects = code.objects;
          words = executableWords(code);
          pc = frame.pc;
          store(R, dst, v);
          break;
        }
        case 1: { // MOVE
          store(R, w >>> 8, fetch(R, words[pc + 1] & 0xffff));
          pc += 2;
          break;
        }
        case 2: { // JMP
          const by = words[pc + 1];
          if (by < 0 && --meter.credits <= 0) {
            if (meter.refill()) return yieldAt(frame, pc);
            words = warm(code, pc, R);
          }
          pc += by;
          break;
        }
        case 3: // JF
          pc += R[w >>> 8 & REGISTER_MASK] === true ? 2 : words[pc + 1];
          break;
        case 4: { // JT
          if (R[w >>> 8 & REGISTER_MASK] !== true) {
            pc += 2;
            break;
          }
          const by = words[pc + 1];
          if (by < 0 && --meter.credits <= 0) {
            if (meter.refill()) return yieldAt(frame, pc);
            words = warm(code, pc, R);
          }
          pc += by;
          break;
        }
        case 5: // FORPREP
          R[w >>> 8] = 0;
          pc += (R[words[pc + 1] & REGISTER_MASK] as number) > 0 ? 3 : words[pc + 2];
          break;
        case 6: { // FORLOOP
          const i = (R[w >>> 8] as number) + 1;
          if (i >= (R[words[pc + 1] & REGISTER_MASK] as number)) {
            R[w >>> 8] = i;
            pc += 3;
            break;
          }
          if (--meter.credits <= 0) {
            if (meter.refill()) return yieldAt(frame, pc);
            words = warm(code, pc, R);
          }
          R[w >>> 8] = i;
          pc += words[pc + 2];
          break;
        }
        case 7: { // FORLOOPC
          const i = (R[w >>> 8] as number) + 1;
          const f = words[pc + 1];
          if (i >= (R[f & REGISTER_MASK] as number) || R[(f >>> 16) & REGISTER_MASK] !== true) {
            R[w >>> 8] = i;
            pc += 3;
            break;
          }
          if (--meter.credits <= 0) {
            if (meter.refill()) return yieldAt(frame, pc);
            words = warm(code, pc, R);
          }
          R[w >>> 8] = i;
          pc += words[pc + 2];
          break;
        }
        case 8: { // OP
          if (--meter.credits <= 0 && meter.refill()) return yieldAt(frame, pc);
          const head = words[pc + 1], n = head >>> 16;
          const op = objects[head & 0xffff] as Operator;
          if (region === null) {
            const v = callOperator(op, fetchAll(words, pc, 2, n, R));
            if (v instanceof PendingValue) return suspend(scheduler, task, v, w >>> 8, pc + size(2 + n));
            store(R, w >>> 8, v);
          } else {
            if (region.isDue) scheduler.tend();
            region.beginOperator();
            const args = fetchAll(words, pc, 2, n, R), dst = w >>> 8, old = R[dst & REGISTER_MASK];
            const v = callOperator(op, args);
            if (v instanceof PendingValue) {
              memory.operatorPending(args);
              return suspend(scheduler, task, v, dst, pc + size(2 + n));
            }
            store(R, dst, v);
            if (region.size > 0) memory.operatorDone(R, code, pc, args, v, op.retains, old, false);
          }
          pc += size(2 + n);
          break;
        }
        case 9: { // OPN
          if (--meter.credits <= 0 && meter.refill()) return yieldAt(frame, pc);
          const head = words[pc + 1], n = head >>> 16;
          const op = objects[head & 0xffff] as Operator;
          if (region !== null) {
            if (region.isDue) scheduler.tend();
            region.beginOperator();
          }
          const args = fetchAll(words, pc, 2, n, R);
          const v = settled(callOperator(op, args));
          const many = half(words, pc, 2 + n);
          if (many > 0) {
            const items = (v as TupleValue).items;
            for (let i = 0; i < many; i++) store(R, half(words, pc, 3 + n + i), items[i]);
          }
          if (region !== null && region.size > 0) {
            memory.operatorDone(R, code, pc, args, v, op.retains, undefined, true);
          }
          pc += size(3 + n + many);
          break;
        }
        case 10: { // CALLI
          if (--meter.credits <= 0 && meter.refill()) return yieldAt(frame, pc);
          const head = words[pc + 1], n = head >>> 16;
          const args = fetchAll(words, pc, 2, n, R);
          const callee = methodCode(args[0], objects[head & 0xffff] as string);
          if (region !== null) {
            for (let i = 0; i < n; i++) if (typeof args[i] === "object") escape(args[i]);
          }
          pc += size(2 + n);
          frame.pc = pc;
          frame = task.frame = new Frame(callee, args, frame, w >>> 8);
          ({ code, registers: R } = frame);
          objects = code.objects;
          words = executableWords(code);
          pc = 0;
          break;
        }
        case 11: { // HOST
          const head = words[pc + 1], n = head >>> 16;
          frame.pc = pc;
          const args = fetchAll(words, pc, 2, n, R);
          memory.giveToHost(args);
          store(R, w >>> 8, callHost(objects[head & 0xffff], args));
          memory.hostDone();
          enterRegion(region = memory.region);
          pc += size(2 + n);
          break;
        }
        case 12: { // FORK
          const head = words[pc + 1], n = head >>> 16;
          const callee = objects[head & 0xffff] as Code;
          store(R, w >>> 8, scheduler.fork(callee, fetchAll(words, pc, 2, n, R)));
          pc += size(2 + n);
          break;
        }
        case 13: { // WAIT
          const future = fetch(R, words[pc + 1] & 0xffff) as FutureValue;
          const dst = w >>> 8;
          pc += 2;
          if (future.state === "pending") return wait(scheduler, task, future, dst, pc);
          if (future.state === "failed") throw future.error;
          store(R, dst, future.value);
          break;
        }
        case 14: { // GETATTR
          const f = words[pc + 1];
          const v = (fetch(R, f & 0xffff) as ScriptObject).slots[f >>> 16];
          store(R, w >>> 8, v);
          pc += 2;
          break;
        }
        case 15: { // SETATTR
          const f = words[pc + 1];
          const o = fetch(R, w >>> 8) as ScriptObject;
          escape(o.slots[f >>> 16] = fetch(R, f & 0xffff));
          pc += 2;
          break;
        }
        case 16: // TUPLE
        case 17: // LIST
        case 18: // DICT
        case 19: // UNPACK
        case 20: // UNPACKL
          pc = makeValues(w, words, pc, R, objects);
          break;
        case 21: { // TGET
          const f = words[pc + 1];
          store(R, w >>> 8, (fetch(R, f & 0xffff) as TupleValue).items[f >>> 16]);
          pc += 2;
          break;
        }
        case 22: // TINDEX
        case 23: // TSLICE
        case 24: // OBJECT
        case 25: // ISINST
          pc = makeValues(w, words, pc, R, objects);
          break;
        case 26: { // RAISE
          const text = fetch(R, w >>> 8), cls = fetch(R, words[pc + 1] & 0xffff);
          throw new Raised(String(text), cls === null ? undefined : String(cls));
        }
        case 27: // FORMAT
        case 28: // PRINT
          pc = makeValues(w, words, pc, R, objects);
          break;
        case 29: { // ENTER
          const object = fetch(R, words[pc + 1] & 0xffff);
          const callee = methodCode(object, "__enter__");
          pc += 2;
          frame.pc = pc;
          frame = task.frame = new Frame(callee, [object], frame, w >>> 8);
          ({ code, registers: R } = frame);
          objects = code.objects;
          words = executableWords(code);
          pc = 0;
          break;
        }
        case 30: { // EXIT
          const object = fetch(R, words[pc + 1] & 0xffff);
          const callee = methodCode(object, "__exit__");
          pc += 2;
          frame.pc = pc;
          frame = task.frame = new Frame(callee, [object, null, null, null], frame, w >>> 8);
          ({ code, registers: R } = frame);
          objects = code.objects;
          words = executableWords(code);
          pc = 0;
          break;
        }
        case 31: // UNINIT
          R[w >>> 8 & REGISTER_MASK] = null;
          pc += 1;
          break;
        case 32: { // UNWRAP
          const v = fetch(R, words[pc + 1] & 0xffff);
          if (v === null) throw new RuntimeFault("RuntimeError", "Unwrapping null optional");
          store(R, w >>> 8, v);
          pc += 2;
          break;
        }
        case 33: { // DROP
          const n = words[pc + 1] & 0xffff;
          fetchAll(words, pc, 1, n, R);
          pc += size(1 + n);
          break;
        }
        case 34: { // ADD_I
          const f = words[pc + 1];
          const a = R[f & REGISTER_MASK] as number, b = R[(f >>> 16) & REGISTER_MASK] as number;
          let v: Int = 0;
          if (typeof a !== "number" || typeof b !== "number" || (v = a + b) > SAFE || v < -SAFE) {
            v = addInt(a, b);
          }
          R[w >>> 8] = v;
          pc += 2;
          break;
        }
        case 35: { // SUB_I
          const f = words[pc + 1];
          const a = R[f & REGISTER_MASK] as number, b = R[(f >>> 16) & REGISTER_MASK] as number;
          let v: Int = 0;
          if (typeof a !== "number" || typeof b !== "number" || (v = a - b) > SAFE || v < -SAFE) {
            v = subInt(a, b);
          }
          R[w >>> 8] = v;
          pc += 2;
          break;
        }
        case 36: { // MUL_I
          const f = words[pc + 1];
          const a = R[f & REGISTER_MASK] as number, b = R[(f >>> 16) & REGISTER_MASK] as number;
          let v: Int = 0;
          if (typeof a !== "number" || typeof b !== "number" || (v = a * b) > SAFE || v < -SAFE) {
            v = mulInt(a, b);
          }
          // Adding 0 turns -0 into the int 0.
          R[w >>> 8] = typeof v === "number" ? v + 0 : v;
          pc += 2;
          break;
        }
        case 37: { // FDIV_I
          const f = words[pc + 1];
          R[w >>> 8] = floorDivInt(R[f & REGISTER_MASK] as Int, R[(f >>> 16) & REGISTER_MASK] as Int);
          pc += 2;
          break;
        }
        case 38: { // MOD_I
          const f = words[pc + 1];
          const a = R[f & REGISTER_MASK] as number, b = R[(f >>> 16) & REGISTER_MASK] as number;
          R[w >>> 8] = a >= 0 && b > 0 && typeof a === "number" && typeof b === "number"
            ? a % b
            : modInt(a, b);
          pc += 2;
          break;
        }
        case 39: // NEG_I
          R[w >>> 8] = subInt(0, R[words[pc + 1] & REGISTER_MASK] as Int);
          pc += 2;
          break;
        case 40: { // LT_I
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) < (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 41: { // LE_I
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) <= (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 42: { // GT_I
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) > (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 43: { // GE_I
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) >= (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 44: { // EQ_I
          const f = words[pc + 1];
          R[w >>> 8] = R[f & REGISTER_MASK] === R[(f >>> 16) & REGISTER_MASK];
          pc += 2;
          break;
        }
        case 45: { // NE_I
          const f = words[pc + 1];
          R[w >>> 8] = R[f & REGISTER_MASK] !== R[(f >>> 16) & REGISTER_MASK];
          pc += 2;
          break;
        }
        case 46: { // ADD_F
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) + (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 47: { // SUB_F
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) - (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 48: { // MUL_F
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) * (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 49: { // DIV_F
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) / (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 50: // NEG_F
          R[w >>> 8] = -(R[words[pc + 1] & REGISTER_MASK] as number);
          pc += 2;
          break;
        case 51: { // LT_F
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) < (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 52: { // LE_F
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) <= (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 53: { // GT_F
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) > (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 54: { // GE_F
          const f = words[pc + 1];
          R[w >>> 8] = (R[f & REGISTER_MASK] as number) >= (R[(f >>> 16) & REGISTER_MASK] as number);
          pc += 2;
          break;
        }
        case 55: { // EQ_F
          const f = words[pc + 1];
          R[w >>> 8] = R[f & REGISTER_MASK] === R[(f >>> 16) & REGISTER_MASK];
          pc += 2;
          break;
        }
        case 56: { // NE_F
          const f = words[pc + 1];
          R[w >>> 8] = R[f & REGISTER_MASK] !== R[(f >>> 16) & REGISTER_MASK];
          pc += 2;
          break;
        }
        case 57: { // I2F
          const v = fetch(R, words[pc + 1] & 0xffff);
          R[w >>> 8] = v instanceof Float ? v.value : Number(v);
          pc += 2;
          break;
        }
        case 58: // NOT
          R[w >>> 8] = R[words[pc + 1] & REGISTER_MASK] !== true;
          pc += 2;
          break;
        case 59: { // AND
          const f = words[pc + 1];
          R[w >>> 8] = R[f & REGISTER_MASK] === true && R[(f >>> 16) & REGISTER_MASK] === true;
          pc += 2;
          break;
        }
        case 60: { // OR
          const f = words[pc + 1];
          R[w >>> 8] = R[f & REGISTER_MASK] === true || R[(f >>> 16) & REGISTER_MASK] === true;
          pc += 2;
          break;
        }
        case 61: { // IS
          const f = words[pc + 1];
          R[w >>> 8] = fetch(R, f & 0xffff) === fetch(R, f >>> 16);
          pc += 2;
          break;
        }
        case 62: { // ISNOT
          const f = words[pc + 1];
          R[w >>> 8] = fetch(R, f & 0xffff) !== fetch(R, f >>> 16);
          pc += 2;
          break;
        }
        case 63: // LEN
          R[w >>> 8] = (fetch(R, words[pc + 1] & 0xffff) as ListValue).items.length;
          pc += 2;
          break;
        case 64: { // LGET
          const f = words[pc + 1];
          const items = (fetch(R, f & 0xffff) as ListValue).items,
            i = R[(f >>> 16) & REGISTER_MASK] as number;
          const at = i < 0 ? i + items.length : i;
          if (!(at >= 0 && at < items.length)) {
            throw new RuntimeFault("IndexError", "list index out of range");
          }
          store(R, w >>> 8, items[at]);
          pc += 2;
          break;
        }
        case 65: { // LPUSH
          const list = fetch(R, w >>> 8) as ListValue;
          const v = fetch(R, words[pc + 1] & 0xffff);
          if (typeof v === "object") escape(v);
          list.items.push(v);
          pc += 2;
          break;
        }
        case 66: // TOLIST
        case 67: // ENUMNAME
        case 68: // ENUMVALUE
        case 69: // MODINDEX
          pc = makeValues(w, words, pc, R, objects);
          break;
        default: {
          if ((w & 0xff) === PROBED) {
            currentProbe()!.at(code, pc);
            break;
          }
          if ((w & 0xff) !== COMPILED) {
            throw new InternalError(`opcode ${w & 0xff} at word ${pc} of ${code.name}`);
          }
          const next = hasInterceptors() ? pc : enterLoop(code, pc, R, meter, state);
          if (next < 0) return yieldAt(frame, -1 - next);
          if (next === pc) words = code.words;
          pc = next;
        }
      }
    }
  } catch (e) {
    frame.pc = state.pc >= 0 ? state.pc : pc;
    task.frame = undefined;
    throw withTraceback(e, frame);
  }
}

/** Leaves an operator's instruction with its answer owed; the task goes on at `next`. */
function suspend(
  scheduler: Scheduler,
  task: Task,
  pending: PendingValue,
  dst: number,
  next: number,
): Outcome {
  const frame = task.frame!;
  frame.pc = next;
  scheduler.waitForPromise(task, pending, (v) => store(frame.registers, dst, v));
  return "waiting";
}

function callHost(callee: unknown, args: IValue[]): IValue {
  return outsideRegion(() => hostHooks().call(callee, args));
}
function wait(scheduler: Scheduler, task: Task, future: FutureValue, dst: number, next: number): Outcome {
  const frame = task.frame!;
  frame.pc = next;
  scheduler.waitForFuture(task, future, (v) => store(frame.registers, dst, v));
  return "waiting";
}

function yieldAt(frame: Frame, pc: number): Outcome {
  frame.pc = pc;
  return "yield";
}

function methodCode(object: IValue, name: string): Code {
  const method = object instanceof ScriptObject ? object.type.methods.get(name) : undefined;
  if (!method) throw new RuntimeFault("RuntimeError", `the object has no method ${name}`);
  return (method.code ?? outsideRegion(() => codeOf(method))) as Code;
}
