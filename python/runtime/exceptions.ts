/** The exception hierarchy, and how TypeScript code raises Python exceptions: `throw raise(TypeErrorType, "...")`. */
import { type Attrs, nativeType, PyInstance, type PyType, type Value } from "./object.ts";
import type { FunctionCode } from "./function.ts";
import { rt } from "./frame.ts";

/** One entry of `__traceback__`: a frame and the line it was at, the innermost last. */
export class TracebackEntry {
  next: TracebackEntry | null = null;
  constructor(readonly code: FunctionCode, readonly line: number) {}
}

/** Thrown as itself: no JS Error is made, so raising costs no stack capture. */
export class PyBaseException extends PyInstance {
  args: Value[] = [];
  cause: PyBaseException | null = null;
  context: PyBaseException | null = null;
  suppressContext = false;
  /** Outermost frame first, as Python shows it. */
  traceback: TracebackEntry | null = null;
  /** Set while the exception is being re-raised in the frame that its newest entry already names. */
  reraised = false;
  /** The JS error this exception was translated from, for our own debugging. */
  origin: unknown;
  constructor(cls: PyType) {
    super(cls);
    this.attrs = new Map() as Attrs;
  }
}

const alloc = (cls: PyType) => new PyBaseException(cls);
export const BaseExceptionType = nativeType("BaseException", { alloc, hasDict: true });

/** All built-in exception classes by name. */
export const exceptionTypes = new Map<string, PyType>([["BaseException", BaseExceptionType]]);

function define(name: string, base: PyType): PyType {
  const t = nativeType(name, { base, hasDict: true });
  t.heap = false;
  exceptionTypes.set(name, t);
  return t;
}

export const ExceptionType = define("Exception", BaseExceptionType);
export const TypeErrorType = define("TypeError", ExceptionType);
export const ValueErrorType = define("ValueError", ExceptionType);
export const AttributeErrorType = define("AttributeError", ExceptionType);
export const NameErrorType = define("NameError", ExceptionType);
export const UnboundLocalErrorType = define("UnboundLocalError", NameErrorType);
export const LookupErrorType = define("LookupError", ExceptionType);
export const IndexErrorType = define("IndexError", LookupErrorType);
export const KeyErrorType = define("KeyError", LookupErrorType);
export const StopIterationType = define("StopIteration", ExceptionType);
export const StopAsyncIterationType = define("StopAsyncIteration", ExceptionType);
export const GeneratorExitType = define("GeneratorExit", BaseExceptionType);
export const KeyboardInterruptType = define("KeyboardInterrupt", BaseExceptionType);
export const SystemExitType = define("SystemExit", BaseExceptionType);
export const ArithmeticErrorType = define("ArithmeticError", ExceptionType);
export const ZeroDivisionErrorType = define("ZeroDivisionError", ArithmeticErrorType);
export const OverflowErrorType = define("OverflowError", ArithmeticErrorType);
export const FloatingPointErrorType = define("FloatingPointError", ArithmeticErrorType);
export const AssertionErrorType = define("AssertionError", ExceptionType);
export const RuntimeErrorType = define("RuntimeError", ExceptionType);
export const NotImplementedErrorType = define("NotImplementedError", RuntimeErrorType);
export const RecursionErrorType = define("RecursionError", RuntimeErrorType);
export const ImportErrorType = define("ImportError", ExceptionType);
export const ModuleNotFoundErrorType = define("ModuleNotFoundError", ImportErrorType);
export const SyntaxErrorType = define("SyntaxError", ExceptionType);
export const IndentationErrorType = define("IndentationError", SyntaxErrorType);
export const TabErrorType = define("TabError", IndentationErrorType);
export const OSErrorType = define("OSError", ExceptionType);
export const FileNotFoundErrorType = define("FileNotFoundError", OSErrorType);
export const FileExistsErrorType = define("FileExistsError", OSErrorType);
export const IsADirectoryErrorType = define("IsADirectoryError", OSErrorType);
export const NotADirectoryErrorType = define("NotADirectoryError", OSErrorType);
export const PermissionErrorType = define("PermissionError", OSErrorType);
export const UnicodeErrorType = define("UnicodeError", ValueErrorType);
export const UnicodeDecodeErrorType = define("UnicodeDecodeError", UnicodeErrorType);
export const UnicodeEncodeErrorType = define("UnicodeEncodeError", UnicodeErrorType);
export const UnicodeTranslateErrorType = define("UnicodeTranslateError", UnicodeErrorType);
export const WarningType = define("Warning", ExceptionType);
for (
  const name of [
    "BlockingIOError",
    "ChildProcessError",
    "ConnectionError",
    "InterruptedError",
    "ProcessLookupError",
    "TimeoutError",
  ]
) define(name, OSErrorType);
for (
  const name of [
    "BrokenPipeError",
    "ConnectionAbortedError",
    "ConnectionRefusedError",
    "ConnectionResetError",
  ]
) {
  define(name, exceptionTypes.get("ConnectionError")!);
}
for (const name of ["EOFError", "BufferError", "MemoryError", "ReferenceError", "SystemError"]) {
  define(name, ExceptionType);
}
for (
  const name of [
    "UserWarning",
    "DeprecationWarning",
    "PendingDeprecationWarning",
    "SyntaxWarning",
    "RuntimeWarning",
    "FutureWarning",
    "ImportWarning",
    "UnicodeWarning",
    "BytesWarning",
    "ResourceWarning",
    "EncodingWarning",
  ]
) define(name, WarningType);
exceptionTypes.set("IOError", OSErrorType);
exceptionTypes.set("EnvironmentError", OSErrorType);

/** A new exception object, its `__context__` the exception being handled. For `throw raise(...)`. */
export function raise(type: PyType, ...args: Value[]): PyBaseException {
  const e = type.alloc(type) as PyBaseException;
  e.args = args;
  e.context = rt.handling;
  return e;
}

export const typeError = (message: string) => raise(TypeErrorType, message);
export const valueError = (message: string) => raise(ValueErrorType, message);
export const indexError = (message: string) => raise(IndexErrorType, message);
export const runtimeError = (message: string) => raise(RuntimeErrorType, message);

export function attributeError(message: string, object: Value, name: string): PyBaseException {
  const e = raise(AttributeErrorType, message);
  e.attrs!.set("name", name).set("obj", object);
  return e;
}

export function osError(type: PyType, errno: number, strerror: string, filename?: Value): PyBaseException {
  const e = raise(type, errno, strerror);
  e.attrs!.set("errno", errno).set("strerror", strerror).set("filename", filename ?? null);
  return e;
}

/** True if `e` is a Python exception whose class is `t` or derives from it. */
export function isException(e: unknown, t: PyType): e is PyBaseException {
  return e instanceof PyBaseException && (e.cls === t || e.cls.mro.includes(t));
}

/** A new exception class for a native module: `newException("NotSupportedError", RuntimeErrorType, "torch.jit")`. */
export function newException(name: string, base: PyType = ExceptionType, module = "builtins"): PyType {
  const t = nativeType(name, { base, hasDict: true, module });
  t.heap = true;
  return t;
}
