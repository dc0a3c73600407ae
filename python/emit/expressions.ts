/** Expressions to JS expressions. Every JS expression gives a Python value, except those of `condition`. */
import type { Expr, Keyword } from "../../compiler/syntax/ast.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { Ellipsis } from "../runtime/object.ts";
import { PyBytes } from "../runtime/sequences.ts";
import { awaited } from "./async.ts";
import type { Context } from "./context.ts";
import { emitComprehension } from "./comprehensions.ts";
import { emitLambda } from "./functions.ts";
import { loadName, storeExpression } from "./names.ts";

const BINARY: Record<string, string> = {
  Add: "add",
  Sub: "sub",
  Mult: "mul",
  MatMult: "matmul",
  Div: "truediv",
  Mod: "mod",
  Pow: "pow",
  LShift: "lshift",
  RShift: "rshift",
  BitOr: "or",
  BitXor: "xor",
  BitAnd: "and",
  FloorDiv: "floordiv",
};
const COMPARE: Record<string, string> = { Eq: "eq", NotEq: "ne", Lt: "lt", LtE: "le", Gt: "gt", GtE: "ge" };

/** A context line meaning that everything is on one line, already stored. */
export const SAME_LINE = -2;

export function operatorName(op: string): string {
  return BINARY[op];
}

export function text(s: string): string {
  return JSON.stringify(s);
}

export function emitExpr(c: Context, e: Expr): string {
  switch (e.kind) {
    case "Name":
      return loadName(c, c.mangle(e.id));
    case "Constant":
      return emitConstant(c, e);
    case "Attribute": {
      const object = emitExpr(c, e.value);
      return `getattr(${object}, ${text(c.mangle(e.attr))}${atLine(c, e.attrStart)})`;
    }
    case "Call":
      return emitCall(c, e);
    case "BinOp": {
      const left = emitExpr(c, e.left), right = emitExpr(c, e.right);
      return `${BINARY[e.op]}(${left}, ${right}${atLine(c, e.start)})`;
    }
    case "UnaryOp":
      if (e.op === "Not") return `!${condition(c, e.operand)}`;
      if (e.op === "USub" && e.operand.kind === "Constant") {
        const v = e.operand.value;
        if (v.type === "int" && v.value !== 0) {
          return typeof v.value === "bigint" ? `(-${v.value}n)` : `(-${v.value})`;
        }
        if (v.type === "float") {
          return c.constant(`float:${Object.is(v.value, 0) ? "-0" : -v.value}`, () => new Float(-v.value));
        }
      }
      return `${{ Invert: "invert", UAdd: "pos", USub: "neg" }[e.op]}(${emitExpr(c, e.operand)})`;
    case "BoolOp": {
      const values = maybe(c, () => e.values.map((v) => emitExpr(c, v)));
      let out = values[values.length - 1];
      for (let i = values.length - 2; i >= 0; i--) {
        const t = c.temp(), test = `truth(${t} = ${values[i]})`;
        out = e.op === "And" ? `(${test} ? ${out} : ${t})` : `(${test} ? ${t} : ${out})`;
      }
      return out;
    }
    case "Compare":
      return maybe(c, () => emitCompare(c, e));
    case "IfExp":
      return maybe(c, () => `(${condition(c, e.test)} ? ${emitExpr(c, e.body)} : ${emitExpr(c, e.orelse)})`);
    case "Subscript":
      return `getitem(${emitExpr(c, e.value)}, ${emitExpr(c, e.slice)}${atLine(c, e.start)})`;
    case "Slice":
      return `new PySlice(${optional(c, e.lower)}, ${optional(c, e.upper)}, ${optional(c, e.step)})`;
    case "Tuple":
      return e.elts.length === 0 ? "EMPTY_TUPLE" : `new PyTuple(${emitItems(c, e.elts)})`;
    case "List":
      return `new PyList(${emitItems(c, e.elts)})`;
    case "Set":
      return `makeSet(${emitItems(c, e.elts)})`;
    case "Dict":
      return emitDict(c, e.keys, e.values);
    case "JoinedStr":
      return emitJoinedStr(c, e.values);
    case "FormattedValue":
      return emitJoinedStr(c, [e]);
    case "Lambda":
      return emitLambda(c, e);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
    case "DictComp":
      return emitComprehension(c, e);
    case "NamedExpr":
      return storeExpression(c, c.mangle(e.target.id), emitExpr(c, e.value));
    case "Yield": {
      const value = e.value ? emitExpr(c, e.value) : "null";
      return `((yield ${c.isAsync ? `new AsyncYield(${value})` : value}), $f = $g.current, $g.received())`;
    }
    case "YieldFrom":
      return `$resumed(yield* yieldFrom($g, ${emitExpr(c, e.value)}), $f = $g.current)`;
    case "Await":
      return awaited(emitExpr(c, e.value));
    case "Starred":
      return `notImplemented("a starred expression here", ${c.node(e)}, $S)`;
  }
}

