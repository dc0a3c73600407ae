/** Comprehensions: a loop in a scope of its own that appends to a list or sets items of a dict. */
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { AnyTensorType, DictType, ListType, StringType, type Type, typeEquals } from "../../core/types.ts";
import { unifyTypes } from "../../core/unify.ts";
import type { Value } from "../ir/graph.ts";
import { dictCandidate, isDictHint, isListHint, listCandidate, refineHint } from "./container_hints.ts";
import { emitForOver } from "./emit_control_flow.ts";
import { emitExpr } from "./emit_expressions.ts";
import type { Emitter } from "./emitter.ts";
import { errorReport } from "./error_report.ts";
import { dictOf, insertTyped } from "./ir_nodes.ts";
import { NamedValue } from "./sugared_value.ts";
import { type DictComp, type Expr, type ListComp, tree } from "./tree.ts";

/** Runs the loop; names it binds stay inside. */
function emitScope(e: Emitter, x: ListComp | DictComp, target: Expr, iter: Expr, body: () => void): void {
  const block = e.insert("prim::ComprehensionScope", x.range).addBlock();
  e.pushFrame(block);
  e.graph.withInsertPoint(
    block,
    () => emitForOver(e, tree.exprs(x.range, [target]), tree.exprs(x.range, [iter]), x.range, body),
  );
  e.popFrame();
}

export function emitListComprehension(e: Emitter, x: ListComp, hint: Type | undefined): Value {
  const list = insertTyped(e.graph, "prim::ListConstruct", [], new ListType(AnyTensorType));
  let refined: Type | undefined = hint;
  let candidates: Type[] = [];
  if (hint) {
    ({ hint: refined, candidates } = refineHint(hint, "List", x, isListHint));
    if (!candidates.length) list.setType(refined);
  }
  let first = true;
  emitScope(e, x, x.target, x.iter, () => {
    const out = emitExpr(e, x.elt);
    if (first) list.setType(new ListType(out.type));
    first = false;
    const elemHint = refined?.kind === "List" ? refined.elem : undefined;
    const unified = unifyTypes((list.type as ListType).elem, out.type, true, elemHint)!;
    if (!candidates.length && refined?.kind === "List" && !isSubtypeOf(unified, refined.elem)) {
      throw errorReport(
        x.range,
        `List type annotation \`${reprStr(refined)}\` did not match the types of the given list elements, ` +
          `which were unified to ${reprStr(unified)}`,
      );
    }
    if (candidates.length) refined = listCandidate(candidates, hint!, unified, x);
    else if (refined?.kind !== "List") refined = new ListType(unified);
    list.setType(refined);
    out.setType((refined as ListType).elem);
    e.op(
      x.range,
      "aten::append",
      [new NamedValue(out, "", x.range)],
      [],
      new NamedValue(list, "self", x.range),
    );
  });
  return list;
}

export function emitDictComprehension(e: Emitter, x: DictComp, hint: Type | undefined): Value {
  const dict = insertTyped(e.graph, "prim::DictConstruct", [], new DictType(StringType, AnyTensorType));
  let refined: Type | undefined = hint;
  let candidates: Type[] = [];
  if (hint) {
    ({ hint: refined, candidates } = refineHint(hint, "Dict", x, isDictHint));
    if (!candidates.length) dict.setType(refined);
  }
  let firstKey: Type | undefined;
  emitScope(e, x, x.target, x.iter, () => {
    const k = emitExpr(e, x.key), v = emitExpr(e, x.value);
    if (k.type.kind === "Union") {
      throw errorReport(
        x.range,
        `Dicts may only contain homogeneous keys, but the type of the first generated key was ${
          reprStr(k.type)
        }`,
      );
    }
    if (firstKey && !typeEquals(firstKey, k.type)) {
      throw errorReport(
        x.range,
        `Dicts may only contain homogeneous keys. Expected dict comprehension to generate type ${
          reprStr(firstKey)
        }, but got ${reprStr(k.type)}`,
      );
    }
    firstKey = k.type;
    let type: Type = dictOf(k.type, v.type);
    if (refined?.kind === "Dict" && !candidates.length) checkAgainst(x, refined, k.type, v.type);
    if (hint) {
      if (candidates.length) refined = dictCandidate(candidates, hint, k.type, v.type, x);
      if (refined?.kind === "Dict") {
        type = refined;
        k.setType(refined.key);
        v.setType(refined.value);
      }
    }
    dict.setType(type);
    const args = [new NamedValue(dict, "self"), new NamedValue(k), new NamedValue(v)];
    e.op(x.range, "aten::_set_item", args);
  });
  return hint?.kind === "Union" ? insertTyped(e.graph, "prim::unchecked_cast", [dict], hint) : dict;
}

function checkAgainst(x: DictComp, hint: DictType, key: Type, value: Type): void {
  let text = "";
  const check = (actual: Type, wanted: Type, what: string) => {
    const why: string[] = [];
    if (isSubtypeOf(actual, wanted, why)) return;
    text += `Dict type annotation \`${reprStr(hint)}\` did not match the type of an actual ${what} type \`${
      reprStr(actual)
    }\`\n${why.join("")}`;
  };
  check(key, hint.key, "key");
  check(value, hint.value, "value");
  if (text) throw errorReport(x.range, text);
}
