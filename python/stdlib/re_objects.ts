/** Compiled patterns, their subjects and their matches. Patterns are run by the JavaScript engine. */
import { hasSurrogates } from "../../core/text/characters.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { subscriptable } from "../builtins/type_support.ts";
import { Flag, RegexError, translate, type Translation } from "./re_syntax.ts";
import { type Template, UnknownGroup } from "./re_template.ts";

const { nativeType, PyBytes, typeError } = r;

export const errorType = r.newException("error", r.ExceptionType, "re");

/** A RegexError as the Python exception, with the place spelled out as re.error does. */
export function regexFailure(e: RegexError): r.PyBaseException {
  const before = e.pattern.slice(0, e.position);
  const line = before.split("\n").length, column = e.position - (before.lastIndexOf("\n") + 1) + 1;
  const place = e.pattern.includes("\n") ? ` (line ${line}, column ${column})` : "";
  const x = r.raise(errorType, `${e.text} at position ${e.position}${place}`);
  x.attrs!.set("msg", e.text).set("pattern", e.pattern).set("pos", e.position).set("lineno", line).set(
    "colno",
    column,
  );
  return x;
}

export function guarded<T>(body: () => T): T {
  try {
    return body();
  } catch (e) {
    if (e instanceof RegexError) throw regexFailure(e);
    if (e instanceof UnknownGroup) throw r.indexError(`unknown group name '${e.message}'`);
    throw e;
  }
}

/** Which way a pattern is anchored, and whether the subject is known to be ASCII: one JS expression each. */
export type Form = "search" | "match" | "fullmatch" | "nonempty";

const ASCII = /^[\x00-\x7f]*$/;

export class Pattern extends r.PyObject {
  readonly translation: Translation;
  readonly flags: number;
  private readonly compiled = new Map<string, RegExp>();
  readonly templates = new Map<string, Template>();

  constructor(readonly pattern: string, flags: number, readonly bytes: boolean) {
    super(patternType);
    this.translation = guarded(() => translate(pattern, bytes ? flags | Flag.ASCII : flags, false));
    let all = this.translation.flags;
    if (bytes) all &= ~Flag.ASCII | (flags & Flag.ASCII);
    else if (!(all & Flag.ASCII)) all |= Flag.UNICODE;
    this.flags = all;
  }

  /** The expression for a form; with `indices` it records where groups lie. */
  expression(form: Form, asciiText: boolean, indices: boolean): RegExp {
    const key = `${form}${asciiText ? "a" : ""}${indices ? "d" : ""}`;
    const known = this.compiled.get(key);
    if (known) return known;
    const given = this.bytes ? this.flags | Flag.ASCII : this.flags;
    const body = translate(this.pattern, given, asciiText, form === "nonempty" ? 2 : 1).source;
    const source = form === "fullmatch" ? `(?:${body})$` : form === "nonempty"
      // What remains after a match that took nothing is what remained before it.
      ? `(?=([^]*))(?:${body})(?!\\1$)`
      : body;
    const flags = `u${this.flags & Flag.IGNORECASE ? "i" : ""}${form === "search" ? "g" : "y"}${
      indices ? "d" : ""
    }`;
    const made = new RegExp(source, flags);
    this.compiled.set(key, made);
    return made;
  }

  groupNumber(v: Value): number | undefined {
    const name = r.stringOf(v);
    if (name !== undefined) return this.translation.names.get(name);
    if (!r.hasIndex(v)) return undefined;
    const n = Number(r.index(v));
    return n >= 0 && n <= this.translation.groups ? n : undefined;
  }
}

/** A subject made ready: its text, and what Python's indices in it mean. */
export class Subject {
  readonly text: string;
  readonly ascii: boolean;
  private readonly wide: boolean;
  readonly bytes: boolean;

  constructor(readonly object: Value) {
    const s = r.stringOf(object);
    if (s !== undefined) {
      this.text = s;
      this.bytes = false;
    } else {
      const data = r.bytesOf(object);
      if (data === undefined) {
        throw typeError(`expected string or bytes-like object, got '${r.typeOf(object).name}'`);
      }
      let text = "";
      for (const b of data) text += String.fromCharCode(b);
      this.text = text;
      this.bytes = true;
    }
    this.ascii = ASCII.test(this.text);
    this.wide = !this.ascii && hasSurrogates(this.text);
  }
  /** Index Python counts in code points, from a UTF-16 offset. */
  index(offset: number): number {
    if (!this.wide || offset < 0) return offset;
    let n = 0;
    for (let i = 0; i < offset; n++) i += this.text.codePointAt(i)! > 0xffff ? 2 : 1;
    return n;
  }
  offset(index: number): number {
    if (!this.wide) return Math.min(index, this.text.length);
    let i = 0;
    for (; index > 0 && i < this.text.length; index--) i += this.text.codePointAt(i)! > 0xffff ? 2 : 1;
    return i;
  }
  get length(): number {
    return this.index(this.text.length);
  }
  value(text: string): Value {
    return this.bytes ? new PyBytes(Uint8Array.from(text, (c) => c.charCodeAt(0))) : text;
  }
}

export class Match extends r.PyObject {
  private spans: ([number, number] | undefined)[] | undefined;
  constructor(
    readonly re: Pattern,
    readonly subject: Subject,
    /** Text searched: the subject up to `endpos`. */
    readonly text: string,
    readonly found: RegExpExecArray,
    private readonly form: Form,
    readonly pos: number,
    readonly endpos: number,
  ) {
    super(matchType);
  }
  private jsGroup(n: number): number {
    return n === 0 ? 0 : this.re.translation.jsGroups[n] + (this.form === "nonempty" ? 1 : 0);
  }
  get start(): number {
    return this.found.index;
  }
  get end(): number {
    return this.found.index + this.found[0].length;
  }
  /** Text of a group; undefined when it took no part. */
  group(n: number): string | undefined {
    return this.found[this.jsGroup(n)];
  }
  /** UTF-16 span of a group. */
  span(n: number): [number, number] | undefined {
    if (n === 0) return [this.start, this.end];
    if (!this.spans) {
      const again = this.re.expression(
        this.form === "search" ? "match" : this.form,
        this.subject.ascii,
        true,
      );
      again.lastIndex = this.start;
      const indices = again.exec(this.text)!.indices!;
      this.spans = Array.from({ length: this.re.translation.groups + 1 }, (_, i) => indices[this.jsGroup(i)]);
    }
    return this.spans[n];
  }
  groupValue(n: number, otherwise: Value = null): Value {
    const text = this.group(n);
    return text === undefined ? otherwise : this.subject.value(text);
  }
}

export const patternType = nativeType("Pattern", { module: "re", final: true });
export const matchType = nativeType("Match", { module: "re", final: true });
subscriptable(patternType, matchType);

export function checkKind(p: Pattern, s: Subject): void {
  if (p.bytes === s.bytes) return;
  throw typeError(
    p.bytes
      ? "cannot use a bytes pattern on a string-like object"
      : "cannot use a string pattern on a bytes-like object",
  );
}
