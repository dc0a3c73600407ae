/** Values of literal expressions: defaults of parameters and fields in sources that nobody runs. */
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Complex, Float, normInt } from "../../core/scalar.ts";
import { AnyTensorType, type Type } from "../../core/types.ts";
import { typeOfIValue } from "../ir/constants.ts";
import type * as py from "../syntax/ast.ts";

/** The value, converted to `type` where that is wanted; undefined when the expression is no literal. */
export function literalValue(e: py.Expr, type: Type | undefined): IValue | undefined {
  const wanted = type?.kind === "Optional" ? type.elem : type;
  switch (e.kind) {
    case "Constant":
      return constantValue(e.value, wanted);

    case "UnaryOp": {
      const v = literalValue(e.operand, type);
      if (e.op !== "USub") return undefined;
      if (typeof v === "number") return -v;
      if (typeof v === "bigint") return normInt(-v);
      return v instanceof Float ? new Float(-v.value) : undefined;
    }
    case "List": {
      const elem = wanted?.kind === "List" ? wanted.elem : undefined;
      const items = e.elts.map((x) => literalValue(x, elem));
      if (items.some((i) => i === undefined)) return undefined;
      return new ListValue(
        elem ?? (items.length ? typeOfIValue(items[0]!) : AnyTensorType),
        items as IValue[],
      );
    }
    case "Tuple": {
      const elems = wanted?.kind === "Tuple" ? wanted.elems : [];
      const items = e.elts.map((x, i) => literalValue(x, wanted?.kind === "List" ? wanted.elem : elems[i]));
      if (items.some((i) => i === undefined)) return undefined;
      return wanted?.kind === "List"
        ? new ListValue(wanted.elem, items as IValue[])
        : new TupleValue(items as IValue[]);
    }
    default:
      return undefined;
  }
}

function constantValue(c: py.ConstantValue, wanted: Type | undefined): IValue | undefined {
  switch (c.type) {
    case "none":
      return null;
    case "bool":
    case "str":
      return c.value;
    case "int":
      return wanted?.kind === "float" ? new Float(Number(c.value)) : c.value;
    case "float":
      return new Float(c.value);
    case "complex":
      return new Complex(0, c.value);
    default:
      return undefined;
  }
}
