/** Operators against recorded results of PyTorch's; `record.py` makes the recordings. */
import { CPU } from "../../../core/device.ts";
import { type IValue, ListValue, TupleValue } from "../../../core/ivalue.ts";
import { RuntimeFault } from "../../../core/errors.ts";
import { Complex, Float } from "../../../core/scalar.ts";
import { isComplexType, type ScalarType } from "../../../core/scalar_type.ts";
import { Tensor } from "../../../core/tensor.ts";
import type { Type } from "../../../core/types.ts";
import { complexes, fromComplexes, fromNumbers, numbers } from "../../../ops/reference/dense.ts";
import { callOperator } from "../../../ops/dispatch.ts";
import { operator } from "../../../ops/registry.ts";
import { defaultGenerator } from "../../../ops/random/mod.ts";

type Json =
  | null
  | number
  | boolean
  | string
  | { t: number; s: number[]; v: (number | string | boolean)[] }
  | {
    f: number | string;
  }
  | { c: number[] }
  | { l: Json[] };
interface Case {
  key: string;
  args: Json[];
  out?: Json;
  error?: string;
  tol?: number;
  /** Compared up to the sign of the columns (vectors of decompositions). */
  shape_only?: boolean;
}

function num(v: number | string | boolean): number {
  return typeof v === "string" ? (v === "nan" ? NaN : v === "inf" ? Infinity : -Infinity) : Number(v);
}
function decode(j: Json, type: Type | null): IValue {
  if (j === null || typeof j !== "object") return type?.kind === "float" && typeof j === "number" ? j : j;
  if ("t" in j) {
    const t = j.t as ScalarType, v = Float64Array.from(j.v, num);
    return isComplexType(t) ? fromComplexes(v, j.s, t) : fromNumbers(v, j.s, t);
  }
  if ("f" in j) return type?.kind === "float" ? num(j.f) : new Float(num(j.f));
  if ("c" in j) return new Complex(j.c[0], j.c[1]);
  const elem = type?.kind === "List" ? type.elem : null;
  return new ListValue(elem ?? (null as never), j.l.map((x) => decode(x, null)));
}
function compare(where: string, actual: unknown, want: Json, tol: number, shapeOnly: boolean): string | null {
  if (want !== null && typeof want === "object" && "l" in want) {
    const items = actual instanceof TupleValue || actual instanceof ListValue ? actual.items : null;
    if (!items || items.length !== want.l.length) {
      return `${where}: ${items?.length} items, want ${want.l.length}`;
    }
    for (let i = 0; i < items.length; i++) {
      const e = compare(`${where}[${i}]`, items[i], want.l[i], tol, shapeOnly);
      if (e) return e;
    }
    return null;
  }
  if (want !== null && typeof want === "object" && "t" in want) {
    if (!(actual instanceof Tensor)) return `${where}: not a tensor`;
    if (actual.scalarType !== want.t) return `${where}: dtype ${actual.scalarType}, want ${want.t}`;
    if (actual.device !== CPU || actual.sizes.join() !== want.s.join()) {
      return `${where}: sizes [${actual.sizes}], want [${want.s}]`;
    }
    if (shapeOnly) return null;
    const v = isComplexType(actual.scalarType) ? complexes(actual) : numbers(actual);
    for (let i = 0; i < v.length; i++) {
      const w = num(want.v[i]);
      const same = Object.is(v[i], w) || v[i] === w || Math.abs(v[i] - w) <= tol * (1 + Math.abs(w)) ||
        (v[i] !== v[i] && w !== w);
      if (!same) return `${where}: element ${i} is ${v[i]}, want ${w}`;
    }
    return null;
  }
  if (want !== null && typeof want === "object" && "f" in want) {
    const v = actual instanceof Float ? actual.value : actual as number;
    return Math.abs(v - num(want.f)) <= tol * (1 + Math.abs(num(want.f)))
      ? null
      : `${where}: ${v}, want ${want.f}`;
  }
  return actual === want ? null : `${where}: ${actual}, want ${want}`;
}

const folder = new URL("./", import.meta.url);
const only = Deno.env.get("FAMILY");
for (const entry of [...Deno.readDirSync(folder)].filter((e) => e.name.endsWith(".json"))) {
  if (only && !entry.name.includes(only)) continue;
  Deno.test(`operators: ${entry.name.replace(".json", "")}`, () => {
    const cases = JSON.parse(Deno.readTextFileSync(new URL(entry.name, folder))) as Case[];
    const failures: string[] = [];
    cases.forEach((c, i) => {
      const name = `#${i} ${c.key}`;
      defaultGenerator.manualSeed(7);
      try {
        const op = operator(c.key);
        const args = c.args.map((a, k) => decode(a, op.schema.args[k]?.type ?? null));
        const out = callOperator(op, args);
        if (c.error !== undefined) failures.push(`${name}: no error, want ${c.error}`);
        else {
          const e = compare(name, out, c.out!, c.tol ?? 2e-5, c.shape_only ?? false);
          if (e) failures.push(e);
        }
      } catch (e) {
        const first = (e as Error).message.split("\n")[0];
        if (c.error === undefined || !(e instanceof RuntimeFault)) {
          failures.push(`${name}: ${(e as Error).name}: ${first}${c.error ? ", want " + c.error : ""}`);
        } else if (first !== c.error) failures.push(`${name}: error ${first}\n    want ${c.error}`);
      }
    });
    if (failures.length > 0) {
      throw new Error(`${failures.length} of ${cases.length} differ\n` + failures.join("\n"));
    }
  });
}
