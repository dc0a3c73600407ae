/** The library of the python3 on PATH, and the torch installed there, parse; a sample has CPython's trees. */
import assert from "node:assert/strict";

Deno.test("an installed Python's own code parses to CPython's trees", async () => {
  const tool = new URL("../../tools/parse_corpus.ts", import.meta.url).pathname;
  const args = ["run", "-A", "--no-check", tool, "--compare", "40"];
  const { code, stdout } = await new Deno.Command(Deno.execPath(), { args, stderr: "inherit" }).output();
  const text = new TextDecoder().decode(stdout);
  if (text.startsWith("skipped")) console.log(text.trim());
  assert.equal(code, 0, text);
});
