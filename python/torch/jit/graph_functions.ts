/** What else torch._C has for graphs: schemas, types of values, functions made of graphs, and switches of the executor. */
import { Diagnostic, InternalError } from "../../../core/errors.ts";
import type { Graph } from "../../../compiler/ir/graph.ts";
import { parseIr } from "../../../compiler/ir/parser.ts";
import { inferType } from "../../../compiler/frontend/host_types.ts";
import { ScriptFunction } from "../../../core/function.ts";
import { type Argument, FunctionSchema } from "../../../core/schema.ts";
import { parseSchema } from "../../../core/schema_parser.ts";
import { AnyTensorType, TupleType } from "../../../core/types.ts";
import { findOperator, operatorNames, operators } from "../../../ops/registry.ts";
import * as r from "../../runtime/mod.ts";
import { pyType } from "./graph_types.ts";
import { type G, pyGraph } from "./node_objects.ts";
import { argumentType, pySchema, schemaType } from "./schema_types.ts";
import { pyFunction } from "./script_types.ts";
import { viewOf } from "./views.ts";

/**
 * Switches of PyTorch's executor. Wick has one way to run a program, so they keep what they are set to and decide
 * nothing; their setters give what PyTorch's give.
 */
const SWITCHES: Readonly<Record<string, { get?: string; set?: string; start: r.Value; givesOld?: boolean }>> =
  {
    llga: { get: "_jit_llga_enabled", set: "_jit_set_llga_enabled", start: false, givesOld: true },
    profiling: { set: "_jit_set_profiling_executor", start: true, givesOld: true },
    profilingMode: { set: "_jit_set_profiling_mode", start: true, givesOld: true },
    runs: { get: "_jit_get_num_profiled_runs", set: "_jit_set_num_profiled_runs", start: 1, givesOld: true },
    bailout: { set: "_jit_set_bailout_depth", start: 1, givesOld: true },
    texpr: { get: "_jit_texpr_fuser_enabled", set: "_jit_set_texpr_fuser_enabled", start: true },
    reductions: {
      get: "_jit_texpr_reductions_enabled",
      set: "_jit_set_texpr_reductions_enabled",
      start: false,
      givesOld: true,
    },
    dynamic: {
      get: "_jit_texpr_dynamic_shape_enabled",
      set: "_jit_set_texpr_dynamic_shape_enabled",
      start: false,
      givesOld: true,
    },
    cpu: { get: "_jit_can_fuse_on_cpu", set: "_jit_override_can_fuse_on_cpu", start: false },
    gpu: { get: "_jit_can_fuse_on_gpu", set: "_jit_override_can_fuse_on_gpu", start: false },
    legacy: { get: "_jit_can_fuse_on_cpu_legacy", set: "_jit_override_can_fuse_on_cpu_legacy", start: false },
    nvfuser: { get: "_jit_nvfuser_enabled", set: "_jit_set_nvfuser_enabled", start: null },
    optimize: { get: "_get_graph_executor_optimize", set: "_set_graph_executor_optimize", start: true },
    inlining: {
      get: "_debug_get_fusion_group_inlining",
      set: "_debug_set_fusion_group_inlining",
      start: true,
    },
    everything: {
      get: "_jit_get_inline_everything_mode",
      set: "_jit_set_inline_everything_mode",
      start: false,
    },
  };

function switches(): Record<string, r.Value> {
  const out: Record<string, r.Value> = {};
  for (const { get, set, start, givesOld } of Object.values(SWITCHES)) {
    let value = start;
    if (get) out[get] = r.fn(get, "", () => value);
    if (set) {
      out[set] = r.fn(set, "value", (v: r.Value) => {
        const old = value;
        if (start !== null) value = v;
        return givesOld ? old : null;
      });
    }
  }
  return out;
}

let strategy: (readonly [string, number])[] = [["STATIC", 2], ["DYNAMIC", 10]];

