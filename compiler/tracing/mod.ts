/**
 * Tracing: a program runs, and the operators it calls become a graph.
 *
 * `trace.ts` runs a function under a tracer; `tracing_state.ts` is the graph being recorded and which value each tensor
 * is; `record_operator.ts` stands at dispatch's interception point, with `record_arguments.ts` for the inputs of a
 * node and `decompositions.ts` for operators that PyTorch records by their parts; `graph_inputs.ts` and
 * `graph_outputs.ts` are the border; `record_calls.ts` keeps calls of compiled code as calls; `record_sizes.ts` keeps
 * sizes that Python asks for; `warnings.ts` has the tracer's words.
 */
export { recordCall, recordMethodCall } from "./record_calls.ts";
export { recordNumel, recordSize } from "./record_sizes.ts";
export { type ArgumentSource, stashArguments } from "./argument_stash.ts";
export { defineTraced, type TracedGraph, traceGraph, type TraceOptions } from "./trace.ts";
export { pauseTracing, type TracerHost, tracing, TracingState } from "./tracing_state.ts";
export { CONSTRUCTOR, PYTHON_DATAFLOW, warnOfTracing } from "./warnings.ts";
