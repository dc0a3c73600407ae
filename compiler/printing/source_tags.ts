/**
 * Which part of printed code comes of which source. While text is put together, marks in it (characters of Unicode's
 * private use, which no code has) say where a node's text begins and ends; `resolve` takes them out again.
 */
import type { SourceRange } from "../../core/source.ts";

/** From `offset` on, up to the next tag, the text comes of `range`; undefined where it comes of nothing. */
export interface SourceTag {
  readonly offset: number;
  readonly range: SourceRange | undefined;
}
export interface TaggedText {
  readonly text: string;
  readonly tags: readonly SourceTag[];
}

const OPEN = "\uE000", END = "\uE001", CLOSE = "\uE002";
const MARKS = /\uE000\d*\uE001|\uE002/g;

export class SourceTags {
  readonly #ranges: SourceRange[] = [];
  readonly #index = new Map<SourceRange, number>();
  readonly close = CLOSE;

  /** The mark that begins text of a range. */
  open(range: SourceRange | undefined): string {
    if (!range) return OPEN + END;
    let i = this.#index.get(range);
    if (i === undefined) this.#index.set(range, i = this.#ranges.push(range) - 1);
    return `${OPEN}${i}${END}`;
  }
  mark(range: SourceRange | undefined, text: string): string {
    return this.open(range) + text + CLOSE;
  }
  /** Characters of the text without its marks. */
  lengthOf(text: string): number {
    return text.includes(CLOSE) ? text.replace(MARKS, "").length : text.length;
  }
  /** The text without marks, and the tags that they make. */
  resolve(marked: string): TaggedText {
    if (!marked.includes(CLOSE)) return { text: marked, tags: [] };
    const tags: SourceTag[] = [], stack: (SourceRange | undefined)[] = [];
    let text = "", from = 0, current: SourceRange | undefined | null = null;
    const add = (piece: string) => {
      if (!piece) return;
      const range = stack.at(-1);
      if (range !== current) tags.push({ offset: text.length, range });
      current = range;
      text += piece;
    };
    for (const m of marked.matchAll(MARKS)) {
      add(marked.slice(from, m.index));
      from = m.index + m[0].length;
      if (m[0] === CLOSE) stack.pop();
      else stack.push(m[0].length > 2 ? this.#ranges[Number(m[0].slice(1, -1))] : undefined);
    }
    add(marked.slice(from));
    return { text, tags };
  }
}
