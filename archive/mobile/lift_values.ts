/** Values while mobile code becomes a graph: what their types are, and checks where nothing proves them. */
import { BoolType, type Type } from "../../core/types.ts";
import { isSubtypeOf } from "../../core/subtyping.ts";
import { insertConstant } from "../../compiler/ir/constants.ts";
import type { Graph, Value } from "../../compiler/ir/graph.ts";

/** Whether a value of type `a` may stand where `t` is wanted without a look at it. */
export function fits(a: Type, t: Type): boolean {
  if (isSubtypeOf(a, t)) return true;
  // A list of tensors serves as a list of optional ones: operators only read those.
  if (a.kind === "List" && t.kind === "List") return fits(a.elem, t.elem);
  return t.kind === "Optional" && a.kind !== "Optional" && fits(a, t.elem);
}

/**
 * The value as a `t`. Mobile code has no types, so where they cannot be known the graph checks when it runs, and
 * raises a RuntimeError.
 */
export function coerce(graph: Graph, v: Value, t: Type): Value {
  if (t.kind === "Any" || fits(v.type, t)) return v;
  const test = graph.insert("prim::isinstance", [v]);
  test.set("types", { kind: "tys", value: t.kind === "number" ? [t, BoolType] : [t] });
  test.output.setType(BoolType);
  const branch = graph.insert("prim::If", [test.output], 0);
  branch.addBlock();
  const otherwise = branch.addBlock();
  graph.withInsertPoint(otherwise, () => {
    const message = insertConstant(graph, `Expected a value of type ${t.annotation()} in mobile code`);
    graph.insert("prim::RaiseException", [message, insertConstant(graph, null)], 0)
      .schemaKey = "prim::RaiseException";
  });
  const cast = graph.insert("prim::unchecked_cast", [v]);
  cast.schemaKey = "prim::unchecked_cast";
  return cast.output.setType(t);
}
