/**
 * A graph to mobile instructions. A value gets the next register where it is defined, is read with LOAD, and its last
 * read in its own block is a MOVE; where the last read is inside a nested block, DROPR follows that block.
 */
import {
  DictValue,
  EnumValue,
  FunctionValue,
  type IValue,
  ListValue,
  ScriptObject,
  TupleValue,
} from "../../core/ivalue.ts";
import { InternalError } from "../../core/errors.ts";
import { FloatType } from "../../core/types.ts";
import type { Type } from "../../core/types.ts";
import { findOperator } from "../../ops/registry.ts";
import { toIValue } from "../../compiler/ir/constants.ts";
import type { Block, Graph, Node, Value } from "../../compiler/ir/graph.ts";
import type { TypeNamer } from "../../compiler/printing/type_text.ts";
import { ExportRefusal } from "./export_refusal.ts";
import { stackNodes } from "./inline_order.ts";
import { type MobileInstruction, type MobileOperator, PROMOTED } from "./instructions.ts";
import { specifiedArguments } from "./specified_arguments.ts";
import { emitSpecial } from "./emit_special.ts";
import { someType, tableTypeText } from "./type_text.ts";

/** A function's code, as `bytecode.pkl` tables it. */
export interface MobileCode {
  readonly instructions: readonly MobileInstruction[];
  readonly operators: readonly MobileOperator[];
  readonly constants: readonly IValue[];
  readonly types: readonly string[];
  readonly registerSize: number;
}

export class MobileEmitter {
  readonly instructions: MobileInstruction[] = [];
  readonly operators: MobileOperator[] = [];
  readonly #operatorIndex = new Map<string, number>();
  readonly constants: IValue[] = [];
  readonly #constantIndex = new Map<Value, number>();
  readonly types: string[] = [];
  #registers = 0;
  readonly #registerOf = new Map<Value, number>();
  readonly #usesLeft = new Map<Value, number>();
  readonly #onStack: Set<Node>;
  readonly #specified: Map<string, number>;
  #block: Block;
  /** Interface methods that are called, for who lists the functions to export. */
  readonly interfaceCalls: { readonly type: Type; readonly method: string }[] = [];

  constructor(readonly graph: Graph, readonly nameOf: TypeNamer) {
    this.#onStack = stackNodes(graph.block);
    this.#specified = specifiedArguments(graph);
    this.#block = graph.block;
  }