/**
 * An operation's last JS argument where the line must be stored again: its operands stand on other lines. JS
 * evaluates it after the operands and the callee ignores it.
 */
function atLine(c: Context, offset: number): string {
  if (c.line === SAME_LINE) return "";
  const line = c.lineOf(offset);
  if (line === c.line) return "";
  c.line = line;
  return `, $f.line = ${line}`;
}

/** Emits what may not run; afterwards the stored line is only known if it did not change it. */
function maybe<T>(c: Context, emit: () => T): T {
  const before = c.line;
  const js = emit();
  if (c.line !== before) c.line = -1;
  return js;
}

function optional(c: Context, e: Expr | null): string {
  return e ? emitExpr(c, e) : "null";
}

function emitConstant(c: Context, e: Expr & { kind: "Constant" }): string {
  const v = e.value;
  switch (v.type) {
    case "none":
      return "null";
    case "bool":
      return String(v.value);
    case "ellipsis":
      return c.constant("ellipsis", () => Ellipsis);
    case "int":
      return typeof v.value === "bigint" ? `${v.value}n` : String(v.value);
    case "float":
      return c.constant(`float:${v.value}`, () => new Float(v.value));
    case "complex":
      return c.constant(`complex:${v.value}`, () => new Complex(0, v.value));
    case "str":
      return text(v.value);
    case "bytes":
      return c.constant(`bytes:${c.unit.constants.length}`, () => new PyBytes(v.value));
  }
}

/** A JS array of the elements, starred ones spread. */
export function emitItems(c: Context, elts: Expr[]): string {
  return `[${
    elts.map((x) => x.kind === "Starred" ? `...collect(${emitExpr(c, x.value)})` : emitExpr(c, x)).join(", ")
  }]`;
}

function emitDict(c: Context, keys: (Expr | null)[], values: Expr[]): string {
  if (keys.length === 0) return "new PyDict()";
  const parts = keys.map((k, i) =>
    k === null ? `undefined, ${emitExpr(c, values[i])}` : `${emitExpr(c, k)}, ${emitExpr(c, values[i])}`
  );
  return `makeDict([${parts.join(", ")}])`;
}

function emitJoinedStr(c: Context, values: Expr[]): string {
  const parts: string[] = [];
  for (const v of values) {
    if (v.kind === "FormattedValue") {
      const spec = v.format_spec ? emitJoinedStr(c, v.format_spec.values) : '""';
      parts.push(`formatValue(${emitExpr(c, v.value)}, ${v.conversion}, ${spec})`);
    } else parts.push(emitExpr(c, v));
  }
  if (parts.length === 0) return '""';
  if (parts.length === 1) return parts[0];
  return `(${parts.join(" + ")})`;
}

function emitCompare(c: Context, e: Expr & { kind: "Compare" }): string {
  if (e.ops.length === 1) return compareOne(e.ops[0], emitExpr(c, e.left), emitExpr(c, e.comparators[0]));
  const n = e.ops.length;
  // Each middle operand is computed once, and only if the comparisons before it held.
  const build = (i: number, left: string): string => {
    if (i === n - 1) return compareOne(e.ops[i], left, emitExpr(c, e.comparators[i]));
    const kept = c.temp(), result = c.temp();
    const test = compareOne(e.ops[i], left, `(${kept} = ${emitExpr(c, e.comparators[i])})`);
    return `(truth(${result} = ${test}) ? ${build(i + 1, kept)} : ${result})`;
  };
  return build(0, emitExpr(c, e.left));
}

