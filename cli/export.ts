/** `export MODEL --target edge -o DIR`: a folder that runs the model without Wick. */
import { readWick, writeWick } from "../bytecode/wick/mod.ts";
import { writeWholeFile } from "../archive/whole_file.ts";
import { type IValue, ScriptObject } from "../core/ivalue.ts";
import { isIntegralType } from "../core/scalar_type.ts";
import { Tensor } from "../core/tensor.ts";
import { forward } from "../vm/mod.ts";
import { OK, UsageError } from "./exit_codes.ts";
import { readInputs } from "./inputs.ts";
import { entryFunction, openModel } from "./model.ts";
import { parseOptions } from "./options.ts";
import { Progress } from "./progress.ts";
import { byteText, table } from "./table.ts";

export async function exportModel(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    entry: { type: "string" },
    target: { type: "string" },
    output: { type: "string", short: "o" },
    input: { type: "string", multiple: true },
    "strip-places": { type: "boolean" },
    webgpu: { type: "boolean" },
    "compile-loops": { type: "boolean" },
    generators: { type: "boolean" },
    modules: { type: "boolean" },
    json: { type: "boolean" },
    quiet: { type: "boolean" },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length) throw new UsageError("export takes one MODEL or FILE.py");
  if (values.target !== "edge") {
    throw new UsageError(`--target ${values.target ?? "is missing"}: the one target is edge`);
  }
  const folder = values.output ?? file.replace(/\.[a-z]+$/, "") + "_edge";
  const progress = new Progress(values.quiet === true || values.json === true);
  const model = await progress.stage("open the model", () => openModel(file, values.entry));
  const bytes = await progress.stage(
    "write model.wick",
    () => writeWick(model.value, { stripPlaces: values["strip-places"] === true }),
  );
  const { codes } = readWick(bytes);
  const files = new Map<string, Uint8Array | string>([["model.wick", bytes]]);
  const fn = entryFunction(model);
  const given = values.input;
  let kernels = 0, example: unknown[] = [];
  if (given) {
    const self = model.value instanceof ScriptObject ? [model.value] : [];
    const inputs = await readInputs(given, fn.schema, self.length);
    example = given.map((spec, i) => exampleInput(inputs[i], spec));
    await progress.stage("run it for its kernels", async () => {
      const { KernelRecord } = await import("../ops/wasm/ahead_of_time.ts");
      const { setDeterministic } = await import("../ops/wasm/mod.ts");
      // Relaxed SIMD is not everywhere that the folder may go.
      setDeterministic(true);
      const record = new KernelRecord();
      try {
        forward(fn, [...self, ...inputs]);
        kernels = record.names.length;
        if (kernels) files.set("kernels.wasm", record.module());
      } finally {
        record.stop();
        setDeterministic(false);
      }
    });
  }
  const { bundleModel, modelTypes, pageText, workerText } = await import("./edge/mod.ts");
  const bundle = await progress.stage(
    "bundle the VM",
    () =>
      bundleModel(codes, {
        webgpu: values.webgpu === true,
        compileLoops: values["compile-loops"] === true,
        kernelsComeAlong: kernels > 0 && !values.generators,
      }),
  );
  files.set("model.js", bundle.code);
  files.set("model.d.ts", modelTypes(String(fn.schema)));
  files.set("index.html", pageText(model.name, String(fn.schema), example, kernels > 0));
  files.set("worker.js", workerText(kernels > 0));
  await Deno.mkdir(folder, { recursive: true });
  const encoder = new TextEncoder();
  const sizes: Record<string, { bytes: number; zipped?: number }> = {};
  for (const [name, content] of files) {
    const data = typeof content === "string" ? encoder.encode(content) : content;
    await writeWholeFile(`${folder}/${name}`, [data]);
    const shipped = name === "model.js" || name === "kernels.wasm";
    sizes[name] = { bytes: data.length, zipped: shipped ? await zippedSize(data) : undefined };
  }
  if (values.json) {
    console.log(
      JSON.stringify({ folder, files: sizes, operators: bundle.operators, kernels, stages: progress.stages }),
    );
    return OK;
  }
  const rows = Object.entries(sizes).map(([name, { bytes, zipped }]) => [
    `${folder}/${name}`,
    byteText(bytes) + (zipped === undefined ? "" : `, ${byteText(zipped)} gzipped`),
  ]);
  console.log(
    table(["", ""], [...rows, ["operators", String(bundle.operators.length)], ["kernels", String(kernels)]])
      .trimStart(),
  );
  if (values.modules) {
    console.log(table(["bytes", "module"], bundle.modules.map(([path, n]) => [String(n), path])));
  }
  if (!given) {
    console.log(
      "No --input was given, so no kernels.wasm was written: hosts that forbid compiling use the typed-array kernels.",
    );
  }
  return OK;
}

async function zippedSize(data: Uint8Array): Promise<number> {
  const { gzipSync } = await import("node:zlib");
  return gzipSync(data, { level: 9 }).length;
}

/** Elements above which a tensor stands in the page as a random one of its sizes. */
const MOST_ELEMENTS = 1000;

/** What the page's form begins with for an input that was read from `spec`. */
function exampleInput(v: IValue, spec: string): unknown {
  if (!(v instanceof Tensor)) {
    try {
      return JSON.parse(spec);
    } catch {
      return null;
    }
  }
  if (spec.startsWith("random:") || v.numel > MOST_ELEMENTS) return { random: v.sizes };
  const data = v.data(),
    elements = Array.from({ length: v.numel }, (_, i) => Number(data[v.storageOffset + i]));
  return { sizes: v.sizes, ...(isIntegralType(v.scalarType, true) ? { int: true } : {}), data: elements };
}