  run(): MobileCode {
    this.#storeParameters(this.graph.inputs);
    this.#nodes(this.graph.block);
    this.#pushOutputs(this.graph.block);
    this.emit("RET");
    if (this.#refusal) throw this.#refusal;
    return {
      instructions: this.instructions,
      operators: this.operators,
      constants: this.constants,
      types: this.types,
      registerSize: this.#registers,
    };
  }

  #refusal: ExportRefusal | undefined;
  /** Refuses the function unless an instruction of it is refused before its end. */
  refuseAtEnd(r: ExportRefusal): void {
    this.#refusal ??= r;
  }

  emit(op: string, x = 0, n = 0): MobileInstruction {
    const i = { op, x, n };
    this.instructions.push(i);
    return i;
  }

  // --- values ---
  #store(values: readonly Value[]): void {
    const first = this.#registers + 1;
    for (const v of values) {
      this.#registerOf.set(v, ++this.#registers);
      this.#usesLeft.set(v, v.uses.length);
    }
    if (values.length === 1) this.emit("STORE", first);
    else if (values.length > 1) this.emit("STOREN", first, values.length);
  }
  /** Stores what a block begins with and drops what it does not use. */
  #storeParameters(values: readonly Value[]): void {
    this.#store(values);
    for (const v of values) if (!v.uses.length) this.emit("DROPR", this.#registerOf.get(v)!);
  }
  push(v: Value): void {
    if (v.node.kind === "prim::Constant") return void this.emit("LOADC", this.#constant(v));
    if (this.#onStack.has(v.node)) return this.#node(v.node);
    const register = this.#registerOf.get(v), left = this.#usesLeft.get(v);
    if (register === undefined || left === undefined) {
      throw new InternalError(`%${v.debugName} has no register`);
    }
    this.#usesLeft.set(v, left - 1);
    this.emit(left === 1 && v.node.block === this.#block ? "MOVE" : "LOAD", register);
  }
  pushAll(n: Node): void {
    for (const v of n.inputs) this.push(v);
  }
  pushConstant(v: IValue): void {
    this.emit("LOADC", this.constants.push(v) - 1);
  }
  #constant(v: Value): number {
    let i = this.#constantIndex.get(v);
    if (i === undefined) {
      const value = toIValue(v)!;
      checkConstant(value, v.node);
      this.#constantIndex.set(v, i = this.constants.push(value) - 1);
    }
    return i;
  }

  /** Index of a type in the table. Refuses types that the runtime cannot read. */
  type(t: Type, n: Node): number {
    const classes = someType(t, (x) => x.kind === "Class" || x.kind === "Interface" || x.kind === "Enum");
    if (classes) throw classRefusal(this.nameOf, t, n);
    if (someType(t, (x) => x.kind === "Union")) {
      throw new ExportRefusal(`Union types are not supported in mobile module: ${t.annotation()}`, n.range);
    }
    return this.types.push(tableTypeText(t, this.nameOf)) - 1;
  }

  // --- nodes ---
  #nodes(block: Block): void {
    for (const n of block.nodes()) {
      if (n.kind === "prim::Constant" || this.#onStack.has(n)) continue;
      this.#node(n);
      if (n.outputs.length === 1 && !n.output.uses.length) this.emit("DROP");
      else {
        this.#store(n.outputs);
        for (const o of n.outputs) if (!o.uses.length) this.emit("DROPR", this.#registerOf.get(o)!);
      }
      if (n.blocks.length) this.#dropDead(block);
    }
  }
  /** Clears the registers of a block's own values whose last use was in a nested block. */
  #dropDead(block: Block): void {
    for (const [v, left] of this.#usesLeft) {
      if (left > 0 || v.node.block !== block) continue;
      this.#usesLeft.delete(v);
      if (this.#nested.delete(v)) this.emit("DROPR", this.#registerOf.get(v)!);
    }
  }
  readonly #nested = new Set<Value>();

  #inBlock(block: Block, emit: () => void): void {
    const outer = this.#block;
    this.#block = block;
    const before = new Map(this.#usesLeft);
    emit();
    this.#block = outer;
    for (const [v, left] of before) {
      if (left > 0 && this.#usesLeft.get(v) === 0) this.#nested.add(v);
    }
  }
  #pushOutputs(block: Block): void {
    for (const v of block.outputs) this.push(v);
  }

  #node(n: Node): void {
    if (n.kind === "prim::If") return this.#if(n);
    if (n.kind === "prim::Loop") return this.#loop(n);
    if (emitSpecial(this, n)) return;
    const key = n.schemaKey ?? n.kind;
    const promoted = PROMOTED[key];
    if (promoted) {
      this.pushAll(n);
      return void this.emit(promoted);
    }
    this.#operator(n, key);
  }

  #operator(n: Node, key: string): void {
    const schema = findOperator(key)?.schema;
    if (!schema) throw new InternalError(`${key} is no operator`);
    const dot = key.indexOf(".", key.indexOf("::"));
    const name = dot < 0 ? key : key.slice(0, dot), overload = dot < 0 ? "" : key.slice(dot + 1);
    if (schema.isVararg) {
      this.pushAll(n);
      const x = this.operators.push({ name, overload, specified: -1 }) - 1;
      return void this.emit("OPN", x, n.inputs.length);
    }
    const specified = this.#specified.get(key) ?? n.inputs.length;
    const outs = schema.args.filter((a) => a.isOut).length, plain = n.inputs.length - outs;
    n.inputs.forEach((v, i) => {
      if (i < specified - outs || i >= plain) this.push(v);
    });
    let x = this.#operatorIndex.get(key);
    if (x === undefined) {
      x = this.operators.push({ name, overload, specified }) - 1;
      this.#operatorIndex.set(key, x);
    }
    this.emit("OP", x);
  }

  /** Sets a jump's distance to the next instruction. */
  #land(jump: MobileInstruction, at: number): void {
    jump.x = this.instructions.length - at;
  }
  #if(n: Node): void {
    this.push(n.inputs[0]);
    const toElse = this.emit("JF"), toElseAt = this.instructions.length - 1;
    const [yes, no] = n.blocks;
    this.#branch(yes);
    const toEnd = this.emit("JMP"), toEndAt = this.instructions.length - 1;
    this.#land(toElse, toElseAt);
    this.#branch(no);
    this.#land(toEnd, toEndAt);
  }
  #branch(b: Block): void {
    this.#inBlock(b, () => {
      this.#nodes(b);
      this.#pushOutputs(b);
    });
  }
  #loop(n: Node): void {
    this.pushConstant(0);
    this.pushAll(n);
    const loop = this.emit("LOOP", 0, n.inputs.length), at = this.instructions.length - 1;
    const [body] = n.blocks;
    this.#inBlock(body, () => {
      this.#storeParameters(body.inputs);
      this.#nodes(body);
      this.#pushOutputs(body);
    });
    this.emit("JMP", at - this.instructions.length);
    this.#land(loop, at);
  }
}

export function classRefusal(nameOf: TypeNamer, t: Type, n: Node): ExportRefusal {
  // PyTorch's sentence has no space there.
  return new ExportRefusal(
    "__torch__ types other than custom c++ classes (__torch__.torch.classes)are not supported in lite interpreter. " +
      "Workaround: instead of using arbitrary class type (class Foo()), define a pytorch class " +
      `(class Foo(torch.nn.Module)). The problematic type is: ${tableTypeText(t, nameOf)}`,
    n.range,
  );
}

function checkConstant(v: IValue, n: Node): void {
  if (v instanceof EnumValue) {
    throw new ExportRefusal(
      `enum values are not supported in mobile module: ${v.type.name}.${v.name}`,
      n.range,
    );
  }
  if (v instanceof ScriptObject || v instanceof FunctionValue) {
    throw new ExportRefusal("objects and functions as constants are not supported in mobile module", n.range);
  }
  if (v instanceof ListValue || v instanceof TupleValue) { for (const x of v.items) checkConstant(x, n); }
  if (v instanceof DictValue) {
    for (const [k, x] of v.entries()) {
      checkConstant(k, n);
      checkConstant(x, n);
    }
  }
}

/** Element kinds of TO_LIST. */
export function tolistKind(t: Type): number {
  const kinds = ["int", FloatType.kind, "bool", "complex"];
  return kinds.indexOf(t.kind);
}
