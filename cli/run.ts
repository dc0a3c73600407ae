/** `run MODEL`: loads it, calls it, prints or saves what comes out. */
import { type IValue, ListValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import { Device } from "../core/device.ts";
import { Tensor } from "../core/tensor.ts";
import { fromScript } from "../vm/values.ts";
import { setDefaultDevice } from "../ops/default_device.ts";
import { moveInPlace } from "../ops/device_values.ts";
import { formatTensor } from "../ops/printing.ts";
import { defaultGenerator } from "../ops/random/mod.ts";
import { forward } from "../vm/mod.ts";
import { InputError, OK, UsageError } from "./exit_codes.ts";
import { readInputs } from "./inputs.ts";
import { entryFunction, openModel } from "./model.ts";
import { writeWholeFile } from "../archive/whole_file.ts";
import { writeNpy } from "./npy.ts";
import { parseOptions } from "./options.ts";

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    entry: { type: "string" },
    input: { type: "string", multiple: true },
    output: { type: "string", short: "o" },
    seed: { type: "string" },
    device: { type: "string" },
    profile: { type: "boolean" },
    warmup: { type: "string" },
    json: { type: "boolean" },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length) throw new UsageError("run takes one MODEL");
  const model = await openModel(file, values.entry);
  const fn = entryFunction(model);
  defaultGenerator.manualSeed(Number(values.seed ?? 0));
  const self = model.value instanceof ScriptObject ? [model.value] : [];
  const inputs = await readInputs(values.input ?? [], fn.schema, self.length);
  const all: IValue[] = [...self, ...inputs];
  if (values.device !== undefined) placeOn(values.device, all);
  for (let i = callsBefore(values.warmup, values.profile); i > 0; i--) forward(fn, all);
  const profile = values.profile ? new (await import("../vm/profiler.ts")).Profile() : undefined;
  const result = forward(fn, all, { profile });
  if (values.output !== undefined) {
    const t = firstTensor(result);
    if (!t) throw new InputError("the result holds no tensor to save");
    await writeWholeFile(values.output, [writeNpy(t)]);
  }
  const isShown = values.output === undefined;
  if (values.json) {
    const shown = isShown ? plain(result) : undefined;
    if (isShown || profile) console.log(JSON.stringify(profile ? { result: shown, profile } : shown));
  } else {
    if (isShown) console.log(text(result));
    if (profile) console.log((isShown ? "\n" : "") + (await import("./profile.ts")).profileText(profile));
  }
  return OK;
}

function callsBefore(warmup: string | undefined, isProfiled: boolean | undefined): number {
  if (warmup === undefined) return 0;
  if (!isProfiled) throw new UsageError("--warmup goes with --profile");
  if (!/^\d{1,6}$/.test(warmup)) throw new UsageError(`--warmup takes a number of calls, not ${warmup}`);
  return Number(warmup);
}

/** Moves the model and its inputs to a device, where whatever the model makes then comes to be too. */
function placeOn(name: string, all: readonly IValue[]): void {
  if (name !== "cpu" && name !== "webgpu") throw new UsageError(`--device takes cpu or webgpu, not ${name}`);
  const device = Device.of(name);
  for (const v of all) moveInPlace(v, device);
  setDefaultDevice(device);
}

function firstTensor(v: IValue): Tensor | undefined {
  if (v instanceof Tensor) return v;
  if (v instanceof TupleValue || v instanceof ListValue) {
    for (const x of v.items) {
      const t = firstTensor(x);
      if (t) return t;
    }
  }
  return undefined;
}

function text(v: IValue): string {
  if (v instanceof Tensor) return formatTensor(v);
  if (v instanceof TupleValue) return `(${v.items.map(text).join(", ")})`;
  if (v instanceof ListValue) return `[${v.items.map(text).join(", ")}]`;
  return String(fromScript(v));
}

/** JSON's form of a result: tensors as `{ sizes, data }`. */
function plain(v: IValue): unknown {
  if (v instanceof Tensor) return { sizes: v.sizes, dtype: v.scalarType, text: formatTensor(v) };
  if (v instanceof TupleValue || v instanceof ListValue) return v.items.map(plain);
  const x = fromScript(v);
  return x instanceof Map ? Object.fromEntries(x) : x;
}
