/**
 * Functions and methods as the Python that compiles to their graph: `.code` of scripted things, and the code of
 * archives. Statements are here; `expressions.ts` has the right-hand sides.
 */
import { InternalError, NotImplemented } from "../../core/errors.ts";
import type { SourceRange } from "../../core/source.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { typeEquals } from "../../core/types.ts";
import { toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { type ConstantContext, constantExpression, ConstantTable } from "./constant_text.ts";
import { type ExpressionContext, nodeExpression } from "./expressions.ts";
import { constantsByUse, inlinedNodes, isConstantLike } from "./inlining.ts";
import { LocalNames, validIdentifier } from "./local_names.ts";
import { SourceTags, type TaggedText } from "./source_tags.ts";
import { qualifiedNameOf, typeText } from "./type_text.ts";

/** What printed code refers to, and whom to tell. */
export type PrintContext = ConstantContext & Pick<ExpressionContext, "onOperator" | "onFunction"> & {
  /** Keeps which text comes of which source: archives carry it beside the code. */
  readonly tagged?: boolean;
};

/** Columns from which an expression gets a line of its own. */
const LONG = 40;
const INT64_MAX = 9223372036854775807n;

const PLAIN: () => PrintContext = () => ({
  constants: new ConstantTable(),
  nameOf: qualifiedNameOf,
  importable: false,
});

/** `code` of a function: its Python text, two spaces a level. Compiles it if need be. */
export function functionCode(fn: ScriptFunction): string {
  const p = new PythonPrint(PLAIN());
  p.printFunction(fn, true);
  return p.text();
}

/** `code` of a method: as `functionCode`, with a bare `self`. */
export function methodCode(fn: ScriptFunction): string {
  const p = new PythonPrint(PLAIN());
  p.printFunction(fn, false);
  return p.text();
}

/** A printer of one file: numbers of local names run on from function to function. */
export class PythonPrint {
  readonly #out: string[] = [];
  readonly #names = new LocalNames();
  readonly #text = new Map<Value, string>();
  readonly #annotated = new Set<Value>();
  #inlined: Set<Node> = new Set();
  /** Inlined nodes whose expression is long when nothing in it is split off. */
  readonly #long = new Set<Node>();
  #level = 0;
  readonly #expressions: ExpressionContext;

  constructor(readonly context: PrintContext) {
    this.#expressions = {
      constants: context.constants,
      nameOf: context.nameOf,
      importable: context.importable,
      onOperator: context.onOperator,
      onFunction: context.onFunction,
      useOf: (v) => this.#use(v),
      isExpression: (v) => this.#inlined.has(v.node),
    };
  }

  text(): string {
    return this.tagged().text;
  }
  /** The text, and the source ranges behind its parts when the context asked for them. */
  tagged(): TaggedText {
    return this.#tags.resolve(this.#out.join(""));
  }
  readonly #tags = new SourceTags();
  #mark(range: SourceRange | undefined, text: string): string {
    return this.context.tagged ? this.#tags.mark(range, text) : text;
  }
  #expression(n: Node): string {
    return this.#mark(n.range, nodeExpression(n, this.#expressions));
  }
  line(text: string): void {
    this.#out.push("  ".repeat(this.#level), text, "\n");
  }
  indented(f: () => void): void {
    this.#level++;
    f();
    this.#level--;
  }

  /** A whole `def`. The first parameter's type is left out for `.code` of methods, where it is understood. */
  printFunction(fn: ScriptFunction, firstType: boolean): void {
    fn.ensureDefined?.();
    const graph = fn.graph as Graph | undefined;
    if (!graph) throw new InternalError(`${fn.qualifiedName} has no graph to print`);
    this.#names.startFunction();
    const { nameOf } = this.context;
    const params = fn.schema.args.map((a, i) => {
      const name = this.#names.unique(a.name);
      this.#text.set(graph.inputs[i], name);
      const type = i === 0 && !firstType ? "" : `: ${typeText(a.type, nameOf)}`;
      const value = a.defaultValue === undefined
        ? ""
        : `=${constantExpression(a.defaultValue, this.context)}`;
      return name + type + value;
    });
    const returns = typeText(fn.schema.returns[0].type, nameOf);
    this.line(`def ${fn.name}(${params.join(",\n    ")}) -> ${returns}:`);
    this.#body(graph.block);
  }

  #body(body: Block): void {
    const saved = this.#inlined;
    const constants = constantsByUse(body);
    this.#inlined = inlinedNodes(body);
    this.indented(() => {
      for (const n of constants) this.#simple(n);
      this.#block(body, body.outputs.length > 0);
      this.#splitLong(body.outputs);
      if (body.outputs.length) this.line(`return ${this.#list(body.outputs)}`);
    });
    this.#inlined = saved;
  }

  #use(v: Value): string {
    const text = this.#text.get(v);
    if (text !== undefined) return text;
    if (this.#inlined.has(v.node)) return this.#expression(v.node);
    throw new InternalError(`%${v.debugName} is used before it is printed`);
  }
  #list(vs: readonly Value[]): string {
    return vs.map((v) => this.#use(v)).join(", ");
  }
  #name(v: Value): void {
    this.#text.set(v, this.#names.unique(v.hasDebugName ? validIdentifier(v.debugNameBase) : "_"));
  }
  #isLong(text: string): boolean {
    return this.#tags.lengthOf(text) + this.#level * 2 >= LONG;
  }
  #isInlined(v: Value): boolean {
    return this.#inlined.has(v.node) && !isConstantLike(v.node);
  }

  #block(b: Block, somethingFollows: boolean): void {
    // A block of nothing but constants prints no line either.
    if (!somethingFollows && ![...b.nodes()].some((n) => !isConstantLike(n))) this.line("pass");
    for (const n of b.nodes()) {
      if (isConstantLike(n)) continue;
      const begin = this.#out.length;
      this.#node(n);
      if (!this.context.tagged || this.#out.length === begin) continue;
      // All lines of the statement, those of nested blocks within it under their own marks.
      this.#out.splice(begin, 0, this.#tags.open(n.range));
      this.#out.push(this.#tags.close);
    }
  }

  #node(n: Node): void {
    if (this.#inlined.has(n)) return this.#simple(n);
    this.#splitLong(n.inputs);
    switch (n.kind) {
      case "prim::If":
        return this.#if(n);
      case "prim::Loop":
        return this.#loop(n);
      case "prim::TupleUnpack":
      case "prim::ListUnpack": {
        const value = this.#list(n.inputs);
        for (const o of n.outputs) this.#name(o);
        return this.line(
          `${n.outputs.map((o) => this.#use(o) + ", ").join("")}${n.outputs.length ? "= " : ""}${value}`,
        );
      }
      case "prim::SetAttr":
        return this.line(`${this.#use(n.inputs[0])}.${n.s("name")} = ${this.#use(n.inputs[1])}`);
      case "prim::fork":
      case "prim::awaitable":
        return this.#fork(n);
      case "prim::Enter": {
        if (n.output.uses.length) this.#name(n.output);
        const as = n.output.uses.length ? ` as ${this.#use(n.output)}` : "";
        this.line(`with ${this.#use(n.inputs[0])}${as}:`);
        this.#level++;
        return;
      }
      case "prim::Exit":
        this.#level--;
        return;
      case "prim::ModuleContainerIndex": {
        this.#name(n.output);
        const [container, key] = n.inputs.map((v) => this.#use(v));
        return this.line(
          `${this.#use(n.output)} : ${typeText(n.output.type, this.context.nameOf)} = ${container}[${key}]`,
        );
      }
      case "prim::Closure":
        throw new NotImplemented("printing a closure as Python");
      default:
        return this.#simple(n);
    }
  }

  #simple(n: Node): void {
    if (!this.#inlined.has(n)) return this.#define(n);
    // Of a long expression only that is noted: parts of it become variables once its statement is reached.
    if (!isConstantLike(n) && n.inputs.some((v) => this.#long.has(v.node))) return void this.#long.add(n);
    const text = this.#expression(n);
    if (!this.#isLong(text)) this.#text.set(n.output, text);
    else if (isConstantLike(n)) this.#define(n);
    else this.#long.add(n);
  }
  #define(n: Node, text: string = this.#expression(n)): void {
    for (const o of n.outputs) this.#name(o);
    this.line(n.outputs.length ? `${this.#list(n.outputs)} = ${text}` : text);
    this.#inlined.delete(n);
  }

  /**
   * Gives the long expressions among `inputs`, and those inside them, lines of their own; and all that stand before
   * the last of them too, so that everything still runs from left to right.
   */
  #splitLong(inputs: readonly Value[]): void {
    let last = inputs.length - 1;
    while (last >= 0 && !(this.#isInlined(inputs[last]) && this.#long.has(inputs[last].node))) last--;
    for (let i = 0; i <= last; i++) {
      const v = inputs[i];
      if (!this.#isInlined(v)) continue;
      this.#splitLong(v.node.inputs);
      const text = this.#expression(v.node);
      if (i < last || this.#isLong(text)) this.#define(v.node, text);
      else this.#text.set(v, text);
    }
  }

  #if(n: Node): void {
    for (const o of n.outputs) this.#name(o);
    const branch = (b: Block) =>
      this.indented(() => {
        this.#block(b, n.outputs.length > 0);
        this.#assignBranch(n.outputs, b);
      });
    this.line(`if ${this.#use(n.inputs[0])}:`);
    branch(n.blocks[0]);
    this.line("else:");
    branch(n.blocks[1]);
  }

  /** Ends of branches. An archive must say the type of a variable that is wider than what it gets first. */
  #assignBranch(outputs: readonly Value[], b: Block): void {
    this.#splitLong(b.outputs);
    const widened = outputs.some((o) =>
      (o.type.kind === "Union" || o.type.kind === "number") &&
      b.owner!.blocks.some((x) => !typeEquals(o.type, x.outputs[o.offset].type))
    );
    if (!this.context.importable || !widened || outputs.length < 2) return this.#assign(outputs, b.outputs);
    // No branch reads the outputs it gives, so one assignment after the other does as well.
    outputs.forEach((o, i) => this.#assign([o], [b.outputs[i]]));
  }

  #assign(to: readonly Value[], from: readonly Value[]): void {
    if (!to.length) return;
    let annotation = "";
    if (to.length === 1) {
      const t = to[0].type;
      const wide = t.kind === "Optional" || t.kind === "Union" ||
        (this.context.importable && t.kind === "number");
      if (wide && !this.#annotated.has(to[0])) {
        this.#annotated.add(to[0]);
        annotation = ` : ${typeText(t, this.context.nameOf)}`;
      }
    }
    this.line(`${this.#list(to)}${annotation} = ${this.#list(from)}`);
  }

  #loop(n: Node): void {
    const body = n.blocks[0];
    const isFor = isTrue(n.inputs[1]) && isTrue(body.outputs[0]);
    if (!isFor && !(toIValue(n.inputs[0]) === INT64_MAX && body.inputs[0].uses.length === 0)) {
      throw new NotImplemented("printing a loop that is neither a for nor a while");
    }
    for (const o of n.outputs) this.#name(o);
    n.outputs.forEach((o, i) => {
      this.#text.set(body.inputs[i + 1], this.#use(o));
      const from = n.inputs[i + 2];
      const wide = o.type.kind === "Optional" || o.type.kind === "Union" || !typeEquals(o.type, from.type);
      const annotation = wide ? `: ${typeText(o.type, this.context.nameOf)}` : "";
      if (wide) this.#annotated.add(o);
      this.line(`${this.#use(o)}${annotation} = ${this.#use(from)}`);
    });
    this.#name(body.inputs[0]);
    if (isFor) this.line(`for ${this.#use(body.inputs[0])} in range(${this.#use(n.inputs[0])}):`);
    else {
      // The trip count of a while loop is unused: its name is the condition's.
      this.line(`${this.#use(body.inputs[0])} = ${this.#use(n.inputs[1])}`);
      this.line(`while ${this.#use(body.inputs[0])}:`);
    }
    const skip = isFor ? 1 : 0;
    this.indented(() => {
      this.#block(body, body.inputs.length > skip);
      this.#splitLong(body.outputs);
      const to = body.inputs.slice(skip);
      if (to.length) this.line(`${this.#list(to)} = ${this.#list(body.outputs.slice(skip))}`);
    });
  }

  #fork(n: Node): void {
    const [stem, form] = n.kind === "prim::fork"
      ? ["__forked_function", "fork"]
      : ["__awaitable_function", "awaitable"];
    const name = this.#names.unique(stem);
    const graph = n.g("Subgraph");
    this.line(`def ${name}():`);
    graph.inputs.forEach((v, i) => this.#text.set(v, this.#use(n.inputs[i])));
    this.#body(graph.block);
    this.#define(n, `${form}(${name})`);
  }
}

function isTrue(v: Value): boolean {
  return toIValue(v) === true;
}
