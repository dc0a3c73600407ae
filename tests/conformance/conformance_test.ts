import assert from "node:assert/strict";
import { normalise, renumbered, sameLine } from "./compare.ts";

const here = new URL(".", import.meta.url).pathname;
/** The command line with its checks on. */
const cli = new URL("checked_python.ts", import.meta.url).pathname;

function* programs(): Generator<{ area: string; name: string }> {
  for (const area of Deno.readDirSync(here)) {
    if (!area.isDirectory) continue;
    for (const file of Deno.readDirSync(here + area.name)) {
      if (file.name.endsWith(".py")) yield { area: area.name, name: file.name.slice(0, -3) };
    }
  }
}

for (
  const { area, name } of [...programs()].sort((a, b) =>
    `${a.area}/${a.name}` < `${b.area}/${b.name}` ? -1 : 1
  )
) {
  Deno.test(`${area}/${name}`, async () => {
    const folder = here + area;
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", cli, "python", `${name}.py`],
      cwd: folder,
      env: { PYTHONDONTWRITEBYTECODE: "1" },
      signal: AbortSignal.timeout(60_000),
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assert.equal(code, 0, text(stderr));
    const expected = renumbered(normalise(Deno.readTextFileSync(`${folder}/${name}.out`), folder));
    const actual = renumbered(normalise(text(stdout), folder));
    for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
      if (!sameLine(expected[i] ?? "", actual[i] ?? "")) {
        assert.equal(actual[i], expected[i], `${area}/${name}, line ${i + 1}`);
      }
    }
  });
}
