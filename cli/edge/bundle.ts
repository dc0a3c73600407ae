/** One JavaScript file with the VM and the operators of a model. */
// deno-lint-ignore no-import-prefix -- a URL import of Wick has no import map
import * as esbuild from "npm:esbuild@0.25.5";
import type { Code } from "../../bytecode/code.ts";
import { decode } from "../../bytecode/decoder.ts";
import { InternalError } from "../../core/errors.ts";
import { allRows } from "../../ops/expr/mod.ts";
import { Operator } from "../../ops/operator.ts";
import { COMPILED } from "../../vm/loops/mod.ts";
import { type Needs, prune } from "./prune.ts";
import { usedOperators } from "./used_operators.ts";

export interface BundleOptions {
  /** Short names and no white space; on unless told otherwise. */
  readonly minify?: boolean;
  /** Brings the GPU's kernels along. */
  readonly webgpu?: boolean;
  /** Leaves out what makes WebAssembly kernels: they come along as one module. */
  readonly kernelsComeAlong?: boolean;
  /** Brings along what compiles hot scalar loops to JavaScript, where the host lets code be made from text. */
  readonly compileLoops?: boolean;
}

export interface BundleReport {
  readonly code: string;
  /** Operators kept: those of the model and those that their kernels call. */
  readonly operators: readonly string[];
  /** Bytes in the bundle by module, the largest first. */
  readonly modules: readonly (readonly [path: string, bytes: number])[];
}

const ROOT = new URL("../../", import.meta.url);
/** Folders whose modules do nothing when they load: what is unused in them falls away. */
const PURE = /\/(core|bytecode|ops\/(aten|prim|expr|reference|wasm|random))\//;
/** Modules that hold families of declarations. */
const FAMILIES = /\/ops\/(aten|prim)\//;
/** Literals in kernels that name operators they call. */
const CALLED = /["'`]((?:aten|prim)::[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)?)["'`]/g;
const NO_WEBGPU = `throw new Error("this bundle was made without WebGPU: export with --webgpu");
export const backend = undefined;`;
/** Kernels refuse complex tensors themselves; the wording of each operator's refusal in PyTorch is left out. */
const NO_WORDING = "export const complexRefusal = () => undefined;";
/** What the interpreter sees of `vm/loops/` without what compiles loops. */
const NO_LOOPS = `export const COMPILED = ${COMPILED};
export const executableWords = (code) => code.words;
export const warm = executableWords;
export const enterLoop = (_code, pc) => pc;`;

async function sourceText(url: URL): Promise<string> {
  if (url.protocol === "file:") return await Deno.readTextFile(url);
  const response = await fetch(url);
  if (!response.ok) throw new InternalError(`${url}: ${response.status} ${response.statusText}`);
  return await response.text();
}

/** The bundle for a model of which this is the code. */
export async function bundleModel(
  codes: readonly Code[],
  options: BundleOptions = {},
): Promise<BundleReport> {
  const sources = new Sources();
  const { operators, opcodes } = instructionsOf(codes);
  if (options.compileLoops) opcodes.add(COMPILED);
  const wanted = new Set(operators), droppedRows = new Set<string>();
  try {
    // Kernels name further operators, and rows that go take the names of other rows along: until nothing changes.
    for (;;) {
      const report = await bundleOnce(wanted, { droppedRows, opcodes }, sources, options);
      const before = wanted.size + droppedRows.size;
      for (const [, key] of report.code.matchAll(CALLED)) wanted.add(key);
      for (const row of unnamedRows(report.code)) droppedRows.add(row);
      if (wanted.size + droppedRows.size === before) {
        return options.minify === false ? report : { ...report, code: await squeezed(report.code) };
      }
    }
  } finally {
    await esbuild.stop();
  }
}

/** A second minifier takes another twentieth off what the bundler leaves. */
async function squeezed(code: string): Promise<string> {
  // deno-lint-ignore no-import-prefix -- a URL import of Wick has no import map
  const { minify } = await import("npm:terser@5.44.1");
  const { code: small } = await minify(code, { module: true, ecma: 2020, compress: { passes: 2 } });
  if (!small) throw new InternalError("the minifier gave nothing back");
  return small;
}

/** What the code consists of. */
function instructionsOf(codes: readonly Code[]) {
  const operators = new Set<string>(), opcodes = new Set<number>();
  for (const { words, objects } of codes) {
    for (const o of objects) if (o instanceof Operator) operators.add(o.key);
    for (let at = 0; at < words.length;) {
      const ins = decode(words, at);
      opcodes.add(ins.opcode);
      at += ins.length;
    }
  }
  return { operators, opcodes };
}

/** Rows whose name stands nowhere but in their own definition. */
function unnamedRows(code: string): string[] {
  return allRows().map((r) => r.name).filter((name) => {
    const found = code.match(new RegExp(`["'\`](?:rescue )?${name}["'\`]`, "g"));
    return (found?.length ?? 0) === 1;
  });
}

/** Modules as JavaScript, each read and stripped of its types once. */
class Sources {
  readonly #texts = new Map<string, string>();

  async javascript(url: string): Promise<string> {
    let text = this.#texts.get(url);
    if (text === undefined) {
      const source = await sourceText(new URL(url));
      text = (await esbuild.transform(source, { loader: "ts", target: "es2022" })).code;
      this.#texts.set(url, text);
    }
    return text;
  }
}

async function bundleOnce(
  wanted: ReadonlySet<string>,
  model: { droppedRows: ReadonlySet<string>; opcodes: ReadonlySet<number> },
  sources: Sources,
  options: BundleOptions,
): Promise<BundleReport> {
  const { schemas, declarations } = usedOperators(wanted);
  const webgpu = options.webgpu === true;
  const { droppedRows, opcodes } = model;
  const needs: Needs = {
    declarations,
    droppedRows,
    opcodes,
    webgpu,
    generators: !options.kernelsComeAlong,
  };
  const load = async (url: string): Promise<string> => {
    if (!webgpu) {
      if (url.endsWith("/ops/webgpu/mod.ts")) return NO_WEBGPU;
      if (url.endsWith("/ops/expr/wgsl_functions.ts")) return "export const WGSL_FUNCTIONS = {};";
    }
    if (options.kernelsComeAlong && url.endsWith("/ops/wasm/kernel_compile.ts")) {
      return "export const compileKernel = () => null;";
    }
    if (url.endsWith("/ops/complex_refusals.ts")) return NO_WORDING;
    if (!options.compileLoops && url.endsWith("/vm/loops/mod.ts")) return NO_LOOPS;
    const exported = FAMILIES.test(url) ? await import(url) : undefined;
    return prune(await sources.javascript(url), url, exported, needs);
  };
  const wick: esbuild.Plugin = {
    name: "wick",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, namespace }) => {
        const url = new URL(path, namespace === "wick" ? importer : ROOT).href;
        return { path: url, namespace: "wick", sideEffects: !PURE.test(url) };
      });
      build.onLoad({ filter: /.*/, namespace: "wick" }, async ({ path }) => {
        if (path.endsWith("/ops/schemas.txt")) return { contents: schemas, loader: "text" };
        return { contents: await load(path), loader: "js" };
      });
    },
  };
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: ["./vm/mod.ts"],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    minify: options.minify !== false,
    plugins: [wick],
    legalComments: "none",
    logLevel: "silent",
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const modules = Object.entries(output.inputs)
    .map(([path, i]) => [path.replace(`wick:${ROOT}`, ""), i.bytesInOutput] as const)
    .sort((a, b) => b[1] - a[1]);
  return { code: outputFiles[0].text, operators: [...wanted].sort(), modules };
}
