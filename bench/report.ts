/**
 * Medians of five runs of Wick and onnxruntime-web, taken in turns in one process, one thread:
 * `deno run -A --no-check bench/report.ts [matmul] [elementwise] [resnet18] [--json]`. Exit code 1 when a bar is missed.
 */
import { type Comparison, verify } from "./comparison.ts";
import * as comparisons from "./comparisons.ts";

const RUNS = 5;
/** Milliseconds that one run lasts at least; its time is the mean over its calls. */
const RUN_MS = 250;

async function timed(f: () => unknown): Promise<number> {
  let calls = 0;
  const start = performance.now();
  do {
    await f();
    calls++;
  } while (performance.now() - start < RUN_MS);
  return (performance.now() - start) / calls;
}
const median = (v: number[]) => v.toSorted((a, b) => a - b)[v.length >> 1];

interface Line {
  name: string;
  wickMs: number;
  rivalMs: number;
  speed: number;
  bar?: number;
  gflops?: [wick: number, rival: number];
}

async function measure(c: Comparison): Promise<Line> {
  await verify(c);
  await timed(c.ours);
  await timed(c.rival);
  const ours: number[] = [], rival: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    ours.push(await timed(c.ours));
    rival.push(await timed(c.rival));
  }
  const wickMs = median(ours), rivalMs = median(rival);
  const gflops = c.flops ? [c.flops / wickMs / 1e6, c.flops / rivalMs / 1e6] as [number, number] : undefined;
  return { name: c.name, wickMs, rivalMs, speed: rivalMs / wickMs, bar: c.bar, gflops };
}

const json = Deno.args.includes("--json");
const wanted = Deno.args.filter((a) => !a.startsWith("-"));
const lines: Line[] = [];
const cell = (v: string, n: number) => v.padStart(n);
if (!json) {
  console.log(
    `${"".padEnd(12)}${cell("wick ms", 10)}${cell("ort ms", 10)}${cell("speed", 8)}${
      cell("bar", 6)
    }  GFLOP/s`,
  );
}
for (const [group, make] of Object.entries(comparisons)) {
  if (wanted.length && !wanted.includes(group)) continue;
  for await (const c of make()) {
    const l = await measure(c);
    lines.push(l);
    if (json) continue;
    const rate = l.gflops ? `${l.gflops[0].toFixed(1)} / ${l.gflops[1].toFixed(1)}` : "";
    console.log(
      l.name.padEnd(12) + cell(l.wickMs.toFixed(3), 10) + cell(l.rivalMs.toFixed(3), 10) +
        cell(l.speed.toFixed(2), 8) + cell(l.bar?.toFixed(1) ?? "", 6) + "  " + rate,
    );
  }
}
if (json) console.log(JSON.stringify(lines));
Deno.exitCode = lines.some((l) => l.bar !== undefined && l.speed < l.bar) ? 1 : 0;
