/** Runs a function under the tracer and gives the graph of what it did. */
import { RuntimeFault } from "../../core/errors.ts";
import type { IValue, ScriptObject } from "../../core/ivalue.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { pushInterceptor } from "../../ops/dispatch.ts";
import type { Graph } from "../ir/graph.ts";
import { fixupTraceScopeBlocks } from "../passes/fixup_trace_scope_blocks.ts";
import { normalizeOps } from "../passes/normalize_ops.ts";
import { addInput, gatherAttributes, inputType } from "./graph_inputs.ts";
import { outputValue } from "./graph_outputs.ts";
import { signatureOf } from "./signature.ts";
import { recordOperator } from "./record_operator.ts";
import { type TracerHost, tracing, TracingState } from "./tracing_state.ts";

export interface TraceOptions {
  readonly host: TracerHost;
  readonly strict?: boolean;
  readonly forceOutplace?: boolean;
  /** The compiled object of the module that is traced; its parameters are attributes of the graph's first input. */
  readonly self?: ScriptObject;
  /** Names for the inputs, in order; names that are left over belong to arguments with defaults. */
  readonly argumentNames?: readonly string[];
}

export interface TracedGraph {
  readonly graph: Graph;
  readonly output: IValue;
}

/** Traces `run`, which gets `inputs` and returns what the traced function returns. */
export function traceGraph(
  inputs: readonly IValue[],
  run: (inputs: readonly IValue[]) => IValue,
  options: TraceOptions,
): TracedGraph {
  if (tracing.state) throw new RuntimeFault("RuntimeError", "Tracing can't be nested");
  const state = new TracingState(options.host, options.strict ?? true, options.forceOutplace ?? false);
  using _recording = pushInterceptor(recordOperator);
  tracing.state = state;
  try {
    const { graph } = state;
    if (options.self) {
      const value = graph.addInput("self", options.self.type);
      gatherAttributes(state, value, options.self, "__module");
    }
    const names = options.argumentNames ?? [];
    const traced = inputs.map((v, i) =>
      addInput(state, v, inputType(v), graph.addInput(names.length >= inputs.length ? names[i] : ""))
    );
    const output = run(traced);
    graph.registerOutput(outputValue(state, output, 1));
    tracing.state = null;
    fixupTraceScopeBlocks(graph, options.self);
    normalizeOps(graph);
    return { graph, output };
  } finally {
    tracing.state = null;
  }
}

/** Gives a function its traced graph and the signature that the graph has. */
export function defineTraced(fn: ScriptFunction, graph: Graph): ScriptFunction {
  fn.graph = graph;
  fn.schema = signatureOf(fn.name, graph);
  fn.state = "defined";
  return fn;
}
