/** The parser's place in the token table, its errors, and the few primitives every rule is written with. */
import type { Source } from "../../core/source.ts";
import { InternalError } from "../../core/errors.ts";
import type { Comment } from "./ast.ts";
import { Lexer, type Unclosed } from "./lexer.ts";
import { type SyntaxClass, SyntaxDiagnostic } from "./syntax_error.ts";
import { T } from "./tokens.ts";

/** Unwinds to the nearest statement; its error is already recorded. */
export class ParseFailure {
  constructor(readonly at: number) {}
}

/** Nesting without brackets (lambda, not, unary, conditional); brackets have the lexer's limit of 200. */
const MAX_DEPTH = 1000;

export class Cursor {
  readonly text: string;
  readonly comments: Comment[];
  readonly errors: SyntaxDiagnostic[] = [];
  readonly lexerErrors: SyntaxDiagnostic[];
  /** Index of the current token. */
  index = 0;
  /** Kind of the current token. */
  kind: number;
  /** End of the last token that is not layout: the end of whatever has just been parsed. */
  prevEnd: number;
  depth = 0;
  /** Where the last complete expression began, for messages about two in a row. */
  lastStart = 0;
  readonly #kinds: Uint8Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #unclosed: Unclosed[];

  constructor(readonly source: Source, start: number, end: number, layout: boolean) {
    const lexer = new Lexer(source, start, end);
    const tokens = lexer.run(layout);
    this.text = lexer.text;
    this.comments = lexer.comments;
    this.lexerErrors = lexer.errors;
    this.#unclosed = lexer.unclosed;
    this.#kinds = tokens.kinds;
    this.#starts = tokens.starts;
    this.#ends = tokens.ends;
    this.kind = this.#kinds[0];
    this.prevEnd = start;
  }

  get start(): number {
    return this.#starts[this.index];
  }
  get end(): number {
    return this.#ends[this.index];
  }
  /** Text of the current token. */
  get word(): string {
    return this.text.slice(this.#starts[this.index], this.#ends[this.index]);
  }

  kindAt(index: number): number {
    return this.#kinds[index];
  }
  startAt(index: number): number {
    return this.#starts[index];
  }
  endAt(index: number): number {
    return this.#ends[index];
  }
  /** Kind of the token `n` places ahead. */
  peek(n = 1): number {
    const i = this.index + n;
    return i >= this.#kinds.length ? T.EOF : this.#kinds[i];
  }

  next(): void {
    if (this.kind > T.DEDENT) this.prevEnd = this.#ends[this.index];
    else if (this.kind === T.EOF) throw new InternalError("the parser ran past the end of the tokens");
    this.kind = this.#kinds[++this.index];
  }

  /** Takes the current token if it is of this kind. */
  accept(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  /** Takes a token of this kind or fails with "invalid syntax". */
  expect(kind: number): void {
    if (this.kind !== kind) this.fail();
    this.next();
  }

  /** Whether the current token is this soft keyword. */
  isWord(word: string): boolean {
    return this.kind === T.NAME && this.end - this.start === word.length &&
      this.text.startsWith(word, this.start);
  }

  /** Takes an identifier, NFKC-normalised as Python compares them. */
  name(): string {
    if (this.kind !== T.NAME) this.fail();
    const word = this.word;
    this.next();
    return normalizeName(word);
  }

  mark(): { index: number; prevEnd: number; errors: number } {
    return { index: this.index, prevEnd: this.prevEnd, errors: this.errors.length };
  }

  reset(mark: { index: number; prevEnd: number; errors: number }): void {
    this.index = mark.index;
    this.kind = this.#kinds[mark.index];
    this.prevEnd = mark.prevEnd;
    this.errors.length = mark.errors;
  }

  /** Records an error and goes on parsing. */
  report(text: string, start: number, end: number, cls?: SyntaxClass): void {
    this.errors.push(SyntaxDiagnostic.at(this.source, text, start, end, cls));
  }

  /** Gives up on the statement with this error at the current token, or at the place given. */
  fail(text = "invalid syntax", start = this.start, end = this.end, cls?: SyntaxClass): never {
    if (!this.#echo()) {
      if (text === "invalid syntax" && this.kind === T.INDENT) {
        this.report("unexpected indent", start, end, "IndentationError");
      } else {
        this.report(text, start, end, cls);
      }
    }
    throw new ParseFailure(this.index);
  }

  /** Whether the parser stands at a place whose error the lexer has told. */
  #echo(): boolean {
    const at = this.index;
    if (this.kind === T.ERROR || (at > 0 && this.#kinds[at - 1] === T.ERROR)) return true;
    const here = this.start;
    for (const region of this.#unclosed) {
      if (here <= region.offset || here > region.end) continue;
      const line = this.source.lineIndex(here);
      if (line > this.source.lineIndex(region.offset) || here === region.end) return true;
      // The parser's error is on the bracket's own line: it says more than "never closed".
      const dropped = this.lexerErrors.indexOf(region.error);
      if (dropped >= 0) this.lexerErrors.splice(dropped, 1);
    }
    return false;
  }

  /** Enters one level of nesting; leave it by `depth--`. */
  enter(): void {
    if (++this.depth > MAX_DEPTH) {
      this.depth = 0;
      this.fail("Parser stack overflowed - Python source too complex to parse");
    }
  }
}

/** Identifiers are compared in NFKC form. */
export function normalizeName(word: string): string {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 127) return word.normalize("NFKC");
  return word;
}
