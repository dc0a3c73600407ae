/** What the tracer says of code that it cannot follow, in PyTorch's words. */
import { tracing } from "./tracing_state.ts";

/** After "Converting a tensor to a Python boolean" and its like. */
export const PYTHON_DATAFLOW =
  " might cause the trace to be incorrect. We can't record the data flow of Python values, so this value will be " +
  "treated as a constant in the future. This means that the trace might not generalize to other inputs!";

/** After the name of a function that makes a tensor of Python data. */
export const CONSTRUCTOR =
  " results are registered as constants in the trace. You can safely ignore this warning if you use this function to " +
  "create tensors out of constant variables that would be the same every time you call this function. In any other " +
  "case, this might cause the trace to be incorrect.";

/** After a method that changes a tensor's sizes in place. */
export const RESIZE =
  " can't be represented in the JIT at the moment, so we won't connect any uses of this value with its current trace. " +
  "If you happen to use it again, it will show up as a constant in the graph.";

/** After a container that a traced function returns. */
export const STRICT =
  " might cause the trace to be incorrect, this is only valid if the container structure does not change based on the " +
  "module's inputs. Consider using a constant container instead (e.g. for `list`, use a `tuple` instead. for `dict`, " +
  "use a `NamedTuple` instead). If you absolutely need this and know the side effects, pass strict=False to trace() " +
  "to allow this behavior.";

/** Warns through the tracer's host while a trace is recorded; nothing otherwise. */
export function warnOfTracing(reason: string, kind = ""): void {
  tracing.state?.host.warn(reason + kind);
}
