/** The README's session gives what the README says. */
import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url).pathname;

/** Commands of the indented block after "$ ", each with the lines below it. */
function session(text: string): { command: string; output: string }[] {
  const out: { command: string; output: string }[] = [];
  let open = false;
  for (const line of text.split("\n")) {
    if (line.startsWith("    $ ")) {
      out.push({ command: line.slice(6), output: "" });
      open = true;
    } else if (open && line.startsWith("    ")) out[out.length - 1].output += line.slice(4) + "\n";
    else open = false;
  }
  return out;
}

Deno.test("README: the session", async () => {
  const commands = session(Deno.readTextFileSync(`${root}README.md`));
  assert.ok(commands.length >= 4);
  const folder = Deno.makeTempDirSync();
  try {
    for (const { command, output } of commands) {
      const here = command.replace("cli.ts", `--no-check ${root}cli.ts`).replace(
        "examples/",
        `${root}examples/`,
      );
      const done = await new Deno.Command("sh", {
        args: ["-c", `"${Deno.execPath()}" ${here.replace(/^deno /, "")} 2>&1`],
        cwd: folder,
        env: { NO_COLOR: "1" },
      }).output();
      assert.equal(new TextDecoder().decode(done.stdout).trimEnd(), output.trimEnd(), command);
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
