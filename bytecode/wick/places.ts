/**
 * Where instructions come from: sources, ranges, inlined calls. A section of its own, which an export may leave out;
 * errors then name functions without lines.
 */
import { CONTAINER_BYTES, SLOT_BYTES } from "../../core/memory_budget.ts";
import { Source, SourceRange } from "../../core/source.ts";
import type { CallSite, Code, Place } from "../code.ts";
import type { ByteReader } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import type { StringTable } from "./strings.ts";

export class PlaceTable {
  readonly #sources: Source[] = [];
  readonly #sourceIndex = new Map<Source, number>();
  readonly #ranges = new ByteWriter();
  readonly #rangeIndex = new Map<string, number>();
  readonly #sites = new ByteWriter();
  readonly #siteIndex = new Map<CallSite, number>();

  constructor(readonly strings: StringTable) {}

  #range(r: SourceRange | undefined): number {
    if (!r) return 0;
    let s = this.#sourceIndex.get(r.source);
    if (s === undefined) this.#sourceIndex.set(r.source, s = this.#sources.push(r.source) - 1);
    const key = `${s},${r.start},${r.end}`;
    let i = this.#rangeIndex.get(key);
    if (i === undefined) {
      this.#rangeIndex.set(key, i = this.#rangeIndex.size + 1);
      this.#ranges.unsigned(s);
      this.#ranges.unsigned(r.start);
      this.#ranges.unsigned(Math.max(0, r.end - r.start));
    }
    return i;
  }
  #site(c: CallSite | undefined): number {
    if (!c) return 0;
    let i = this.#siteIndex.get(c);
    if (i === undefined) {
      const caller = this.#site(c.caller);
      this.#siteIndex.set(c, i = this.#siteIndex.size + 1);
      this.#sites.unsigned(this.strings.index(c.functionName));
      this.#sites.unsigned(this.#range(c.range));
      this.#sites.unsigned(caller);
    }
    return i;
  }

  write(w: ByteWriter, codes: readonly Code[]): void {
    const places = new ByteWriter();
    for (const c of codes) {
      for (const p of c.places) {
        places.unsigned(this.#range(p.range));
        places.unsigned(this.#site(p.inlined));
      }
    }
    w.unsigned(this.#sources.length);
    for (const s of this.#sources) {
      w.unsigned(this.strings.index(s.filename));
      w.unsigned(s.startingLine);
      w.unsigned(this.strings.index(s.text));
    }
    w.unsigned(this.#rangeIndex.size);
    w.raw(this.#ranges.bytes());
    w.unsigned(this.#siteIndex.size);
    w.raw(this.#sites.bytes());
    w.raw(places.bytes());
  }
}

/** The codes with their places. */
export function readPlaces(r: ByteReader, strings: readonly string[], codes: readonly Code[]): void {
  const string = () => strings[r.index(strings.length, "string")];
  const sources = r.list(() => {
    const filename = string(), line = r.unsigned();
    return new Source(string(), filename, line);
  }, 3);
  const ranges = r.list(() => {
    const source = sources[r.index(sources.length, "source")];
    const start = r.unsigned(), end = start + r.unsigned();
    if (end > source.text.length) r.fail("a range is beyond its source");
    return new SourceRange(source, start, end);
  }, 3);
  const rangeAt = () => {
    const i = r.index(ranges.length + 1, "range");
    return i === 0 ? undefined : ranges[i - 1];
  };
  const sites: CallSite[] = [];
  const count = r.count(3);
  r.charge(count * (SLOT_BYTES + CONTAINER_BYTES));
  for (let i = 0; i < count; i++) {
    const functionName = string(), range = rangeAt();
    const caller = r.index(sites.length + 1, "call site");
    sites.push({ functionName, range, caller: caller === 0 ? undefined : sites[caller - 1] });
  }
  for (const c of codes) {
    const places = c.places as Place[];
    r.charge(c.starts.length * (SLOT_BYTES + CONTAINER_BYTES));
    for (let i = 0; i < c.starts.length; i++) {
      const range = rangeAt(), site = r.index(sites.length + 1, "call site");
      places.push({ range, inlined: site === 0 ? undefined : sites[site - 1] });
    }
  }
}
