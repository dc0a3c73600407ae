/**
 * Operators against recorded results of PyTorch's, a test for each file of cases. `gaps.txt` lists the cases that
 * differ still; one that agrees, or is gone, must leave the list (`list_gaps.ts` writes it).
 */
import { gapsIn, loadCases, recordings, runCase } from "./recorded_case.ts";

for (const name of recordings()) {
  Deno.test(`operators: ${name}`, () => {
    const known = gapsIn(name), cases = loadCases(name), failures: string[] = [];
    cases.forEach((c, i) => {
      const difference = runCase(c), listed = known.delete(`${i} ${c.key}`);
      if (difference && !listed) failures.push(`#${i} ${c.key}: ${difference}`);
      if (!difference && listed) failures.push(`#${i} ${c.key}: agrees; take it out of gaps.txt`);
    });
    for (const gone of known) failures.push(`gaps.txt: no case ${gone}`);
    if (failures.length > 0) {
      throw new Error(`${failures.length} of ${cases.length} differ\n` + failures.join("\n"));
    }
  });
}
