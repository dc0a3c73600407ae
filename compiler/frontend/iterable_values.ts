/** Sugared values that loops run over: ranges, zips, tuples of sugared values, enum classes; and slices. */
import { type EnumValue, ListValue } from "../../core/ivalue.ts";
import type { SourceRange } from "../../core/source.ts";
import { reprStr } from "../../core/subtyping.ts";
import { type EnumType, IntType, type Type } from "../../core/types.ts";
import { toIValue } from "../ir/constants.ts";
import type { Value } from "../ir/graph.ts";
import { emitOperator } from "./builtin_call.ts";
import { errorReport } from "./error_report.ts";
import { constant, insertList, insertTuple } from "./ir_nodes.ts";
import type { MethodContext } from "./resolver.ts";
import { SimpleValue } from "./simple_value.ts";
import { NamedValue, SugaredValue } from "./sugared_value.ts";

/** A tuple whose elements need not be graph values: submodules, the rows of a zip. */
export class SugaredTupleValue extends SugaredValue {
  constructor(readonly items: readonly SugaredValue[]) {
    super();
  }
  override kind(): string {
    return "Tuple";
  }
  override asTuple(): readonly SugaredValue[] {
    return this.items;
  }
  override asValue(range: SourceRange, m: MethodContext): Value {
    return insertTuple(m.graph, this.items.map((i) => i.asValue(range, m)));
  }
  override getitem(range: SourceRange, _m: MethodContext, index: Value): SugaredValue {
    const i = toIValue(index);
    if (index.type.kind !== "int" || typeof i !== "number") {
      throw errorReport(
        range,
        "Expected integer literal for index but got a variable or non-integer. ModuleList/Sequential indexing is only supported with integer literals. " +
          "For example, 'i = 4; self.layers[i](x)' will fail because i is not a literal. " +
          "Enumeration is supported, e.g. 'for index, v in enumerate(self): out = v(inp)'",
      );
    }
    const at = i < 0 ? i + this.items.length : i;
    if (at < 0 || at >= this.items.length) {
      throw errorReport(range, `Index ${i} out of range of length ${this.items.length}`);
    }
    return this.items[at];
  }
  override iter(): SugaredValue {
    return this;
  }
  override get staticLength(): number {
    return this.items.length;
  }
}

