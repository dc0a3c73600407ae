/** Register numbers: parameters and constants first, then temporaries that are reused when their value dies. */
import type { RegisterValue } from "../../bytecode/code.ts";
import { InternalError } from "../../core/errors.ts";
import type { IValue } from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import type { Value } from "../ir/graph.ts";

/**
 * Temporaries are numbered from 0 while code is written; `finish` knows how many constants came before them. Until
 * then an operand is `temp(i)`, `constant(i)` or `parameter(i)`, told apart by `encode`.
 */
export class Registers {
  readonly #free: number[] = [];
  #temporaries = 0;
  readonly #of = new Map<Value, number>();
  readonly constants: RegisterValue[] = [];
  readonly #constantIndex = new Map<string | object, number>();

  constructor(readonly parameterCount: number) {
    this.#temporaries = parameterCount;
  }

  /** Register of a value that has one. */
  get(v: Value): number {
    const r = this.#of.get(v);
    if (r === undefined) throw new InternalError(`%${v.debugName} has no register`);
    return r;
  }
  has(v: Value): boolean {
    return this.#of.has(v);
  }
  assign(v: Value, r: number): void {
    this.#of.set(v, r);
  }
  /** A free register, the lowest. */
  take(): number {
    return this.#free.pop() ?? this.#temporaries++;
  }
  release(r: number): void {
    if (!this.#free.includes(r)) {
      this.#free.push(r);
      this.#free.sort((a, b) => b - a);
    }
  }
  /** Takes a given register out of the free ones, if it is there. */
  reserve(r: number): void {
    const i = this.#free.indexOf(r);
    if (i >= 0) this.#free.splice(i, 1);
  }
  freeNow(): readonly number[] {
    return this.#free.slice();
  }
  /** Makes exactly these registers free: where branches meet. */
  setFree(free: readonly number[]): void {
    this.#free.splice(0, this.#free.length, ...free);
    this.#free.sort((a, b) => b - a);
  }
  get temporaryCount(): number {
    return this.#temporaries;
  }

  /** Index of a constant; equal leaves share one. A raw float and a boxed one are two constants. */
  constant(v: IValue, raw: boolean): number {
    const stored: RegisterValue = raw && v instanceof Float ? v.value : v;
    const key = constantKey(stored, raw);
    let i = this.#constantIndex.get(key);
    if (i === undefined) this.#constantIndex.set(key, i = this.constants.push(stored) - 1);
    return i;
  }
}

function constantKey(v: RegisterValue, raw: boolean): string | object {
  if (v instanceof Float) return `F${Object.is(v.value, -0) ? "-0" : v.value}`;
  if (v instanceof Complex) return `C${v.re},${v.im}`;
  if (v !== null && typeof v === "object") return v;
  return `${raw ? "raw" : typeof v}:${Object.is(v, -0) ? "-0" : String(v)}`;
}