function setFusionStrategy(given: r.Value): r.Value {
  const next = r.collect(given).map((pair) => {
    const [kind, depth] = r.collect(pair);
    if (kind !== "STATIC" && kind !== "DYNAMIC") {
      throw r.valueError(`FusionBehavior only supported 'STATIC' or 'DYNAMIC', got: ${r.str(kind)}`);
    }
    return [kind, Number(depth)] as const;
  });
  const old = strategy;
  strategy = next;
  return new r.PyList(old.map(([kind, depth]) => new r.PyTuple([kind, depth])));
}

/** What `_jit_try_infer_type` gives: a type, or why there is none. */
const inferredType = r.nativeType("InferredType", { module: "torch" });
class PyInferredType extends r.PyObject {
  constructor(readonly inferred: ReturnType<typeof inferType>) {
    super(inferredType);
  }
}
r.methods(inferredType, {
  success: ["", (t: PyInferredType) => "type" in t.inferred],
  reason: ["", (t: PyInferredType) => "reason" in t.inferred ? t.inferred.reason : ""],
  type: ["", (t: PyInferredType) => {
    if ("reason" in t.inferred) throw r.runtimeError(t.inferred.reason);
    return pyType(t.inferred.type);
  }],
});

/** A function of a graph: its inputs are the arguments, its results the result or a tuple of them. */
function functionOfGraph(name: string, graph: Graph): ScriptFunction {
  const copy = graph.copy();
  if (copy.outputs.length !== 1) {
    const made = copy.block.append(copy.create("prim::TupleConstruct", copy.outputs.slice()));
    made.output.setType(new TupleType(copy.outputs.map((o) => o.type)));
    copy.block.ret.removeAllInputs();
    copy.registerOutput(made.output);
  }
  const argument = (name: string, type: Argument["type"]): Argument => ({
    name,
    type,
    kwargOnly: false,
    isOut: false,
  });
  const fn = new ScriptFunction(name);
  fn.schema = new FunctionSchema(
    name,
    "",
    copy.inputs.map((v, i) => argument(v.hasDebugName ? v.debugNameBase : `argument_${i}`, v.type)),
    [argument("", copy.outputs[0]?.type ?? AnyTensorType)],
  );
  fn.graph = copy;
  fn.state = "defined";
  return fn;
}

/** A text that cannot be read is a RuntimeError in Python. */
function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (e) {
    if (e instanceof Diagnostic) throw r.runtimeError(r.diagnosticText.render(e));
    // The texts of our own operators are known to be right, so the parser of schemas takes a wrong one for our error.
    if (e instanceof InternalError) throw r.runtimeError(e.message);
    throw e;
  }
}

export function graphFunctions(): Record<string, r.Value> {
  const schemasOf = (name: string) => operators(name).map((op) => pySchema(op.schema));
  return {
    ...switches(),
    FunctionSchema: schemaType,
    Argument: argumentType,
    InferredType: inferredType,
    parse_ir: r.fn(
      "parse_ir",
      "input, parse_tensor_constants=False",
      (text: string) => pyGraph(reading(() => parseIr(text))),
    ),
    parse_schema: r.fn(
      "parse_schema",
      "schema, allow_typevars=False",
      (text: string) => pySchema(reading(() => parseSchema(text))),
    ),
    _get_schema: r.fn("_get_schema", "op_name, overload_name", (name: string, overload: string) => {
      const op = findOperator(overload ? `${name}.${overload}` : name);
      if (!op) throw r.runtimeError("Found no matching schema");
      return pySchema(op.schema);
    }),
    _jit_get_schemas_for_operator: r.fn(
      "_jit_get_schemas_for_operator",
      "name",
      (name: string) => new r.PyList(schemasOf(name)),
    ),
    _jit_get_all_schemas: r.fn(
      "_jit_get_all_schemas",
      "",
      () => new r.PyList([...operatorNames()].flatMap(schemasOf)),
    ),
    _jit_set_fusion_strategy: r.fn("_jit_set_fusion_strategy", "strategy", setFusionStrategy),
    _jit_try_infer_type: r.fn(
      "_jit_try_infer_type",
      "obj",
      (v: r.Value) => new PyInferredType(inferType(viewOf(v))),
    ),
    _create_function_from_graph: r.fn(
      "_create_function_from_graph",
      "qualname, graph",
      (name: string, g: G) => pyFunction(functionOfGraph(name, g.inner)),
    ),
  };
}
