/** `torch._C._tracing`: functions and methods made of traces, and what else `_trace.py` asks of the compiler. */
import { hostCompiler, hostIValue, inferType, recursiveCompiler } from "../../../compiler/mod.ts";
import type { Graph } from "../../../compiler/ir/graph.ts";
import { canonicalize } from "../../../compiler/passes/canonicalize_names.ts";
import { eraseShapeInformation } from "../../../compiler/passes/erase_shape_information.ts";
import { inline } from "../../../compiler/passes/inliner.ts";
import { defineTraced, traceGraph, tracing, type TracingState } from "../../../compiler/tracing/mod.ts";
import { ScriptFunction } from "../../../core/function.ts";
import type { IValue, ScriptObject } from "../../../core/ivalue.ts";
import { reprStr } from "../../../core/subtyping.ts";
import { TupleType, type Type } from "../../../core/types.ts";
import * as r from "../../runtime/mod.ts";
import { HostClass } from "./class_view.ts";
import { toPython } from "./convert.ts";
import { pyGraph } from "./graph_types.ts";
import { connectHost } from "./mod.ts";
import { HostModule } from "./module_view.ts";
import { graphType, pyFunction, pyObject, type PyScriptObject } from "./script_types.ts";
import { installTracedMethods } from "./traced_tensor_methods.ts";
import { PYTHON_TRACER } from "./tracer_host.ts";
import { viewOf } from "./views.ts";

const stateType = r.nativeType("TracingState", { module: "torch._C", hasDict: true });

class PyTracingState extends r.PyObject {
  override attrs: r.Attrs = new Map();
  constructor(readonly state: TracingState) {
    super(stateType);
  }
}

r.methods(stateType, {
  push_scope: ["scope_name", (s: PyTracingState, name: string) => {
    s.state.pushScope(name);
    return null;
  }],
  pop_scope: ["", (s: PyTracingState) => {
    s.state.popScope();
    return null;
  }],
  current_scope: ["", (s: PyTracingState) => s.state.scope.split("/").pop() ?? ""],
  graph: ["", (s: PyTracingState) => pyGraph(s.state.graph)],
});

const states = new WeakMap<TracingState, PyTracingState>();

/** The trace being recorded as Python sees it, or None. */
export function pythonTracingState(): r.Value {
  const { state } = tracing;
  if (!state) return null;
  let p = states.get(state);
  if (!p) states.set(state, p = new PyTracingState(state));
  return p;
}

/** A value with the type that its parts give it; RuntimeError when they give none. */
function inferred(v: r.Value): { value: IValue; type: Type } {
  const view = viewOf(v), found = inferType(view);
  if ("reason" in found) {
    throw r.runtimeError(`Tracer cannot infer type of ${r.str(v)}\n:${found.reason}`);
  }
  return { value: hostIValue(view, found.type), type: found.type };
}

function isTraceable(t: Type): boolean {
  switch (t.kind) {
    case "Tensor":
      return true;
    case "List":
      return isTraceable(t.elem);
    case "Tuple":
      return t.elems.every(isTraceable);
    case "Dict":
      return isTraceable(t.value);
    case "Class":
      return true;
    default:
      return false;
  }
}

function exampleInputs(inputs: readonly r.Value[]): IValue[] {
  const found = inferred(new r.PyTuple(inputs));
  if (!isTraceable(found.type)) {
    throw r.runtimeError(
      `Type '${
        reprStr(new TupleType((found.type as TupleType).elems))
      }' cannot be traced. Only Tensors and (possibly nested) Lists, Dicts, and Tuples of Tensors can be traced`,
    );
  }
  return (found.value as { items: IValue[] } & IValue).items.slice();
}

interface Request {
  readonly func: r.Value;
  readonly inputs: readonly r.Value[];
  /** Names of keyword arguments, when the inputs are given by keyword. */
  readonly keywords?: readonly string[];
  readonly strict: boolean;
  readonly forceOutplace: boolean;
  readonly argumentNames: readonly string[];
  readonly self?: ScriptObject;
}

