/** Tables that a person can read: first column to the left, numbers to the right. */

export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [header, ...rows].map((r) =>
    r.map((c) => typeof c === "number" ? c.toLocaleString("en") : c)
  );
  const width = header.map((_, i) => Math.max(...cells.map((r) => r[i].length)));
  const numeric = header.map((_, i) => rows.every((r) => typeof r[i] === "number"));
  return cells.map((r) =>
    r.map((c, i) => numeric[i] ? c.padStart(width[i]) : c.padEnd(width[i])).join("  ").trimEnd()
  ).join("\n");
}

/** `1.2 MB`, `340 B`. */
export function byteText(n: number): string {
  if (n < 1000) return `${n} B`;
  if (n < 1e6) return `${(n / 1e3).toFixed(1)} kB`;
  return n < 1e9 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e9).toFixed(2)} GB`;
}
