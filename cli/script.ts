/** `script FILE.py`: runs it, compiles what it defines and writes it in every form it can have. */
import { ScriptObject } from "../core/ivalue.ts";
import { FAULT, OK, UsageError } from "./exit_codes.ts";
import { type ModelFile, writeForms } from "./forms.ts";
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
  const files = await writeForms(compiled.value, values.output ?? file, progress);
  const main = files.find((f) => f.reason === undefined);
  if (values.json) {
    const { name } = compiled, { stages } = progress;
    console.log(
      JSON.stringify({ name, output: main?.path, bytes: main?.bytes, files, ...summary, stages }),
    );
  } else {
    console.log(
      table(["", ""], [
        ["compiled", compiled.name],
        ["parameters", summary.parameters.toLocaleString("en")],
        ["graph nodes", summary.graphNodes.toLocaleString("en")],
        ["instructions", `${summary.instructions.toLocaleString("en")} (${byteText(summary.codeBytes)})`],
        ["operators", String(summary.operators)],
        ...files.map((f) =>
          f.reason === undefined ? ["written", `${f.path} (${byteText(f.bytes)})`] : unwritten(f)
        ),
      ]).trimStart(),
    );
    for (const f of files) if (f.reason !== undefined) console.error(`${f.path}: ${f.reason}`);
  }
  return main ? OK : FAULT;
}

function unwritten(f: ModelFile): [string, string] {
  return ["not written", `${f.path}: ${f.reason!.split("\n")[0]}`];
}
