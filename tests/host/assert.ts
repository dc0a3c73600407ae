/** Comparison of long texts that shows the first differing line. */
export function assertEquals(actual: unknown, expected: unknown): void {
  if (actual === expected) return;
  if (typeof actual === "string" && typeof expected === "string") {
    const a = actual.split("\n"), b = expected.split("\n");
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      if (a[i] !== b[i]) {
        throw new Error(
          `line ${i + 1}\n  got      ${a[i]}\n  expected ${b[i]}${i === a.length - 1 ? "" : ""}`,
        );
      }
    }
  }
  throw new Error(`got ${actual}, expected ${expected}`);
}
