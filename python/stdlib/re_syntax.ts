/**
 * Python's regular expressions translated to JavaScript's. Anchors, classes and `.` are spelled out, so that the JS
 * flags are only `u` and `i`; what JS has no words for is refused by name.
 */
import { isSpaceCode } from "../../core/text/characters.ts";
import { NotImplemented } from "../../core/errors.ts";

export const enum Flag {
  TEMPLATE = 1,
  IGNORECASE = 2,
  LOCALE = 4,
  MULTILINE = 8,
  DOTALL = 16,
  UNICODE = 32,
  VERBOSE = 64,
  DEBUG = 128,
  ASCII = 256,
}

/** re.error, before it is a Python exception. */
export class RegexError extends Error {
  override name = "RegexError";
  constructor(readonly text: string, readonly pattern: string, readonly position: number) {
    super(text);
  }
}

export interface Translation {
  /** Body of the JS expression, without anchoring. */
  source: string;
  /** All flags, those written inside the pattern included. */
  flags: number;
  /** Number of groups Python counts. */
  groups: number;
  /** Group numbers by name. */
  names: Map<string, number>;
  /** JS group number of each Python group; JS has more where an atomic group needed one. */
  jsGroups: number[];
}

const WORD = "\\p{L}\\p{N}_";
const DIGIT = "\\p{Nd}";
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ASCII_SPACE = "\\t-\\r\\x20";

const SIMPLE_ESCAPES: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, "\\": 92 };
const FLAG_LETTERS: Record<string, number> = {
  a: Flag.ASCII,
  i: Flag.IGNORECASE,
  L: Flag.LOCALE,
  m: Flag.MULTILINE,
  s: Flag.DOTALL,
  u: Flag.UNICODE,
  x: Flag.VERBOSE,
};

/**
 * Translates a pattern. `asciiText` promises that the subject is pure ASCII, so that JS's own `\w`, `\d` and `\b` do.
 * `firstGroup` is the number the first JS group will have.
 */
export function translate(pattern: string, flags: number, asciiText: boolean, firstGroup = 1): Translation {
  // A flag group at the start may turn VERBOSE on for the whole pattern, which needs a second reading.
  const first = new Translator(pattern, flags, asciiText, firstGroup);
  const result = first.run();
  if ((result.flags & Flag.VERBOSE) && !(flags & Flag.VERBOSE)) {
    return new Translator(pattern, flags | Flag.VERBOSE, asciiText, firstGroup).run();
  }
  return result;
}

/** Flags written for the whole pattern, `(?im)` at its start. */
const GLOBAL_FLAGS = /^\(\?([aiLmsux]+)\)/;

const IDENTIFIER = /^[\p{XID_Start}_][\p{XID_Continue}]*$/u;

class Translator {
  private at = 0;
  private groups = 0;
  private jsCount: number;
  private readonly jsGroups: number[] = [0];
  private readonly names = new Map<string, number>();
  private readonly open = new Set<number>();
  /** Groups get marks only in patterns that ask whether one took part. */
  private readonly hasConditionals: boolean;
  /** JS group of each Python group's mark. */
  private readonly marks: number[] = [];
  private readonly conditions: { number: number; position: number }[] = [];

  constructor(
    private readonly pattern: string,
    private flags: number,
    private readonly asciiText: boolean,
    firstGroup: number,
  ) {
    this.jsCount = firstGroup - 1;
    this.hasConditionals = pattern.includes("(?(");
  }

  private fail(text: string, position = this.at): never {
    throw new RegexError(text, this.pattern, position);
  }

  run(): Translation {
    for (
      let m = GLOBAL_FLAGS.exec(this.pattern.slice(this.at));
      m;
      m = GLOBAL_FLAGS.exec(this.pattern.slice(this.at))
    ) {
      for (const letter of m[1]) this.flags |= FLAG_LETTERS[letter];
      this.at += m[0].length;
    }
    const source = this.alternation(this.flags);
    if (this.at < this.pattern.length) this.fail("unbalanced parenthesis");
    for (const { number, position } of this.conditions) {
      if (number > this.groups) this.fail(`invalid group reference ${number}`, position);
    }
    return {
      source,
      flags: this.flags,
      groups: this.groups,
      names: this.names,
      jsGroups: this.jsGroups,
    };
  }

