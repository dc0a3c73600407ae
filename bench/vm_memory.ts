/**
 * Memory of many VM runs: `deno run -A --no-check --v8-flags=--expose-gc bench/vm_memory.ts [--runs 10000] [--json]`. Runs
 * char_lstm and notes, after a tenth of the runs and after all of them, what is live on the JS heap once it is collected,
 * the bytes in use in the arena, and resident memory, which also has what V8 and malloc keep for later. Exit code 1 when
 * live bytes have grown by more than a tenth, or bytes in use in the arena at all.
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
const collect = (globalThis as { gc?: () => void }).gc;
if (!collect) {
  console.error("run with --v8-flags=--expose-gc: what is live can be told only after a collection");
  Deno.exit(2);
}
const samples: {
  runs: number;
  rss: number;
  live: number;
  arena: number;
  inUse: number;
  milliseconds: number;
}[] = [];
const began = performance.now();
for (let i = 1; i <= runs; i++) {
  model.forward(prompt, 24);
  if (i === Math.ceil(runs / 10) || i === runs) {
    const memory = wasmMemory();
    collect();
    samples.push({
      runs: i,
      rss: Deno.memoryUsage().rss,
      live: Deno.memoryUsage().heapUsed + Deno.memoryUsage().external,
      arena: memory?.buffer.byteLength ?? 0,
      inUse: memory?.inUse ?? 0,
      milliseconds: performance.now() - began,
    });
  }
}
const [early, late] = samples;
const flat = late.live <= 1.1 * early.live && late.inUse === early.inUse;
if (values.json) console.log(JSON.stringify({ model: "char_lstm", samples, flat }));
else {
  for (const s of samples) {
    console.log(
      `${s.runs} runs: ${(s.live / 1e6).toFixed(1)} MB live, ${(s.rss / 1e6).toFixed(1)} MB resident, arena ${
        (s.arena / 1e6).toFixed(1)
      } MB with ` +
        `${(s.inUse / 1e6).toFixed(2)} MB in use, ${(s.milliseconds / s.runs).toFixed(2)} ms a run`,
    );
  }
  console.log(flat ? "flat" : "NOT flat");
}
Deno.exit(flat ? 0 : 1);
