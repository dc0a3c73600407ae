/** Which overloads of an operator Python code can reach: those of PyTorch's Python bindings. */
import type { FunctionSchema } from "../../../core/schema.ts";
import type { Type } from "../../../core/types.ts";
import { type Operator, operators } from "../../../ops/registry.ts";

/** An overload as the Python argument parser knows it. */
export interface PythonOverload {
  readonly operator: Operator;
  readonly schema: FunctionSchema;
  /** Whether there is a form of it that writes to `out`. */
  readonly hasOut: boolean;
}

function hasTensor(t: Type): boolean {
  if (t.kind === "Tensor") return true;
  return (t.kind === "List" || t.kind === "Optional") && hasTensor(t.elem);
}

/** Operators whose tensor arguments may be given as Python numbers. */
const TAKES_NUMBERS = new Set([
  "add",
  "sub",
  "subtract",
  "mul",
  "multiply",
  "div",
  "divide",
  "true_divide",
  "floor_divide",
  "copy",
]);

/** Whether a Python number may stand for a tensor argument of `aten::name`. */
export function takesNumbers(name: string): boolean {
  const short = name.slice(name.indexOf("::") + 2);
  return TAKES_NUMBERS.has(short.endsWith("_") ? short.slice(0, -1) : short);
}

/** Overloads for scripts only: on numbers, lists and strings, and those that a tensor overload covers. */
function isPythonOverload(op: Operator): boolean {
  const s = op.schema;
  if (op.overload.includes("hacked_twin") || op.overload.startsWith("prim_")) return false;
  if (/^Scalar(_mode)?$/.test(op.overload) && takesNumbers(op.name)) return false;
  return s.args.some((a) => a.type.kind !== "List" && hasTensor(a.type)) ||
    s.returns.some((a) => hasTensor(a.type));
}

const reachable = new Map<string, readonly Operator[]>();

/** Operators that Python reaches under a name; all of them when the name is no tensor operator. */
export function pythonOperators(name: string): readonly Operator[] {
  let found = reachable.get(name);
  if (!found) {
    const all = operators(name);
    found = all.filter(isPythonOverload);
    // The form with `correction` comes before the bare one, whose only argument has a default.
    if (found.some((o) => o.overload === "correction")) {
      found = [...found.filter((o) => o.overload !== ""), ...found.filter((o) => o.overload === "")];
    }
    if (found.length === 0) found = all;
    reachable.set(name, found);
  }
  return found;
}

/** 1 for forms that take a dtype where others take sizes: PyTorch tries those first. */
function dtypeFirst(o: Operator): number {
  return o.schema.args[1]?.realType?.kind === "ScalarType" && !o.schema.args[1].kwargOnly ? 1 : 0;
}

/** Forms without `out`, for messages: fewest formals first. */
export function pythonOverloads(name: string): PythonOverload[] {
  const all = pythonOperators(name);
  const isOut = (o: Operator) => o.schema.args.some((a) => a.isOut);
  const outs = all.filter(isOut);
  return all.filter((o) => !isOut(o)).map((operator) => {
    const own = operator.schema.args.map((a) => a.name).join();
    const hasOut = outs.some((o) => {
      const written = o.schema.args.filter((a) => a.isOut);
      return written.length === 1 && o.schema.args.filter((a) => !a.isOut).map((a) => a.name).join() === own;
    });
    return { operator, schema: operator.schema, hasOut };
  }).sort((a, b) =>
    a.schema.args.length - b.schema.args.length || dtypeFirst(b.operator) - dtypeFirst(a.operator)
  );
}
