/** Texts that stand beside the bundle: its types, a page, and the lines a worker needs. */

/** Declarations of the bundle's exports. */
export function modelTypes(schema: string): string {
  return `/** The model's signature: ${schema} */

/** What JavaScript may pass and gets back: floats are numbers, lists and tuples arrays, dicts Maps. */
export type JsValue =
  | null | boolean | number | bigint | string | Tensor
  | readonly JsValue[] | ReadonlyMap<JsValue, JsValue> | { readonly [key: string]: JsValue };

export interface RunOptions {
  /** Stops the run. */
  readonly signal?: AbortSignal;
  /** Milliseconds the run may take. */
  readonly timeout?: number;
  /** How many backward jumps and operator calls the run may make. */
  readonly fuel?: number;
  /** Method to call; forward unless given. */
  readonly method?: string;
}

export class Tensor {
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  /** The storage's elements; the tensor's first stands at storageOffset. */
  data(): ArrayLike<number | bigint>;
  readonly storageOffset: number;
}

export class Model {
  /** Methods that can be called. */
  readonly methods: string[];
  /** Signature of a method. */
  schema(name?: string): string;
  /** Calls forward, synchronously. */
  forward(...args: JsValue[]): unknown;
  /** Moves the model to a device: "webgpu" where the bundle was made with it. */
  to(device: string): Promise<this>;
  /** Calls forward without blocking the event loop. */
  run(args: readonly JsValue[], options?: RunOptions): Promise<unknown>;
}

/** A tensor over these elements, row by row: float32 for numbers, int64 for bigints, else as the typed array. */
export function tensor(data: ArrayLike<number> | ArrayLike<bigint>, sizes: readonly number[]): Tensor;
/** Fetches and reads a .wick file. */
export function load(source: string | URL | Uint8Array | ArrayBuffer): Promise<Model>;
/** Reads a .wick file. */
export function loadWick(bytes: Uint8Array): Model;
/** Takes kernels compiled ahead of time (kernels.wasm), where the host forbids compiling. */
export function useKernels(module: WebAssembly.Module): void;
`;
}

const escaped = (s: string) => s.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** A page that loads the model, asks for its inputs as JSON and shows what comes out. */
export function pageText(
  name: string,
  schema: string,
  example: readonly unknown[],
  hasKernels: boolean,
): string {
  return `<!doctype html>
<meta charset="utf-8">
<title>${escaped(name)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
  textarea, pre { width: 100%; box-sizing: border-box; font: 13px/1.4 ui-monospace, monospace }
  pre { white-space: pre-wrap; overflow-wrap: anywhere }
</style>
<h1>${escaped(name)}</h1>
<p><code>${escaped(schema)}</code></p>
<p>Inputs, a JSON array. A tensor is <code>{"sizes": [2, 3], "data": [...]}</code> or <code>{"random": [2, 3]}</code>.</p>
<textarea id="inputs" rows="6">${escaped(JSON.stringify(example))}</textarea>
<p><button id="run">Run</button></p>
<pre id="out">loading</pre>
<script type="module">
  import { load, tensor, Tensor${hasKernels ? ", useKernels" : ""} } from "./model.js";
  const out = document.querySelector("#out");
  const input = (v) => {
    if (!v || typeof v !== "object" || Array.isArray(v)) return v;
    const sizes = v.random ?? v.sizes;
    if (!sizes) return v;
    const n = sizes.reduce((a, b) => a * b, 1);
    if (v.random) return tensor(Float32Array.from({ length: n }, Math.random), sizes);
    return tensor(v.int ? BigInt64Array.from(v.data, BigInt) : Float32Array.from(v.data), sizes);
  };
  const shown = (v) => {
    if (v instanceof Tensor) {
      const values = Array.from(v.data().slice(v.storageOffset, v.storageOffset + 10), Number);
      return "tensor of sizes [" + v.sizes.join(", ") + "], first " + values.map((x) => x.toPrecision(6)).join(", ");
    }
    return Array.isArray(v) ? "[" + v.map(shown).join(", ") + "]" : String(v);
  };
  try {
${
    hasKernels
      ? '    useKernels(await WebAssembly.compileStreaming(fetch(new URL("./kernels.wasm", import.meta.url))));\n'
      : ""
  }    const model = await load(new URL("./model.wick", import.meta.url));
    out.textContent = "ready";
    document.querySelector("#run").onclick = async () => {
      try {
        const args = JSON.parse(document.querySelector("#inputs").value).map(input);
        const start = performance.now();
        const result = await model.run(args);
        out.textContent = shown(result) + "\\n" + (performance.now() - start).toFixed(1) + " ms";
      } catch (e) {
        out.textContent = e.message;
      }
    };
  } catch (e) {
    out.textContent = e.message;
  }
</script>
`;
}

/** Lines for a worker whose host forbids compiling: kernels and model come as its modules. */
export function workerText(hasKernels: boolean): string {
  return `// A worker that answers a POST of {"inputs": [...]}, tensors as {"sizes": [...], "data": [...]}.
import { loadWick, tensor, Tensor${hasKernels ? ", useKernels" : ""} } from "./model.js";
import bytes from "./model.wick";
${hasKernels ? 'import kernels from "./kernels.wasm";\n\nuseKernels(kernels);\n' : "\n"}let model;

const input = (v) => {
  if (!v || typeof v !== "object" || !v.sizes) return v;
  return tensor(v.int ? BigInt64Array.from(v.data, BigInt) : Float32Array.from(v.data), v.sizes);
};
const plain = (v) => {
  if (v instanceof Tensor) {
    const n = v.sizes.reduce((a, b) => a * b, 1);
    return { sizes: v.sizes, data: Array.from(v.data().slice(v.storageOffset, v.storageOffset + n), Number) };
  }
  return Array.isArray(v) ? v.map(plain) : typeof v === "bigint" ? Number(v) : v;
};

export default {
  async fetch(request) {
    try {
      model ??= loadWick(new Uint8Array(bytes));
      const { inputs } = await request.json();
      return Response.json({ result: plain(await model.run(inputs.map(input))) });
    } catch (e) {
      return Response.json({ error: e.message }, { status: 400 });
    }
  },
};
`;
}
