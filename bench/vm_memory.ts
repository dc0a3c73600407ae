/**
 * Memory of many VM runs: `deno run -A --no-check bench/vm_memory.ts [--runs 10000] [--json]`. Runs char_lstm and notes
 * resident memory, the arena's size and the bytes in use there, after a tenth of the runs and after all of them. Exit
 * code 1 when resident memory has grown by more than a tenth between the two, or bytes in use at all.
 */
import { parseArgs } from "node:util";
import { jit, torch } from "../mod.ts";
import { wasmMemory } from "../ops/wasm/mod.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: { runs: { type: "string", default: "10000" }, json: { type: "boolean", default: false } },
});
const runs = Number(values.runs);

const root = new URL("..", import.meta.url).pathname;
const archive = await Deno.makeTempFile({ suffix: ".pt" });
const { success } = await new Deno.Command(Deno.execPath(), {
  args: ["run", "-A", "--no-check", `${root}cli.ts`, "script", `${root}examples/char_lstm.py`, "-o", archive],
  stdout: "null",
  stderr: "inherit",
}).output();
if (!success) Deno.exit(70);
const model = await jit.load(archive);
await Deno.remove(archive);

const prompt = torch.tensor(Array.from({ length: 9 }, (_, i) => (i * 7) % 27));
const samples: { runs: number; rss: number; arena: number; inUse: number; milliseconds: number }[] = [];
const began = performance.now();
for (let i = 1; i <= runs; i++) {
  model.forward(prompt, 24);
  if (i === Math.ceil(runs / 10) || i === runs) {
    const memory = wasmMemory();
    samples.push({
      runs: i,
      rss: Deno.memoryUsage().rss,
      arena: memory?.buffer.byteLength ?? 0,
      inUse: memory?.inUse ?? 0,
      milliseconds: performance.now() - began,
    });
  }
}
const [early, late] = samples;
const flat = late.rss <= 1.1 * early.rss && late.inUse === early.inUse;
if (values.json) console.log(JSON.stringify({ model: "char_lstm", samples, flat }));
else {
  for (const s of samples) {
    console.log(
      `${s.runs} runs: ${(s.rss / 1e6).toFixed(1)} MB resident, arena ${
        (s.arena / 1e6).toFixed(1)
      } MB with ` +
        `${(s.inUse / 1e6).toFixed(2)} MB in use, ${(s.milliseconds / s.runs).toFixed(2)} ms a run`,
    );
  }
  console.log(flat ? "flat" : "NOT flat");
}
Deno.exit(flat ? 0 : 1);
