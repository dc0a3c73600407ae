/** `dict(...)`: of a dict, of pairs, of keywords, of a comprehension. */
import { Diagnostic } from "../../core/errors.ts";
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { AnyTensorType, DictType, StringType, type Type, typeEquals } from "../../core/types.ts";
import type { Value } from "../ir/graph.ts";
import { isDictHint, refineHint } from "./container_hints.ts";
import { checkInputs } from "./emit_calls.ts";
import { emitDictComprehension } from "./emit_comprehensions.ts";
import { emitExpr, emitSugaredExpr } from "./emit_expressions.ts";
import type { Emitter } from "./emitter.ts";
import { errorReport } from "./error_report.ts";
import { insertDict, insertTyped } from "./ir_nodes.ts";
import { asSimple, SimpleValue } from "./simple_value.ts";
import { NamedValue, type SugaredValue } from "./sugared_value.ts";
import { type Apply, type Expr, tree } from "./tree.ts";

function addKeywords(e: Emitter, x: Apply, dict: Value): void {
  const t = dict.type as DictType;
  for (const a of x.attributes) {
    const k = emitExpr(e, tree.string(a.range, a.name)), v = emitExpr(e, a.value);
    const why: string[] = [];
    let text = "";
    if (!typeEquals(k.type, t.key)) {
      text += `Generated key type ${reprStr(k.type)} did not match the annotated key type, which was ${
        reprStr(t.key)
      }\n`;
    }
    if (!isSubtypeOf(v.type, t.value, why)) {
      text += `Generated value type ${reprStr(v.type)} did not match the annotated value type, which was ${
        reprStr(t.value)
      }\n${why.join("")}`;
    }
    if (text) throw errorReport(x.range, text);
    e.op(a.range, "aten::_set_item", [new NamedValue(dict, "self"), new NamedValue(k), new NamedValue(v)]);
  }
}

function isEmptyContainer(x: Apply): boolean {
  const [first] = x.inputs.items;
  if (!first) return x.attributes.length > 0;
  return (first.kind === "DictLiteral" && !first.keys.length) ||
    (first.kind === "ListLiteral" && !first.inputs.items.length);
}

/** Pairs of a dict literal and of keywords as one list literal of tuples. */
function asPairs(x: Apply): Apply {
  let pairs: Expr[] | undefined;
  const [first] = x.inputs.items;
  if (first?.kind === "DictLiteral") {
    pairs = first.keys.map((k, i) => tree.tuple(x.range, [k, first.values[i]]));
  }
  if (x.attributes.length && (!first || pairs || first.kind === "ListLiteral")) {
    pairs ??= first?.kind === "ListLiteral" ? first.inputs.items.slice() : [];
    for (const a of x.attributes) pairs.push(tree.tuple(x.range, [tree.string(x.range, a.name), a.value]));
    return tree.apply(x.callee, [tree.list(x.range, pairs)], [], x.range);
  }
  return pairs ? tree.apply(x.callee, [tree.list(x.range, pairs)], x.attributes, x.range) : x;
}

export function emitDictCall(e: Emitter, x: Apply, hint: Type | undefined): SugaredValue {
  const union = hint?.kind === "Union" ? hint : undefined;
  let refined = hint;
  if (hint && hint.kind !== "Dict") {
    const r = refineHint(hint, "Dict", x, isDictHint, true);
    refined = r.hint;
    if (r.candidates.length) {
      throw errorReport(
        x.range,
        `There are multiple candidate Dict types in the Union type annotation \`${reprStr(hint)}\`, ` +
          "and full type inference is not yet supported for the `dict()` constructor.",
      );
    }
  }
  const finish = (v: Value) =>
    new SimpleValue(union ? insertTyped(e.graph, "prim::unchecked_cast", [v], union) : v);
  if (x.inputs.items.length) {
    const [first] = x.inputs.items;
    let input: SugaredValue;
    try {
      input = emitSugaredExpr(e, first, 1, hint);
    } catch (error) {
      if (!(error instanceof Diagnostic)) throw error;
      input = emitSugaredExpr(e, first, 1);
    }
    const simple = asSimple(input);
    if (simple?.type.kind === "Dict") {
      const v = e.opOn(x.range, "aten::dict", simple);
      addKeywords(e, x, v);
      return finish(v);
    }
  }
  if (isEmptyContainer(x)) x = tree.apply(x.callee, [], x.attributes, x.range);
  if (!x.inputs.items.length && !x.attributes.length) {
    const t = refined ?? new DictType(StringType, AnyTensorType);
    if (t.kind !== "Dict") {
      throw new Diagnostic(
        `Expected a type annotation of Dict for dict constructor dict(), got ${hint}`,
        undefined,
      );
    }
    return new SimpleValue(insertDict(e.graph, t.key, t.value, [], []));
  }
  const [first] = x.inputs.items;
  if (first?.kind === "DictComp") {
    const v = emitDictComprehension(e, first, refined);
    addKeywords(e, x, v);
    return new SimpleValue(v);
  }
  x = asPairs(x);
  checkInputs(x, 1);
  const input = emitSugaredExpr(e, x.inputs.items[0], 1);
  const iter = e.tempName("$_iter");
  const key = tree.var(x.range, e.tempName("$_key")), value = tree.var(x.range, e.tempName("$_value"));
  e.env.setSugaredVar(x.range, iter, input, undefined);
  const comp = tree.dictComp(x.range, key, value, tree.tuple(x.range, [key, value]), tree.var(x.range, iter));
  const v = emitDictComprehension(e, comp, refined);
  addKeywords(e, x, v);
  return finish(v);
}
