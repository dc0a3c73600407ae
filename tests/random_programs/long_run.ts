/**
 * Many random programs, each run three ways; prints the programs whose results differ and exits 1 if one does:
 *
 *     deno run -A --no-check tests/random_programs/long_run.ts [COUNT=10000] [FIRST_SEED=0]
 *
 * A process of its own runs every thousand of them: a host keeps all that it has compiled.
 */
import { generateProgram } from "./generate.ts";
import { scriptOf } from "./program.ts";
import { ThreeWays } from "./three_ways.ts";

const BATCH = 1000;
const [count, first] = [Deno.args[0] ?? "10000", Deno.args[1] ?? "0"].map(Number);

/** Prints what differs; gives how many programs did. */
function runBatch(): number {
  const ways = new ThreeWays();
  let different = 0;
  for (let seed = first; seed < first + count; seed++) {
    const { host, plain, passes } = ways.run(seed);
    if (host === plain && host === passes) continue;
    different++;
    console.log(`--- seed ${seed}\n${scriptOf(generateProgram(seed), true)}`);
    console.log(`host:\n${host}\nVM without passes:\n${plain}\nVM with passes:\n${passes}`);
  }
  return different;
}

if (count <= BATCH) Deno.exit(runBatch() ? 1 : 0);

const start = performance.now();
let failed = 0;
for (let done = 0; done < count; done += BATCH) {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", new URL(import.meta.url).pathname],
      ...[String(Math.min(BATCH, count - done)), String(first + done)],
    ],
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (code !== 0) failed++;
}
const seconds = (performance.now() - start) / 1000;
console.log(`${count} programs, ${failed ? "with differences" : "none different"}, ${seconds.toFixed(1)} s`);
if (failed) Deno.exit(1);
