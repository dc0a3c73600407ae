/** Generators: a JS generator that runs as a Python frame of its own each time it is resumed. */
import { nativeType, typeOf, type Value } from "./object.ts";
import type { FunctionCode } from "./function.ts";
import { enter, type Frame, rt } from "./frame.ts";
import { iter, next, PyIterator, stopIteration } from "./iteration.ts";
import { callSpecial } from "./call.ts";
import { findattr } from "./attributes.ts";
import {
  GeneratorExitType,
  isException,
  type PyBaseException,
  raise,
  RuntimeErrorType,
  StopAsyncIterationType,
  StopIterationType,
  typeError,
  valueError,
} from "./exceptions.ts";
import { toException, unwind } from "./errors.ts";

export const generatorType = nativeType("generator", { final: true });

export const coroutineType = nativeType("coroutine", { final: true });
export const asyncGeneratorType = nativeType("async_generator", { final: true });

/** What can be run piece by piece, values or exceptions sent in: generators, coroutines, steps of async generators. */
export abstract class Resumable extends PyIterator {
  /** Runs to the next yield; undefined at the end, when `takeResult` has the result. */
  abstract resume(value: Value, error: PyBaseException | null): Value | undefined;
  abstract takeResult(): Value;
  abstract close(): Value;
  step(): Value | undefined {
    return this.resume(null, null);
  }
}

/** Wraps what an asynchronous generator's own `yield` gives, to tell it from what its `await`s yield. */
export class AsyncYield {
  constructor(readonly value: Value) {}
}

export class PyGenerator extends Resumable {
  private started = false;
  private finished = false;
  running = false;
  /** What the pending `yield` shall give, or throw. */
  private sent: Value = null;
  private thrown: PyBaseException | null = null;
  /** What the generator itself was handling when it yielded. */
  private handling: PyBaseException | null = null;
  private frame!: Frame;
  private line: number;
  /** The return value, once finished. */
  result: Value = null;
  private body: Generator<Value, Value, undefined>;
  name: string;
  qualname: string;

  constructor(readonly code: FunctionCode, make: (g: PyGenerator) => Generator<Value, Value, undefined>) {
    super(code.flags & 0x80 ? coroutineType : code.flags & 0x200 ? asyncGeneratorType : generatorType);
    this.name = code.name;
    this.qualname = code.qualname;
    this.line = code.firstLine;
    this.body = make(this);
  }

  get what(): string {
    return this.cls === coroutineType
      ? "coroutine"
      : this.cls === generatorType
      ? "generator"
      : "async generator";
  }
  /** Started, and neither running nor at its end. */
  get isSuspended(): boolean {
    return this.started && !this.finished && !this.running;
  }
  get state(): "CREATED" | "RUNNING" | "SUSPENDED" | "CLOSED" {
    return this.running ? "RUNNING" : this.finished ? "CLOSED" : this.started ? "SUSPENDED" : "CREATED";
  }

  resume(value: Value, error: PyBaseException | null): Value | undefined {
    if (this.finished) {
      if (this.cls === coroutineType) {
        throw raise(RuntimeErrorType, "cannot reuse already awaited coroutine");
      }
      if (error) throw error;
      return undefined;
    }
    if (this.running) throw valueError(`${this.what} already executing`);
    if (!this.started) {
      if (error) {
        this.finished = true;
        throw error;
      }
      if (value !== null) throw typeError(`can't send non-None value to a just-started ${this.what}`);
      this.started = true;
    }
    this.sent = value;
    this.thrown = error;
    const outer = rt.handling;
    const frame = this.frame = enter(this.code);
    frame.line = this.line;
    this.running = true;
    if (this.handling !== null) rt.handling = this.handling;
    try {
      const r = this.body.next();
      this.line = frame.line;
      if (r.done) {
        this.finished = true;
        this.result = r.value;
        return undefined;
      }
      this.handling = rt.handling === outer ? null : rt.handling;
      return r.value;
    } catch (e) {
      this.finished = true;
      const x = unwind(e, frame);
      const ended = isException(x, StopIterationType)
        ? "StopIteration"
        : this.cls === asyncGeneratorType && isException(x, StopAsyncIterationType)
        ? "StopAsyncIteration"
        : undefined;
      if (ended !== undefined) {
        const w = raise(RuntimeErrorType, `${this.what} raised ${ended}`);
        w.cause = w.context = x;
        w.suppressContext = true;
        throw w;
      }
      throw x;
    } finally {
      this.running = false;
      rt.handling = outer;
      rt.depth--;
    }
  }

