/** Writes gaps.txt, the recorded cases that differ: `deno run -A tests/ops/families/list_gaps.ts`. Shows what each gives. */
import { loadCases, recordings, runCase } from "./recorded_case.ts";

const lines: string[] = [];
for (const name of recordings()) {
  loadCases(name).forEach((c, i) => {
    const difference = runCase(c);
    if (!difference) return;
    lines.push(`${name} ${i} ${c.key}`);
    console.log(`${name} ${i} ${c.key}: ${difference}`);
  });
}
Deno.writeTextFileSync(new URL("./gaps.txt", import.meta.url), lines.map((l) => l + "\n").join(""));
console.log(`${lines.length} cases differ`);
