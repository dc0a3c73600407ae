/** Errors say what to write instead; the hint, followed, compiles. */
import assert from "node:assert/strict";
import { compileSource } from "../../compiler/mod.ts";
import { Diagnostic } from "../../core/errors.ts";

const CASES: readonly (readonly [name: string, wrong: string, hint: RegExp, right: string])[] = [
  [
    "an argument that was not annotated",
    "def g(n):\n    return n\ndef f(k: int):\n    return g(k)\n",
    /annotate the parameter/,
    "def g(n: int):\n    return n\ndef f(k: int):\n    return g(k)\n",
  ],
  [
    "an empty list",
    "def f():\n    xs = []\n    xs.append(1)\n    return xs\n",
    /xs: List\[int\] = \[\]/,
    "def f():\n    xs: List[int] = []\n    xs.append(1)\n    return xs\n",
  ],
  [
    "None first",
    "def f(n: int):\n    x = None\n    for i in range(n):\n        x = i\n    return x\n",
    /x: Optional\[int\] = None/,
    "def f(n: int):\n    x: Optional[int] = None\n    for i in range(n):\n        x = i\n    return x\n",
  ],
  [
    "a try block",
    "def f(n: int):\n    try:\n        return n\n    except ValueError:\n        return 0\n",
    /Check the condition with `if`/,
    "def f(n: int):\n    if n < 0:\n        return 0\n    return n\n",
  ],
  [
    "one branch",
    "def f(n: int):\n    if n > 0:\n        x = 1\n    return x\n",
    /before the `if`/,
    "def f(n: int):\n    x = 0\n    if n > 0:\n        x = 1\n    return x\n",
  ],
  [
    "recursion",
    "def f(n: int) -> int:\n    return n if n < 2 else f(n - 1)\n",
    /as a loop/,
    "def f(n: int) -> int:\n    while n >= 2:\n        n -= 1\n    return n\n",
  ],
];

for (const [name, wrong, hint, right] of CASES) {
  Deno.test(`hint: ${name}`, () => {
    let error: unknown;
    try {
      compileSource(wrong, { entry: "f" });
    } catch (e) {
      error = e;
    }
    assert.ok(error instanceof Diagnostic, String(error));
    assert.match(error.hint ?? `no hint: ${error.text}`, hint);
    compileSource(right, { entry: "f" });
  });
}
