/**
 * Between JavaScript's errors and Python's: what emitted code's catch clauses do. Python exceptions travel as
 * themselves; RuntimeFault and Diagnostic become the Python exception they name; NotImplemented and InternalError
 * pass through every `except`.
 */
import { Diagnostic, InternalError, NotImplemented, RuntimeFault } from "../../core/errors.ts";
import { PyObject, PyType, typeOf, type Value } from "./object.ts";
import { type Frame, recursion, rt } from "./frame.ts";
import {
  BaseExceptionType,
  exceptionTypes,
  NameErrorType,
  newException,
  PyBaseException,
  raise,
  RecursionErrorType,
  RuntimeErrorType,
  TracebackEntry,
  typeError,
  UnboundLocalErrorType,
} from "./exceptions.ts";
import { call } from "./call.ts";
import { PyBytes, PyTuple } from "./sequences.ts";
import { UnicodeFault } from "../../core/text/encoding.ts";

const RECURSION_MESSAGE = "maximum recursion depth exceeded";

/** V8's words; compared without a regular expression, which would need stack itself. */
const STACK_OVERFLOW = "Maximum call stack size exceeded";

recursion.raise = () => {
  throw raise(RecursionErrorType, RECURSION_MESSAGE);
};

/** Other places' exception classes by name (torch's own, say), looked up for Diagnostics. */
export const namedExceptions: Map<string, PyType> = new Map();

function typeOfFault(name: string): PyType {
  // Linear algebra raises a class of its own, which `torch.linalg.LinAlgError` names too.
  if (name === "_LinAlgError" && !namedExceptions.has(name)) {
    namedExceptions.set(name, newException(name, RuntimeErrorType, "torch._C"));
  }
  return namedExceptions.get(name) ?? exceptionTypes.get(name) ?? RuntimeErrorType;
}

/** The text of a Diagnostic as Python shows it; the compiler's entry replaces it by its own rendering. */
export const diagnosticText: {
  render: (d: Diagnostic) => string;
  /** Other errors of the same source, independent of this one. */
  further: (d: Diagnostic) => readonly Diagnostic[];
} = {
  render: (d) => d.range ? `${d.text}:\n${d.range.highlight()}` : d.text,
  further: () => [],
};

const translations: ((e: unknown) => PyBaseException | undefined)[] = [];

/** Lets another layer say what its own error classes are in Python (the VM's, as torch.jit.Error). */
export function translateErrors(translate: (e: unknown) => PyBaseException | undefined): void {
  translations.push(translate);
}

function translated(e: unknown): PyBaseException | undefined {
  for (const t of translations) {
    const x = t(e);
    if (x) return x;
  }
  return undefined;
}

/** The Python exception for anything thrown; what no Python code may catch is thrown on. */
export function toException(e: unknown): PyBaseException {
  if (e instanceof PyBaseException) return e;
  let x = translated(e);
  if (x) {
    x.origin = e;
    return x;
  }
  if (e instanceof RuntimeFault) {
    x = raise(typeOfFault(e.pythonType), e.message);
  } else if (e instanceof UnicodeFault) {
    const object = typeof e.object === "string" ? e.object : new PyBytes(e.object);
    x = raise(exceptionTypes.get(e.kind)!, e.encoding, object, e.start, e.end, e.reason);
  } else if (e instanceof Diagnostic) {
    x = raise(
      namedExceptions.get(e.pythonType) ?? exceptionTypes.get(e.pythonType) ?? RuntimeErrorType,
      diagnosticText.render(e),
    );
  } else if (e instanceof NotImplemented || e instanceof InternalError) {
    throw e;
  } else if (e instanceof RangeError && e.message === STACK_OVERFLOW) {
    x = raise(RecursionErrorType, RECURSION_MESSAGE);
  } else if (e instanceof RangeError && e.message.includes("BigInt")) {
    x = raise(exceptionTypes.get("MemoryError")!);
  } else {
    const message = e instanceof Error ? e.message : String(e);
    throw new InternalError(message, { cause: e });
  }
  x.origin = e;
  return x;
}