  private alternation(flags: number): string {
    const branches = [this.sequence(flags)];
    while (this.pattern[this.at] === "|") {
      this.at++;
      branches.push(this.sequence(flags));
    }
    return branches.join("|");
  }

  private skipVerbose(): void {
    for (;;) {
      const ch = this.pattern[this.at];
      if (ch === "#") {
        const end = this.pattern.indexOf("\n", this.at);
        this.at = end === -1 ? this.pattern.length : end + 1;
      } else if (ch !== undefined && isSpaceCode(ch.charCodeAt(0))) this.at++;
      else return;
    }
  }

  private sequence(flags: number): string {
    let out = "";
    for (;;) {
      if (flags & Flag.VERBOSE) this.skipVerbose();
      const ch = this.pattern[this.at];
      if (ch === undefined || ch === "|" || ch === ")") return out;
      const atom = this.atom(flags);
      if (flags & Flag.VERBOSE) this.skipVerbose();
      out += this.quantified(atom);
    }
  }

  /** An atom with the repetition that follows it. */
  private quantified(atom: { text: string; repeatable: boolean }): string {
    const from = this.at;
    const quantifier = this.quantifier();
    if (quantifier === undefined) return atom.text;
    if (!atom.repeatable) this.fail("nothing to repeat", from);
    let { text } = quantifier;
    let possessive = false;
    if (this.pattern[this.at] === "?") {
      text += "?";
      this.at++;
    } else if (this.pattern[this.at] === "+") {
      possessive = true;
      this.at++;
    }
    const again = this.at;
    if (this.quantifier() !== undefined) this.fail("multiple repeat", again);
    const repeated = atom.text + text;
    return possessive ? this.atomic(() => repeated) : repeated;
  }

  private quantifier(): { text: string } | undefined {
    const ch = this.pattern[this.at];
    if (ch === "*" || ch === "+" || ch === "?") {
      this.at++;
      return { text: ch };
    }
    if (ch !== "{") return undefined;
    const m = /^\{(\d*)(,?)(\d*)\}/.exec(this.pattern.slice(this.at));
    if (!m || (m[1] === "" && m[2] === "")) return undefined;
    const low = m[1] === "" ? "0" : m[1];
    if (m[3] !== "" && Number(m[3]) < Number(low)) {
      this.fail("min repeat greater than max repeat", this.at + 1);
    }
    this.at += m[0].length;
    return { text: m[2] === "" ? `{${low}}` : `{${low},${m[3]}}` };
  }

  /** `(?>...)`: a lookahead captures, a back reference takes it; so nothing inside is tried again. */
  private atomic(body: () => string): string {
    const group = ++this.jsCount;
    return `(?:(?=(${body()}))\\${group})`;
  }

  private atom(flags: number): { text: string; repeatable: boolean } {
    const ch = this.pattern[this.at];
    switch (ch) {
      case "(":
        return this.group(flags);
      case "[":
        return { text: this.set(flags), repeatable: true };
      case "\\":
        return this.escape(flags);
      case ".":
        this.at++;
        return { text: flags & Flag.DOTALL ? "[^]" : "[^\\n]", repeatable: true };
      case "^":
        this.at++;
        return { text: flags & Flag.MULTILINE ? "(?:(?<![^\\n]))" : "(?:^)", repeatable: false };
      case "$":
        this.at++;
        return { text: flags & Flag.MULTILINE ? "(?:(?![^\\n]))" : "(?:(?=\\n?$))", repeatable: false };
      case "*":
      case "+":
      case "?":
        return this.fail("nothing to repeat");
      case "{":
        if (this.lookingAtQuantifier()) this.fail("nothing to repeat");
    }
    const code = this.pattern.codePointAt(this.at)!;
    this.at += code > 0xffff ? 2 : 1;
    return { text: literal(code), repeatable: true };
  }

  private lookingAtQuantifier(): boolean {
    const saved = this.at;
    const found = this.quantifier() !== undefined;
    this.at = saved;
    return found;
  }