function record(q: Request): Graph {
  connectHost();
  installTracedMethods();
  const run = (inputs: readonly IValue[]): IValue => {
    const out = q.keywords
      ? r.call(q.func, [], new Map(q.keywords.map((k, i) => [k, q.inputs[i]])))
      : r.call(q.func, inputs.map(toPython));
    if (out === null) {
      throw r.runtimeError(
        "The traced function didn't return any values! Side-effects are not captured in traces, so it would be a no-op.",
      );
    }
    return inferred(out).value;
  };
  const before = r.rt.localsWanted;
  r.rt.localsWanted = true;
  try {
    return traceGraph(exampleInputs(q.inputs), run, {
      host: PYTHON_TRACER,
      strict: q.strict,
      forceOutplace: q.forceOutplace,
      self: q.self,
      argumentNames: q.keywords ?? q.argumentNames,
    }).graph;
  } finally {
    r.rt.localsWanted = before;
  }
}

/** Example inputs as given: a tuple, or a dict for keyword arguments, which go by the order of the parameters. */
function given(inputs: r.Value, names: readonly string[]): Pick<Request, "inputs" | "keywords"> {
  if (inputs instanceof r.PyDict) {
    const keywords = names.filter((n) => inputs.get(n) !== undefined);
    return { inputs: keywords.map((k) => inputs.get(k)!), keywords };
  }
  return { inputs: r.collect(inputs) };
}

function functionFromTrace(
  name: string,
  func: r.Value,
  inputs: r.Value,
  strict: r.Value,
  forceOutplace: r.Value,
  names: r.Value,
): r.Value {
  const argumentNames = r.collect(names).map(String);
  const graph = record({
    func,
    ...given(inputs, argumentNames),
    strict: strict !== false,
    forceOutplace: forceOutplace === true,
    argumentNames,
  });
  const { unit } = hostCompiler();
  const fn = defineTraced(new ScriptFunction(unit.uniqueName(name)), graph);
  unit.addFunction(fn);
  return pyFunction(fn);
}

function methodFromTrace(
  module: PyScriptObject,
  name: string,
  func: r.Value,
  inputs: r.Value,
  strict: r.Value,
  forceOutplace: r.Value,
  names: r.Value,
): r.Value {
  const self = module.object, type = self.type;
  const argumentNames = r.collect(names).map(String);
  const graph = record({
    func,
    ...given(inputs, argumentNames),
    strict: strict !== false,
    forceOutplace: forceOutplace === true,
    argumentNames,
    self,
  });
  const fn = defineTraced(new ScriptFunction(`${type.name}.${name}`, type), graph);
  type.unit.addFunction(fn);
  type.methods.set(name, fn);
  return null;
}

/** A module's state as a compiled object of a type of its own, with no methods; `exports` adds those marked for export. */
function moduleForTrace(module: r.PyObject, exports: r.Value): r.Value {
  connectHost();
  const view = new HostModule(module, new HostClass(module.cls));
  const compiler = recursiveCompiler();
  // A wrapper's class is new each time; a module's own class is shared with what `script` made of it.
  if (exports !== true) return pyObject(compiler.scriptModule(view, []).object);
  return pyObject(compiler.unsharedModule(view, view.exportedMethods()).object);
}

type GraphObject = r.PyObject & { readonly inner: Graph };

function native(): r.PyModule {
  return r.moduleOf("torch._C._tracing", {
    get_tracing_state: r.fn("get_tracing_state", "", pythonTracingState),
    create_function_from_trace: r.fn(
      "create_function_from_trace",
      "name, func, inputs, strict, force_outplace, argument_names",
      functionFromTrace,
    ),
    create_method_from_trace: r.fn(
      "create_method_from_trace",
      "module, name, func, inputs, strict, force_outplace, argument_names",
      methodFromTrace,
    ),
    create_module: r.fn("create_module", "module, exports=False", moduleForTrace),
    canonicalize: r.fn("canonicalize", "graph", (g: GraphObject) => pyGraph(canonicalize(g.inner))),
    inline: r.fn("inline", "graph", (g: GraphObject) => {
      inline(g.inner, "print");
      return null;
    }),
    erase_shape_information: r.fn("erase_shape_information", "graph", (g: GraphObject) => {
      eraseShapeInformation(g.inner);
      return null;
    }),
    Graph: graphType,
  });
}

/** Makes `torch._C._tracing` known; it is made when it is imported. */
export function registerTracing(): void {
  r.registerModule("torch._C._tracing", native);
}
