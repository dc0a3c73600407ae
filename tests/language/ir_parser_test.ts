/** Printed graphs read back print the same, and run the same. */
import assert from "node:assert/strict";
import { compileSource, graphToString } from "../../compiler/mod.ts";
import type { Graph } from "../../compiler/ir/graph.ts";
import { parseIr } from "../../compiler/ir/parser.ts";
import { verifyGraph } from "../../compiler/ir/verifier.ts";
import { Diagnostic } from "../../core/errors.ts";
import { largeSource } from "./large_sources.ts";

const PROGRAMS: Record<string, string> = {
  loops:
    "def f(n: int, xs: List[int]) -> int:\n    t = 0\n    for i in range(n):\n        if i > 3:\n            break\n        t += xs[i] * 2\n    while t > 100:\n        t = t // 2\n    return t\n",
  constants:
    'def f(b: bool):\n    return [1.5, 2.0], "a # \\"b\\"\\n", -3, 1e-5, [1, 2], b, None, (True, "x")\n',
  optionals:
    "def f(x: Optional[Tensor], d: Dict[str, List[int]], u: Union[int, str]) -> int:\n    if x is None:\n        return 1\n    if isinstance(u, int):\n        return u + d['k'][0]\n    return x.size(0)\n",
  tensors:
    "def f(x: Tensor):\n    y = x[0, 1:, None] * 2.5 + torch.zeros([2], dtype=torch.float32)\n    return torch.cat([y, y], dim=0), y.sum().item()\n",
};

function graphOf(text: string): Graph {
  return compileSource(text, { entry: "f" }).graph as Graph;
}

for (const [name, text] of Object.entries(PROGRAMS)) {
  Deno.test(`a printed graph reads back: ${name}`, () => {
    const printed = graphToString(graphOf(text), { sourceRanges: false });
    const again = parseIr(printed);
    verifyGraph(again);
    assert.equal(renumbered(graphToString(again)), renumbered(printed));
  });
}

Deno.test("places in comments are dropped, and a function without calls reads back", () => {
  const graph = compileSource(largeSource(20), { entry: "f0" }).graph as Graph;
  const again = parseIr(graphToString(graph));
  assert.equal(
    renumbered(graphToString(again)),
    renumbered(graphToString(graph, { sourceRanges: false })),
  );
});

for (
  const bad of [
    "",
    "graph(%x : Nope):\n  return (%x)\n",
    "graph(%x : int):\n  return (%y)\n",
    "graph(%x : int):\n  %y : int = \n  return (%x)\n",
    "graph(%x : int):\n  %y : int = aten::neg(%x)\n",
  ]
) {
  Deno.test(`a graph that cannot be read is an error with a place: ${JSON.stringify(bad)}`, () => {
    assert.throws(() => parseIr(bad), (e) => e instanceof Diagnostic && e.range !== undefined);
  });
}

/** Values by order of appearance, whatever their names. */
function renumbered(text: string): string {
  const seen = new Map<string, string>();
  return text.replace(/%[A-Za-z0-9_.]*\w/g, (v) => {
    if (!seen.has(v)) seen.set(v, `%${seen.size}`);
    return seen.get(v)!;
  });
}