/** `range(...)`; with a static length when it counts along something that is unrolled. */
export class RangeValue extends SugaredValue {
  readonly #start: Value;
  readonly #end: Value;
  readonly #step: Value;
  readonly #onlyEnd: boolean;
  constructor(range: SourceRange, m: MethodContext, inputs: readonly Value[], readonly fixedLength?: number) {
    super();
    inputs.forEach((v, i) => {
      if (v.type.kind !== "int") {
        throw errorReport(
          range,
          `all inputs of range must be ints, found ${reprStr(v.type)} in argument ${i}`,
        );
      }
    });
    if (inputs.length === 0) throw errorReport(range, "range expected at least 1 arguments, got 0");
    if (inputs.length > 3) {
      throw errorReport(range, `range expected at most 3 arguments, got ${inputs.length}`);
    }
    const g = m.graph;
    this.#onlyEnd = inputs.length === 1;
    if (this.#onlyEnd) {
      this.#end = inputs[0];
      this.#start = constant(g, 0, range);
      this.#step = constant(g, 1, range);
    } else {
      [this.#start, this.#end] = inputs;
      this.#step = inputs[2] ?? constant(g, 1, range);
    }
  }
  override kind(): string {
    return "range";
  }
  override iter(): SugaredValue {
    return this;
  }
  override get staticLength(): number | undefined {
    return this.fixedLength;
  }
  override len(range: SourceRange, m: MethodContext): Value {
    if (this.fixedLength !== undefined) return constant(m.graph, this.fixedLength, range);
    if (this.#onlyEnd) return this.#end;
    const args = [this.#start, this.#end, this.#step].map((v) => new NamedValue(v));
    return emitOperator(range, m.graph, "aten::__range_length", args, []);
  }
  override getitem(range: SourceRange, m: MethodContext, index: Value): SugaredValue {
    if (this.#onlyEnd) return new SimpleValue(index);
    const args = [index, this.#start, this.#step].map((v) => new NamedValue(v));
    return new SimpleValue(emitOperator(range, m.graph, "aten::__derive_index", args, []));
  }
}

/** Iterables walked in step: what `zip` and `enumerate` are. */
export class IterableTree extends SugaredValue {
  readonly #children: SugaredValue[] = [];
  #unrollLength: number | undefined;

  override kind(): string {
    return "iterabletree";
  }
  addChild(range: SourceRange, child: SugaredValue): void {
    const length = child.staticLength;
    if (this.#children.length === 0) this.#unrollLength = length;
    else {
      if ((this.#unrollLength === undefined) !== (length === undefined)) {
        throw errorReport(
          range,
          "Can not iterate over a module list or tuple with a value that does not have a statically determinable length\n",
        );
      }
      if (length !== undefined) this.#unrollLength = Math.min(length, this.#unrollLength!);
    }
    this.#children.push(child);
  }
  override iter(): SugaredValue {
    return this;
  }
  override get staticLength(): number | undefined {
    return this.#unrollLength;
  }
  /** The leaves, nested zips dissolved. */
  leaves(): SugaredValue[] {
    return this.#children.flatMap((c) => c instanceof IterableTree ? c.leaves() : [c]);
  }
  override len(range: SourceRange, m: MethodContext): Value {
    const lengths = this.leaves().map((l) => l.len(range, m));
    const list = insertList(m.graph, IntType, lengths);
    return emitOperator(range, m.graph, "prim::min", [new NamedValue(list)], []);
  }
  override getitem(range: SourceRange, m: MethodContext, index: Value, hint?: Type): SugaredValue {
    return new SugaredTupleValue(this.#children.map((c) => c.getitem(range, m, index, hint)));
  }
}

/** `slice(a, b, c)` as an object. */
export class SliceValue extends SugaredValue {
  constructor(readonly start: Value, readonly stop: Value, readonly step: Value) {
    super();
  }
  override kind(): string {
    return "Python slice value";
  }
}

/** The class `slice`. */
export class SliceClass extends SugaredValue {
  override kind(): string {
    return "Python slice class";
  }
  override call(
    range: SourceRange,
    m: MethodContext,
    args: readonly NamedValue[],
    kwargs: readonly NamedValue[],
  ): SugaredValue {
    if (kwargs.length) throw errorReport(range, "Slice does not accept any keyword arguments");
    if (args.length < 1 || args.length > 3) {
      throw errorReport(range, `slice accepts exactly 1, 2 or 3 arguments, got: ${args.length}`);
    }
    const or = (a: NamedValue | undefined, fallback: number | bigint) => {
      const v = a?.value(m.graph);
      return !v || v.type.kind === "None" ? constant(m.graph, fallback, range) : v;
    };
    const [a, b, c] = args.length === 1 ? [undefined, args[0], undefined] : args;
    return new SliceValue(or(a, 0), or(b, MAX_INT64), or(c, 1));
  }
}

/** The largest int of a script: the trip count of `while`. */
export const MAX_INT64 = 9223372036854775807n;

/** An Enum class: its members, and a loop over them. */
export class SugaredEnumClass extends SugaredValue {
  constructor(readonly type: EnumType, readonly member: (name: string) => EnumValue) {
    super();
  }
  override kind(): string {
    return "EnumClass";
  }
  override attr(range: SourceRange, m: MethodContext, field: string): SugaredValue {
    if (!this.type.members.some((x) => x.name === field)) {
      throw errorReport(range, `${reprStr(this.type)}' has no attribute '${field}'`);
    }
    return new SimpleValue(constant(m.graph, this.member(field), range));
  }
  override iter(range: SourceRange, m: MethodContext): SugaredValue {
    const list = new ListValue(this.type, this.type.members.map((x) => this.member(x.name)));
    return new SimpleValue(constant(m.graph, list, range));
  }
}
