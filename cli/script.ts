/** `script FILE.py`: runs it, compiles what it defines and writes the archive. */
import { ScriptObject } from "../core/ivalue.ts";
import { OK, UsageError } from "./exit_codes.ts";
import { parseOptions } from "./options.ts";
import { Progress } from "./progress.ts";
import { byteText, table } from "./table.ts";

export async function script(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    entry: { type: "string" },
    output: { type: "string", short: "o" },
    json: { type: "boolean" },
    quiet: { type: "boolean" },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length) throw new UsageError("script takes one FILE.py");
  const progress = new Progress(values.quiet === true || values.json === true);
  const { compileNames, entryFunction, runFile } = await import("./model.ts");
  const ran = await progress.stage("run the file", () => runFile(file));
  const compiled = await progress.stage("compile", () => compileNames(ran, values.entry));
  const object = compiled.value instanceof ScriptObject ? compiled.value : undefined;
  const { summarize } = await import("./summary.ts");
  const summary = await progress.stage("lower to bytecode", () => summarize(entryFunction(compiled), object));
  const out = values.output ?? file.replace(/\.py$/, "") + ".pt";
  const { saveToFile } = await import("../archive/mod.ts");
  await progress.stage("write the archive", () => saveToFile(compiled.value, out));
  const bytes = (await Deno.stat(out)).size;
  if (values.json) {
    console.log(
      JSON.stringify({ name: compiled.name, output: out, bytes, ...summary, stages: progress.stages }),
    );
    return OK;
  }
  console.log(
    table(["", ""], [
      ["compiled", compiled.name],
      ["parameters", summary.parameters.toLocaleString("en")],
      ["graph nodes", summary.graphNodes.toLocaleString("en")],
      ["instructions", `${summary.instructions.toLocaleString("en")} (${byteText(summary.codeBytes)})`],
      ["operators", String(summary.operators)],
      ["written", `${out} (${byteText(bytes)})`],
    ]).trimStart(),
  );
  return OK;
}
