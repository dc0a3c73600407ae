/**
 * The emitter's state for one function: graph, environment, the return type as far as known, loops. The rules
 * for each kind of node are in the `emit_*.ts` files; this file is what they share.
 */
import type { ScriptFunction } from "../../core/function.ts";
import type { IValue } from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import type { SourceRange } from "../../core/source.ts";
import type { Type } from "../../core/types.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { emitOperator } from "./builtin_call.ts";
import { Environment } from "./environment.ts";
import { constant } from "./ir_nodes.ts";
import type { MethodContext, Resolver } from "./resolver.ts";
import { ScriptTypeParser } from "./script_type_parser.ts";
import { type Args, NamedValue } from "./sugared_value.ts";

/** What is known of a function's return type while its body is emitted. */
export interface DefContext {
  declaredReturn: Type | undefined;
  mergedReturn: Type | undefined;
}

export type LoopStatus = "outside" | "in_loop" | "in_unrolled_loop";

/** Makes the first parameter of a method: the value and what it stands for. */
export interface Self {
  makeSugared(v: Value): import("./sugared_value.ts").SugaredValue;
  readonly classType: import("../../core/class_type.ts").ClassType;
}

export class Emitter implements MethodContext {
  readonly graph: Graph;
  readonly typeParser: ScriptTypeParser;
  env!: Environment;
  readonly defs: DefContext[] = [];
  /** Blocks that end in a return or raise: what follows in them is not emitted. */
  readonly exitBlocks: Set<Block> = new Set();
  loopStatus: LoopStatus = "outside";
  readonly #constants = new Map<string, Value>();
  #temporaries = 0;

  constructor(readonly fn: ScriptFunction, readonly resolver: Resolver) {
    this.graph = fn.graph as Graph;
    this.typeParser = new ScriptTypeParser(resolver);
  }

  pushFrame(block: Block, startsDef = false): void {
    if (startsDef) this.defs.push({ declaredReturn: undefined, mergedReturn: undefined });
    this.env = new Environment(this, this.resolver, block, this.env);
  }
  popFrame(endsDef = false): Environment {
    const old = this.env;
    this.env = old.next!;
    if (endsDef) this.defs.pop();
    return old;
  }
  get def(): DefContext {
    return this.defs[this.defs.length - 1];
  }
  tempName(prefix: string): string {
    return `${prefix}${this.#temporaries++}`;
  }
  withLoop<T>(status: LoopStatus, f: () => T): T {
    const was = this.loopStatus;
    this.loopStatus = status;
    try {
      return f();
    } finally {
      this.loopStatus = was;
    }
  }

  /** A number at the top of the graph, one node per value. */
  sharedConstant(v: number | bigint | Float | Complex, range: SourceRange): Value {
    const key = v instanceof Float
      ? `f${Object.is(v.value, -0) ? "-0" : v.value}`
      : v instanceof Complex
      ? `c${v.re},${v.im}`
      : `i${v}`;
    let value = this.#constants.get(key);
    if (!value) {
      value = this.graph.withInsertPoint(
        this.graph.block.first,
        () => constant(this.graph, v as IValue, range),
      );
      this.#constants.set(key, value);
    }
    return value;
  }
  constant(v: IValue, range?: SourceRange): Value {
    return constant(this.graph, v, range);
  }
  /** A node of control flow, inserted. */
  insert(kind: string, range: SourceRange, inputs: readonly Value[] = []): Node {
    const n = this.graph.create(kind, inputs, 0);
    n.range = range;
    return this.graph.insertNode(n);
  }
  op(range: SourceRange | undefined, name: string, args: Args, kwargs: Args = [], self?: NamedValue): Value {
    return emitOperator(range, this.graph, name, args, kwargs, self);
  }
  /** An operator on plain values. */
  opOn(range: SourceRange | undefined, name: string, ...values: Value[]): Value {
    return this.op(range, name, values.map((v) => new NamedValue(v)));
  }
}
