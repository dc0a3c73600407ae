/** A whole function: parameters, body, return type; and closures inside one. */
import type { Diagnostic } from "../../core/errors.ts";
import { type Argument, FunctionSchema } from "../../core/schema.ts";
import type { SourceRange } from "../../core/source.ts";
import { reprStr } from "../../core/subtyping.ts";
import { NoneType, type Type } from "../../core/types.ts";
import type { IValue } from "../../core/ivalue.ts";
import type { Block } from "../ir/graph.ts";
import { ClosureValue } from "./callable_values.ts";
import { emitReturn, emitStatements } from "./emit_statements.ts";
import type { Emitter, Self } from "./emitter.ts";
import { errorReport } from "./error_report.ts";
import { createUninitialized, insertTyped } from "./ir_nodes.ts";
import { meaningfulName } from "./meaningful_name.ts";
import { type Def, tree } from "./tree.ts";

/** Value of a parameter's default, given its type; undefined when it has none. */
export type Defaults = (name: string, type: Type) => IValue | undefined;

/** The default value of parameter `name` does not fit its type. */
export function defaultMismatch(range: SourceRange, name: string, type: Type): Diagnostic {
  const untyped = type.kind === "Tensor" && type.facts.inferred
    ? `Because "${name}" was not annotated with an explicit type it is assumed to be type 'Tensor'.`
    : "";
  return errorReport(
    range,
    `Expected a default value of type ${reprStr(type)} on parameter "${name}".${untyped}`,
  );
}

export function emitDef(
  e: Emitter,
  def: Def,
  self: Self | undefined,
  block: Block,
  defaults?: Defaults,
): FunctionSchema {
  const schema = e.typeParser.parseSchema(def.name.name, def.decl, self !== undefined, defaults);
  if (schema.returns.length === 1) e.def.declaredReturn = schema.returns[0].type;
  const args = emitFormals(e, def, self, schema, block);
  emitStatements(e, def.body.items);
  if (!e.exitBlocks.has(block)) {
    const declared = e.def.declaredReturn;
    if (declared && declared.kind !== "None") {
      throw errorReport(
        def.range,
        "Function was not annotated as having type None, but does not return along all paths",
      );
    }
    e.graph.withInsertPoint(block, () => emitReturn(e, tree.return(def.range)));
  } else e.def.mergedReturn ??= e.def.declaredReturn ?? NoneType;
  const merged = e.def.mergedReturn!;
  // Returns become the block's output in SSA conversion; until then this stands for them.
  block.registerOutput(e.graph.insertNode(createUninitialized(e.graph, merged)).output);
  return new FunctionSchema(def.name.name, "", args, [{
    name: "",
    type: merged,
    kwargOnly: false,
    isOut: false,
  }]);
}

function emitFormals(
  e: Emitter,
  def: Def,
  self: Self | undefined,
  schema: FunctionSchema,
  block: Block,
): Argument[] {
  const args: Argument[] = [];
  let params = def.decl.params;
  if (self) {
    const { name, range } = params[0].ident;
    const v = block.addInput().setDebugName(name);
    e.env.setSugaredVar(range, name, self.makeSugared(v), undefined);
    args.push({ name, type: v.type, kwargOnly: false, isOut: false });
    params = params.slice(1);
  }
  const stateType = setStateType(e, def, self, schema);
  params.forEach((p, i) => {
    const { name, range } = p.ident;
    const v = block.addInput(meaningfulName(name) ? name : "");
    const arg = stateType ? { ...schema.args[i], type: stateType } : schema.args[i];
    args.push(arg);
    v.setType(arg.type);
    e.env.setVar(range, name, v);
  });
  return args;
}

/** An unannotated `__setstate__` takes what `__getstate__` gives. */
function setStateType(
  e: Emitter,
  def: Def,
  self: Self | undefined,
  schema: FunctionSchema,
): Type | undefined {
  if (e.fn.name !== "__setstate__" || !self) return undefined;
  if (!schema.args.every((a) => a.type.kind === "Tensor" && a.type.facts.inferred)) return undefined;
  if (def.decl.params.length !== 2) {
    throw errorReport(def.range, `Expected 2 arguments for \`__setstate__\`, got: ${def.decl.params.length}`);
  }
  const getState = self.classType.methods.get("__getstate__");
  if (!getState) {
    throw errorReport(
      def.range,
      "`__setstate__` defined but not `__getstate__`. You must have both defined on a ScriptModule to customize " +
        "serialization.\nDid you forget to use `@torch.jit.export`?",
    );
  }
  getState.ensureDefined?.();
  return getState.schema.returns[0].type;
}

/** Emits a body as the block of a `prim::Closure`. */
export function emitClosure(e: Emitter, body: (block: Block) => void): ClosureValue {
  const v = insertTyped(e.graph, "prim::Closure", [], NoneType);
  const block = v.node.addBlock();
  e.withLoop("outside", () => {
    e.graph.withInsertPoint(block, () => {
      e.pushFrame(block, true);
      body(block);
      e.popFrame(true);
    });
  });
  return new ClosureValue(v);
}

/** A nested `def`. */
export function emitClosureDef(e: Emitter, def: Def): void {
  const closure = emitClosure(e, (block) => void emitDef(e, def, undefined, block));
  e.env.setSugaredVar(def.name.range, def.name.name, closure, undefined);
}
