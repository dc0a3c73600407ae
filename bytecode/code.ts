/** A function's code: words, constants, tables, and the place in the source of every instruction. */
import type { IValue } from "../core/ivalue.ts";
import type { FunctionSchema } from "../core/schema.ts";
import type { SourceRange } from "../core/source.ts";

/** A call that was inlined: the function whose body an instruction came from, and where it was called. */
export interface CallSite {
  readonly functionName: string;
  readonly range: SourceRange | undefined;
  readonly caller: CallSite | undefined;
}

export interface Place {
  readonly range: SourceRange | undefined;
  /** The inlined call that holds the instruction; undefined in the function itself. */
  readonly inlined: CallSite | undefined;
}

/** A register's content: an IValue, or a raw number where the static type is float; undefined when cleared. */
export type RegisterValue = IValue | undefined;

export class Code {
  /** What a virtual machine executes: the words, or its own copy with marks in it. */
  executable: Int32Array;
  #rawParameters: readonly number[] | undefined;

  constructor(
    /** Qualified name of the function. */
    readonly name: string,
    readonly words: Int32Array,
    /**
     * The registers as a frame starts with them: parameters first, then constants, then temporaries
     * (undefined). Frames are copies of it. Constants of static type float are raw numbers.
     */
    readonly registers: readonly RegisterValue[],
    readonly parameterCount: number,
    /** How many constants follow the parameters. */
    readonly constantCount: number,
    /** Operators, functions, types: what `obj` fields index. */
    readonly objects: readonly unknown[],
    /** Instruction starts (word index, ascending) and the place of each. */
    readonly starts: Int32Array,
    readonly places: readonly Place[],
    readonly schema: FunctionSchema | undefined,
  ) {
    this.executable = words;
  }

  /** Parameters of static type float, whose registers hold raw numbers. */
  get rawParameters(): readonly number[] {
    return this.#rawParameters ??= (this.schema?.args ?? []).flatMap((a, i) =>
      a.type.kind === "float" ? [i] : []
    );
  }

  get instructionCount(): number {
    return this.starts.length;
  }
  /** The place of the instruction that holds word `pc`. */
  placeAt(pc: number): Place {
    let lo = 0, hi = this.starts.length - 1;
    while (lo < hi) {
      const mid = (lo + hi + 1) >> 1;
      if (this.starts[mid] <= pc) lo = mid;
      else hi = mid - 1;
    }
    return this.places[lo] ?? { range: undefined, inlined: undefined };
  }
}