function compareOne(op: string, a: string, b: string): string {
  switch (op) {
    case "Is":
      return `is(${a}, ${b})`;
    case "IsNot":
      return `!is(${a}, ${b})`;
    case "In":
      return `containedIn(${a}, ${b})`;
    case "NotIn":
      return `!containedIn(${a}, ${b})`;
  }
  return `${COMPARE[op]}(${a}, ${b})`;
}

/** A JS boolean: the truth of the expression. */
export function condition(c: Context, e: Expr): string {
  switch (e.kind) {
    case "Constant":
      if (e.value.type === "bool") return String(e.value.value);
      if (e.value.type === "none") return "false";
      break;
    case "UnaryOp":
      if (e.op === "Not") return `!${condition(c, e.operand)}`;
      break;
    case "BoolOp":
      return maybe(
        c,
        () => `(${e.values.map((v) => condition(c, v)).join(e.op === "And" ? " && " : " || ")})`,
      );
    case "Compare":
      if (e.ops.length === 1 && ["Is", "IsNot", "In", "NotIn"].includes(e.ops[0])) return emitCompare(c, e);
  }
  return `truth(${emitExpr(c, e)})`;
}

function emitCall(c: Context, e: Expr & { kind: "Call" }): string {
  const f = e.func;
  const plain = e.keywords.length === 0 && !e.args.some((a) => a.kind === "Starred");
  if (f.kind === "Attribute") {
    const object = emitExpr(c, f.value), name = text(c.mangle(f.attr));
    if (plain && e.args.length <= 2) {
      const args = e.args.map((a) => ", " + emitExpr(c, a)).join("");
      return `callMethod${e.args.length}(${object}, ${name}${args}${atLine(c, f.attrStart)})`;
    }
    const args = emitArguments(c, e.args) + (emitKeywords(c, e.keywords) || ", null");
    return `callMethod(${object}, ${name}, ${args}${atLine(c, f.attrStart)})`;
  }
  if (
    f.kind === "Name" && f.id === "super" && e.args.length === 0 && plain &&
    c.scope.names.get("__class__") === "free"
  ) {
    return `superCall(${loadName(c, "super")}, ${cellOfClass(c)}, ${firstParameter(c)})`;
  }
  const callee = emitExpr(c, f);
  if (plain && e.args.length <= 3) {
    const args = [callee, ...e.args.map((a) => emitExpr(c, a))].join(", ");
    return `call${e.args.length}(${args}${atLine(c, e.start)})`;
  }
  const args = emitArguments(c, e.args) + (emitKeywords(c, e.keywords) || ", null");
  return `call(${callee}, ${args}${atLine(c, e.start)})`;
}

function cellOfClass(c: Context): string {
  return c.resolve("__class__").where === "cell" ? "c___class__" : "undefined";
}

/** The first parameter of the function that a zero-argument `super()` stands in. */
function firstParameter(c: Context): string {
  let s = c.scope;
  while (s.kind === "comprehension" && s.parent) s = s.parent;
  const name = s.params[0];
  if (name === undefined) return "undefined";
  for (let x: Context | null = c; x; x = x.outer) {
    if (x.scope === s) {
      const use = x.resolve(name);
      return use.where === "cell" ? `${use.js}.v` : use.where === "local" ? use.js : "undefined";
    }
  }
  return "undefined";
}

/** Positional arguments as a JS array. */
export function emitArguments(c: Context, args: Expr[]): string {
  return `[${
    args.map((a) => a.kind === "Starred" ? `...spread(${emitExpr(c, a.value)})` : emitExpr(c, a)).join(", ")
  }]`;
}

/** `, kwargs` or nothing. */
export function emitKeywords(c: Context, keywords: Keyword[]): string {
  if (keywords.length === 0) return "";
  if (keywords.every((k) => k.arg !== null)) {
    return `, keywords([${keywords.map((k) => `${text(k.arg!)}, ${emitExpr(c, k.value)}`).join(", ")}])`;
  }
  return `, mergeKeywords([${
    keywords.map((k) => `${k.arg === null ? "null" : text(k.arg)}, ${emitExpr(c, k.value)}`).join(", ")
  }])`;
}
