/**
 * Text to tokens, in one pass over character codes. Offsets are UTF-16 units. Errors are collected, not
 * thrown; the token at a broken place has kind ERROR so that the parser does not report it again.
 */
import type { Source } from "../../core/source.ts";
import type { Comment } from "./ast.ts";
import { CLASS, DOUBLED, SINGLE, WITH_EQUAL } from "./lex_characters.ts";
import { scanNumber } from "./lex_number.ts";
import { endOfLiteral, endOfString } from "./lex_string.ts";
import { SyntaxDiagnostic } from "./syntax_error.ts";
import { KEYWORDS, STATEMENT_ONLY, T, type TokenTable } from "./tokens.ts";

/** CPython's limits. */
const MAX_BRACKETS = 200;
const MAX_INDENTS = 100;
const MAX_FSTRINGS = 150;

const LF = 10, CR = 13, FF = 12, TAB = 9, SPACE = 32, HASH = 35, BACKSLASH = 92;
const DQUOTE = 34, SQUOTE = 39, LBRACE = 123, RBRACE = 125;

/** An f-string being read. */
interface FString {
  quote: number;
  triple: boolean;
  raw: boolean;
  start: number;
  /** Open brackets when it began; more of them means we are inside a replacement field. */
  depth: number;
}

interface Bracket {
  char: number;
  offset: number;
  /** The brace opens a replacement field of the innermost f-string. */
  field: boolean;
  /** Index of its token. */
  token: number;
}

/** A bracket that was never closed: parser errors on later lines in its region are echoes of it. */
export interface Unclosed {
  error: SyntaxDiagnostic;
  offset: number;
  /** Where the lexer gave up on it. */
  end: number;
}

const XID_START = /^[\p{XID_Start}_]$/u;
const XID_CONTINUE = /^\p{XID_Continue}$/u;

export class Lexer {
  readonly errors: SyntaxDiagnostic[] = [];
  readonly comments: Comment[] = [];
  readonly unclosed: Unclosed[] = [];
  readonly text: string;
  #pos: number;
  #kinds: Uint8Array;
  #starts: Int32Array;
  #ends: Int32Array;
  #count = 0;
  readonly #indents: number[] = [0];
  readonly #altIndents: number[] = [0];
  readonly #brackets: Bracket[] = [];
  readonly #fstrings: FString[] = [];
  /** The innermost f-string is in its literal text, not in an expression. */
  #inLiteral = false;

  constructor(readonly source: Source, start = 0, end = source.text.length) {
    this.text = end < source.text.length ? source.text.slice(0, end) : source.text;
    this.#pos = start;
    const capacity = ((end - start) >> 1) + 16;
    this.#kinds = new Uint8Array(capacity);
    this.#starts = new Int32Array(capacity);
    this.#ends = new Int32Array(capacity);
  }

  error(text: string, start: number, end: number, cls?: "IndentationError" | "TabError"): SyntaxDiagnostic {
    const error = SyntaxDiagnostic.at(this.source, text, start, end, cls);
    this.errors.push(error);
    return error;
  }

