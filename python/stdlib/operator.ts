/** The operator module: Python's operators as functions. */
import * as r from "../runtime/mod.ts";

type Binary = (a: r.Value, b: r.Value) => r.Value;

const ARITHMETIC: readonly r.BinaryOp[] = [
  "add",
  "sub",
  "mul",
  "truediv",
  "floordiv",
  "mod",
  "pow",
  "lshift",
  "rshift",
  "and",
  "or",
  "xor",
  "matmul",
];
const COMPARE = ["lt", "le", "eq", "ne", "ge", "gt"] as const;
const PLAIN: Record<string, string> = { and: "and_", or: "or_" };

function binary(name: string, f: Binary): [string, r.Value] {
  return [name, r.fn(name, "a, b, /", f)];
}

/** The getter of one or several items, attributes or a method call. */
function getter(name: string, get: (o: r.Value, key: r.Value) => r.Value): r.Value {
  return r.rawFn(
    name,
    (keys) =>
      r.rawFn(name, ([o]) => keys.length === 1 ? get(o, keys[0]) : new r.PyTuple(keys.map((k) => get(o, k)))),
  );
}

function attributePath(o: r.Value, path: r.Value): r.Value {
  return String(path).split(".").reduce((v, n) => r.getattr(v, n), o);
}

function same(a: r.Value, b: r.Value): boolean {
  return a === b || r.truth(r.richCompare("__eq__", a, b));
}

/** How many items an object will give, from what it says itself. */
function lengthHint(o: r.Value, otherwise: r.Value): r.Value {
  for (const name of ["__len__", "__length_hint__"]) {
    if (r.findattr(r.typeOf(o), name) === undefined) continue;
    const n = r.callMethod(o, name, []);
    if (n !== r.NotImplementedValue) return n;
  }
  return otherwise ?? 0;
}

r.registerModule("operator", () => {
  const contents: Record<string, r.Value> = Object.fromEntries([
    ...ARITHMETIC.map((op) => binary(PLAIN[op] ?? op, (a, b) => r.binary(op, a, b))),
    ...ARITHMETIC.map((op) => binary(`i${op}`, (a, b) => r.inplace(op, a, b))),
    ...COMPARE.map((op) => binary(op, (a, b) => r.richCompare(`__${op}__`, a, b))),
    binary("is_", (a, b) => a === b),
    binary("is_not", (a, b) => a !== b),
    binary("contains", (a, b) => r.truth(r.callMethod(a, "__contains__", [b]))),
    binary("getitem", (a, b) => r.getitem(a, b)),
    binary("concat", (a, b) => r.binary("add", a, b)),
    binary("iconcat", (a, b) => r.inplace("add", a, b)),
  ]);
  Object.assign(contents, {
    setitem: r.fn("setitem", "a, b, c, /", (a, b, c) => {
      r.setitem(a, b, c);
      return null;
    }),
    delitem: r.fn("delitem", "a, b, /", (a, b) => {
      r.delitem(a, b);
      return null;
    }),
    neg: r.fn("neg", "a, /", (a) => r.neg(a)),
    pos: r.fn("pos", "a, /", (a) => r.pos(a)),
    inv: r.fn("inv", "a, /", (a) => r.invert(a)),
    invert: r.fn("invert", "a, /", (a) => r.invert(a)),
    not_: r.fn("not_", "a, /", (a) => !r.truth(a)),
    truth: r.fn("truth", "a, /", (a) => r.truth(a)),
    abs: r.fn("abs", "a, /", (a) => r.callMethod(a, "__abs__", [])),
    index: r.fn("index", "a, /", (a) => r.index(a)),
    length_hint: r.fn("length_hint", "obj, default=0, /", lengthHint),
    countOf: r.fn("countOf", "a, b, /", (a, b) => r.collect(a).filter((v) => same(v, b)).length),
    indexOf: r.fn("indexOf", "a, b, /", (a, b) => {
      const at = r.collect(a).findIndex((v) => same(v, b));
      if (at < 0) throw r.valueError("sequence.index(x): x not in sequence");
      return at;
    }),
    call: r.rawFn("call", ([f, ...args], kwargs) => r.call(f, args, kwargs)),
    itemgetter: getter("itemgetter", r.getitem),
    attrgetter: getter("attrgetter", attributePath),
    methodcaller: r.rawFn(
      "methodcaller",
      ([name, ...args], kwargs) =>
        r.rawFn("methodcaller", ([o]) => r.callMethod(o, String(name), args, kwargs)),
    ),
  });
  return r.moduleOf("operator", contents);
});
