/** `script FILE.py`: runs it, compiles what it defines and writes it in every form it can have. */
import { ScriptObject } from "../core/ivalue.ts";
import { printClosing } from "./closing.ts";
import { UsageError } from "./exit_codes.ts";
import { writeForms } from "./forms.ts";
import { parseOptions } from "./options.ts";
import { Progress } from "./progress.ts";

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
  return printClosing(
    { verb: "compiled", name: compiled.name, summary, files },
    progress,
    values.json === true,
  );
}
