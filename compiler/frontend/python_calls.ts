/** Calls that a script makes back into the host: ignored functions, and classes that have no source to compile. */
import { type Argument, FunctionSchema } from "../../core/schema.ts";
import { PyObjectValue } from "../../core/ivalue.ts";
import type { SourceRange } from "../../core/source.ts";
import { AnyTensorType, NoneType, TupleType, type Type } from "../../core/types.ts";
import type { Value } from "../ir/graph.ts";
import { frontendError } from "./error_report.ts";
import { hostCompiler } from "./host_compiler.ts";
import { constant, createUninitialized } from "./ir_nodes.ts";
import { OpaqueValue } from "./opaque_value.ts";
import type { ClassView, FunctionView, MethodContext, ObjectView } from "./resolver.ts";
import { matchSchema } from "./schema_matching.ts";
import { SimpleValue } from "./simple_value.ts";
import { type Args, NamedValue, SugaredValue } from "./sugared_value.ts";

/** What an unannotated host function is taken to return: as many tensors as the assignment has names. */
function untypedReturns(binders: number): Argument[] {
  let type: Type = AnyTensorType;
  if (binders === 0) type = NoneType;
  else if (binders > 1) type = new TupleType(new Array(binders).fill(AnyTensorType));
  return [{ name: "0", type, kwargOnly: false, isOut: false }];
}

function insertPythonCall(
  m: MethodContext,
  name: string,
  object: unknown,
  inputs: readonly Value[],
  type: Type,
  range: SourceRange,
): SugaredValue {
  const n = m.graph.create("prim::PythonOp", [...inputs]);
  n.set("name", { kind: "s", value: name });
  n.set("pyobj", { kind: "ival", value: new PyObjectValue(object) });
  n.range = range;
  n.output.setType(type);
  return new SimpleValue(m.graph.insertNode(n).output);
}

/** A class of the host that has no script type: calling it takes tensors and gives one, as PyTorch assumes. */
export class PythonTypeValue extends OpaqueValue {
  constructor(readonly cls: ClassView, readonly view: ObjectView) {
    super("type");
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    binders: number,
  ): SugaredValue {
    if (this.cls.isModule || this.cls.definition) {
      throw frontendError(range, `Cannot instantiate class '${this.cls.name}' in a script function`);
    }
    const formals: Argument[] = [...args, ...kwargs].map((_, i) => (
      { name: String(i), type: AnyTensorType, kwargOnly: false, isOut: false }
    ));
    const schema = new FunctionSchema(this.cls.name, "", formals, untypedReturns(binders));
    const matched = matchSchema(schema, range, m.graph, args, kwargs);
    return insertPythonCall(
      m,
      this.cls.name,
      this.view.object,
      matched.inputs,
      matched.returnTypes[0],
      range,
    );
  }
}

/** An ignored function or method: a call back into the host, or a raise when it is unused. */
export class PythonFunctionValue extends SugaredValue {
  constructor(
    readonly fn: FunctionView,
    readonly view: ObjectView | undefined,
    readonly self: Value | undefined,
  ) {
    super();
  }
  override kind(): string {
    return "python value of type 'function'";
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: Args,
    kwargs: Args,
    binders: number,
  ): SugaredValue {
    const g = m.graph;
    const all = this.self ? [new NamedValue(this.self, "self"), ...args] : args;
    const schema = this.#schema(range, binders);
    const matched = matchSchema(schema, range, g, all, kwargs);
    if (this.fn.modifier === "unused" || this.fn.modifier === "drop") {
      const message = constant(g, "This Python function is annotated to be ignored and cannot be run");
      const raise = g.create("prim::RaiseException", [message, constant(g, null)], 0);
      raise.range = range;
      raise.schemaKey = "prim::RaiseException";
      g.insertNode(raise);
      return new SimpleValue(g.insertNode(createUninitialized(g, matched.returnTypes[0])).output);
    }
    const object = this.view?.object ?? this.fn.object;
    return insertPythonCall(m, this.fn.name, object, matched.inputs, matched.returnTypes[0], range);
  }
  /** Annotated types, or tensors in and out. */
  #schema(range: SourceRange, binders: number): FunctionSchema {
    const declared = hostCompiler().declaredSchema(this.fn, this.self?.type, range);
    if (declared.returns.length) return declared;
    return new FunctionSchema(
      declared.name,
      "",
      declared.args,
      untypedReturns(binders),
      declared.isVararg,
    );
  }
}
