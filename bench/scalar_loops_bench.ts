/**
 * The interpreter on scalars: the programs of `scalar_loops.py`, in ns per round, beside what PyTorch's TorchScript
 * interpreter takes (`scalar_loops.json`, which `python3 bench/scalar_loops.py` prints; run it on the machine that is
 * measured, one right after the other). `deno run -A --no-check bench/scalar_loops_bench.ts` prints the comparison: the
 * median of seven calls after twelve, and the first call, in which the engine compiles. `--record` writes both beside
 * PyTorch's. Under `deno bench` each program is one benchmark of 10,000 rounds.
 */
import { jit } from "../mod.ts";
import golden from "./scalar_loops.json" with { type: "json" };

const text = Deno.readTextFileSync(new URL("scalar_loops.py", import.meta.url));
const source = text.slice(0, text.indexOf("if __name__"));
const NAMES = ["integers", "mandelbrot", "lists", "strings", "counting"] as const;

const functions = NAMES.map((name) => {
  const f = jit.script(source, { entry: name }), { rounds, value } = golden[name];
  f.bytecode;
  const began = performance.now(), actual = f(rounds), first = performance.now() - began;
  if (actual !== value) throw new Error(`${name}(${rounds}) is ${actual}; PyTorch has ${value}`);
  return { name, f, rounds, first };
});

if (import.meta.main && !Deno.env.has("DENO_BENCH")) {
  const taken: Record<string, { "ns per round": number; "first call": number }> = {};
  for (const { name, f, rounds, first } of functions) {
    for (let i = 0; i < 12; i++) f(rounds);
    const times = Array.from({ length: 7 }, () => {
      const began = performance.now();
      f(rounds);
      return performance.now() - began;
    }).sort((a, b) => a - b);
    const perRound = (ms: number) => Number((ms / rounds * 1e6).toFixed(1));
    const ours = perRound(times[3]), theirs = golden[name]["ns per round"];
    taken[name] = { "ns per round": ours, "first call": perRound(first) };
    console.log(
      `${name.padEnd(12)} ${ours.toFixed(1).padStart(7)} ns a round, PyTorch ${golden.pytorch} ` +
        `${theirs.toFixed(1).padStart(6)}: ${(theirs / ours).toFixed(1)} times as fast ` +
        `(first call ${perRound(first).toFixed(1)} ns a round)`,
    );
  }
  if (Deno.args.includes("--record")) {
    const path = new URL("scalar_loops.json", import.meta.url);
    const recorded = { ...golden, wick: { deno: Deno.version.deno, ...taken } };
    await Deno.writeTextFile(path, JSON.stringify(recorded, null, 2) + "\n");
  }
}

for (const { name, f } of functions) {
  Deno.bench(`${name}, 10,000 rounds`, { group: name }, () => void f(10_000));
}
