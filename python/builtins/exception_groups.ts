/** BaseExceptionGroup and ExceptionGroup as Python sees them. */
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { methods, PyStaticMethod, rawFn } from "../runtime/native.ts";
import {
  BaseExceptionGroupType,
  conditionOf,
  ExceptionGroupType,
  membersOf,
  splitGroup,
} from "../runtime/exception_group.ts";

type E = r.PyBaseException;
const { typeError, valueError, PyTuple } = r;

function makeGroup(cls: r.PyType, args: Value[]): E {
  if (args.length !== 2) {
    throw typeError(`BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`);
  }
  const [message, sequence] = args;
  if (r.stringOf(message) === undefined) {
    throw typeError(`BaseExceptionGroup.__new__() argument 1 must be str, not ${r.typeOf(message).name}`);
  }
  if (!(sequence instanceof r.PyList) && !(sequence instanceof PyTuple)) {
    throw typeError("second argument (exceptions) must be a sequence");
  }
  const members = r.collect(sequence);
  if (members.length === 0) throw valueError("second argument (exceptions) must be a non-empty sequence");
  members.forEach((m, i) => {
    if (!(m instanceof r.PyBaseException)) {
      throw valueError(`Item ${i} of second argument (exceptions) is not an exception`);
    }
  });
  const plain = members.every((m) => r.isException(m, r.ExceptionType));
  if (cls === BaseExceptionGroupType && plain) cls = ExceptionGroupType;
  else if (!plain && cls.isSubtypeOf(r.ExceptionType)) {
    throw typeError(
      cls === ExceptionGroupType
        ? "Cannot nest BaseExceptions in an ExceptionGroup"
        : `Cannot nest BaseExceptions in '${cls.name}'`,
    );
  }
  const e = cls.alloc(cls) as E;
  e.args = args.slice();
  e.context = r.rt.handling;
  e.attrs!.set("message", message).set("exceptions", new PyTuple(members));
  return e;
}

BaseExceptionGroupType.attrs.set(
  "__new__",
  new PyStaticMethod(rawFn("__new__", (args) => makeGroup(args[0] as r.PyType, args.slice(1)))),
);
const test = (condition: Value) => conditionOf(condition, r.truth);
methods(BaseExceptionGroupType, {
  __init__: ["*args, **kwargs", () => null],
  __str__: ["", (e: E) => {
    const n = membersOf(e).length;
    return `${r.str(e.attrs!.get("message")!)} (${n} sub-exception${n === 1 ? "" : "s"})`;
  }],
  derive: [
    "excs, /",
    (e: E, excs: Value) => r.call(BaseExceptionGroupType, [e.attrs!.get("message")!, excs]),
  ],
  split: ["condition, /", (e: E, c: Value) => new PyTuple(splitGroup(e, test(c)))],
  subgroup: ["condition, /", (e: E, c: Value) => splitGroup(e, test(c))[0]],
});
r.classMethods(BaseExceptionGroupType, {
  __class_getitem__: ["item, /", (cls: r.PyType, item: Value) => r.typeAlias.make(cls, item)],
});
BaseExceptionGroupType.invalidate();
