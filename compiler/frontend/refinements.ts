/** What a condition says about the types of variables when it is true and when it is false. */
import { type Type, typeEquals } from "../../core/types.ts";
import type { Value } from "../ir/graph.ts";

export interface Refinement {
  readonly name: string;
  readonly type: Type;
}

function union(a: readonly Refinement[], b: readonly Refinement[]): Refinement[] {
  const out = a.slice();
  for (const r of b) {
    const i = out.findIndex((x) => x.name === r.name);
    if (i < 0) out.push(r);
    else if (!typeEquals(out[i].type, r.type)) out.splice(i, 1);
  }
  return out;
}
function intersection(a: readonly Refinement[], b: readonly Refinement[]): Refinement[] {
  return a.filter((r) => {
    const other = b.find((x) => x.name === r.name);
    return other && typeEquals(other.type, r.type);
  });
}

export class RefinementSet {
  constructor(
    readonly whenTrue: readonly Refinement[] = [],
    readonly whenFalse: readonly Refinement[] = [],
  ) {}
  and(o: RefinementSet): RefinementSet {
    return new RefinementSet(union(this.whenTrue, o.whenTrue), intersection(this.whenFalse, o.whenFalse));
  }
  or(o: RefinementSet): RefinementSet {
    return new RefinementSet(intersection(this.whenTrue, o.whenTrue), union(this.whenFalse, o.whenFalse));
  }
  not(): RefinementSet {
    return new RefinementSet(this.whenFalse, this.whenTrue);
  }
}

export interface CondValue {
  readonly value: Value;
  readonly refinements: RefinementSet;
  /** Known while compiling, by a rule that leaves out the dead branch. */
  readonly staticIf: boolean | undefined;
}
