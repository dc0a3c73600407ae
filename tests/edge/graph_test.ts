import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url);

/** What the module imports when it loads, itself and all below, relative to the repository. */
async function graphOf(entry: string): Promise<string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", new URL(entry, root).pathname],
    stderr: "null",
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as { modules: { specifier: string }[] };
  return modules.map((m) => m.specifier.replace(root.href, ""));
}

Deno.test("the edge's entry needs no compiler, no Python, no archives and no package", async () => {
  const files = await graphOf("vm/mod.ts");
  assert.ok(files.length > 50);
  const folders = new Set(files.map((f) => f.slice(0, f.indexOf("/") + 1)));
  assert.deepEqual([...folders].sort(), ["bytecode/", "core/", "ops/", "vm/"]);
  assert.deepEqual(files.filter((f) => /pickle|zip|parser\.ts/.test(f) && f !== "core/schema_parser.ts"), []);
});
