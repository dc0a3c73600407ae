/** Runs cases/*.py and compares stdout (and, for `uncaught_*`, stderr) with what CPython 3.11 printed. */
import { Host } from "../../python/host.ts";
import "../../python/stdlib/mod.ts";
import { assertEquals } from "./assert.ts";

const folder = new URL("./cases/", import.meta.url).pathname;
const names = [...Deno.readDirSync(folder)].map((e) => e.name).filter((n) =>
  n.endsWith(".py") && !n.startsWith("_")
).sort();

// Cases that write files do so in a folder of their own.
const scratch = Deno.makeTempDirSync();
globalThis.addEventListener("unload", () => Deno.removeSync(scratch, { recursive: true }));

for (const name of names) {
  Deno.test(`host: ${name}`, () => {
    let out = "", err = "";
    const host = new Host({
      argv: [name],
      stdout: (t) => out += t,
      stderr: (t) => err += t,
      path: [folder.replace(/\/$/, "")],
      cwd: scratch,
    });
    const code = host.runFile(`${folder}${name}`);
    const expected = Deno.readTextFileSync(`${folder}${name.replace(/py$/, "out")}`);
    if (code !== 0 && !name.startsWith("uncaught")) out += `exit ${code}\n${err}`;
    assertEquals(out, expected);
    if (name.startsWith("uncaught")) {
      assertEquals(
        err.replaceAll(folder, ""),
        Deno.readTextFileSync(`${folder}${name.replace(/py$/, "err")}`),
      );
      assertEquals(code, 1);
    }
  });
}
