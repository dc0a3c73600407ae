/** Asynchronous generators: `yield` reaches the consumer of `async for`, what `await` yields reaches the event loop. */
import { nativeType, type PyType, type Value } from "./object.ts";
import { AsyncYield, type PyGenerator, Resumable } from "./generator.ts";
import { stopIteration } from "./iteration.ts";
import {
  GeneratorExitType,
  isException,
  type PyBaseException,
  raise,
  RuntimeErrorType,
  StopAsyncIterationType,
} from "./exceptions.ts";

export const asyncGeneratorStepType: PyType = nativeType("async_generator_asend", { final: true });

type Operation = { kind: "send"; value: Value } | { kind: "throw"; error: PyBaseException } | {
  kind: "close";
};

/** What `__anext__`, `asend`, `athrow` and `aclose` give: awaited, it runs the generator to its next `yield`. */
export class AsyncGeneratorStep extends Resumable {
  #started = false;
  #done = false;
  #result: Value = null;
  constructor(private generator: PyGenerator, private operation: Operation) {
    super(asyncGeneratorStepType);
  }

  resume(value: Value, error: PyBaseException | null): Value | undefined {
    if (this.#done) throw raise(RuntimeErrorType, "cannot reuse already awaited __anext__()/asend()");
    const op = this.operation;
    try {
      let r: Value | undefined;
      if (this.#started || error !== null) r = this.generator.resume(value, error);
      else {
        this.#started = true;
        if (op.kind === "send") r = this.generator.resume(op.value, null);
        else {
          if (op.kind === "close" && !this.generator.isSuspended) {
            this.generator.close();
            return this.#finish(null);
          }
          r = this.generator.resume(null, op.kind === "throw" ? op.error : raise(GeneratorExitType));
        }
      }
      if (r === undefined) {
        if (op.kind === "close") return this.#finish(null);
        throw raise(StopAsyncIterationType);
      }
      if (!(r instanceof AsyncYield)) return r;
      if (op.kind === "close") throw raise(RuntimeErrorType, "async generator ignored GeneratorExit");
      return this.#finish(r.value);
    } catch (e) {
      this.#done = true;
      if (
        op.kind === "close" && (isException(e, GeneratorExitType) || isException(e, StopAsyncIterationType))
      ) return this.#finish(null);
      throw e;
    }
  }
  #finish(value: Value): undefined {
    this.#done = true;
    this.#result = value;
    return undefined;
  }
  takeResult(): Value {
    return this.#result;
  }
  close(): Value {
    this.#done = true;
    return null;
  }
  send(value: Value): Value {
    const r = this.resume(value, null);
    if (r === undefined) throw stopIteration(this.#result);
    return r;
  }
  throwIn(error: PyBaseException): Value {
    const r = this.resume(null, error);
    if (r === undefined) throw stopIteration(this.#result);
    return r;
  }
}
