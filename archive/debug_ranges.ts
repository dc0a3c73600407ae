/** `*.debug_pkl`: which source the text of a code file was made of. Written beside it, read when it is compiled. */
import { type IValue, ListValue, TupleValue } from "../core/ivalue.ts";
import { Source, SourceRange } from "../core/source.ts";
import { AnyType, IntType } from "../core/types.ts";
import type { SourceTag } from "../compiler/printing/source_tags.ts";
import { Pickler, StorageTable } from "./pickler.ts";
import { Unpickler } from "./unpickler.ts";
import type { MemoryBudget } from "../core/memory_budget.ts";

/** First item of the form that names text by a table of lines. */
const FORMAT = "FORMAT_WITH_STRING_TABLE";

/** A range of the original source that knows where the archive's own code has it. */
export class OriginalRange extends SourceRange {
  constructor(original: SourceRange, readonly serialized: SourceRange) {
    super(original.source, original.start, original.end);
  }
}

/** The pickle for the tags of one code file; `offset`s count bytes. */
export function writeDebugRanges(text: string, tags: readonly SourceTag[]): Uint8Array {
  const strings: string[] = [], indices = new Map<string, number>();
  const indexOf = (s: string) => {
    let i = indices.get(s);
    if (i === undefined) indices.set(s, i = strings.push(s) - 1);
    return i;
  };
  const empty = indexOf("");
  const sources = new Map<Source, TupleValue>();
  const sourceOf = (s: Source): TupleValue => {
    let t = sources.get(s);
    if (!t) {
      const lines = s.text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
      t = new TupleValue([new ListValue(IntType, lines.map(indexOf)), indexOf(s.filename), s.startingLine]);
      sources.set(s, t);
    }
    return t;
  };
  const nothing = new TupleValue([new ListValue(IntType, []), empty, 0]);
  const numbers = new Map<SourceRange, number>();
  const isAscii = !/[^\x00-\x7f]/.test(text);
  const entries = tags.map(({ offset, range }): IValue => {
    const at = isAscii ? offset : new TextEncoder().encode(text.slice(0, offset)).length;
    if (!range) return new TupleValue([at, new TupleValue([nothing, 0, 0]), 0]);
    if (!numbers.has(range)) numbers.set(range, numbers.size + 1);
    const place = new TupleValue([sourceOf(range.source), range.start, range.end]);
    return new TupleValue([at, place, numbers.get(range)!]);
  });
  const value = new TupleValue([FORMAT, new TupleValue(strings), new TupleValue(entries)]);
  return new Pickler({ nameOf: String, storages: new StorageTable("") }).pickle(value);
}

/** The source behind places of one code file. */
export class DebugRanges {
  readonly #offsets: number[] = [];
  readonly #ranges: (SourceRange | undefined)[] = [];

  /** Reads a debug file; what is not in its form says nothing. */
  constructor(bytes: Uint8Array, entry: string, budget: MemoryBudget) {
    const value = new Unpickler(bytes, entry, {
      budget,
      resolveType: () => undefined,
      parseType: () => AnyType,
      readStorage: () => new Uint8Array(0),
      setState: () => {},
      enumMember: () => undefined,
    }).load();
    if (!(value instanceof TupleValue) || value.items[0] !== FORMAT) return;
    const [, table, entries] = value.items;
    if (!(table instanceof TupleValue && entries instanceof TupleValue)) return;
    const strings = table.items.map(String), sources = new Map<IValue, Source | undefined>();
    for (const e of entries.items) this.#add(e, strings, sources, budget, entry);
  }

  #add(
    e: IValue,
    strings: readonly string[],
    sources: Map<IValue, Source | undefined>,
    budget: MemoryBudget,
    entry: string,
  ): void {
    if (!(e instanceof TupleValue)) return;
    const [offset, place] = e.items;
    if (typeof offset !== "number" || !(place instanceof TupleValue)) return;
    const [of, start, end] = place.items;
    if (!sources.has(of)) sources.set(of, sourceFrom(of, strings, budget, entry));
    const source = sources.get(of);
    const isRange = source && typeof start === "number" && typeof end === "number" &&
      0 <= start && start <= end && end <= source.text.length;
    this.#offsets.push(offset);
    this.#ranges.push(isRange ? new SourceRange(source, start, end) : undefined);
  }

  /** What the code at a range of the file was made of. */
  originalOf(range: SourceRange): SourceRange | undefined {
    let low = 0, high = this.#offsets.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (this.#offsets[mid] <= range.start) low = mid + 1;
      else high = mid;
    }
    const found = this.#ranges[low - 1];
    return found && new OriginalRange(found, range);
  }
}

function sourceFrom(
  v: IValue,
  strings: readonly string[],
  budget: MemoryBudget,
  entry: string,
): Source | undefined {
  if (!(v instanceof TupleValue)) return undefined;
  const [lines, file, first] = v.items;
  const isSource = lines instanceof ListValue && typeof file === "number" && typeof first === "number";
  if (!isSource) return undefined;
  let text = "";
  for (const i of lines.items) {
    const line = strings[Number(i)] ?? "";
    budget.take(line.length, entry);
    text += line;
  }
  return new Source(text, strings[file] ?? "", first);
}
