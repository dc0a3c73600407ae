/**
 * SugaredValue: what an expression stands for while it is compiled. Most are plain graph values, others exist
 * only at compile time: functions, classes, modules, ranges, special forms. Asking one for something it cannot
 * do is the user's error, in PyTorch's words.
 */
import type { IValue } from "../../core/ivalue.ts";
import type { SourceRange } from "../../core/source.ts";
import type { Type } from "../../core/types.ts";
import { insertConstant, typeOfIValue } from "../ir/constants.ts";
import type { Graph, Value } from "../ir/graph.ts";
import { errorReport } from "./error_report.ts";
import type { MethodContext } from "./resolver.ts";

/** An argument: a graph value, or a constant not yet in the graph; with a name when it is a keyword. */
export class NamedValue {
  constructor(
    readonly content: Value | { readonly constant: IValue },
    readonly name: string = "",
    readonly range?: SourceRange,
  ) {}

  static constant(v: IValue, name = "", range?: SourceRange): NamedValue {
    return new NamedValue({ constant: v }, name, range);
  }
  /** The value; a constant is inserted into `g` each time. */
  value(g: Graph): Value {
    return "constant" in this.content ? insertConstant(g, this.content.constant) : this.content;
  }
  get type(): Type {
    return "constant" in this.content ? typeOfIValue(this.content.constant) : this.content.type;
  }
}

export type Args = readonly NamedValue[];

export abstract class SugaredValue {
  /** What messages call it. */
  abstract kind(): string;

  /** The graph value; inserts nodes where that takes some. */
  asValue(range: SourceRange, _m: MethodContext): Value {
    throw errorReport(range, `${this.kind()} cannot be used as a value`);
  }
  attr(range: SourceRange, _m: MethodContext, _field: string): SugaredValue {
    throw errorReport(range, `attribute lookup is not defined on ${this.kind()}`);
  }
  hasAttr(range: SourceRange, _m: MethodContext, _field: string): boolean {
    throw errorReport(range, `attribute lookup is not defined on ${this.kind()}`);
  }
  setAttr(range: SourceRange, _m: MethodContext, _field: string, _value: Value): void {
    throw errorReport(range, `attribute assignment is not defined on ${this.kind()}`);
  }
  /** Its elements, when their number is known; `size` is how many the context wants. */
  asTuple(range: SourceRange, _m: MethodContext, _size?: number): readonly SugaredValue[] {
    throw errorReport(range, `${this.kind()} cannot be used as a tuple`);
  }
  asTupleValue(range: SourceRange, _m: MethodContext): SugaredValue {
    throw errorReport(range, `${this.kind()} cannot be used as a tuplevalue`);
  }
  /** `binders` is the number of variables the result is assigned to; 0 for a statement. */
  call(range: SourceRange, _m: MethodContext, _args: Args, _kwargs: Args, _binders: number): SugaredValue {
    throw errorReport(range, `cannot call a ${this.kind()}`);
  }
  iter(range: SourceRange, _m: MethodContext): SugaredValue {
    throw errorReport(range, `${this.kind()} cannot be used as an iterable`);
  }
  /** Whether a loop over it is unrolled. */
  get unrolled(): boolean {
    return this.staticLength !== undefined;
  }
  get staticLength(): number | undefined {
    return undefined;
  }
  len(range: SourceRange, _m: MethodContext): Value {
    throw errorReport(range, `'${this.kind()}' object is not iterable`);
  }
  getitem(range: SourceRange, _m: MethodContext, _index: Value, _hint?: Type): SugaredValue {
    throw errorReport(range, `'${this.kind()}' object is not subscriptable`);
  }
}
