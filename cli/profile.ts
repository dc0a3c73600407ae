/** Tables of a profile: one by operator, one by source line. */
import type { Profile } from "../vm/profiler.ts";
import { byteText, table } from "./table.ts";

/** Rows below this share are only counted. */
const LEAST = 0.001;

export function profileText(profile: Profile): string {
  const { operators, lines } = profile;
  const ms = (x: number) => x.toFixed(3), percent = (x: number) => `${(100 * x).toFixed(1)}%`;
  const operatorRows = operators.map((o) => [
    o.operator,
    o.calls,
    ms(o.ms),
    percent(o.share),
    o.bytes ? byteText(o.bytes) : "",
    o.kernels.join(" "),
  ]);
  const shown = lines.filter((l) => l.share >= LEAST), hidden = lines.length - shown.length;
  const lineRows = shown.map((l) => [
    l.file === undefined ? "no place" : `${l.file}:${l.line}`,
    l.text,
    ms(l.ms),
    percent(l.share),
    l.calls,
  ]);
  return [
    `${ms(profile.ms)} ms`,
    "",
    table(["operator", "calls", "ms", "share", "bytes made", "kernels"], operatorRows),
    "",
    table(["line", "source", "ms", "share", "calls"], lineRows),
    ...(hidden ? [`${hidden} more lines with less than ${percent(LEAST)} each`] : []),
  ].join("\n");
}
