/** What `script` and `trace` end with: the table of what was compiled and written, or the same as JSON. */
import { FAULT, OK } from "./exit_codes.ts";
import type { ModelFile } from "./forms.ts";
import type { Progress } from "./progress.ts";
import type { Summary } from "./summary.ts";
import { byteText, countText, table } from "./table.ts";

export interface Closing {
  /** `compiled` or `traced`. */
  readonly verb: string;
  readonly name: string;
  readonly summary: Summary;
  readonly files: readonly ModelFile[];
}

/** Prints the end of a command; the exit code says whether any form was written. */
export function printClosing(c: Closing, progress: Progress, json: boolean): number {
  const { name, files, summary } = c;
  const main = files.find((f) => f.reason === undefined);
  if (json) {
    const { stages } = progress;
    console.log(JSON.stringify({ name, output: main?.path, bytes: main?.bytes, files, ...summary, stages }));
    return main ? OK : FAULT;
  }
  console.log(
    table(["", ""], [
      [c.verb, name],
      ["parameters", countText(summary.parameters)],
      ["graph nodes", countText(summary.graphNodes)],
      ["instructions", `${countText(summary.instructions)} (${byteText(summary.codeBytes)})`],
      ["operators", String(summary.operators)],
      ...files.map((f) =>
        f.reason === undefined ? ["written", `${f.path} (${byteText(f.bytes)})`] : unwritten(f)
      ),
    ]).trimStart(),
  );
  for (const f of files) if (f.reason !== undefined) console.error(`${f.path}: ${f.reason}`);
  return main ? OK : FAULT;
}

function unwritten(f: ModelFile): [string, string] {
  return ["not written", `${f.path}: ${f.reason!.split("\n")[0]}`];
}
