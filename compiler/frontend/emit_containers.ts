/** List and dict literals: their element types from annotations or from what they hold. */
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { AnyTensorType, DictType, ListType, StringType, type Type, typeEquals } from "../../core/types.ts";
import { unifyTypeList, unifyTypes } from "../../core/unify.ts";
import type { Value } from "../ir/graph.ts";
import { dictCandidate, isDictHint, isListHint, listCandidate, refineHint } from "./container_hints.ts";
import { emitExpr, values } from "./emit_expressions.ts";
import type { Emitter } from "./emitter.ts";
import { errorReport } from "./error_report.ts";
import { dictOf, insertDict, insertList, insertTyped } from "./ir_nodes.ts";
import { warn } from "./warnings.ts";
import type { DictLiteral, ListLiteral } from "./tree.ts";

/** Gives a container its annotated union type. */
function castToUnion(e: Emitter, v: Value, hint: Type | undefined): Value {
  return hint?.kind === "Union" ? insertTyped(e.graph, "prim::unchecked_cast", [v], hint) : v;
}

export function emitListLiteral(e: Emitter, x: ListLiteral, hint: Type | undefined): Value {
  const items = values(e, x.inputs.items, true);
  // `[]` with nothing to go by may still become any list where it is passed on.
  if (!items.length && !hint) {
    return insertTyped(e.graph, "prim::EmptyListLiteral", [], new ListType(AnyTensorType));
  }
  let elem: Type = AnyTensorType;
  let refined: Type | undefined = hint;
  let candidates: Type[] = [];
  if (hint) {
    ({ hint: refined, candidates } = refineHint(hint, "List", x, isListHint));
    if (refined.kind === "List") elem = refined.elem;
    if (candidates.length && !items.length) {
      throw errorReport(
        x.range,
        `Cannot assign an empty list to a variable annotated to be type ${reprStr(hint)} ` +
          "because there are multiple possible List type candidates in the Union annotation",
      );
    }
  }
  if (items.length) {
    const elemHint = refined?.kind === "List" ? refined.elem : undefined;
    const u = unifyTypeList(items.map((v) => v.type), true, elemHint) as { type: Type };
    if (!refined && u.type.kind === "Union") {
      warn(
        `List consists of heterogeneous types, which means that it has been typed as containing ${
          reprStr(u.type)
        }. ` +
          "To use any of the values in this List, it will be necessary to add an `assert isinstance` statement " +
          `before first use to trigger type refinement.\n${x.range.highlight()}`,
      );
    }
    if (!candidates.length && refined?.kind === "List" && !isSubtypeOf(u.type, elem)) {
      throw errorReport(
        x.range,
        `List type annotation \`${reprStr(refined)}\` did not match the types of the given list elements, ` +
          `which were unified to ${reprStr(u.type)}`,
      );
    }
    if (candidates.length) elem = (listCandidate(candidates, hint!, u.type, x) as ListType).elem;
    if (!refined || refined.kind === "Any") elem = u.type;
  }
  return castToUnion(e, insertList(e.graph, elem, items), hint);
}

export function emitDictLiteral(e: Emitter, x: DictLiteral, hint: Type | undefined): Value {
  const keys: Value[] = [], items: Value[] = [];
  let valueType: Type | undefined;
  x.keys.forEach((k, i) => {
    keys.push(emitExpr(e, k));
    items.push(emitExpr(e, x.values[i]));
    if (!valueType) valueType = items[i].type;
    else {
      const a = keys[i - 1].type, b = keys[i].type;
      if (a.kind !== b.kind) {
        throw errorReport(
          k.range,
          `Dict keys must contain only a single type. Expected: ${reprStr(a)} but found ${
            reprStr(b)
          } instead`,
        );
      }
      valueType = unifyTypes(valueType, items[i].type, true)!;
    }
  });
  const byContents = (): Type => {
    if (!keys.length) return new DictType(StringType, AnyTensorType);
    const t = dictOf(keys[0].type, valueType!);
    if (valueType!.kind === "Union") {
      warn(
        `Dict values consist of heterogeneous types, which means that the dict has been typed as containing ` +
          `${reprStr(t)}. To use any of the values in this Dict, it will be necessary to add an ` +
          "`assert isinstance` statement before first use to trigger type refinement.\n" +
          x.range.highlight(),
      );
    }
    return t;
  };
  let refined: Type, candidates: Type[] = [];
  if (hint) {
    ({ hint: refined, candidates } = refineHint(hint, "Dict", x, isDictHint));
    if (refined.kind === "Any") refined = byContents();
    if (candidates.length && !items.length) {
      throw errorReport(
        x.range,
        `Cannot assign an empty dict to a variable annotated to be type ${reprStr(hint)} ` +
          "because there are multiple possible Dict type candidates in the Union annotation",
      );
    }
  } else refined = byContents();
  if (items.length) {
    if (candidates.length) refined = dictCandidate(candidates, hint!, keys[0].type, valueType!, x);
    const t = refined as DictType;
    if (!typeEquals(t.key, keys[0].type)) {
      throw errorReport(
        x.range,
        `Type annotation was inferred to be ${reprStr(t)}but the type of keys given by the dict literal is ` +
          reprStr(keys[0].type),
      );
    }
    if (!isSubtypeOf(valueType!, t.value)) {
      throw errorReport(
        x.range,
        `Type annotation was inferred to be \`${
          reprStr(t)
        }\`, but the type of values given by the dict literal is ` +
          reprStr(valueType!),
      );
    }
  }
  const t = refined as DictType;
  return castToUnion(e, insertDict(e.graph, t.key, t.value, keys, items), hint);
}
