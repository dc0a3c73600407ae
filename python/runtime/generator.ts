/** Generators: a JS generator that runs as a Python frame of its own each time it is resumed. */
import { nativeType, type Value } from "./object.ts";
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
  StopIterationType,
  typeError,
  valueError,
} from "./exceptions.ts";
import { toException, unwind } from "./errors.ts";

export const generatorType = nativeType("generator", { final: true });

export const coroutineType = nativeType("coroutine", { final: true });
export const asyncGeneratorType = nativeType("async_generator", { final: true });

export class PyGenerator extends PyIterator {
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

  /** Runs to the next yield; undefined when the generator returns. */
  step(): Value | undefined {
    return this.resume(null, null);
  }

  resume(value: Value, error: PyBaseException | null): Value | undefined {
    if (this.finished) {
      if (error) throw error;
      return undefined;
    }
    if (this.running) throw valueError("generator already executing");
    if (!this.started) {
      if (error) {
        this.finished = true;
        throw error;
      }
      if (value !== null) throw typeError("can't send non-None value to a just-started generator");
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
      if (isException(x, StopIterationType)) {
        const w = raise(RuntimeErrorType, "generator raised StopIteration");
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
      if (r !== undefined) throw raise(RuntimeErrorType, "generator ignored GeneratorExit");
    } catch (e) {
      if (!isException(e, GeneratorExitType) && !isException(e, StopIterationType)) throw e;
    }
    return null;
  }
}

/** `yield from v` inside generator `g`; its value is the inner generator's return value. */
export function* yieldFrom(g: PyGenerator, v: Value): Generator<Value, Value, undefined> {
  const inner = v instanceof PyGenerator ? v : iter(v);
  let sent: Value = null;
  let thrown: PyBaseException | null = null;
  for (;;) {
    let item: Value | undefined;
    if (inner instanceof PyGenerator) {
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