  private group(flags: number): { text: string; repeatable: boolean } {
    const start = this.at++;
    const close = (): void => {
      if (this.pattern[this.at] !== ")") this.fail("missing ), unterminated subpattern", start);
      this.at++;
    };
    const repeatable = true;
    if (this.pattern[this.at] !== "?") {
      return { text: this.capture(undefined, flags, start, close), repeatable };
    }
    this.at++;
    const ch = this.pattern[this.at];
    if (ch === undefined) this.fail("unexpected end of pattern");
    this.at++;
    if (ch === ":") return { text: this.wrapped("(?:", flags, close), repeatable };
    if (ch === "=" || ch === "!") return { text: `(?:${this.wrapped("(?" + ch, flags, close)})`, repeatable };
    if (ch === ">") {
      return {
        text: this.atomic(() => {
          const body = this.alternation(flags);
          close();
          return body;
        }),
        repeatable,
      };
    }
    if (ch === "#") {
      const end = this.pattern.indexOf(")", this.at);
      if (end === -1) this.fail("missing ), unterminated comment", start);
      this.at = end + 1;
      return { text: "", repeatable: false };
    }
    if (ch === "<") {
      const kind = this.pattern[this.at];
      if (kind !== "=" && kind !== "!") {
        if (kind === undefined) this.fail("unexpected end of pattern");
        this.fail(`unknown extension ?<${kind}`, start + 1);
      }
      this.at++;
      return { text: `(?:${this.wrapped("(?<" + kind, flags, close)})`, repeatable };
    }
    if (ch === "P") return this.named(flags, start, close);
    if (ch === "(") return { text: this.conditional(flags, close), repeatable };
    if (ch in FLAG_LETTERS || ch === "-") return this.scopedFlags(flags, start, close);
    return this.fail(`unknown extension ?${ch}`, start + 1);
  }

  private wrapped(head: string, flags: number, close: () => void): string {
    const body = this.alternation(flags);
    close();
    return `${head}${body})`;
  }

  private capture(name: string | undefined, flags: number, start: number, close: () => void): string {
    const number = ++this.groups;
    if (name !== undefined) {
      const known = this.names.get(name);
      if (known !== undefined) {
        this.fail(`redefinition of group name '${name}' as group ${number}; was group ${known}`, start + 4);
      }
      this.names.set(name, number);
    }
    this.jsGroups[number] = ++this.jsCount;
    this.open.add(number);
    const body = this.alternation(flags);
    close();
    this.open.delete(number);
    if (!this.hasConditionals) return `(${body})`;
    this.marks[number] = ++this.jsCount;
    return `(?:(${body})(?<=^(?=([^]*))[^]*))`;
  }

  /**
   * `(?(group)yes|no)`. A back reference to a group that took no part matches the empty string, so it cannot tell.
   * Beside each group stands a mark that captures the whole subject: it fits neither after nor before any place
   * of a subject that is not empty, and while it is unset it fits both.
   */
  private conditional(flags: number, close: () => void): string {
    const from = this.at, end = this.pattern.indexOf(")", from);
    if (end === -1) this.fail("missing ), unterminated name", from);
    const name = this.pattern.slice(from, end);
    if (name === "") this.fail("missing group name", from);
    this.at = end + 1;
    let number: number | undefined;
    if (/^\d+$/.test(name)) {
      number = Number(name);
      if (number === 0) this.fail("bad group number", from);
    } else {
      if (!IDENTIFIER.test(name)) this.fail(`bad character in group name '${name}'`, from);
      number = this.names.get(name);
      if (number === undefined) this.fail(`unknown group name '${name}'`, from);
    }
    this.conditions.push({ number, position: from });
    const yes = this.sequence(flags);
    let no = "";
    if (this.pattern[this.at] === "|") {
      this.at++;
      no = this.sequence(flags);
      if (this.pattern[this.at] === "|") this.fail("conditional backref with more than two branches");
    }
    close();
    // A group that opens later is not set here; it has no mark yet.
    const mark = this.marks[number];
    if (mark === undefined) return `(?:${no})`;
    const unset = `(?=\\${mark})(?<=\\${mark})`;
    return `(?:(?:(?!\\${mark})|(?<!\\${mark}))(?:${yes})|${unset}(?:${no}))`;
  }

