/** Compares texts line by line and shows where they part. */
export function assertEquals(actual: string, expected: string): void {
  if (actual === expected) return;
  const a = actual.split("\n"), b = expected.split("\n");
  const i = a.findIndex((l, k) => l !== b[k]);
  const at = i < 0 ? a.length : i;
  throw new Error(
    `line ${at + 1}\n  expected: ${b[at] ?? "(end)"}\n  actual:   ${
      a[at] ?? "(end)"
    }\n--- expected\n${expected}\n--- actual\n${actual}`,
  );
}
