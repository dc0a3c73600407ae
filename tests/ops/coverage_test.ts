/** Every declared operator is one of PyTorch's and has a case recorded from PyTorch. */
import { declarations, findOperator, operators } from "../../ops/registry.ts";
import { loadCases, recordings } from "./families/recorded_case.ts";

function recordedKeys(): Set<string> {
  const keys = new Set<string>();
  for (const name of recordings()) for (const c of loadCases(name)) keys.add(c.key);
  return keys;
}

Deno.test("operators: every declaration names an operator of PyTorch", () => {
  const unknown = [...declarations().keys()].filter((key) =>
    key.endsWith(".*") ? operators(key.slice(0, -2)).length === 0 : !findOperator(key)
  );
  if (unknown.length > 0) throw new Error(`not in schemas.txt: ${unknown.join(", ")}`);
});

Deno.test("operators: every declaration has a recorded case", () => {
  const keys = recordedKeys();
  const has = (key: string) =>
    key.endsWith(".*") ? operators(key.slice(0, -2)).some((o) => keys.has(o.key)) : keys.has(key);
  const without = [...declarations().keys()].filter((key) => !has(key));
  if (without.length > 0) {
    throw new Error(`${without.length} have none (record.py adds them): ${without.join(", ")}`);
  }
});
