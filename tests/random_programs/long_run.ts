/**
 * Many random programs, each run three ways; prints the programs whose results differ and exits 1 if one does:
 *
 *     deno run -A --no-check tests/random_programs/long_run.ts [COUNT=10000] [FIRST_SEED=0]
 */
import { generateProgram, scriptOf } from "./generate.ts";
import { ThreeWays } from "./three_ways.ts";

const [count = "10000", first = "0"] = Deno.args;
const ways = new ThreeWays();
const start = performance.now();
let different = 0;
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const { host, plain, passes } = ways.run(seed);
  if (host === plain && host === passes) continue;
  different++;
  if (different > 20) continue;
  console.log(`--- seed ${seed}\n${scriptOf(generateProgram(seed), true)}`);
  console.log(`host:\n${host}\nVM without passes:\n${plain}\nVM with passes:\n${passes}`);
}
const seconds = (performance.now() - start) / 1000;
console.log(`${count} programs, ${different} different, ${seconds.toFixed(1)} s`);
if (different) Deno.exit(1);
