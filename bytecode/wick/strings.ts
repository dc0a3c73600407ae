/** The table of strings; every name in the file is an index into it. */
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";

export class StringTable {
  readonly #index = new Map<string, number>();
  readonly #utf8 = new TextEncoder();

  index(s: string): number {
    let i = this.#index.get(s);
    if (i === undefined) this.#index.set(s, i = this.#index.size);
    return i;
  }
  /** Count, then each string's length in bytes and its UTF-8. */
  write(w: ByteWriter): void {
    w.unsigned(this.#index.size);
    for (const s of this.#index.keys()) {
      const bytes = this.#utf8.encode(s);
      w.unsigned(bytes.length);
      w.raw(bytes);
    }
  }
}

export function readStrings(r: ByteReader): string[] {
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return r.list(() => {
    const bytes = r.raw(r.count());
    r.charge(2 * bytes.length);
    try {
      return utf8.decode(bytes);
    } catch {
      return r.fail("a string is not UTF-8");
    }
  });
}
