/** Code of the examples against PyTorch's mobile code, which `mobile_counts.py` has counted. */
import assert from "node:assert/strict";
import { Code } from "../../bytecode/mod.ts";
import { jit } from "../../mod.ts";
import { codeOf } from "../../core/function.ts";

const here = new URL(".", import.meta.url).pathname;
const root = new URL("../../", import.meta.url).pathname;

interface Counts {
  instructions: number;
  functions: Record<string, number>;
}
const { pytorch, ...golden } = JSON.parse(Deno.readTextFileSync(here + "mobile_counts.json")) as
  & { pytorch: string }
  & Record<string, Counts>;

/** The code and what it forks. */
function withForks(code: Code): Code[] {
  return [code, ...code.objects.filter((o) => o instanceof Code).flatMap(withForks)];
}

for (const [example, theirs] of Object.entries(golden)) {
  Deno.test(`${example}: fewer instructions than PyTorch ${pytorch} mobile, at most 16 bytes each`, async () => {
    const archive = await Deno.makeTempFile({ suffix: ".pt" });
    const { code: status, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-check",
        `${root}cli.ts`,
        "script",
        `${root}examples/${example}.py`,
        "-o",
        archive,
      ],
    }).output();
    assert.equal(status, 0, new TextDecoder().decode(stderr));
    const model = await jit.load(archive);
    await Deno.remove(archive);
    let ours = 0;
    for (const [name, count] of Object.entries(theirs.functions)) {
      const method = model.type.methods.get(name.slice(name.lastIndexOf(".") + 1))!;
      const codes = withForks(codeOf(method) as Code);
      const instructions = codes.reduce((n, c) => n + c.instructionCount, 0);
      const bytes = codes.reduce((n, c) => n + 4 * c.words.length, 0);
      assert.ok(instructions < count, `${name}: ${instructions} instructions, PyTorch has ${count}`);
      assert.ok(bytes <= 16 * instructions, `${name}: ${bytes} bytes for ${instructions} instructions`);
      ours += instructions;
    }
    assert.ok(ours < theirs.instructions);
  });
}
