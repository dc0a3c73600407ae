/** The debugger, its commands piped in, against what CPython's pdb printed (record_pdb.py records it). */
import { Host } from "../../python/host.ts";
import "../../python/stdlib/mod.ts";
import { assertEquals } from "./assert.ts";

const folder = new URL("./pdb/", import.meta.url).pathname;

for (const name of ["loops", "stops"]) {
  Deno.test(`pdb: ${name}`, () => {
    const commands = Deno.readTextFileSync(`${folder}${name}.in`).match(/.*\n/g)!;
    let out = "", err = "";
    const host = new Host({
      stdout: (t) => out += t,
      stderr: (t) => err += t,
      readLine: () => commands.shift() ?? "",
    });
    host.runFile(`${folder}${name}.py`);
    assertEquals(out.replaceAll(folder, ""), Deno.readTextFileSync(`${folder}${name}.out`));
    const quits = Deno.readTextFileSync(`${folder}${name}.err`).trim().split("\n").pop();
    assertEquals(err.trim().split("\n").pop(), quits);
  });
}

Deno.test("pdb: at the end of its input it quits", () => {
  let out = "", err = "";
  const host = new Host({ stdout: (t) => out += t, stderr: (t) => err += t, readLine: () => "" });
  assertEquals(host.runFile(`${folder}loops.py`), 1);
  assertEquals(out.replaceAll(folder, ""), "start\n> loops.py(17)<module>()\n-> value = outer(3)\n(Pdb) \n");
  assertEquals(err.trim().endsWith("bdb.BdbQuit"), true);
});

Deno.test("breakpoint: PYTHONBREAKPOINT=0 switches it off; functions debugged run as ever", () => {
  const text =
    "import pdb\ndef f(n):\n    for i in range(n):\n        if i == 2:\n            return [i, n]\n" +
    "def g():\n    x = yield 1\n    yield x\nprint(f(5), list(g()), [f(k) for k in range(2)])\n";
  let out = "";
  const host = new Host({ stdout: (t) => out += t, stderr: (t) => out += t });
  Deno.env.set("PYTHONBREAKPOINT", "0");
  try {
    const folder = Deno.makeTempDirSync();
    Deno.writeTextFileSync(`${folder}/m.py`, text + "breakpoint()\n");
    assertEquals(host.runFile(`${folder}/m.py`), 0);
    Deno.removeSync(folder, { recursive: true });
  } finally {
    Deno.env.delete("PYTHONBREAKPOINT");
  }
  assertEquals(out, "[2, 5] [1, None] [None, None]\n");
});
