/** Arguments of a model from the command line. */
import { type IValue, TupleValue } from "../core/ivalue.ts";
import type { Argument, FunctionSchema } from "../core/schema.ts";
import type { Tensor } from "../core/tensor.ts";
import { AnyTensorType } from "../core/types.ts";
import { tensorOfArray } from "../api/torch.ts";
import { type JsValue, toScript } from "../vm/values.ts";
import { callByName } from "../api/operators.ts";
import { InputError } from "./exit_codes.ts";
import { readNpy } from "./npy.ts";

/** The value an `--input` names for a formal: `random:SIZES`, a .npy or .json file, or a JSON value. */
async function readInput(spec: string, formal: Argument): Promise<IValue> {
  const random = /^random:(\d+(?:x\d+)*)$/.exec(spec);
  if (random) return callByName("rand", [random[1].split("x").map(Number)]) as Tensor;
  if (spec.endsWith(".npy")) return readNpy(await Deno.readFile(spec), spec);
  let text = spec;
  if (spec.endsWith(".json")) text = await Deno.readTextFile(spec);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`--input ${spec}: neither random:SIZES, a .npy or .json file, nor JSON`);
  }
  // JSON's 1.0 is a float, though JavaScript reads it as it reads 1.
  if (formal.type.kind === "Tensor") {
    return tensorOfArray(value as never, /\d[.eE]/.test(text) ? { dtype: "float32" } : {});
  }
  return toScript(value as JsValue, formal.type);
}

const TENSOR: Argument = { name: "input", type: AnyTensorType, kwargOnly: false, isOut: false };

/** An example for a trace: a tensor, or a tuple of examples in brackets, `(random:2x3,random:2x4)`. */
export async function readExample(spec: string): Promise<IValue> {
  if (!spec.startsWith("(") || !spec.endsWith(")")) return await readInput(spec, TENSOR);
  const items: IValue[] = [];
  for (const part of topLevelParts(spec.slice(1, -1))) items.push(await readExample(part));
  return new TupleValue(items);
}

/** Parts between commas that stand in no bracket. */
function topLevelParts(text: string): string[] {
  const parts: string[] = [];
  let depth = 0, from = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i === text.length || (depth === 0 && text[i] === ",")) {
      if (text.slice(from, i).trim()) parts.push(text.slice(from, i).trim());
      from = i + 1;
    } else if ("([{".includes(text[i])) depth++;
    else if (")]}".includes(text[i])) depth--;
  }
  return parts;
}

/** Arguments by the schema, `skip` of them (the module itself) apart; missing ones take their defaults. */
export async function readInputs(
  given: readonly string[],
  schema: FunctionSchema,
  skip: number,
): Promise<IValue[]> {
  const formals = schema.args.slice(skip);
  if (given.length > formals.length) {
    throw new InputError(`the model takes ${formals.length} inputs, ${given.length} were given: ${schema}`);
  }
  const inputs: IValue[] = [];
  for (const [i, f] of formals.entries()) {
    if (i < given.length) inputs.push(await readInput(given[i], f));
    else if (f.defaultValue !== undefined) inputs.push(f.defaultValue);
    else throw new InputError(`an --input for ${f.name} (${f.type.annotation()}) is missing: ${schema}`);
  }
  return inputs;
}
