/** `trace FILE.py`: runs it, traces what it defines on example inputs and writes it in every form it can have. */
import { type IValue, ScriptObject } from "../core/ivalue.ts";
import { defaultGenerator } from "../ops/random/mod.ts";
import { toPython } from "../python/torch/jit/convert.ts";
import * as r from "../python/runtime/mod.ts";
import { printClosing } from "./closing.ts";
import { InputError, UsageError } from "./exit_codes.ts";
import { writeForms } from "./forms.ts";
import { readExample } from "./inputs.ts";
import { choose, type Compiled, compiledValue, entryFunction, type RanFile, runFile } from "./model.ts";
import { parseOptions } from "./options.ts";
import { Progress } from "./progress.ts";

export async function trace(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    entry: { type: "string" },
    input: { type: "string", multiple: true },
    output: { type: "string", short: "o" },
    seed: { type: "string" },
    "no-check": { type: "boolean" },
    json: { type: "boolean" },
    quiet: { type: "boolean" },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length) throw new UsageError("trace takes one FILE.py");
  const progress = new Progress(values.quiet === true || values.json === true);
  const ran = await progress.stage("run the file", () => runFile(file));
  const name = choose(ran.names, values.entry);
  defaultGenerator.manualSeed(Number(values.seed ?? 0));
  const examples: IValue[] = [];
  for (const spec of values.input ?? []) examples.push(await readExample(spec));
  const traced = await progress.stage(
    "trace",
    () => traceName(ran, name, examples, values["no-check"] !== true),
  );
  const object = traced.value instanceof ScriptObject ? traced.value : undefined;
  const { summarize } = await import("./summary.ts");
  const summary = await progress.stage("lower to bytecode", () => summarize(entryFunction(traced), object));
  const files = await writeForms(traced.value, values.output ?? file, progress);
  return printClosing({ verb: "traced", name, summary, files }, progress, values.json === true);
}

/** Traces what the file calls `name`. A class is built without arguments first. */
function traceName(ran: RanFile, name: string, examples: readonly IValue[], check: boolean): Compiled {
  return ran.host.enter(() => {
    let v = ran.names.get(name)!;
    if (compiledValue(v)) {
      throw new InputError(`${name} is compiled already: use script, which writes it as it is`);
    }
    if (v instanceof r.PyType) v = ran.host.call(v, []) as object;
    if (examples.length === 0) {
      throw new UsageError(
        `trace needs examples: an --input for each argument of ${name}, as random:1x3x224x224`,
      );
    }
    const jit = r.getattr(ran.host.importModule("torch"), "jit");
    const made = r.call(
      r.getattr(jit, "trace"),
      [v, new r.PyTuple(examples.map(toPython))],
      new Map([["check_trace", check]]),
    );
    const value = compiledValue(made);
    if (!value) throw new InputError(`${name} cannot be traced`);
    return { name, value };
  });
}
