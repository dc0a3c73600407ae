/** Tables that a person can read: first column to the left, numbers to the right. */

export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [header, ...rows].map((r) => r.map((c) => typeof c === "number" ? countText(c) : c));
  const width = header.map((_, i) => Math.max(...cells.map((r) => r[i].length)));
  const isNumber = (c: string | number) => typeof c === "number" || /^\d+\.\d+%?$/.test(c);
  const numeric = header.map((_, i) => rows.every((r) => isNumber(r[i])));
  return cells.map((r) =>
    r.map((c, i) => numeric[i] ? c.padStart(width[i]) : c.padEnd(width[i])).join("  ").trimEnd()
  ).join("\n");
}

/** `1,234,567`: what toLocaleString gives, which loads all that it knows of numbers first. */
export function countText(n: number): string {
  return String(n).replace(/\d(?=(\d{3})+$)/g, "$&,");
}

/** `1.2 MB`, `340 B`. */
export function byteText(n: number): string {
  if (n < 1000) return `${n} B`;
  if (n < 1e6) return `${(n / 1e3).toFixed(1)} kB`;
  return n < 1e9 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e9).toFixed(2)} GB`;
}
