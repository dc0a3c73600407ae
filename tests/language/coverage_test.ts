/** The coverage table in the documentation names every program of this folder, and no other. */
import assert from "node:assert/strict";
import { programs } from "./programs.ts";

const TABLE = new URL("../../docs/language_coverage.md", import.meta.url);

Deno.test("the coverage table names the programs that exist", () => {
  const named = new Set<string>();
  for (const line of Deno.readTextFileSync(TABLE).split("\n")) {
    const cells = line.split("|").map((c) => c.trim());
    if (cells.length !== 5 || cells[1] === "section" || cells[1].startsWith("---")) continue;
    assert.match(cells[2], /^(whole|refused|part: .+)$/, line);
    const shown = cells[3].split(", ");
    assert.ok(shown.every((p) => /^\w+\/\w+$/.test(p)), line);
    for (const p of shown) named.add(p);
  }
  const existing = programs().map((p) => `${p.section}/${p.name}`);
  assert.ok(existing.length >= 200, `${existing.length} programs`);
  assert.deepEqual([...named].sort(), existing.sort());
});

Deno.test("every program has the output that PyTorch printed", () => {
  for (const { name, url } of programs()) {
    assert.ok(Deno.readTextFileSync(new URL(`${name}.out`, url)).length > 0, name);
  }
});