  #push(kind: number, start: number, end: number): void {
    const n = this.#count;
    if (n === this.#kinds.length) {
      const grow = <A extends Uint8Array | Int32Array>(old: A, bigger: A): A => (bigger.set(old), bigger);
      this.#kinds = grow(this.#kinds, new Uint8Array(n * 2));
      this.#starts = grow(this.#starts, new Int32Array(n * 2));
      this.#ends = grow(this.#ends, new Int32Array(n * 2));
    }
    this.#kinds[n] = kind;
    this.#starts[n] = start;
    this.#ends[n] = end;
    this.#count = n + 1;
  }

  /** All tokens. With `layout` false no indentation is measured: the text is one expression. */
  run(layout = true): TokenTable {
    const { text } = this;
    if (this.#pos === 0 && text.charCodeAt(0) === 0xfeff) this.#pos = 1;
    let lineStart = layout;
    for (;;) {
      if (this.#inLiteral) {
        this.#literalText();
        continue;
      }
      if (lineStart) {
        lineStart = false;
        this.#indentation();
      }
      let pos = this.#pos;
      let c = text.charCodeAt(pos);
      while (c === SPACE || c === TAB || c === FF) c = text.charCodeAt(++pos);
      this.#pos = pos;
      if (pos >= text.length) {
        if (this.#atEnd()) break;
        continue;
      }
      if (c >= 128) {
        this.#word();
        continue;
      }
      const cls = CLASS[c];
      if (cls === 1) {
        this.#word();
      } else if (cls === 2 || (c === 46 && CLASS[text.charCodeAt(pos + 1)] === 2)) {
        this.#number();
      } else if (cls === 3) {
        this.#operator(c);
      } else if (c === LF || c === CR) {
        const end = pos + (c === CR && text.charCodeAt(pos + 1) === LF ? 2 : 1);
        this.#pos = end;
        if (this.#brackets.length === 0) {
          if (this.#count > 0 && this.#kinds[this.#count - 1] !== T.NEWLINE) this.#push(T.NEWLINE, pos, end);
          lineStart = layout;
        } else if (layout && this.#leftOpenBefore(end)) {
          this.#abandonBrackets(pos);
          this.#push(T.NEWLINE, pos, end);
          lineStart = true;
        }
      } else if (c === HASH) {
        this.#comment();
      } else if (c === DQUOTE || c === SQUOTE) {
        this.#string(pos, pos, "");
      } else if (c === BACKSLASH) {
        this.#continuation();
      } else {
        this.#invalidCharacter(pos);
      }
    }
    return { kinds: this.#kinds, starts: this.#starts, ends: this.#ends, count: this.#count };
  }

  // --- Layout ---

  /** Measures the indentation of the next line that holds code; blank and comment lines do not count. */
  #indentation(): void {
    const { text } = this;
    let pos = this.#pos, col = 0, alt = 0, c = 0;
    for (;;) {
      c = text.charCodeAt(pos);
      if (c === SPACE) {
        col++;
        alt++;
      } else if (c === TAB) {
        col = ((col >> 3) + 1) << 3;
        alt++;
      } else if (c === FF) {
        col = alt = 0;
      } else if (c === LF || c === CR) {
        col = alt = 0;
      } else if (c === HASH) {
        this.#pos = pos;
        this.#comment();
        pos = this.#pos - 1;
      } else if (c === BACKSLASH && (text.charCodeAt(pos + 1) === LF || text.charCodeAt(pos + 1) === CR)) {
        // A continued blank start: the indentation is what stood before the backslash.
        this.#pos = pos;
        this.#continuation();
        pos = this.#pos;
        c = text.charCodeAt(pos);
        while (c === SPACE || c === TAB || c === FF) c = text.charCodeAt(++pos);
        if (c === LF || c === CR || c === HASH) continue;
        break;
      } else {
        break;
      }
      pos++;
    }
    this.#pos = pos;
    if (pos >= text.length) return;
    const indents = this.#indents, alts = this.#altIndents;
    const top = indents[indents.length - 1], altTop = alts[alts.length - 1];
    const tabs = () =>
      this.error("inconsistent use of tabs and spaces in indentation", pos, pos + 1, "TabError");
    if (col === top) {
      if (alt !== altTop) tabs();
    } else if (col > top) {
      if (alt <= altTop) tabs();
      if (indents.length >= MAX_INDENTS) {
        this.error("too many levels of indentation", pos, pos + 1, "IndentationError");
        this.#pos = text.length;
        return;
      }
      indents.push(col);
      alts.push(alt);
      this.#push(T.INDENT, pos, pos);
    } else {
      while (col < indents[indents.length - 1]) {
        const depth = indents.length;
        if (col > indents[depth - 2]) {
          this.error("unindent does not match any outer indentation level", pos, pos + 1, "IndentationError");
          // The line counts to the block it sticks out of, whose column is this one from here on.
          indents[depth - 1] = col;
          alts[depth - 1] = alt;
          return;
        }
        indents.pop();
        alts.pop();
        this.#push(T.DEDENT, pos, pos);
      }
      if (alt !== alts[alts.length - 1]) tabs();
    }
  }

  #comment(): void {
    const { text } = this;
    const start = this.#pos;
    let end = start + 1;
    for (let c = text.charCodeAt(end); end < text.length && c !== LF && c !== CR;) c = text.charCodeAt(++end);
    this.comments.push({ text: text.slice(start, end), start, end });
    this.#pos = end;
  }

  #continuation(): void {
    const { text } = this;
    const start = this.#pos;
    let pos = start + 1;
    const c = text.charCodeAt(pos);
    if (c === CR) pos += text.charCodeAt(pos + 1) === LF ? 2 : 1;
    else if (c === LF) pos++;
    else {
      this.#pos = pos;
      if (pos >= text.length) {
        this.error("unexpected EOF while parsing", start, pos);
      } else {
        this.error("unexpected character after line continuation character", pos, pos + 1);
        this.#skipLine();
      }
      this.#push(T.ERROR, start, this.#pos);
      return;
    }
    this.#pos = pos;
    if (pos >= text.length) {
      this.error("unexpected EOF while parsing", start, pos);
      this.#push(T.ERROR, start, pos);
    }
  }

  #skipLine(): void {
    const { text } = this;
    let pos = this.#pos;
    for (let c = text.charCodeAt(pos); pos < text.length && c !== LF && c !== CR;) c = text.charCodeAt(++pos);
    this.#pos = pos;
  }

  /** Inside brackets: whether the line at `pos` begins with a word that only a new statement can begin with. */
  #leftOpenBefore(pos: number): boolean {
    if (this.#fstrings.length > 0) return false;
    const { text } = this;
    let c = text.charCodeAt(pos);
    while (c === SPACE || c === TAB) c = text.charCodeAt(++pos);
    if (c < 97 || c > 122) return false;
    let end = pos;
    while (c >= 97 && c <= 122) c = text.charCodeAt(++end);
    if (end - pos > 8 || (c < 128 && CLASS[c] !== 0 && CLASS[c] !== 3) || c >= 128) return false;
    const kind = KEYWORDS.get(text.slice(pos, end));
    return kind !== undefined && STATEMENT_ONLY.has(kind);
  }

  /** Reports the innermost open bracket as never closed and forgets them all. */
  #abandonBrackets(end: number): void {
    const top = this.#brackets[this.#brackets.length - 1];
    if (top.field) {
      this.error("f-string: expecting '}'", top.offset, top.offset + 1);
    } else {
      const char = String.fromCharCode(top.char);
      const error = this.error(`'${char}' was never closed`, top.offset, top.offset + 1);
      this.unclosed.push({ error, offset: top.offset, end });
    }
    this.#brackets.length = 0;
    this.#fstrings.length = 0;
    this.#inLiteral = false;
  }

  /** Closes what is open at the end of the text; true when all tokens are out. */
  #atEnd(): boolean {
    const at = this.text.length;
    if (this.#brackets.length > 0) this.#abandonBrackets(at);
    const last = this.#count === 0 ? T.NEWLINE : this.#kinds[this.#count - 1];
    if (last !== T.NEWLINE && last !== T.DEDENT) this.#push(T.NEWLINE, at, at);
    while (this.#indents.length > 1) {
      this.#indents.pop();
      this.#push(T.DEDENT, at, at);
    }
    this.#push(T.EOF, at, at);
    return true;
  }

  // --- Words, numbers, operators ---

  #word(): void {
    const { text } = this;
    const start = this.#pos;
    let pos = start, ascii = true;
    for (;;) {
      const c = text.charCodeAt(pos);
      if (c < 128) {
        const cls = CLASS[c];
        if (cls !== 1 && cls !== 2) break;
        pos++;
      } else if (c >= 128) {
        const char = String.fromCodePoint(text.codePointAt(pos)!);
        if (!(pos === start ? XID_START : XID_CONTINUE).test(char)) break;
        ascii = false;
        pos += char.length;
      } else {
        break;
      }
    }
    if (pos === start) return this.#invalidCharacter(pos);
    const next = text.charCodeAt(pos);
    if ((next === DQUOTE || next === SQUOTE) && pos - start <= 2) {
      const prefix = text.slice(start, pos).toLowerCase();
      if (/^(?:[rbuf]|br|rb|fr|rf)$/.test(prefix)) return this.#string(start, pos, prefix);
    }
    this.#pos = pos;
    const keyword = ascii && pos - start <= 8 ? KEYWORDS.get(text.slice(start, pos)) : undefined;
    this.#push(keyword ?? T.NAME, start, pos);
  }

  #number(): void {
    const start = this.#pos;
    const { end, error, errorAt } = scanNumber(this.text, start);
    this.#pos = end;
    if (error) this.error(error, errorAt, errorAt + 1);
    this.#push(error ? T.ERROR : T.NUMBER, start, end);
  }

  #operator(c: number): void {
    const { text } = this;
    const start = this.#pos;
    const next = text.charCodeAt(start + 1);
    const top = this.#brackets.length > 0 ? this.#brackets[this.#brackets.length - 1] : undefined;
    switch (c) {
      case 40: // (
      case 91: // [
      case LBRACE:
        return this.#open(c, start, false);
      case 41: // )
      case 93: // ]
      case RBRACE:
        return this.#close(c, start);
      case 33: // !
        if (next === 61) return this.#op(T.NOTEQUAL, 2);
        if (top?.field) return this.#op(T.EXCLAMATION, 1);
        return this.#invalidCharacter(start);
      case 46: // .
        if (next === 46 && text.charCodeAt(start + 2) === 46) return this.#op(T.ELLIPSIS, 3);
        return this.#op(T.DOT, 1);
      case 45: // -
        if (next === 62) return this.#op(T.ARROW, 2);
        break;
      case 58: // :
        if (top?.field) {
          this.#op(T.COLON, 1);
          this.#inLiteral = true;
          return;
        }
        break;
      case 60: // <
        if (next === 62) return this.#op(T.NOTEQUAL, 2);
        break;
    }
    if (next === c && DOUBLED[c] !== 0) {
      const doubled = DOUBLED[c];
      if (text.charCodeAt(start + 2) !== 61) return this.#op(doubled, 2);
      return this.#op(doubled + 13, 3);
    }
    if (next === 61 && WITH_EQUAL[c] !== 0) return this.#op(WITH_EQUAL[c], 2);
    this.#op(SINGLE[c], 1);
  }

  #op(kind: number, length: number): void {
    this.#push(kind, this.#pos, this.#pos + length);
    this.#pos += length;
  }

  #open(c: number, at: number, field: boolean): void {
    if (this.#brackets.length >= MAX_BRACKETS) {
      this.error("too many nested parentheses", at, at + 1);
      this.#brackets.length = 0;
      this.#fstrings.length = 0;
      this.#pos = this.text.length;
      this.#push(T.ERROR, at, at + 1);
      return;
    }
    this.#brackets.push({ char: c, offset: at, field, token: this.#count });
    this.#op(SINGLE[c], 1);
  }

  #close(c: number, at: number): void {
    const wanted = c === 41 ? 40 : c - 2;
    const stack = this.#brackets;
    const fstring = this.#fstrings[this.#fstrings.length - 1];
    const floor = fstring ? fstring.depth : 0;
    const top = stack[stack.length - 1];
    const shown = String.fromCharCode(c);
    if (stack.length > floor && top.char === wanted) {
      stack.pop();
      this.#op(SINGLE[c], 1);
      if (top.field) this.#inLiteral = true;
      return;
    }
    this.#pos = at + 1;
    this.#push(T.ERROR, at, at + 1);
    if (stack.length === floor) {
      this.error(`${fstring ? "f-string: " : ""}unmatched '${shown}'`, at, at + 1);
      return;
    }
    if (top.field) {
      this.error(
        `f-string: closing parenthesis '${shown}' does not match opening parenthesis '{'`,
        at,
        at + 1,
      );
    } else {
      const line = this.source.position(top.offset).line;
      const where = line === this.source.position(at).line ? "" : ` on line ${line}`;
      const opening = String.fromCharCode(top.char);
      this.error(
        `${
          fstring ? "f-string: " : ""
        }closing parenthesis '${shown}' does not match opening parenthesis '${opening}'${where}`,
        at,
        at + 1,
      );
    }
    // The closer most likely belongs to an outer bracket; else it replaces the right one.
    let depth = stack.length - 1;
    while (depth >= floor && stack[depth].char !== wanted) depth--;
    stack.length = depth >= floor ? depth : stack.length - 1;
    if (fstring && stack.length === floor) this.#inLiteral = true;
  }

  #invalidCharacter(at: number): void {
    const code = this.text.codePointAt(at)!;
    const char = String.fromCodePoint(code);
    const hex = code.toString(16).toUpperCase().padStart(4, "0");
    this.#pos = at + char.length;
    if (code < 128 && code >= 32) this.error("invalid syntax", at, this.#pos);
    else if (/^[\p{C}\p{Z}]$/u.test(char)) {
      this.error(`invalid non-printable character U+${hex}`, at, this.#pos);
    } else this.error(`invalid character '${char}' (U+${hex})`, at, this.#pos);
    this.#push(T.ERROR, at, this.#pos);
  }

  // --- Strings ---

  /** A string whose prefix begins at `start` and whose first quote is at `quoteAt`. */
  #string(start: number, quoteAt: number, prefix: string): void {
    const { text } = this;
    const quote = text.charCodeAt(quoteAt);
    const triple = text.charCodeAt(quoteAt + 1) === quote && text.charCodeAt(quoteAt + 2) === quote;
    let pos = quoteAt + (triple ? 3 : 1);
    if (prefix.includes("f")) {
      this.#pos = pos;
      if (this.#fstrings.length >= MAX_FSTRINGS) {
        this.error("too many nested f-strings", start, pos);
        this.#pos = text.length;
        this.#brackets.length = this.#fstrings.length = 0;
        this.#push(T.ERROR, start, pos);
        return;
      }
      this.#push(T.FSTART, start, pos);
      const raw = prefix.length === 2;
      this.#fstrings.push({ quote, triple, raw, start, depth: this.#brackets.length });
      this.#inLiteral = true;
      return;
    }
    const closed = endOfString(text, pos, quote, triple);
    if (closed < 0) {
      pos = ~closed;
      if (this.#endsFString(quote, triple, start)) return;
      this.#unterminated(triple, "", start, pos);
      this.#pos = pos;
      this.#push(T.ERROR, start, pos);
      return;
    }
    pos = closed;
    this.#pos = pos;
    this.#push(T.STRING, start, pos);
  }

  /**
   * In a replacement field, quotes like the f-string's own that open a string without an end were meant to end
   * the f-string: its `}` is missing.
   */
  #endsFString(quote: number, triple: boolean, at: number): boolean {
    const f = this.#fstrings[this.#fstrings.length - 1];
    if (!f || f.quote !== quote || f.triple !== triple) return false;
    this.error("f-string: expecting '}'", at, at + 1);
    this.#fstrings.pop();
    this.#brackets.length = f.depth;
    this.#pos = at + (triple ? 3 : 1);
    this.#push(T.ERROR, at, this.#pos);
    return true;
  }

  #unterminated(triple: boolean, kind: string, start: number, end: number): void {
    const line =
      this.source.position(Math.max(start, end - (end === this.text.length && triple ? 1 : 0))).line;
    const name = `unterminated ${
      triple ? "triple-quoted " : ""
    }${kind}string literal (detected at line ${line})`;
    this.error(name, start, start + 1);
  }

  /** Literal text of the innermost f-string up to the next field, the end of a format spec or the end quote. */
  #literalText(): void {
    const { text } = this;
    const f = this.#fstrings[this.#fstrings.length - 1];
    const inSpec = this.#brackets.length > f.depth;
    const start = this.#pos;
    const pos = endOfLiteral(text, start, f.quote, f.triple, f.raw, inSpec);
    if (pos > start) this.#push(T.FMIDDLE, start, pos);
    this.#pos = pos;
    const c = text.charCodeAt(pos);
    if (c === LBRACE) {
      this.#inLiteral = false;
      this.#open(c, pos, true);
    } else if (c === RBRACE) {
      if (inSpec) {
        this.#inLiteral = false;
        this.#close(c, pos);
      } else {
        this.error("f-string: single '}' is not allowed", pos, pos + 1);
        this.#pos = pos + 1;
      }
    } else if (pos < text.length && c === f.quote) {
      if (inSpec) {
        const open = this.#brackets[this.#brackets.length - 1];
        this.error("f-string: expecting '}'", open.offset, open.offset + 1);
        this.#brackets.length = f.depth;
        this.#push(T.ERROR, pos, pos);
      }
      this.#fstrings.pop();
      this.#inLiteral = false;
      this.#op(T.FEND, f.triple ? 3 : 1);
    } else {
      this.#unterminated(f.triple, "f-", f.start, pos);
      this.#fstrings.pop();
      this.#brackets.length = f.depth;
      this.#inLiteral = false;
      this.#push(T.ERROR, pos, pos);
    }
  }
}
