/** The `re` module: patterns translated by re_syntax.ts and run by the JavaScript engine. */
import { hasSurrogates } from "../../core/text/characters.ts";
import { strRepr } from "../../core/text/mod.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { fn, getset, methods } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { subscriptable } from "../builtins/type_support.ts";
import { Flag, RegexError, translate, type Translation } from "./re_syntax.ts";
import { expandTemplate, parseTemplate, type Template, UnknownGroup } from "./re_template.ts";

const { nativeType, PyBytes, PyDict, PyList, PyTuple, typeError } = r;

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

function guarded<T>(body: () => T): T {
  try {
    return body();
  } catch (e) {
    if (e instanceof RegexError) throw regexFailure(e);
    if (e instanceof UnknownGroup) throw r.indexError(`unknown group name '${e.message}'`);
    throw e;
  }
}

/** Which way a pattern is anchored, and whether the subject is known to be ASCII: one JS expression each. */
type Form = "search" | "match" | "fullmatch" | "nonempty";

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
class Subject {
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

const patternType = nativeType("Pattern", { module: "re", final: true });
const matchType = nativeType("Match", { module: "re", final: true });
subscriptable(patternType, matchType);

function checkKind(p: Pattern, s: Subject): void {
  if (p.bytes === s.bytes) return;
  throw typeError(
    p.bytes
      ? "cannot use a bytes pattern on a string-like object"
      : "cannot use a string pattern on a bytes-like object",
  );
}

/** The first match at or after `pos`. */
function execute(
  p: Pattern,
  form: Form,
  s: Subject,
  pos: Value | undefined,
  endpos: Value | undefined,
): Match | null {
  const size = s.length;
  const bound = (v: Value | undefined, otherwise: number) =>
    v === undefined ? otherwise : Math.max(0, Math.min(size, Number(r.index(v))));
  const from = bound(pos, 0), to = bound(endpos, size);
  if (from > to) return null;
  const text = to === size ? s.text : s.text.slice(0, s.offset(to));
  const expression = p.expression(form, s.ascii, false);
  expression.lastIndex = s.offset(from);
  const found = expression.exec(text);
  return found ? new Match(p, s, text, found, form, from, to) : null;
}

/** Every match in turn. After an empty match the next one may begin at the same place if it is not empty. */
function* matches(p: Pattern, s: Subject, pos?: Value, endpos?: Value): Generator<Match> {
  const size = s.length;
  const from = pos === undefined ? 0 : Math.max(0, Math.min(size, Number(r.index(pos))));
  const to = endpos === undefined ? size : Math.max(0, Math.min(size, Number(r.index(endpos))));
  if (from > to) return;
  const text = to === size ? s.text : s.text.slice(0, s.offset(to));
  const search = p.expression("search", s.ascii, false);
  let at = s.offset(from), afterEmpty = false;
  while (at <= text.length) {
    if (afterEmpty) {
      const nonempty = p.expression("nonempty", s.ascii, false);
      nonempty.lastIndex = at;
      const found = nonempty.exec(text);
      if (found) {
        const m = new Match(p, s, text, found, "nonempty", from, to);
        at = m.end;
        afterEmpty = false;
        yield m;
        continue;
      }
      at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      if (at > text.length) return;
    }
    search.lastIndex = at;
    const found = search.exec(text);
    if (!found) return;
    const m = new Match(p, s, text, found, "search", from, to);
    at = m.end;
    afterEmpty = m.start === m.end;
    yield m;
  }
}

function findall(p: Pattern, s: Subject, pos?: Value, endpos?: Value): Value {
  const empty = s.value(""), groups = p.translation.groups;
  const out: Value[] = [];
  for (const m of matches(p, s, pos, endpos)) {
    if (groups <= 1) out.push(m.groupValue(groups, empty));
    else out.push(new PyTuple(Array.from({ length: groups }, (_, i) => m.groupValue(i + 1, empty))));
  }
  return new PyList(out);
}

function split(p: Pattern, s: Subject, limit?: Value): Value {
  const most = limit === undefined || Number(r.index(limit)) === 0 ? Infinity : Number(r.index(limit));
  const out: Value[] = [];
  let at = 0, count = 0;
  if (most > 0) {
    for (const m of matches(p, s)) {
      out.push(s.value(s.text.slice(at, m.start)));
      for (let g = 1; g <= p.translation.groups; g++) out.push(m.groupValue(g));
      at = m.end;
      if (++count >= most) break;
    }
  }
  out.push(s.value(s.text.slice(at)));
  return new PyList(out);
}

function textOf(v: Value): string | undefined {
  const s = r.stringOf(v);
  if (s !== undefined) return s;
  const data = r.bytesOf(v);
  return data === undefined ? undefined : String.fromCharCode(...data);
}

function templateFor(p: Pattern, text: string): Template {
  let t = p.templates.get(text);
  if (!t) p.templates.set(text, t = guarded(() => parseTemplate(text, p.translation)));
  return t;
}

function substitute(p: Pattern, replacement: Value, s: Subject, limit: Value | undefined): [Value, number] {
  const most = limit === undefined || Number(r.index(limit)) === 0 ? Infinity : Number(r.index(limit));
  const fixed = textOf(replacement);
  const template = fixed === undefined ? undefined : templateFor(p, fixed);
  let out = "", at = 0, count = 0;
  if (most > 0) {
    for (const m of matches(p, s)) {
      out += s.text.slice(at, m.start);
      if (template) out += expandTemplate(template, (n) => m.group(n) ?? "");
      else {
        const made = r.call1(replacement, m);
        if (made !== null) {
          const text = textOf(made);
          if (text === undefined) {
            throw typeError(`expected str instance, ${r.typeOf(made).name} found`);
          }
          out += text;
        }
      }
      at = m.end;
      if (++count >= most) break;
    }
  }
  return count === 0 ? [s.object, 0] : [s.value(out + s.text.slice(at)), count];
}

// --- flags ---

const FLAG_NAMES: [string, number, string][] = [
  ["IGNORECASE", Flag.IGNORECASE, "I"],
  ["LOCALE", Flag.LOCALE, "L"],
  ["MULTILINE", Flag.MULTILINE, "M"],
  ["DOTALL", Flag.DOTALL, "S"],
  ["UNICODE", Flag.UNICODE, "U"],
  ["VERBOSE", Flag.VERBOSE, "X"],
  ["DEBUG", Flag.DEBUG, ""],
  ["ASCII", Flag.ASCII, "A"],
];

const flagType = nativeType("RegexFlag", {
  base: r.intType,
  module: "re",
  alloc: (cls) => new r.PyIntObject(cls, 0),
});

function flagOf(value: number): Value {
  return new r.PyIntObject(flagType, value);
}

function flagText(value: number): string {
  const parts: string[] = [];
  for (const [name, bit] of [...FLAG_NAMES].sort((a, b) => a[1] - b[1])) {
    if (value & bit) {
      parts.push(`re.${name}`);
      value &= ~bit;
    }
  }
  if (value || parts.length === 0) parts.push(parts.length ? `0x${value.toString(16)}` : "re.NOFLAG");
  return parts.join("|");
}

const flagMethods: r.MethodTable = {
  __new__: ["value", (_cls: PyType, v: Value) => flagOf(Number(r.index(v)))],
  __init__: ["*args", () => null],
  __repr__: ["", (f: r.PyIntObject) => flagText(Number(f.value))],
  __str__: ["", (f: r.PyIntObject) => flagText(Number(f.value))],
  __invert__: ["", (f: r.PyIntObject) => flagOf(511 & ~Number(f.value))],
};
const combine: Record<string, (a: number, b: number) => number> = {
  or: (a, b) => a | b,
  and: (a, b) => a & b,
  xor: (a, b) => a ^ b,
};
for (const [name, f] of Object.entries(combine)) {
  const impl = (a: r.PyIntObject, b: Value) => {
    const other = r.intOf(b);
    return other === undefined ? r.NotImplementedValue : flagOf(f(Number(a.value), Number(other)));
  };
  flagMethods[`__${name}__`] = flagMethods[`__r${name}__`] = ["other, /", impl];
}
methods(flagType, flagMethods);
getset(flagType, "value", (f: r.PyIntObject) => f.value);
getset(flagType, "name", (f: r.PyIntObject) => flagText(Number(f.value)).replaceAll("re.", ""));

// --- Pattern and Match ---

const asSubject = (p: Pattern, v: Value): Subject => {
  const s = new Subject(v);
  checkKind(p, s);
  return s;
};

methods(patternType, {
  search: [
    "string, pos=0, endpos=None",
    (p: Pattern, v: Value, a?: Value, b?: Value) => execute(p, "search", asSubject(p, v), a, b),
  ],
  match: [
    "string, pos=0, endpos=None",
    (p: Pattern, v: Value, a?: Value, b?: Value) => execute(p, "match", asSubject(p, v), a, b),
  ],
  fullmatch: [
    "string, pos=0, endpos=None",
    (p: Pattern, v: Value, a?: Value, b?: Value) => execute(p, "fullmatch", asSubject(p, v), a, b),
  ],
  findall: [
    "string, pos=0, endpos=None",
    (p: Pattern, v: Value, a?: Value, b?: Value) => findall(p, asSubject(p, v), a, b),
  ],
  finditer: [
    "string, pos=0, endpos=None",
    (p: Pattern, v: Value, a?: Value, b?: Value) =>
      new r.JsIterator(matches(p, asSubject(p, v), a, b), r.callableIteratorType),
  ],
  split: ["string, maxsplit=0", (p: Pattern, v: Value, n?: Value) => split(p, asSubject(p, v), n)],
  sub: [
    "repl, string, count=0",
    (p: Pattern, repl: Value, v: Value, n?: Value) => substitute(p, repl, asSubject(p, v), n)[0],
  ],
  subn: [
    "repl, string, count=0",
    (p: Pattern, repl: Value, v: Value, n?: Value) => new PyTuple(substitute(p, repl, asSubject(p, v), n)),
  ],
  __repr__: ["", (p: Pattern) => {
    const shown = p.flags & ~(p.bytes ? 0 : Flag.UNICODE);
    const text = (p.bytes ? "b" : "") + strRepr(p.pattern);
    return `re.compile(${text.slice(0, 200)}${shown ? `, ${flagText(shown)}` : ""})`;
  }],
  __eq__: [
    "other, /",
    (p: Pattern, q: Value) =>
      q instanceof Pattern
        ? p.pattern === q.pattern && p.flags === q.flags && p.bytes === q.bytes
        : r.NotImplementedValue,
  ],
  __hash__: ["", (p: Pattern) => r.hashValue(`${p.flags} ${p.pattern}`)],
  __copy__: ["", (p: Pattern) => p],
  __deepcopy__: ["memo, /", (p: Pattern) => p],
});
getset(
  patternType,
  "pattern",
  (p: Pattern) => p.bytes ? new PyBytes(Uint8Array.from(p.pattern, (c) => c.charCodeAt(0))) : p.pattern,
);
getset(patternType, "flags", (p: Pattern) => p.flags);
getset(patternType, "groups", (p: Pattern) => p.translation.groups);
getset(patternType, "groupindex", (p: Pattern) => PyDict.of(p.translation.names));

function groupArgument(m: Match, v: Value | undefined): number {
  if (v === undefined) return 0;
  const n = m.re.groupNumber(v);
  if (n === undefined) throw r.indexError("no such group");
  return n;
}

function spanOf(m: Match, v: Value | undefined): [number, number] {
  const span = m.span(groupArgument(m, v));
  return span ? [m.subject.index(span[0]), m.subject.index(span[1])] : [-1, -1];
}

methods(matchType, {
  group: ["*groups", (m: Match, groups: Value[]) => {
    if (groups.length <= 1) return m.groupValue(groupArgument(m, groups[0]));
    return new PyTuple(groups.map((g) => m.groupValue(groupArgument(m, g))));
  }],
  __getitem__: ["group, /", (m: Match, g: Value) => m.groupValue(groupArgument(m, g))],
  groups: [
    "default=None",
    (m: Match, otherwise?: Value) =>
      new PyTuple(
        Array.from({ length: m.re.translation.groups }, (_, i) => m.groupValue(i + 1, otherwise ?? null)),
      ),
  ],
  groupdict: [
    "default=None",
    (m: Match, otherwise?: Value) =>
      PyDict.of(
        [...m.re.translation.names].map(([name, n]) => [name, m.groupValue(n, otherwise ?? null)] as const),
      ),
  ],
  start: ["group=0, /", (m: Match, g?: Value) => spanOf(m, g)[0]],
  end: ["group=0, /", (m: Match, g?: Value) => spanOf(m, g)[1]],
  span: ["group=0, /", (m: Match, g?: Value) => new PyTuple(spanOf(m, g))],
  expand: ["template", (m: Match, template: Value) => {
    const text = textOf(template) ?? "";
    return m.subject.value(expandTemplate(templateFor(m.re, text), (n) => m.group(n) ?? ""));
  }],
  __bool__: ["", () => true],
  __repr__: ["", (m: Match) => {
    const [a, b] = spanOf(m, undefined);
    return `<re.Match object; span=(${a}, ${b}), match=${r.repr(m.groupValue(0)).slice(0, 50)}>`;
  }],
  __copy__: ["", (m: Match) => m],
  __deepcopy__: ["memo, /", (m: Match) => m],
});
getset(matchType, "re", (m: Match) => m.re);
getset(matchType, "string", (m: Match) => m.subject.object);
getset(matchType, "pos", (m: Match) => m.pos);
getset(matchType, "endpos", (m: Match) => m.endpos);

/** The group that closed last: the one that ends last, and of those the outermost. */
function lastGroup(m: Match): number | undefined {
  let best: number | undefined, bestEnd = -1;
  for (let i = 1; i <= m.re.translation.groups; i++) {
    const span = m.span(i);
    if (span && span[1] > bestEnd) [best, bestEnd] = [i, span[1]];
  }
  return best;
}
getset(matchType, "lastindex", (m: Match) => lastGroup(m) ?? null);
getset(matchType, "lastgroup", (m: Match) => {
  const n = lastGroup(m);
  for (const [name, k] of m.re.translation.names) if (k === n) return name;
  return null;
});
getset(
  matchType,
  "regs",
  (m: Match) =>
    new PyTuple(Array.from({ length: m.re.translation.groups + 1 }, (_, i) => new PyTuple(spanOf(m, i)))),
);

// --- the module ---

const cache = new Map<string, Pattern>();

function compile(pattern: Value, flags?: Value): Pattern {
  const given = flags === undefined ? 0 : Number(r.intOf(flags) ?? r.index(flags));
  if (pattern instanceof Pattern) {
    if (given) throw r.valueError("cannot process flags argument with a compiled pattern");
    return pattern;
  }
  const text = textOf(pattern);
  if (text === undefined) throw typeError("first argument must be string or compiled pattern");
  const bytes = r.stringOf(pattern) === undefined;
  if (bytes && (given & Flag.UNICODE)) throw r.valueError("cannot use UNICODE flag with a bytes pattern");
  if ((given & Flag.ASCII) && (given & Flag.UNICODE)) {
    throw r.valueError("ASCII and UNICODE flags are incompatible");
  }
  const key = `${bytes ? "b" : "s"}${given} ${text}`;
  let p = cache.get(key);
  if (!p) {
    p = new Pattern(text, given, bytes);
    if (cache.size >= 512) cache.clear();
    cache.set(key, p);
  }
  return p;
}

/** A function of the module that compiles its first argument and calls the pattern's method. */
function delegate(
  name: string,
  signature: string,
  run: (p: Pattern, ...rest: any[]) => Value,
  flagsAt: number,
): Value {
  return fn(name, signature, (...args: Value[]) => {
    const p = compile(args[0], args[flagsAt]);
    return run(p, ...args.slice(1, flagsAt));
  });
}

function escape(v: Value): Value {
  const special = /[\t\n\v\f\r #$&()*+\-.?[\]^{|}~\\]/g;
  const text = textOf(v);
  if (text === undefined) throw typeError(`expected string or bytes-like object, got '${r.typeOf(v).name}'`);
  const made = text.replace(special, "\\$&");
  return r.stringOf(v) !== undefined ? made : new PyBytes(Uint8Array.from(made, (c) => c.charCodeAt(0)));
}

registerModule("re", () => {
  const names: Record<string, Value> = {};
  for (const [name, bit, short] of FLAG_NAMES) {
    names[name] = flagOf(bit);
    if (short) names[short] = names[name];
  }
  return moduleOf("re", {
    ...names,
    NOFLAG: flagOf(0),
    RegexFlag: flagType,
    Pattern: patternType,
    Match: matchType,
    error: errorType,
    compile: fn("compile", "pattern, flags=0", compile),
    escape: fn("escape", "pattern", escape),
    purge: fn("purge", "", () => {
      cache.clear();
      return null;
    }),
    search: delegate(
      "search",
      "pattern, string, flags=0",
      (p, v) => execute(p, "search", asSubject(p, v), undefined, undefined),
      2,
    ),
    match: delegate(
      "match",
      "pattern, string, flags=0",
      (p, v) => execute(p, "match", asSubject(p, v), undefined, undefined),
      2,
    ),
    fullmatch: delegate(
      "fullmatch",
      "pattern, string, flags=0",
      (p, v) => execute(p, "fullmatch", asSubject(p, v), undefined, undefined),
      2,
    ),
    findall: delegate("findall", "pattern, string, flags=0", (p, v) => findall(p, asSubject(p, v)), 2),
    finditer: delegate(
      "finditer",
      "pattern, string, flags=0",
      (p, v) => new r.JsIterator(matches(p, asSubject(p, v)), r.callableIteratorType),
      2,
    ),
    split: delegate(
      "split",
      "pattern, string, maxsplit=0, flags=0",
      (p, v, n) => split(p, asSubject(p, v), n),
      3,
    ),
    sub: delegate(
      "sub",
      "pattern, repl, string, count=0, flags=0",
      (p, repl, v, n) => substitute(p, repl, asSubject(p, v), n)[0],
      4,
    ),
    subn: delegate(
      "subn",
      "pattern, repl, string, count=0, flags=0",
      (p, repl, v, n) => new PyTuple(substitute(p, repl, asSubject(p, v), n)),
      4,
    ),
  });
});
