/**
 * The interpreter on scalars: the programs of `scalar_loops.py`, in ns per round, beside what PyTorch's TorchScript
 * interpreter takes (`scalar_loops.json`, which `python3 bench/scalar_loops.py` prints; run it on the machine that is
 * measured). `deno run -A --no-check bench/scalar_loops_bench.ts` prints the comparison, under `deno bench` each
 * program is one benchmark of 10,000 rounds.
 */
import { jit } from "../mod.ts";
import golden from "./scalar_loops.json" with { type: "json" };

const text = Deno.readTextFileSync(new URL("scalar_loops.py", import.meta.url));
const source = text.slice(0, text.indexOf("if __name__"));
const NAMES = ["integers", "mandelbrot", "lists", "strings", "counting"] as const;

const functions = NAMES.map((name) => {
  const f = jit.script(source, { entry: name });
  const { rounds, value } = golden[name];
  if (f(rounds) !== value) throw new Error(`${name}(${rounds}) is ${f(rounds)}; PyTorch has ${value}`);
  return { name, f, rounds };
});

if (import.meta.main && !Deno.env.has("DENO_BENCH")) {
  for (const { name, f, rounds } of functions) {
    for (let i = 0; i < 12; i++) f(rounds);
    const times = Array.from({ length: 7 }, () => {
      const began = performance.now();
      f(rounds);
      return performance.now() - began;
    }).sort((a, b) => a - b);
    const ours = times[3] / rounds * 1e6, theirs = golden[name]["ns per round"];
    console.log(
      `${name.padEnd(12)} ${ours.toFixed(1).padStart(7)} ns a round, PyTorch ${golden.pytorch} ` +
        `${theirs.toFixed(1).padStart(6)}: ${(theirs / ours).toFixed(1)} times as fast`,
    );
  }
}

for (const { name, f } of functions) {
  Deno.bench(`${name}, 10,000 rounds`, { group: name }, () => void f(10_000));
}
