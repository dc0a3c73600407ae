/**
 * Damages small archives and a `.wick` file at every byte and every length and looks what loading and running them does:
 * `deno run -A tools/fuzz_archives.ts [STRIDE]`. Prints what is no typed error and no answer; exit code 1 then.
 */
import { answer, damage } from "../tests/archive/fuzz.ts";
import { targets } from "../tests/archive/fuzz_targets.ts";
import { damageWick } from "../tests/wick/damage.ts";

const stride = Number(Deno.args[0] ?? 1);
let found = 0;
for (const t of targets()) {
  const start = performance.now();
  for (const f of damage(t, answer(t, t.bytes), stride)) {
    found++;
    console.log(`${f.what}: ${f.error instanceof Error ? f.error.stack : f.error}`);
  }
  const seconds = (performance.now() - start) / 1000;
  const count = Math.ceil(t.bytes.length * 3 / stride);
  console.log(`${t.name}: ${count} damaged files of ${t.bytes.length} bytes in ${seconds.toFixed(1)} s`);
}
const start = performance.now(), wick = damageWick(stride);
found += wick.findings.length;
for (const f of wick.findings) console.log(f);
const seconds = (performance.now() - start) / 1000;
console.log(
  `ours.wick: ${Math.ceil(wick.bytes * 4 / stride)} damaged files of ${wick.bytes} bytes in ${
    seconds.toFixed(1)
  } s`,
);
console.log(`${found} findings`);
Deno.exit(found ? 1 : 0);
