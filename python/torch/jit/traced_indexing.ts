/**
 * `x[...]` while a trace is recorded. It goes the way of PyTorch's bindings step by step, since each step becomes a node:
 * full slices are kept, bounds are ints or what the program computed as 0-dim tensors.
 */
import { type ArgumentSource, stashArguments, tracing } from "../../../compiler/tracing/mod.ts";
import { RuntimeFault } from "../../../core/errors.ts";
import { ListValue } from "../../../core/ivalue.ts";
import { ScalarType } from "../../../core/scalar_type.ts";
import { Tensor } from "../../../core/tensor.ts";
import { AnyTensorType, IntType, OptionalType } from "../../../core/types.ts";
import { call } from "../../../ops/dispatch.ts";
import { fromNumbers, numbers } from "../../../ops/reference/dense.ts";
import { operator } from "../../../ops/registry.ts";
import * as r from "../../runtime/mod.ts";
import { recordData } from "./traced_construction.ts";

const END = (1n << 63n) - 1n;

function on(key: string, args: Parameters<typeof call>[1][], given?: Record<number, ArgumentSource>): Tensor {
  if (given && tracing.state) {
    const { schema } = operator(key);
    stashArguments(tracing.state, schema, schema.args.map((_, i) => given[i]));
  }
  return call(key, ...args) as Tensor;
}

function isMask(t: Tensor): boolean {
  return t.scalarType === ScalarType.Bool || t.scalarType === ScalarType.Byte;
}

/** How many dimensions an item of the index stands for. */
function span(item: r.Value): number {
  if (item instanceof Tensor) return isMask(item) ? item.dim : 1;
  return item === null || item === r.Ellipsis || typeof item === "boolean" ? 0 : 1;
}

/** A list stands for a tuple when something in it is no number. */
function itemsOf(key: r.Value): readonly r.Value[] {
  if (key instanceof r.PyTuple) return key.items;
  if (!(key instanceof r.PyList) || key.items.length >= 32) return [key];
  const isTuple = key.items.some((x) =>
    x === null || x === r.Ellipsis || x instanceof Tensor || x instanceof r.PySlice ||
    x instanceof r.PyList ||
    x instanceof r.PyTuple
  );
  return isTuple ? key.items : [key];
}

class Indexing {
  dim = 0;
  readonly tensors: (Tensor | null)[] = [];
  constructor(public view: Tensor) {}

  apply(items: readonly r.Value[]): this {
    const self = this.view, taken = items.reduce((n: number, i) => n + span(i), 0);
    if (taken > self.dim) {
      throw new RuntimeFault("IndexError", `too many indices for tensor of dimension ${self.dim}`);
    }
    for (const item of items) {
      if (item === r.Ellipsis) this.dim += self.dim - taken;
      else this.#item(item);
    }
    return this;
  }

  #item(item: r.Value): void {
    if (item === null) this.view = on("aten::unsqueeze", [this.view, this.dim++]);
    else if (typeof item === "boolean") this.#bool(item);
    else if (item instanceof r.PySlice) this.#slice(item);
    else if (item instanceof Tensor) this.#tensor(item);
    else if (item instanceof r.PyList || item instanceof r.PyTuple || item instanceof r.PyRange) {
      this.#place(recordData(item, ScalarType.Long));
    } else this.#select(r.smallIndex(item), item);
  }
  #place(t: Tensor): void {
    while (this.tensors.length < this.dim) this.tensors.push(null);
    this.tensors.push(t);
    this.dim += isMask(t) ? t.dim : 1;
  }
  #bool(v: boolean): void {
    this.view = on("aten::unsqueeze", [this.view, this.dim]);
    this.#place(fromNumbers(v ? [0] : [], [v ? 1 : 0], ScalarType.Long));
  }
  #select(i: number, given: r.Value): void {
    const size = this.view.sizes[this.dim];
    if (i < -size || i >= size) {
      throw new RuntimeFault(
        "IndexError",
        `index ${i} is out of bounds for dimension ${this.dim} with size ${size}`,
      );
    }
    this.view = on("aten::select.int", [this.view, this.dim, i], { 2: given });
  }
  #slice(s: r.PySlice): void {
    const at = (v: r.Value, otherwise: number | bigint) => v === null ? otherwise : bound(v);
    const start = at(s.start, 0), stop = at(s.stop, END), step = at(s.step, 1);
    if (step <= 0) throw new RuntimeFault("ValueError", "step must be greater than zero");
    const given = { 2: s.start, 3: s.stop, 4: s.step };
    this.view = on("aten::slice.Tensor", [this.view, this.dim, start, stop, step], given);
    this.dim++;
  }
  #tensor(t: Tensor): void {
    if (t.dim > 0) this.#place(t);
    else if (t.scalarType === ScalarType.Bool || t.scalarType === ScalarType.Byte) {
      this.#bool(numbers(t)[0] !== 0);
    } else this.#select(numbers(t)[0], t);
  }
}

function bound(v: r.Value): number | bigint {
  return v instanceof Tensor ? numbers(v)[0] : r.smallIndex(v);
}

function optionals(tensors: readonly (Tensor | null)[]): ListValue {
  return new ListValue(new OptionalType(AnyTensorType), [...tensors]);
}

/** `t[key]`. */
export function tracedGet(t: Tensor, key: r.Value): Tensor {
  const { view, tensors } = new Indexing(t).apply(itemsOf(key));
  if (tensors.length) return on("aten::index.Tensor", [view, optionals(tensors)]);
  return view === t ? on("aten::alias", [t]) : view;
}

/** The sizes from the first that is not one on. */
function significant(sizes: readonly number[]): readonly number[] {
  const first = sizes.findIndex((s) => s !== 1);
  return first < 0 ? sizes.slice(sizes.length) : sizes.slice(first);
}

function sameSizes(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((s, i) => s === b[i]);
}

function ints(sizes: readonly number[]): ListValue {
  return new ListValue(IntType, [...sizes]);
}

function copyTo(target: Tensor, source: Tensor): void {
  if (sameSizes(target.sizes, source.sizes)) on("aten::copy_", [target, source, false]);
  else if (source.dim === 0) on("aten::fill_.Tensor", [target, source]);
  else {
    const view = on("aten::view", [source, ints(significant(source.sizes))]);
    const wide = sameSizes(view.sizes, target.sizes)
      ? view
      : on("aten::expand", [view, ints(target.sizes), false]);
    on("aten::copy_", [target, wide, false]);
  }
}

/** `t[key] = value`; the value is a tensor already. */
export function tracedSet(t: Tensor, key: r.Value, value: Tensor): void {
  if (key === false) return;
  const { view, tensors } = new Indexing(t).apply(key === true ? [null] : itemsOf(key));
  if (!tensors.length) return copyTo(view, value);
  const sizes = significant(value.sizes);
  const source = sameSizes(sizes, value.sizes) ? value : on("aten::view", [value, ints(sizes)]);
  on("aten::index_put_", [view, optionals(tensors), source, false]);
}
