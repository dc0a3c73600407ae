/** Choosing a container's type from an annotation that may be an Optional or a Union of several. */
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { type DictType, ListType, type Type } from "../../core/types.ts";
import { unifyTypes } from "../../core/unify.ts";
import { errorReport } from "./error_report.ts";
import type { Expr } from "./tree.ts";

export interface RefinedHint {
  /** The annotation narrowed to the container's kind, where that is unambiguous. */
  hint: Type;
  /** The container types of a union that has several. */
  candidates: Type[];
}

export const isListHint = (t: Type): boolean => t.kind === "List" || t.kind === "AnyList";
export const isDictHint = (t: Type): boolean => t.kind === "Dict";

/** Narrows the annotation. Throws when it cannot hold the container, unless it is a `dict(...)` call's. */
export function refineHint(
  hint: Type,
  what: "List" | "Dict",
  src: Expr,
  matches: (t: Type) => boolean,
  isDictCall = false,
): RefinedHint {
  let refined = hint;
  let candidates: Type[] = [];
  if (refined.kind === "Union") {
    const found = refined.members.filter(matches);
    if (!isDictCall && !found.length) {
      throw errorReport(
        src.range,
        `Expected an Union type annotation with an inner ${what} type, but got ${reprStr(refined)}`,
      );
    }
    if (found.length === 1) refined = found[0];
    else candidates = found;
  } else if (refined.kind === "Optional") refined = refined.elem;
  if (!isDictCall && !candidates.length && !matches(refined) && refined.kind !== "Any") {
    throw errorReport(src.range, `Expected an annotation of type ${what} but got ${reprStr(hint)}`);
  }
  return { hint: refined, candidates };
}

function listing(types: readonly Type[]): string {
  return types.map((t, i) => {
    const comma = i > 0 && types.length > 2 ? ", " : "";
    return comma + (i > 0 && i === types.length - 1 ? " or " : "") + reprStr(t);
  }).join("");
}

/** The list type of the union that holds elements of type `elem`. */
export function listCandidate(candidates: readonly Type[], hint: Type, elem: Type, src: Expr): Type {
  let best: Type | undefined;
  for (const c of candidates) {
    const t = (c as ListType).elem;
    if (isSubtypeOf(elem, t)) best = best ? unifyTypes(best, t) : t;
  }
  if (best) return new ListType(best);
  throw errorReport(
    src.range,
    `Union type annotation \`${reprStr(hint)}\` can hold ${
      listing(candidates)
    }, but none of those types match the ` +
      `types of the given list elements, which were unified to ${reprStr(elem)}`,
  );
}

/** The dict type of the union that holds the given keys and values. */
export function dictCandidate(
  candidates: readonly Type[],
  hint: Type,
  key: Type,
  value: Type,
  src: Expr,
): Type {
  let best: DictType | undefined;
  for (const c of candidates as DictType[]) {
    if (!isSubtypeOf(key, c.key) || !isSubtypeOf(value, c.value)) continue;
    if (!best || (isSubtypeOf(best.key, c.key) && isSubtypeOf(best.value, c.value))) best = c;
  }
  if (best) return best;
  throw errorReport(
    src.range,
    `Union type annotation \`${reprStr(hint)}\` can hold ${
      listing(candidates)
    }, but none of those dict types can hold ` +
      `the types of the given keys and values, which were unified to Dict[${reprStr(key)}, ${reprStr(value)}`,
  );
}