/** Notes that an exception left (or was caught in) frame `f`. */
function addEntry(x: PyBaseException, f: Frame): void {
  const top = x.traceback;
  if (x.reraised && top !== null && top.code === f.code) {
    x.reraised = false;
    return;
  }
  x.reraised = false;
  const entry = new TracebackEntry(f.code, f.line);
  entry.next = top;
  x.traceback = entry;
}

/** For the catch clause around a whole function: `throw unwind(e, $f)`. */
export function unwind(e: unknown, f: Frame): PyBaseException {
  const x = toException(e);
  addEntry(x, f);
  return x;
}

/** For a `try` statement's catch clause: the exception to compare with its handlers. */
export function caught(e: unknown, f: Frame): PyBaseException {
  const x = toException(e);
  addEntry(x, f);
  return x;
}

/** Marks an exception no handler wanted, to be thrown on. */
export function rethrow(x: PyBaseException): PyBaseException {
  x.reraised = true;
  return x;
}

/** `except <type>`: a class or a tuple of them. */
export function matches(x: PyBaseException, type: Value): boolean {
  if (type instanceof PyType) {
    if (!type.mro.includes(BaseExceptionType)) throw cannotCatch();
    return x.cls === type || x.cls.mro.includes(type);
  }
  if (type instanceof PyTuple) {
    for (const t of type.items) {
      if (!(t instanceof PyType) || !t.mro.includes(BaseExceptionType)) throw cannotCatch();
    }
    return type.items.some((t) => x.cls.mro.includes(t as PyType));
  }
  throw cannotCatch();
}

function cannotCatch() {
  return typeError("catching classes that do not inherit from BaseException is not allowed");
}

/** `raise v`: an exception, or a class to make one of. */
export function raiseValue(v: Value): PyBaseException {
  let x: Value = v;
  if (v instanceof PyType && v.mro.includes(BaseExceptionType)) {
    x = call(v, []);
    if (!(x instanceof PyBaseException)) {
      throw typeError(
        `calling <class '${v.fullName}'> should have returned an instance of BaseException, not ${
          x instanceof PyObject ? typeOf(x).name : typeOf(x).name
        }`,
      );
    }
  }
  if (!(x instanceof PyBaseException)) throw typeError("exceptions must derive from BaseException");
  setContext(x);
  return x;
}

/** Sets `__context__` to the exception being handled, never making a circle. */
function setContext(x: PyBaseException): void {
  const current = rt.handling;
  if (current === null || current === x) return;
  for (let c: PyBaseException | null = current; c !== null; c = c.context) {
    if (c.context === x) {
      c.context = null;
      break;
    }
  }
  x.context = current;
}

/** `raise v from cause`. */
export function raiseFrom(v: Value, cause: Value): PyBaseException {
  const x = raiseValue(v);
  if (cause === null) x.cause = null;
  else if (cause instanceof PyType && cause.mro.includes(BaseExceptionType)) {
    x.cause = call(cause, []) as PyBaseException;
  } else if (cause instanceof PyBaseException) x.cause = cause;
  else throw typeError("exception causes must derive from BaseException");
  x.suppressContext = true;
  return x;
}

/** A bare `raise`. */
export function reraise(): PyBaseException {
  const x = rt.handling;
  if (x === null) throw raise(RuntimeErrorType, "No active exception to reraise");
  x.reraised = true;
  return x;
}

export function unboundLocal(name: string): never {
  throw raise(
    UnboundLocalErrorType,
    `cannot access local variable '${name}' where it is not associated with a value`,
  );
}

export function unboundFree(name: string): never {
  throw raise(
    NameErrorType,
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
  );
}

export function nameError(name: string): PyBaseException {
  const e = raise(NameErrorType, `name '${name}' is not defined`);
  e.attrs!.set("name", name);
  return e;
}
