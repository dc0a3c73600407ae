/** The examples as scripts, each in a process of its own: nothing that ran before helps. */
import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url).pathname;
const golden = JSON.parse(Deno.readTextFileSync(new URL("golden.json", import.meta.url)));

Deno.test("char_lstm.py prints PyTorch's tokens", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", `${root}cli.ts`, "python", `${root}examples/char_lstm.py`],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const [tokens] = new TextDecoder().decode(stdout).split("\n");
  assert.deepEqual(JSON.parse(tokens), golden.char_lstm);
});
