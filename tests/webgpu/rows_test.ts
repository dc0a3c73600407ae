/** Every row of the scalar-operator table: its WGSL, executed, against the reference. */
import {
  accepts,
  allRows,
  compileReference,
  constant,
  type Expr,
  input,
  op,
  type Row,
  type ValueType,
} from "../../ops/expr/mod.ts";
import { downloaded, pointwise, uploaded } from "../../ops/webgpu/mod.ts";
import { emptyTensor } from "../../ops/webgpu/device.ts";
import { argumentsOf, CANCELS, ULPS } from "../kernels/row_arguments.ts";
import { assert, elements, fromValues, random, SCALAR_TYPE, ulps, VALUE_TYPES } from "../kernels/tensors.ts";
import { HAS_ADAPTER } from "./adapter.ts";

/** Rows that stand for others inside float64 code. */
const FLOAT64_ONLY = new Set(["exp_d", "log_d"]);

/**
 * Relative error accepted: WGSL's own functions are this far from exact on the adapters tested (exp(x) to 3 + 2|x| ulps by
 * the specification).
 */
const RELATIVE = 2e-5;
/** Absolute error accepted: WGSL asks for no more of sin, cos, atan and logarithms near 1. */
const ABSOLUTE = 4e-6;

function near(got: number, want: number, scale: number, row: Row): boolean {
  if (ulps(got, want, "f32") <= Math.max(4, ULPS[row.name] ?? 0)) return true;
  // WGSL may flush subnormals, and overflow where the exact value is close to the largest float
  if (Math.abs(want) < 1.2e-38 && Math.abs(got) < 1.2e-38) return true;
  if (Math.abs(want) > 3e38 && Math.abs(got) > 3e38 && Math.sign(want) === Math.sign(got)) return true;
  // next to its poles the tangent multiplies what its argument was rounded by
  if (row.name === "tan") scale = 1 + want * want;
  const d = Math.abs(got - want);
  return d <= RELATIVE * Math.abs(want) ||
    d <= Math.max(ABSOLUTE, (CANCELS[row.name] ?? (row.name === "tan" ? 3e-7 : 0)) * scale);
}

async function checkRow(row: Row, t: ValueType): Promise<void> {
  let args = argumentsOf(row, t, random(7));
  // WGSL may take a subnormal argument for zero.
  const usual = args.map((l) => t === "f32" ? l.map((v) => v === 0 || Math.abs(Number(v)) >= 1.2e-38) : []);
  if (t === "f32") args = args.map((l) => l.filter((_v, i) => usual.every((u) => u[i])));
  if (t !== "f32" && ["div_trunc", "div_floor", "remainder", "fmod"].includes(row.name)) {
    const keep = args[1].map((v) => Number(v) !== 0);
    args = args.map((l) => l.filter((_v, i) => keep[i]));
  }
  const shiftBy = row.name.endsWith("_const"), n = args[0].length;
  const leaves = args.map((_l, i): Expr => input(i, row.name === "where" && i === 0 ? "bool" : t));
  if (shiftBy) leaves[1] = constant(3, t);
  const e = op(row.name, ...leaves), used = shiftBy ? args.slice(0, 1) : args;
  const tensors = used.map((l, i) => uploaded(fromValues(l, [n], SCALAR_TYPE[leaves[i].type])));
  const out = emptyTensor([n], SCALAR_TYPE[e.type]);
  pointwise(e, out, tensors);
  const got = elements(await downloaded(out)), expected = compileReference(e);
  const wrong: string[] = [];
  for (let i = 0; i < n; i++) {
    const own = used.map((l) => l[i]), want = expected(own, []);
    const scale = Math.max(...own.map((v) => Math.abs(Number(v))), 1);
    const right = e.type === "f32" ? near(got[i] as number, want as number, scale, row) : got[i] === want;
    if (!right) wrong.push(`${row.name}(${own}) of ${t}: ${got[i]}, reference ${want}`);
  }
  assert(wrong.length === 0, `${wrong.length} of ${n}: ${wrong.slice(0, 12).join("; ")}`);
}

for (const row of allRows()) {
  if (FLOAT64_ONLY.has(row.name)) continue;
  Deno.test({
    name: `WGSL of row ${row.name}`,
    ignore: !HAS_ADAPTER,
    // the adapter's worker outlives the test
    sanitizeResources: false,
    sanitizeOps: false,
    async fn() {
      const types = VALUE_TYPES.filter((t) =>
        t !== "f64" && accepts(row.on, t) && (!row.name.endsWith("_const") || t === "i32" || t === "i64")
      );
      const results = await Promise.allSettled(types.map((t) => checkRow(row, t)));
      const failures = results.flatMap((r) => r.status === "rejected" ? [(r.reason as Error).message] : []);
      assert(failures.length === 0, failures.join("\n"));
    },
  });
}

Deno.test("rows say themselves whether they have a form for bools, since bundles leave instructions out", () => {
  const wrong = allRows().filter((r) => r.wasm && (r.bools ?? false) !== (r.wasm.bool !== undefined));
  assert(wrong.length === 0, wrong.map((r) => r.name).join(", "));
});