  private named(flags: number, start: number, close: () => void): { text: string; repeatable: boolean } {
    const kind = this.pattern[this.at];
    if (kind === "<" || kind === "=") {
      this.at++;
      const from = this.at, end = this.pattern.indexOf(kind === "<" ? ">" : ")", from);
      const missing = kind === "<" ? ">, unterminated name" : "), unterminated name";
      if (end === -1) this.fail(`missing ${missing}`, from);
      const name = this.pattern.slice(from, end);
      if (name === "") this.fail("missing group name", from);
      if (!IDENTIFIER.test(name)) {
        this.fail(`bad character in group name '${name}'`, from);
      }
      this.at = end + 1;
      if (kind === "<") return { text: this.capture(name, flags, start, close), repeatable: true };
      const number = this.names.get(name);
      if (number === undefined) this.fail(`unknown group name '${name}'`, from);
      return { text: this.reference(number, from), repeatable: true };
    }
    if (kind === undefined) this.fail("unexpected end of pattern");
    return this.fail(`unknown extension ?P${kind}`, start + 1);
  }

  private reference(number: number, position: number): string {
    if (number > this.groups) this.fail(`invalid group reference ${number}`, position);
    if (this.open.has(number)) this.fail("cannot refer to an open group", position);
    return `(?:\\${this.jsGroups[number]})`;
  }

