/** Compiling a function: made known at once, emitted when first needed, turned to SSA and cleaned up. */
import { type CompilationUnit, ScriptFunction } from "../../core/function.ts";
import { Graph } from "../ir/graph.ts";
import { CLEANUP, runPasses } from "../passes/mod.ts";
import { canonicalizeModifiedLoops } from "./canonicalize_modified_loops.ts";
import { RecursiveCallError } from "./callable_values.ts";
import { convertToSsa } from "./convert_to_ssa.ts";
import { type Defaults, emitDef } from "./emit_definition.ts";
import { Emitter, type Self } from "./emitter.ts";
import { errorReport, withCompilationOf } from "./error_report.ts";
import { eraseListLiterals } from "./erase_list_literals.ts";
import { inlineForkedClosures, liftClosures } from "./fork_closures.ts";
import { whole } from "./recovery.ts";
import type { Resolver } from "./resolver.ts";
import type { Def } from "./tree.ts";

export interface DefineOptions {
  /** Makes it a method of the class. */
  self?: Self;
  defaults?: Defaults;
  /** Not registered in the unit: hooks of modules share names. */
  unregistered?: boolean;
}

/**
 * A function of `unit` that compiles itself when first needed. `def` makes the tree; what it throws is thrown
 * by `ensureDefined`. A need while it is being compiled throws RecursiveCallError.
 */
export function defineFunction(
  unit: CompilationUnit,
  qualifiedName: string,
  def: () => Def,
  resolver: Resolver,
  options: DefineOptions = {},
): ScriptFunction {
  const fn = new ScriptFunction(qualifiedName, options.self?.classType);
  if (!options.unregistered) unit.addFunction(fn);
  fn.ensureDefined = () => {
    if (fn.state === "defined") return;
    if (fn.state === "compiling") throw new RecursiveCallError(fn.name);
    fn.state = "compiling";
    try {
      whole(() => compile(fn, whole(def), resolver, options));
    } catch (e) {
      // Whoever asks again hears of the error again, not of a compilation under way.
      fn.state = "new";
      fn.graph = undefined;
      throw e;
    }
    fn.state = "defined";
    fn.ensureDefined = undefined;
  };
  return fn;
}

function callName(fn: ScriptFunction): string {
  const atoms = fn.qualifiedName.split(".");
  return fn.owner ? atoms.slice(-2).join(".") : atoms[atoms.length - 1];
}

function compile(fn: ScriptFunction, def: Def, resolver: Resolver, options: DefineOptions): void {
  withCompilationOf(callName(fn), def.range, () => {
    const graph = new Graph();
    fn.graph = graph;
    const e = new Emitter(fn, resolver);
    e.pushFrame(graph.block, true);
    if (options.self && !def.decl.params.length) {
      throw errorReport(def.decl.range, "methods must have a self argument");
    }
    fn.schema = whole(() => emitDef(e, def, options.self, graph.block, options.defaults));
    finishGraph(graph);
  });
}

/** From loads and stores to the graph that prints. */
function finishGraph(graph: Graph): void {
  convertToSsa(graph);
  canonicalizeModifiedLoops(graph);
  cleanUp(graph);
}

/** The passes every graph sees, a fork's own graph too. */
function cleanUp(graph: Graph): void {
  liftClosures(graph, cleanUp);
  inlineForkedClosures(graph, cleanUp);
  eraseListLiterals(graph);
  runPasses(graph, CLEANUP);
}
