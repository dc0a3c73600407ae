/** torch.save and torch.load in the host: files of both PyTorch releases, and ours in them. */
import assert from "node:assert/strict";
import { runPython, withPyTorch } from "../examples/pytorch.ts";

const script = new URL("torch_save.py", import.meta.url).pathname;
const fixtures = new URL("fixtures/", import.meta.url).pathname;
const cli = new URL("../../cli.ts", import.meta.url).pathname;
const expected = Deno.readTextFileSync(fixtures + "read.out");

async function ours(...args: string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", cli, "python", ...args],
  }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

for (const version of ["113", "213"]) {
  Deno.test(`files that PyTorch ${version} saved, zip and legacy`, async () => {
    assert.equal(await ours(script, "read", `${fixtures}saved_${version}`), expected);
  });
}

Deno.test("what we save we load, and so does PyTorch", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.equal(await ours(script, "write", folder), Deno.readTextFileSync(fixtures + "saved.out"));
    assert.equal(await ours(script, "read", folder), expected);
    await withPyTorch(async (p) => assert.equal(await runPython(p, script, "read", folder), expected));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const REFUSALS = `
import io
import torch

class Foo:
    pass

def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e)[:40], "|", str(e)[-330:-150])

def again(obj, **kwargs):
    buffer = io.BytesIO()
    torch.save(obj, buffer)
    buffer.seek(0)
    return torch.load(buffer, **kwargs)

attempt(lambda: again(Foo()))
attempt(lambda: again(print))
attempt(lambda: type(again(Foo(), weights_only=False)).__name__)
attempt(lambda: again(torch.ones(1), map_location="cuda"))
attempt(lambda: again(torch.ones(2), map_location="meta"))
attempt(lambda: torch.save({}, 3))
with torch.serialization.safe_globals([Foo]):
    attempt(lambda: type(again(Foo())).__name__)
`;

Deno.test("weights-only loads refuse code in PyTorch's words", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/refusals.py`, REFUSALS);
    const said = await ours(`${folder}/refusals.py`);
    assert.match(said, /^UnpicklingError Weights only load failed\. This file can/);
    assert.match(said, /allowlist this global if you trust this class\/function/);
    assert.match(said, /\nFoo\nRuntimeError Attempting to deserialize object on a CU/);
    assert.match(
      said,
      /\ntensor\(\.\.\., device='meta', size=\(2,\)\)\nAttributeError expected 'f' to be string/,
    );
    assert.match(said, /\nFoo\n$/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
