/**
 * The torch package of the host. `core/` is torch itself: objects, Tensor, binding of arguments; `jit/` is torch.jit;
 * the Python files are torch.nn, torch.optim and what else is natural in Python (`sources.ts` lists them). Operators
 * become functions and methods when they are first asked for.
 */
import { defaultGenerator } from "../../ops/random/mod.ts";
import { operators } from "../../ops/registry.ts";
import { webgpuModule } from "./webgpu.ts";
import * as r from "../runtime/mod.ts";
import { importByName } from "../runtime/imports.ts";
import { remindCollector } from "../../core/storage.ts";
import { registerAutograd } from "./core/autograd.ts";
import { callTorch } from "./core/binding.ts";
import { torchFunctions } from "./core/functions.ts";
import {
  deviceType,
  DTYPE_NAMES,
  dtypeOf,
  dtypeType,
  generatorType,
  LAYOUTS,
  layoutType,
  MEMORY_FORMATS,
  memoryFormatType,
  sizeType,
} from "./core/objects.ts";
import { legacyType } from "./core/legacy_types.ts";
import { settings } from "./core/settings.ts";
import { operatorMethod, tensorType } from "./core/tensor_type.ts";
import { storageFunctions, untypedStorageType } from "./core/storage_type.ts";
import { isTorchFunction } from "./core/visibility.ts";
import { tracing } from "../../compiler/tracing/mod.ts";
import { jitModules } from "./jit/modules.ts";
import { pythonTracingState, registerTracing } from "./jit/tracing.ts";
import { registerPythonBuiltins } from "./jit/python_builtins.ts";
import { torchSources } from "./sources.ts";

/** A function for every operator of a namespace, made when it is asked for. */
function operatorNamespace(name: string, prefix: string, contents: Record<string, r.Value> = {}): r.PyModule {
  const m = r.moduleOf(name, contents);
  m.attrs.set(
    "__getattr__",
    r.fn("__getattr__", "name", (asked: string) => {
      const f = operatorFunction(asked, prefix);
      if (!f) throw r.attributeError(`module '${name}' has no attribute '${asked}'`, m, asked);
      m.attrs.set(asked, f);
      return f;
    }),
  );
  return m;
}

const functions = new Map<string, r.PyBuiltin>();
const symbols = new WeakMap<object, string>();

/** The operator behind a builtin function of torch; undefined for others. */
export function symbolOf(v: r.Value): string | undefined {
  return typeof v === "object" && v !== null ? symbols.get(v) : undefined;
}

function operatorFunction(name: string, prefix: string): r.PyBuiltin | undefined {
  const full = `aten::${prefix}${name}`;
  const known = functions.get(full);
  if (known) return known;
  if (!operators(full).length) return undefined;
  const f = r.rawFn(name, (args, kwargs) => callTorch(full, args, kwargs, `${prefix}${name}`));
  functions.set(full, f);
  symbols.set(f, full);
  return f;
}

/** Parts of torch that are modules of their own, loaded when they are named. */
const SUBMODULES = new Set([
  "nn",
  "optim",
  "testing",
  "types",
  "utils",
  "backends",
  "compiler",
  "_utils",
  "_jit_internal",
  "jit",
  "cuda",
  "webgpu",
  "autograd",
  "random",
  "version",
  "linalg",
  "fft",
  "special",
  "_VF",
  "_C",
  "functional",
  "_functions",
  "_tensor",
  "serialization",
  "storage",
]);

/** Names of torch that live in a module of their own. */
function moduleOfName(name: string): string | undefined {
  if (name === "save" || name === "load") return "torch.serialization";
  return /^[A-Z]\w*Storage$/.test(name) ? "torch.storage" : undefined;
}

/** Names of torch that torch.autograd.grad_mode has. */
const GRAD_MODES = new Set(["no_grad", "enable_grad", "set_grad_enabled", "inference_mode"]);

/** Functions written in Python around operators, by name. */
const IN_PYTHON = new Set([
  "unique",
  "unique_consecutive",
  "norm",
  "lu",
  "stft",
  "tensordot",
  "cdist",
  "chain_matmul",
  "unravel_index",
  "atleast_1d",
  "atleast_2d",
  "atleast_3d",
]);

/** Names of torch._C for graphs that torch shows too: `torch.Graph`, `torch.ListType`, `torch.parse_ir`. */
function publicGraphName(name: string): r.Value | undefined {
  return name.startsWith("_") ? undefined : jitModules.graphs(name);
}

function torchModule(): r.PyModule {
  const m = r.moduleOf("torch", {
    __version__: "2.13.0",
    __path__: new r.PyList([]),
    Tensor: tensorType,
    dtype: dtypeType,
    layout: layoutType,
    memory_format: memoryFormatType,
    device: deviceType,
    Size: sizeType,
    Generator: generatorType,
    ...Object.fromEntries(Object.entries(DTYPE_NAMES).map(([n, t]) => [n, dtypeOf(t)])),
    ...LAYOUTS,
    ...MEMORY_FORMATS,
    legacy_contiguous_format: MEMORY_FORMATS.contiguous_format,
    ...torchFunctions(),
    ...settings(),
  });
  m.attrs.set(
    "__getattr__",
    r.fn("__getattr__", "name", (name: string) => {
      if (SUBMODULES.has(name)) return importByName(`torch.${name}`);
      if (IN_PYTHON.has(name)) return r.getattr(importByName("torch.functional"), name);
      if (GRAD_MODES.has(name)) {
        const mode = r.getattr(importByName("torch.autograd.grad_mode"), name);
        m.attrs.set(name, mode);
        return mode;
      }
      const home = moduleOfName(name);
      if (home !== undefined) return r.getattr(importByName(home), name);
      const legacy = legacyType(name);
      if (legacy) return legacy;
      const f = (isTorchFunction(name) ? operatorFunction(name, "") : undefined) ?? publicGraphName(name);
      if (!f) throw r.attributeError(`module 'torch' has no attribute '${name}'`, m, name);
      m.attrs.set(name, f);
      return f;
    }),
  );
  return m;
}

