/** The `re` module: patterns translated by re_syntax.ts and run by the JavaScript engine. */
import { strRepr } from "../../core/text/mod.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn, getset, methods } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { FLAG_NAMES, flagOf, flagText, flagType } from "./re_flags.ts";
import { execute, findall, matches, split, substitute, templateFor, textOf } from "./re_matching.ts";
import { checkKind, errorType, type Match, matchType, Pattern, patternType, Subject } from "./re_objects.ts";
import { Flag } from "./re_syntax.ts";
import { expandTemplate } from "./re_template.ts";

const { PyBytes, PyDict, PyTuple, typeError } = r;

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
