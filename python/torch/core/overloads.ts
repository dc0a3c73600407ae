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
  if (/^Scalar(_mode)?(_out)?$/.test(op.overload) && takesNumbers(op.name)) return false;
  return s.args.some((a) => a.type.kind !== "List" && hasTensor(a.type)) ||
    s.returns.some((a) => hasTensor(a.type));
}

/** Whether `a` takes a tensor where `b` takes a number, and is alike otherwise. */
function prefersTensors(a: FunctionSchema, b: FunctionSchema): boolean {
  if (a.args.length !== b.args.length) return false;
  let prefers = false;
  for (let i = 0; i < a.args.length; i++) {
    const s = kindOf(a.args[i].type), t = kindOf(b.args[i].type);
    if (s === "Tensor" && t === "number") prefers = true;
    else if (s !== t) return false;
  }
  return prefers;
}

function kindOf(t: Type): string {
  return t.kind === "Optional" ? t.elem.kind : t.kind;
}

/**
 * The order in which Python's argument parser tries them: a tensor before a number (a 0-dim tensor would fit both), the
 * form with `correction` before the bare one whose only argument has a default, a list of sizes before single ones.
 */
function inParserOrder(operators: readonly Operator[]): readonly Operator[] {
  const out: Operator[] = [];
  for (const o of operators) {
    const before = out.findIndex((p) => prefersTensors(o.schema, p.schema));
    if (before < 0) out.push(o);
    else out.splice(before, 0, o);
  }
  const first = (o: Operator) => o.overload === "vec" ? 0 : 1;
  if (out.some((o) => o.overload === "correction")) {
    out.sort((a, b) => Number(!a.overload) - Number(!b.overload));
  }
  return out.sort((a, b) => first(a) - first(b));
}

const reachable = new Map<string, readonly Operator[]>();

/** Operators that Python reaches under a name; all of them when the name is no tensor operator. */
export function pythonOperators(name: string): readonly Operator[] {
  let found = reachable.get(name);
  if (!found) {
    const all = operators(name);
    found = inParserOrder(all.filter(isPythonOverload));
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
