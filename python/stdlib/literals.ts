/** `ast.literal_eval`: the values that expressions of literals alone have. */
import type { ConstantValue, Expr } from "../../compiler/syntax/ast.ts";
import { parseExpression } from "../../compiler/syntax/mod.ts";
import { Diagnostic } from "../../core/errors.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { Source } from "../../core/source.ts";
import { syntaxError } from "../builtins/execution.ts";
import { addressOf } from "../builtins/type_support.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";

function constant(v: ConstantValue): Value {
  switch (v.type) {
    case "none":
      return null;
    case "ellipsis":
      return r.Ellipsis;
    case "float":
      return new Float(v.value);
    case "complex":
      return new Complex(0, v.value);
    case "bytes":
      return new r.PyBytes(v.value);
    default:
      return v.value;
  }
}

function refused(e: Expr, source: Source): r.PyBaseException {
  const line = source.position(e.start).line;
  return r.valueError(
    `malformed node or string on line ${line}: <ast.${e.kind} object at ${addressOf(source as object)}>`,
  );
}

function isNumber(v: Value): boolean {
  return v instanceof Float || v instanceof Complex || typeof v === "number" || typeof v === "bigint";
}

function valueOf(e: Expr, source: Source): Value {
  const all = (list: readonly Expr[]) => list.map((x) => valueOf(x, source));
  switch (e.kind) {
    case "Constant":
      return constant(e.value);
    case "Tuple":
      return new r.PyTuple(all(e.elts));
    case "List":
      return new r.PyList(all(e.elts));
    case "Set":
      return r.PySet.of(all(e.elts));
    case "Call":
      if (e.func.kind === "Name" && e.func.id === "set" && e.args.length + e.keywords.length === 0) {
        return r.PySet.of([]);
      }
      break;
    case "Dict": {
      const d = new r.PyDict();
      e.keys.forEach((k, i) => {
        if (k === null) throw r.valueError("malformed node or string: None");
        d.set(valueOf(k, source), valueOf(e.values[i], source));
      });
      return d;
    }
    case "UnaryOp": {
      if (e.op !== "UAdd" && e.op !== "USub") break;
      const v = valueOf(e.operand, source);
      if (!isNumber(v)) break;
      return e.op === "USub" ? r.neg(v) : v;
    }
    case "BinOp": {
      if (e.op !== "Add" && e.op !== "Sub") break;
      const a = valueOf(e.left, source), b = valueOf(e.right, source);
      if (!isNumber(a)) throw refused(e.left, source);
      if (!isNumber(b)) throw refused(e.right, source);
      if (a instanceof Complex || !(b instanceof Complex)) break;
      return e.op === "Add" ? r.add(a, b) : r.sub(a, b);
    }
  }
  throw refused(e, source);
}

/** The value of a literal in text. Raises SyntaxError, or ValueError for what is no literal. */
export function literal(text: string): Value {
  const source = new Source(text, "<unknown>");
  let e: Expr;
  try {
    e = parseExpression(source);
  } catch (x) {
    if (x instanceof Diagnostic) throw syntaxError(x);
    throw x;
  }
  return valueOf(e, source);
}
