/** Runs cases/*.py and compares stdout with what CPython 3.11 printed (record.py records it). */
import { Host } from "../../python/host.ts";
import "../../python/stdlib/mod.ts";
import { assertEquals } from "../host/assert.ts";

const folder = new URL("./cases/", import.meta.url).pathname;
const names = [...Deno.readDirSync(folder)].map((e) => e.name).filter((n) => n.endsWith(".py")).sort();

for (const name of names) {
  Deno.test(`stdlib: ${name}`, () => {
    let out = "", err = "";
    const host = new Host({ argv: [name], stdout: (t) => out += t, stderr: (t) => err += t, path: [] });
    const code = host.runFile(folder + name);
    if (code !== 0) out += `exit ${code}\n${err}`;
    assertEquals(out, Deno.readTextFileSync(folder + name.replace(/py$/, "out")));
  });
}
