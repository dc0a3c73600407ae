/**
 * The door through which every operator is called: VM, host, constant folding and tests come here.
 *
 * Register convention: an argument whose formal is exactly `float` is a raw JS number, every other is an IValue;
 * missing trailing arguments take their defaults. One return comes back the same way (a `float` raw); several come
 * back as one TupleValue whose `items` are the returns, floats tagged; none as null.
 */
import type { IValue } from "../core/ivalue.ts";
import { type Operator, operator } from "./operator.ts";

/** Sees a call before it runs; calls `next` to go on with the same or other arguments. */
export type Interceptor = (
  op: Operator,
  args: readonly IValue[],
  next: (op: Operator, args: readonly IValue[]) => IValue,
) => IValue;

type Call = (op: Operator, args: readonly IValue[]) => IValue;

const stack: Interceptor[] = [];
/** How many of them may keep tensors. */
let keepers = 0;
/** Autograd's place, under all interceptors; it calls `op.invoke` itself. */
let recorder: Call | null = null;
/** What a call goes through; null when it goes straight to the operator. */
let door: Call | null = null;

function settle(): void {
  door = stack.length > 0 ? (op, args) => through(stack.length - 1, op, args) : recorder;
}

/** Runs an operator on register values, through the interceptors, the last pushed first. */
export function callOperator(op: Operator, args: readonly IValue[]): IValue {
  return door === null ? op.invoke(args) : door(op, args);
}

function through(depth: number, op: Operator, args: readonly IValue[]): IValue {
  if (depth < 0) return recorder === null ? op.invoke(args) : recorder(op, args);
  return stack[depth](op, args, (o, a) => through(depth - 1, o, a));
}

/** Sets what records calls for gradients. It moves to the heap what it keeps, so memory is reused all the same. */
export function setRecorder(r: Call | null): void {
  recorder = r;
  settle();
}

/** `callOperator` by key, for code outside hot paths. */
export function call(key: string, ...args: IValue[]): IValue {
  return callOperator(operator(key), args);
}

/**
 * Adds an interceptor (tracing, autograd); the result takes it off again. One that keeps no tensor beyond the call
 * says so with `keeps: false`, and memory that programs free meanwhile is reused.
 */
export function pushInterceptor(i: Interceptor, options: { keeps?: boolean } = {}): Disposable {
  const keeps = options.keeps === false ? 0 : 1;
  stack.push(i);
  keepers += keeps;
  settle();
  return {
    [Symbol.dispose]() {
      const at = stack.lastIndexOf(i);
      if (at < 0) return;
      stack.splice(at, 1);
      keepers -= keeps;
      settle();
    },
  };
}

/** Whether calls pass through interceptors. */
export function hasInterceptors(): boolean {
  return stack.length > 0;
}

/** Whether an interceptor may keep tensors that pass by. */
export function interceptorsKeepTensors(): boolean {
  return keepers > 0;
}

/** Runs `f` with no interceptors, as a tracer does inside a compiled function; nor are its calls recorded. */
export function withoutInterceptors<R>(f: () => R): R {
  const kept = stack.splice(0), keeping = keepers, recording = recorder;
  keepers = 0;
  setRecorder(null);
  try {
    return f();
  } finally {
    stack.push(...kept);
    keepers += keeping;
    setRecorder(recording);
  }
}