  /** Called by the body after each yield: the value sent in, or the exception thrown in. */
  received(): Value {
    if (this.thrown !== null) {
      const e = this.thrown;
      this.thrown = null;
      throw e;
    }
    return this.sent;
  }
  /** The frame the body now runs in. */
  get current(): Frame {
    return this.frame;
  }

  send(value: Value): Value {
    const r = this.resume(value, null);
    if (r === undefined) throw stopIteration(this.takeResult());
    return r;
  }
  throwIn(error: PyBaseException): Value {
    const r = this.resume(null, error);
    if (r === undefined) throw stopIteration(this.takeResult());
    return r;
  }
  takeResult(): Value {
    const r = this.result;
    this.result = null;
    return r;
  }
  close(): Value {
    if (this.finished) return null;
    if (!this.started) {
      this.finished = true;
      return null;
    }
    try {
      const r = this.resume(null, raise(GeneratorExitType));
      if (r !== undefined) throw raise(RuntimeErrorType, `${this.what} ignored GeneratorExit`);
    } catch (e) {
      if (!isException(e, GeneratorExitType) && !isException(e, StopIterationType)) throw e;
    }
    return null;
  }
}

/** `yield from v` inside generator `g`; its value is the inner generator's return value. */
export function* yieldFrom(g: PyGenerator, v: Value): Generator<Value, Value, undefined> {
  const inner = v instanceof Resumable ? v : iter(v);
  let sent: Value = null;
  let thrown: PyBaseException | null = null;
  for (;;) {
    let item: Value | undefined;
    if (inner instanceof Resumable) {
      if (thrown && isException(thrown, GeneratorExitType)) {
        inner.close();
        throw thrown;
      }
      item = inner.resume(sent, thrown);
      if (item === undefined) return inner.takeResult();
    } else if (thrown) {
      const method = findattr(v, "throw");
      if (method === undefined) throw thrown;
      try {
        item = callSpecial(v, "throw", thrown);
      } catch (e) {
        if (isException(e, StopIterationType)) return e.args.length ? e.args[0] : null;
        throw e;
      }
      if (item === undefined) throw thrown;
    } else {
      try {
        item = sent === null ? nextOrRaise(v, inner) : callSpecial(v, "send", sent);
      } catch (e) {
        if (isException(e, StopIterationType)) return e.args.length ? e.args[0] : null;
        throw e;
      }
      if (item === undefined) return null;
    }
    yield item;
    thrown = null;
    try {
      sent = g.received();
    } catch (e) {
      thrown = toException(e);
    }
  }
}

/** Steps a user iterator so that StopIteration's value is not lost. */
function nextOrRaise(v: Value, inner: PyIterator): Value | undefined {
  if (v === inner || v === null) return inner.step();
  return next(inner);
}

/** One step of `async for` inside `g`: the iterator's next value, undefined at its end. */
export function* asyncStep(g: PyGenerator, iterator: Value): Generator<Value, Value | undefined, undefined> {
  const step = callSpecial(iterator, "__anext__");
  if (step === undefined) {
    throw typeError(
      `'async for' requires an object with __anext__ method, got ${typeOf(iterator).name}`,
    );
  }
  try {
    return yield* yieldFrom(g, awaitable(step, "'async for' received an invalid object from __anext__: "));
  } catch (e) {
    if (isException(e, StopAsyncIterationType)) return undefined;
    throw e;
  }
}

/** What `await v` runs. */
export function awaitable(v: Value, complaint = ""): Value {
  if (v instanceof Resumable && v.cls !== generatorType) return v;
  const it = callSpecial(v, "__await__");
  if (it === undefined) {
    throw typeError(
      complaint ? complaint + typeOf(v).name : `object ${typeOf(v).name} can't be used in 'await' expression`,
    );
  }
  if (!(it instanceof PyIterator) && typeOf(it).lookup("__next__") === undefined) {
    throw typeError(`__await__() returned non-iterator of type '${typeOf(it).name}'`);
  }
  if (it instanceof PyGenerator && it.cls === coroutineType) {
    throw typeError("__await__() returned a coroutine");
  }
  return it;
}

/** `aiter(v)` as `async for` asks for it. */
export function asyncIter(v: Value): Value {
  const it = callSpecial(v, "__aiter__");
  if (it === undefined) {
    throw typeError(`'async for' requires an object with __aiter__ method, got ${typeOf(v).name}`);
  }
  if (typeOf(it).lookup("__anext__") === undefined) {
    throw typeError(
      `'async for' received an object from __aiter__ that does not implement __anext__: ${typeOf(it).name}`,
    );
  }
  return it;
}
