/** Every row of the scalar-operator table: WebAssembly against the reference, on special and random values. */
import { RuntimeFault } from "../../core/errors.ts";
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
import { features, pointwise, setDeterministic } from "../../ops/wasm/mod.ts";
import { assert, elements, empty, fromValues, random, SCALAR_TYPE, ulps, VALUE_TYPES } from "./tensors.ts";
import { argumentsOf, CANCELS, INTERNAL, ULPS } from "./row_arguments.ts";

function checkRow(row: Row, t: ValueType): void {
  const rand = random(7);
  let args = argumentsOf(row, t, rand);
  const zeroDivides = t !== "f32" && t !== "f64" &&
    ["div_trunc", "div_floor", "remainder", "fmod"].includes(row.name);
  if (zeroDivides) {
    const keep = args[1].map((v) => Number(v) !== 0);
    args = args.map((l) => l.filter((_v, i) => keep[i]));
  }
  const shiftBy = row.name.endsWith("_const");
  const n = args[0].length;
  const leaves = args.map((_l, i): Expr => input(i, row.name === "where" && i === 0 ? "bool" : t));
  if (shiftBy) leaves[1] = constant(3, t);
  const e = op(row.name, ...leaves);
  const used = shiftBy ? args.slice(0, 1) : args;
  const tensors = used.map((l, i) => fromValues(l, [n], SCALAR_TYPE[leaves[i].type], i === 0));
  const out = empty([n], SCALAR_TYPE[e.type]);
  assert(pointwise(e, out, tensors), `${row.name} of ${t} was refused`);
  const got = elements(out);
  const expected = compileReference(e);
  const worst = { ulps: 0, at: "" };
  for (let i = 0; i < n; i++) {
    const want = expected(used.map((l) => l[i]), []);
    const show = () => `${row.name}(${used.map((l) => l[i])}) of ${t}: ${got[i]}, reference ${want}`;
    if (e.type === "f32" || e.type === "f64") {
      const d = ulps(got[i] as number, want as number, e.type);
      // subnormal results of exponentials: PyTorch itself flushes some of them
      const absolute = Math.abs((got[i] as number) - (want as number));
      const scale = Math.max(...used.map((l) => Math.abs(Number(l[i]))), 1);
      const cancels = absolute <= (CANCELS[row.name] ?? 0) * scale;
      if (d > (e.type === "f64" ? Math.max(2, ULPS[row.name] ?? 0) : ULPS[row.name] ?? 2) && !cancels) {
        if (d > worst.ulps) worst.ulps = d, worst.at = show();
      }
    } else assert(got[i] === want, show());
  }
  assert(worst.ulps === 0, `${worst.ulps} ulp: ${worst.at}`);
}

for (const row of allRows()) {
  Deno.test({
    name: `row ${row.name}`,
    ignore: !features(),
    fn() {
      const failures: string[] = [];
      for (const t of VALUE_TYPES) {
        if (!accepts(row.on, t) || (row.name.endsWith("_const") && t !== "i32" && t !== "i64")) continue;
        if (row.name in INTERNAL && t !== "f64") continue;
        try {
          checkRow(row, t);
          if (t === "f32" && row.name !== "fma") {
            setDeterministic(true);
            checkRow(row, t);
          }
        } catch (err) {
          failures.push(`${t}: ${(err as Error).message}`);
        } finally {
          setDeterministic(false);
        }
      }
      assert(failures.length === 0, failures.join("\n"));
    },
  });
}

Deno.test({
  name: "integer division by zero raises as PyTorch does",
  ignore: !features(),
  fn() {
    for (const t of ["u8", "i32", "i64"] as const) {
      const one = fromValues([t === "i64" ? 1n : 1], [1], SCALAR_TYPE[t]), zero = empty([1], SCALAR_TYPE[t]);
      for (const name of ["div_trunc", "div_floor", "remainder", "fmod"]) {
        let message = "";
        try {
          pointwise(op(name, input(0, t), input(1, t)), empty([1], SCALAR_TYPE[t]), [one, zero]);
        } catch (e) {
          message = e instanceof RuntimeFault ? e.message : String(e);
        }
        assert(message === "ZeroDivisionError", `${name} of ${t}: ${message}`);
      }
    }
  },
});
