/**
 * The language, section by section of PyTorch's references: each of `programs/SECTION/NAME.py` prints what PyTorch 2.13
 * recorded beside it (`record.py`). Compared as the conformance programs are.
 */
import assert from "node:assert/strict";
import { normalise, renumbered, sameLine } from "../conformance/compare.ts";
import { programs } from "./programs.ts";
import { runProgram } from "./run_program.ts";

for (const { section, name, url } of programs()) {
  Deno.test(`language: ${section}/${name}`, () => {
    const { code, stdout, stderr } = runProgram(Deno.readTextFileSync(url), `${name}.py`);
    assert.equal(code, 0, stderr);
    const lines = (text: string) => renumbered(normalise(text, ""));
    const expected = lines(Deno.readTextFileSync(new URL(`${name}.out`, url)));
    const actual = lines(stdout);
    for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
      if (!sameLine(expected[i] ?? "", actual[i] ?? "")) {
        assert.equal(actual[i], expected[i], `${section}/${name}, line ${i + 1}`);
      }
    }
  });
}