  private scopedFlags(
    flags: number,
    start: number,
    close: () => void,
  ): { text: string; repeatable: boolean } {
    this.at--;
    const m = /^([aiLmsux]*)(?:-([imsx]+))?([:)])?/.exec(this.pattern.slice(this.at))!;
    if (m[3] === undefined) {
      this.at += m[0].length;
      const next = this.pattern[this.at];
      this.fail(
        next === undefined ? "missing -, : or )" : /[a-z]/i.test(next) ? "unknown flag" : "missing -, : or )",
      );
    }
    if (m[3] === ")") {
      if (m[2] === undefined) this.fail("global flags not at the start of the expression", start);
      this.fail("missing :", this.at + m[0].length - 1);
    }
    this.at += m[0].length;
    let inner = flags;
    for (const letter of m[1]) inner |= FLAG_LETTERS[letter];
    for (const letter of m[2] ?? "") inner &= ~FLAG_LETTERS[letter];
    const change = (inner & Flag.IGNORECASE) !== (flags & Flag.IGNORECASE);
    const head = !change ? "(?:" : inner & Flag.IGNORECASE ? "(?i:" : "(?-i:";
    return { text: this.wrapped(head, inner, close), repeatable: true };
  }

  private isAscii(flags: number): boolean {
    return this.asciiText || (flags & Flag.ASCII) !== 0;
  }

  /** Inside of a character class for \d \s \w. */
  private classBody(letter: string, flags: number): string {
    const ascii = this.isAscii(flags);
    switch (letter) {
      case "d":
        return ascii ? "0-9" : DIGIT;
      case "s":
        return (flags & Flag.ASCII) ? ASCII_SPACE : SPACE;
      default:
        return ascii ? "A-Za-z0-9_" : WORD;
    }
  }

  private escape(flags: number): { text: string; repeatable: boolean } {
    const start = this.at;
    const ch = this.pattern[start + 1];
    if (ch === undefined) this.fail("bad escape (end of pattern)", start);
    const word = this.classBody("w", flags);
    switch (ch) {
      case "A":
        this.at += 2;
        return { text: "(?:^)", repeatable: false };
      case "Z":
        this.at += 2;
        return { text: "(?:$)", repeatable: false };
      case "b":
      case "B": {
        this.at += 2;
        if (this.asciiText && !(flags & Flag.IGNORECASE)) return { text: `(?:\\${ch})`, repeatable: false };
        const inside = `(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}])`;
        const outside = `(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}])`;
        return { text: `(?:${ch === "b" ? inside : outside})`, repeatable: false };
      }
      case "d":
      case "s":
      case "w":
        this.at += 2;
        return { text: `[${this.classBody(ch, flags)}]`, repeatable: true };
      case "D":
      case "S":
      case "W":
        this.at += 2;
        return { text: `[^${this.classBody(ch.toLowerCase(), flags)}]`, repeatable: true };
    }
    if (ch >= "1" && ch <= "9") {
      const digits = /^\d{1,3}/.exec(this.pattern.slice(start + 1))![0];
      if (digits.length === 3 && /^[0-3][0-7]{2}$/.test(digits)) {
        this.at += 4;
        return { text: literal(parseInt(digits, 8)), repeatable: true };
      }
      const number = digits.slice(0, 2);
      this.at += 1 + number.length;
      return { text: this.reference(Number(number), start + 1), repeatable: true };
    }
    return { text: literal(this.characterEscape(false)), repeatable: true };
  }

  /** Code point of an escape that stands for one character. */
  private characterEscape(inSet: boolean): number {
    const start = this.at;
    const ch = this.pattern[start + 1];
    if (ch === undefined) this.fail("bad escape (end of pattern)", start);
    const sizes: Record<string, number> = { x: 2, u: 4, U: 8 };
    if (ch in sizes) {
      const size = sizes[ch];
      const hex = this.pattern.slice(start + 2, start + 2 + size);
      const valid = /^[0-9a-fA-F]*/.exec(hex)![0];
      if (valid.length !== size) this.fail(`incomplete escape \\${ch}${valid}`, start);
      const code = parseInt(hex, 16);
      if (code > 0x10ffff) this.fail(`bad escape \\${ch}${hex}`, start);
      this.at += 2 + size;
      return code;
    }
    if (ch === "0" || (inSet && ch >= "1" && ch <= "7")) {
      const digits = /^[0-7]{1,3}/.exec(this.pattern.slice(start + 1))![0];
      this.at += 1 + digits.length;
      return parseInt(digits, 8);
    }
    if (ch === "N") throw new NotImplemented("the regular expression \\N{...}");
    const simple = SIMPLE_ESCAPES[ch];
    if (simple !== undefined && (inSet || ch !== "b")) {
      this.at += 2;
      return simple;
    }
    if (/[A-Za-z0-9]/.test(ch)) this.fail(`bad escape \\${ch}`, start);
    const code = this.pattern.codePointAt(start + 1)!;
    this.at += 1 + (code > 0xffff ? 2 : 1);
    return code;
  }

  private set(flags: number): string {
    const start = this.at++;
    let negated = false;
    if (this.pattern[this.at] === "^") {
      negated = true;
      this.at++;
    }
    let body = "", first = true;
    for (;; first = false) {
      const ch = this.pattern[this.at];
      if (ch === undefined) this.fail("unterminated character set", start);
      if (ch === "]" && !first) break;
      const from = this.at;
      const low = this.setItem(flags);
      const isRange = this.pattern[this.at] === "-" && this.pattern[this.at + 1] !== "]" &&
        this.pattern[this.at + 1] !== undefined;
      if (!isRange) {
        body += typeof low === "number" ? literal(low) : low;
        continue;
      }
      this.at++;
      const high = this.setItem(flags);
      if (typeof low !== "number" || typeof high !== "number" || high < low) {
        this.fail(`bad character range ${this.pattern.slice(from, this.at)}`, from);
      }
      body += `${literal(low)}-${literal(high)}`;
    }
    this.at++;
    return `[${negated ? "^" : ""}${body}]`;
  }

  /** A code point, or the inside of a class. */
  private setItem(flags: number): number | string {
    const ch = this.pattern[this.at];
    if (ch !== "\\") {
      const code = this.pattern.codePointAt(this.at)!;
      this.at += code > 0xffff ? 2 : 1;
      return code;
    }
    const letter = this.pattern[this.at + 1];
    if (letter !== undefined && "dswDSW".includes(letter)) {
      this.at += 2;
      const lower = letter.toLowerCase();
      if (lower === letter) return this.classBody(letter, flags);
      return complement(lower, this.isAscii(flags), (flags & Flag.ASCII) !== 0);
    }
    return this.characterEscape(true);
  }
}

/** Everything but a class, as the inside of another class. */
function complement(letter: string, ascii: boolean, asciiSpace: boolean): string {
  if (letter === "d") return ascii ? "\\x00-/:-\\u{10ffff}" : "\\P{Nd}";
  if (letter === "w") {
    return ascii
      ? "\\x00-/:-@\\[-\\^`\\{-\\u{10ffff}"
      : "\\p{M}\\p{S}\\p{Z}\\p{C}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\u203f\\u2040\\u2054\\ufe33\\ufe34\\ufe4d-\\ufe4f\\uff3f";
  }
  if (asciiSpace) return "\\x00-\\x08\\x0e-\\x1f!-\\u{10ffff}";
  return "\\x00-\\x08\\x0e-\\x1b!-\\x84\\x86-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e" +
    "\\u2060-\\u2fff\\u3001-\\u{10ffff}";
}

function literal(code: number): string {
  const ch = String.fromCodePoint(code);
  if (/[A-Za-z0-9_ ]/.test(ch)) return ch;
  return code > 0xffff || (code >= 0xd800 && code <= 0xdfff)
    ? `\\u{${code.toString(16)}}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
