/**
 * From a Graph to register bytecode. `prepare.ts` inlines calls and drops what has no code of its own;
 * `liveness.ts` answers whether a value is needed after a node; `emit.ts` walks the graph once, giving registers
 * (`registers.ts`) and writing instructions (`instructions.ts`); `moves.ts` orders parallel moves.
 */
import type { Code } from "../../bytecode/code.ts";
import { verifyCode } from "../../bytecode/verifier.ts";
import { type ScriptFunction, setLowering } from "../../core/function.ts";
import type { FunctionSchema } from "../../core/schema.ts";
import type { Graph } from "../ir/graph.ts";
import { isVerifying } from "../passes/mod.ts";
import { graphOf } from "../passes/inliner.ts";
import { Emitter } from "./emit.ts";
import { prepare } from "./prepare.ts";

/** Code for a graph, which stays as it is. */
export function lowerGraph(graph: Graph, name: string, schema?: FunctionSchema): Code {
  const code = new Emitter(prepare(graph), name, schema, lowerGraph).run();
  if (isVerifying()) verifyCode(code);
  return code;
}

/** Code for a compiled function. */
export function lowerFunction(fn: ScriptFunction): Code {
  return lowerGraph(graphOf(fn), fn.qualifiedName, fn.schema);
}

setLowering(lowerFunction);
