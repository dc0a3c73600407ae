/**
 * Compiling stays linear: work is counted in nodes and in time per line, since a wall-clock bound alone would fail on
 * a busy machine. `bench/compile_bench.ts` has the times.
 */
import assert from "node:assert/strict";
import { compileSource } from "../../compiler/mod.ts";
import type { Graph } from "../../compiler/ir/graph.ts";
import { forward } from "../../vm/mod.ts";
import "../../compiler/lowering/mod.ts";
import { elifSource, largeSource, nestedExpression, nestedSource } from "./large_sources.ts";

function compileAll(text: string): number {
  const started = performance.now();
  const last = text.match(/^def (\w+)/gm)!.at(-1)!.slice(4);
  compileSource(text, { entry: last });
  return performance.now() - started;
}

/** The best of several, so that a pause of the machine does not count. */
function best(text: string, times: number): number {
  return Math.min(...Array.from({ length: times }, () => compileAll(text)));
}

Deno.test("four times the lines take at most five times as long", () => {
  const small = largeSource(1000), large = largeSource(4000);
  compileAll(small);
  const a = best(small, 4), b = best(large, 3);
  assert.ok(b < 5 * a + 60, `1,000 lines ${a.toFixed(0)} ms, 4,000 lines ${b.toFixed(0)} ms`);
});

Deno.test("the graph of a call does not hold the callee's", () => {
  const nodes = (lines: number) =>
    [...(compileSource(largeSource(lines), { entry: `f${lines / 20 - 1}` }).graph as Graph).allNodes()]
      .length;
  assert.equal(nodes(400), nodes(4000));
});

// Python itself allows 100 levels of indentation.
Deno.test("blocks 95 deep compile and run", () => {
  const fn = compileSource(nestedSource(95), { entry: "nested" });
  assert.equal(forward(fn, [1000]), 1000);
  assert.equal(forward(fn, [40]), 0);
});

for (const depth of [50, 200]) {
  Deno.test(`${depth} elifs, which nest, compile and run`, () => {
    const fn = compileSource(elifSource(depth), { entry: "nested" });
    assert.equal(forward(fn, [depth - 1]), depth);
    assert.equal(forward(fn, [depth]), -1);
  });
  Deno.test(`an expression ${depth} deep compiles and runs`, () => {
    const fn = compileSource(nestedExpression(depth), { entry: "nested" });
    assert.equal(forward(fn, [2]), 2 * (depth + 1));
  });
}
