/** Generators, coroutines and asynchronous generators as Python sees them; `aiter` and `anext`. */
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn, getset, methods } from "../runtime/native.ts";
import { addressOf } from "./type_support.ts";

type G = r.PyGenerator;
function thrown(type: Value, value?: Value): r.PyBaseException {
  if (type instanceof r.PyBaseException) return type;
  if (value instanceof r.PyBaseException) return value;
  return r.raiseValue(value === undefined || value === null ? type : r.call(type, [value]));
}
methods(r.generatorType, {
  __iter__: ["", (g: G) => g],
  __next__: ["", (g: G) => g.send(null)],
  send: ["value, /", (g: G, v: Value) => g.send(v)],
  throw: ["type, value=None, traceback=None, /", (g: G, t: Value, v?: Value) => g.throwIn(thrown(t, v))],
  close: ["", (g: G) => g.close()],
  __repr__: ["", (g: G) => `<generator object ${g.qualname} at ${addressOf(g)}>`],
});
methods(r.coroutineType, {
  __await__: ["", (g: G) => new CoroutineWrapper(g)],
  send: ["value, /", (g: G, v: Value) => g.send(v)],
  throw: ["type, value=None, traceback=None, /", (g: G, t: Value, v?: Value) => g.throwIn(thrown(t, v))],
  close: ["", (g: G) => g.close()],
  __repr__: ["", (g: G) => `<coroutine object ${g.qualname} at ${addressOf(g)}>`],
});

const coroutineWrapperType = r.nativeType("coroutine_wrapper", { final: true });
/** What a coroutine's `__await__` gives: an iterator over it, which the coroutine itself is not. */
class CoroutineWrapper extends r.Resumable {
  constructor(readonly g: G) {
    super(coroutineWrapperType);
  }
  resume(value: Value, error: r.PyBaseException | null): Value | undefined {
    return this.g.resume(value, error);
  }
  takeResult(): Value {
    return this.g.takeResult();
  }
  close(): Value {
    return this.g.close();
  }
}
methods(coroutineWrapperType, {
  __iter__: ["", (w: CoroutineWrapper) => w],
  __next__: ["", (w: CoroutineWrapper) => w.g.send(null)],
  send: ["value, /", (w: CoroutineWrapper, v: Value) => w.g.send(v)],
  throw: [
    "type, value=None, traceback=None, /",
    (w: CoroutineWrapper, t: Value, v?: Value) => w.g.throwIn(thrown(t, v)),
  ],
  close: ["", (w: CoroutineWrapper) => w.close()],
});

const step = (g: G, value: Value) => new r.AsyncGeneratorStep(g, { kind: "send", value });
methods(r.asyncGeneratorType, {
  __aiter__: ["", (g: G) => g],
  __anext__: ["", (g: G) => step(g, null)],
  asend: ["value, /", (g: G, v: Value) => step(g, v)],
  athrow: [
    "type, value=None, traceback=None, /",
    (g: G, t: Value, v?: Value) => new r.AsyncGeneratorStep(g, { kind: "throw", error: thrown(t, v) }),
  ],
  aclose: ["", (g: G) => new r.AsyncGeneratorStep(g, { kind: "close" })],
  __repr__: ["", (g: G) => `<async_generator object ${g.qualname} at ${addressOf(g)}>`],
});
methods(r.asyncGeneratorStepType, {
  __await__: ["", (s: r.Resumable) => s],
  __iter__: ["", (s: r.Resumable) => s],
  __next__: ["", (s: r.AsyncGeneratorStep) => s.send(null)],
  send: ["value, /", (s: r.AsyncGeneratorStep, v: Value) => s.send(v)],
  throw: [
    "type, value=None, traceback=None, /",
    (s: r.AsyncGeneratorStep, t: Value, v?: Value) => s.throwIn(thrown(t, v)),
  ],
  close: ["", (s: r.AsyncGeneratorStep) => s.close()],
});
for (
  const [type, prefix] of [
    [r.generatorType, "gi"],
    [r.coroutineType, "cr"],
    [r.asyncGeneratorType, "ag"],
  ] as const
) {
  getset(type, "__name__", (g: G) => g.name, (g: G, v) => void (g.name = v as string));
  getset(type, "__qualname__", (g: G) => g.qualname, (g: G, v) => void (g.qualname = v as string));
  getset(type, `${prefix}_running`, (g: G) => g.running);
  getset(type, `${prefix}_code`, (g: G) => r.codeOf(g.code));
  getset(type, `${prefix}_suspended`, (g: G) => g.isSuspended);
  // Of the frame only its being there can be seen: inspect tells states by it.
  getset(
    type,
    `${prefix}_frame`,
    (g: G) => g.state === "CLOSED" ? null : new r.PyFrame(g.code, g.code.firstLine, null, null),
  );
}

/** `anext(it, default)`: awaits one step; the default where the iterator is at its end. */
class NextOrDefault extends r.Resumable {
  #running: r.Resumable | r.PyIterator | undefined;
  #result: Value = null;
  constructor(readonly awaited: Value, readonly fallback: Value) {
    super(r.asyncGeneratorStepType);
  }
  resume(value: Value, error: r.PyBaseException | null): Value | undefined {
    try {
      const inner = this.#running ??= asResumable(r.awaitable(this.awaited));
      const out = inner instanceof r.Resumable ? inner.resume(value, error) : inner.step();
      if (out === undefined) this.#result = inner instanceof r.Resumable ? inner.takeResult() : null;
      return out;
    } catch (e) {
      if (!r.isException(e, r.StopAsyncIterationType)) throw e;
      this.#result = this.fallback;
      return undefined;
    }
  }
  takeResult(): Value {
    return this.#result;
  }
  close(): Value {
    if (this.#running instanceof r.Resumable) this.#running.close();
    return null;
  }
}
function asResumable(v: Value): r.Resumable | r.PyIterator {
  return v instanceof r.Resumable ? v : r.iter(v);
}

export const asyncFunctions: Record<string, Value> = {
  aiter: fn("aiter", "async_iterable, /", (v: Value) => r.asyncIter(v)),
  anext: fn("anext", "async_iterator, default=<unset>, /", (it: Value, fallback?: Value) => {
    const step = r.callSpecial(it, "__anext__");
    if (step === undefined) throw r.typeError(`'${r.typeOf(it).name}' object is not an async iterator`);
    return fallback === undefined ? step : new NextOrDefault(step, fallback);
  }),
};
