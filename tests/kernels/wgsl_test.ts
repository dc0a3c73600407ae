/** The rows' WGSL: every function called is there, and where an adapter is, every row compiles. */
import { accepts, allRows, constant, type Expr, input, op, type ValueType } from "../../ops/expr/mod.ts";
import { wgslFunctions, wgslOf } from "../../ops/expr/wgsl.ts";
import { assert } from "./tensors.ts";

/** A shader that computes the row on one element. */
function shaderOf(name: string, arity: number, t: ValueType): string | null {
  const args = Array.from(
    { length: arity },
    (_, i): Expr =>
      name.endsWith("_const") && i === 1
        ? constant(3, t)
        : input(i, name === "where" && i === 0 ? "bool" : t),
  );
  const e = op(name, ...args);
  const code = wgslOf(
    e,
    (_kind, i, type) => type === "f32" ? `x[${i}]` : type === "bool" ? `(x[${i}] != 0.0)` : `i32(x[${i}])`,
  );
  if (!code) return null;
  return `${wgslFunctions(code.statements)}
@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@compute @workgroup_size(1) fn main() {
${code.statements}
x[0] = f32(${code.result});
}`;
}

function* shaders(): Generator<[string, string]> {
  for (const row of allRows()) {
    for (const t of ["f32", "i32", "u8", "bool"] as const) {
      if (!accepts(row.on, t) || (row.name.endsWith("_const") && t !== "i32")) continue;
      const text = shaderOf(row.name, row.arity, t);
      assert(text !== null, `${row.name} of ${t} has no WGSL`);
      yield [`${row.name} of ${t}`, text];
    }
  }
}

Deno.test("every function a row's WGSL calls is defined before it", () => {
  for (const [what, text] of shaders()) {
    for (const m of text.matchAll(/\b(wick_\w+)\(/g)) {
      const defined = text.indexOf(`fn ${m[1]}(`);
      assert(defined >= 0 && defined <= m.index, `${what} calls ${m[1]}`);
    }
  }
});

const adapter = await navigator.gpu?.requestAdapter().catch(() => null);

Deno.test({
  name: "every row's WGSL compiles on the adapter",
  ignore: !adapter,
  async fn() {
    const device = await adapter!.requestDevice();
    const failures: string[] = [];
    for (const [what, code] of shaders()) {
      device.pushErrorScope("validation");
      device.createShaderModule({ code });
      const error = await device.popErrorScope();
      if (error) failures.push(`${what}: ${error.message.slice(0, 300)}`);
    }
    device.destroy();
    assert(failures.length === 0, failures.join("\n"));
  },
});
