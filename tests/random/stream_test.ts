/** Every sampler against numbers recorded from PyTorch (record.py): values, all bytes where exact, and the state left behind. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { scalarTypeByDtype } from "../../core/scalar_type.ts";
import { Generator } from "../../ops/random/mod.ts";
import { type Call, perform, valuesOf } from "./perform.ts";

interface Case {
  seed: string;
  calls: (Call & { first: (number | string)[]; last: (number | string)[]; hash: string })[];
  state: string;
  spare: number;
}

const digest = (b: Uint8Array) => createHash("sha256").update(b).digest("hex").slice(0, 16);

/** Transcendental functions in double precision differ from the C library's in the last digits. */
const TRANSCENDENTAL = new Set([
  "normal",
  "exponential",
  "cauchy",
  "logNormal",
  "standardGamma",
  "dirichlet",
]);

function near(got: number | bigint, want: number | string, tolerance: number): boolean {
  if (typeof want === "string" && /^-?\d+$/.test(want)) return BigInt(got) === BigInt(want);
  const w = Number(want), g = Number(got);
  return Object.is(g, w) || g === w || Math.abs(g - w) <= tolerance * Math.abs(w);
}

const here = new URL("./golden/", import.meta.url);
for (const { name } of [...Deno.readDirSync(here)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  Deno.test(`random stream: ${name.replace(".json", "")}`, () => {
    const cases = JSON.parse(Deno.readTextFileSync(new URL(name, here))) as Case[];
    const failures: string[] = [];
    for (const { seed, calls, state, spare: wanted } of cases) {
      const gen = new Generator().manualSeed(BigInt(seed));
      for (const call of calls) {
        const out = perform(call, gen);
        const type = call.op === "multinomial" ? "int64" : call.dtype;
        const values = valuesOf(out, scalarTypeByDtype(type)!);
        const label = `seed ${seed} ${call.op} ${call.dtype} ${
          JSON.stringify({ ...call, first: 0, last: 0, hash: 0 }).slice(0, 150)
        }`;
        const rough = TRANSCENDENTAL.has(call.op) && call.dtype === "float64";
        const tolerance = rough ? 1e-13 : 0;
        const got = [...values.slice(0, 3), ...values.slice(-3)];
        const want = [...call.first, ...call.last];
        if (got.length !== want.length || !got.every((g, i) => near(g, want[i], tolerance))) {
          failures.push(`${label}: got ${got}, want ${want}`);
        } else if (
          !rough && digest(new Uint8Array(out.buffer, out.byteOffset, out.byteLength)) !== call.hash
        ) {
          failures.push(`${label}: bytes differ`);
        }
      }
      const left = gen.getState();
      const spare = gen.nextDoubleNormal ?? 0;
      left.fill(0, 5024, 5032);
      if (digest(left) !== state) failures.push(`seed ${seed} ${calls[0].op}: state differs`);
      if (!near(spare, wanted, 1e-13)) {
        failures.push(`seed ${seed} ${calls[0].op}: spare ${spare}, want ${wanted}`);
      }
    }
    assert.equal(
      failures.length,
      0,
      `${failures.length} of ${cases.length} cases:\n${failures.slice(0, 12).join("\n")}`,
    );
  });
}
