/** Exception groups, how `except*` divides them, and how they are made whole again when it ends. */
import { objectType, PyType, typeOf, type Value } from "./object.ts";
import { PyList, PyTuple } from "./sequences.ts";
import { call, callMethod } from "./call.ts";
import { rethrow } from "./errors.ts";
import {
  BaseExceptionType,
  ExceptionType,
  exceptionTypes,
  isException,
  newException,
  PyBaseException,
  typeError,
} from "./exceptions.ts";

export const BaseExceptionGroupType = newException("BaseExceptionGroup", BaseExceptionType);
export const ExceptionGroupType = newException("ExceptionGroup", BaseExceptionGroupType);
ExceptionGroupType.bases = [BaseExceptionGroupType, ExceptionType];
ExceptionGroupType.mro = [
  ExceptionGroupType,
  BaseExceptionGroupType,
  ExceptionType,
  BaseExceptionType,
  objectType,
];
ExceptionType.subclasses.push(ExceptionGroupType);
for (const t of [BaseExceptionGroupType, ExceptionGroupType]) {
  t.heap = false;
  exceptionTypes.set(t.name, t);
}

/** What a group holds; `args` are its message and the sequence it was made from. */
export function membersOf(group: PyBaseException): readonly PyBaseException[] {
  return (group.attrs!.get("exceptions") as PyTuple).items as PyBaseException[];
}

function isGroup(e: PyBaseException): boolean {
  return isException(e, BaseExceptionGroupType);
}

/** A group like `of` around other members: `of.derive(members)` with the traceback and the causes of `of`. */
function derived(of: PyBaseException, members: readonly PyBaseException[]): PyBaseException {
  const g = callMethod(of, "derive", [new PyList([...members])]);
  if (!(g instanceof PyBaseException) || !isGroup(g)) {
    throw typeError("derive must return an instance of BaseExceptionGroup");
  }
  [g.traceback, g.cause, g.context, g.suppressContext] = [
    of.traceback,
    of.cause,
    of.context,
    of.suppressContext,
  ];
  const notes = of.attrs!.get("__notes__");
  if (notes !== undefined) g.attrs!.set("__notes__", notes);
  return g;
}

/** The parts of an exception that `test` takes and leaves, nested groups kept; null where nothing is. */
export function splitGroup(
  e: PyBaseException,
  test: (e: PyBaseException) => boolean,
): [taken: PyBaseException | null, left: PyBaseException | null] {
  if (test(e)) return [e, null];
  if (!isGroup(e)) return [null, e];
  const taken: PyBaseException[] = [], left: PyBaseException[] = [];
  for (const m of membersOf(e)) {
    const [a, b] = splitGroup(m, test);
    if (a) taken.push(a);
    if (b) left.push(b);
  }
  if (taken.length === 0) return [null, e];
  return [derived(e, taken), left.length ? derived(e, left) : null];
}

/** The test for `except* types`. */
function typeTest(types: Value): (e: PyBaseException) => boolean {
  const list = types instanceof PyTuple ? types.items : [types];
  for (const t of list) {
    if (!(t instanceof PyType) || !t.mro.includes(BaseExceptionType)) {
      throw typeError("catching classes that do not inherit from BaseException is not allowed");
    }
    if (t.mro.includes(BaseExceptionGroupType)) {
      throw typeError("catching ExceptionGroup with except* is not allowed. Use except instead.");
    }
  }
  return (e) => list.some((t) => e.cls.mro.includes(t as PyType));
}

function leaves(e: PyBaseException, out: Set<PyBaseException>): void {
  if (isGroup(e)) { for (const m of membersOf(e)) leaves(m, out); }
  else out.add(e);
}

/** One run of a statement's `except*` handlers. */
export class StarHandlers {
  #rest: PyBaseException | null;
  #new: PyBaseException[] = [];
  /** Parts that handlers raised again as they were. */
  #again: PyBaseException[] = [];
  #parts = new Set<PyBaseException>();
  constructor(readonly original: PyBaseException) {
    this.#rest = original;
  }

  /** The part for a handler of `types`, as a group; null if there is none. */
  take(types: Value): PyBaseException | null {
    const test = typeTest(types);
    if (this.#rest === null) return null;
    const [taken, left] = splitGroup(this.#rest, test);
    if (taken === null) return null;
    this.#rest = left;
    const part = isGroup(taken) ? taken : wrap(taken);
    this.#parts.add(part);
    return part;
  }
  raised(e: PyBaseException): void {
    (this.#parts.has(e) ? this.#again : this.#new).push(e);
  }
  /** Throws what is left and what the handlers raised, if anything. */
  finish(): void {
    const unhandled = new Set<PyBaseException>();
    for (const e of this.#again) leaves(e, unhandled);
    if (this.#rest) leaves(this.#rest, unhandled);
    let same: PyBaseException | null = null;
    if (unhandled.size > 0) {
      same = isGroup(this.original) ? splitGroup(this.original, (e) => unhandled.has(e))[0] : this.original;
    }
    if (this.#new.length === 0) {
      if (same) throw rethrow(same);
      return;
    }
    const all = same ? [...this.#new, same] : this.#new;
    throw all.length === 1 ? rethrow(all[0]) : call(ExceptionGroupType, ["", new PyList(all)]);
  }
}

/** A naked exception as `except*` shows it: alone in a group without a message. */
function wrap(e: PyBaseException): PyBaseException {
  const t = isException(e, ExceptionType) ? ExceptionGroupType : BaseExceptionGroupType;
  const g = call(t, ["", new PyList([e])]) as PyBaseException;
  g.traceback = e.traceback;
  return g;
}

/** The test that `split` and `subgroup` take: a class, a tuple of classes, or a function. */
export function conditionOf(condition: Value, truth: (v: Value) => boolean): (e: PyBaseException) => boolean {
  const isClass = (t: Value) => t instanceof PyType && t.mro.includes(BaseExceptionType);
  if (isClass(condition)) return (e) => e.cls.mro.includes(condition as PyType);
  if (condition instanceof PyTuple && condition.items.every(isClass)) {
    return (e) => condition.items.some((t) => e.cls.mro.includes(t as PyType));
  }
  if (condition instanceof PyType || typeOf(condition).lookup("__call__") === undefined) {
    throw typeError("expected a function, exception type or tuple of exception types");
  }
  return (e) => truth(call(condition, [e]));
}