r.methods(tensorType, {
  __getattr__: ["name", (self: r.Value, name: string) => {
    const method = operatorMethod(name);
    if (method === undefined) {
      throw r.attributeError(`'${r.typeOf(self).name}' object has no attribute '${name}'`, self, name);
    }
    return r.getattr(self, name);
  }],
});

function cudaModule(): r.PyModule {
  const no = (name: string, v: r.Value) => r.fn(name, "*args, **kwargs", () => v);
  return r.moduleOf("torch.cuda", {
    is_available: no("is_available", false),
    device_count: no("device_count", 0),
    is_initialized: no("is_initialized", false),
    manual_seed: no("manual_seed", null),
    manual_seed_all: no("manual_seed_all", null),
    empty_cache: no("empty_cache", null),
    is_bf16_supported: no("is_bf16_supported", false),
    synchronize: r.fn("synchronize", "device=None", () => {
      throw r.raise(r.AssertionErrorType, "Torch not compiled with CUDA enabled");
    }),
    current_device: r.fn("current_device", "", () => {
      throw r.raise(r.AssertionErrorType, "Torch not compiled with CUDA enabled");
    }),
  });
}

let registered = false;

/** Makes `import torch` work in hosts of this process; costs nothing until a program imports it. */
export function registerTorch(): void {
  if (registered) return;
  registered = true;
  remindCollector();
  r.registerModule("torch", torchModule);
  r.registerModule("torch._C", () =>
    r.moduleOf("torch._C", {
      Generator: generatorType,
      _get_tracing_state: r.fn("_get_tracing_state", "", pythonTracingState),
      _is_tracing: r.fn("_is_tracing", "", () => tracing.state !== null),
      _log_api_usage_once: r.fn("_log_api_usage_once", "*args", () => null),
      default_generator: defaultGenerator,
      ...jitModules.core(),
      ...storageFunctions,
      UntypedStorage: untypedStorageType,
      _dtype_names: r.fn("_dtype_names", "", () => new r.PyList(Object.keys(DTYPE_NAMES))),
      __path__: new r.PyList([]),
      __getattr__: r.fn("__getattr__", "name", (name: string) => {
        if (["_archives", "_autograd", "_jit", "_nn", "_tracing"].includes(name)) {
          return importByName(`torch._C.${name}`);
        }
        const graphs = jitModules.graphs(name);
        if (graphs !== undefined) return graphs;
        throw r.raise(r.AttributeErrorType, `module 'torch._C' has no attribute '${name}'`);
      }),
    }));
  r.registerModule("torch._C._nn", () =>
    operatorNamespace("torch._C._nn", "", {
      _parse_to: r.fn("_parse_to", "*args, **kwargs", (args: r.Value[], kwargs: r.Kwargs) =>
        parseTo(args, kwargs)),
    }));
  r.registerModule("torch._VF", () => operatorNamespace("torch._VF", ""));
  r.registerModule("torch.linalg", () => operatorNamespace("torch.linalg", "linalg_"));
  r.registerModule("torch.fft", () => operatorNamespace("torch.fft", "fft_"));
  r.registerModule("torch.special", () => operatorNamespace("torch.special", "special_"));
  r.registerModule("torch.cuda", cudaModule);
  r.registerModule("torch.webgpu", webgpuModule);
  r.registerModule(
    "torch.version",
    () => r.moduleOf("torch.version", { __version__: "2.13.0", cuda: null, hip: null, git_version: "" }),
  );
  registerAutograd();
  registerPythonBuiltins();
  jitModules.register();
  registerTracing();
  for (const [name, s] of torchSources) {
    r.registerSource(name, () => s.source, { isPackage: s.isPackage, shownAs: `torch/${s.shownAs}` });
  }
}

/** (device, dtype, non_blocking, memory_format) of the arguments of `Module.to`. */
function parseTo(args: readonly r.Value[], kwargs: r.Kwargs): r.Value {
  let device: r.Value = null, dtype: r.Value = null;
  for (const v of [...args, kwargs?.get("device") ?? null, kwargs?.get("dtype") ?? null]) {
    if (v === null || typeof v === "boolean") continue;
    if (r.typeOf(v) === dtypeType) dtype = v;
    else if (r.typeOf(v) === tensorType) {
      dtype = r.getattr(v, "dtype");
      device = r.getattr(v, "device");
    } else device = typeof v === "string" ? r.call(deviceType, [v]) : v;
  }
  return new r.PyTuple([
    device,
    dtype,
    kwargs?.get("non_blocking") ?? false,
    kwargs?.get("memory_format") ?? null,
  ]);
}
