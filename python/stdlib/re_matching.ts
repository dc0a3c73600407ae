/** Searching, splitting and substituting. */
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { expandTemplate, parseTemplate, type Template } from "./re_template.ts";
import { type Form, guarded, Match, type Pattern, type Subject } from "./re_objects.ts";

const { PyList, PyTuple, typeError } = r;

/** The first match at or after `pos`. */
export function execute(
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
export function* matches(p: Pattern, s: Subject, pos?: Value, endpos?: Value): Generator<Match> {
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

export function findall(p: Pattern, s: Subject, pos?: Value, endpos?: Value): Value {
  const empty = s.value(""), groups = p.translation.groups;
  const out: Value[] = [];
  for (const m of matches(p, s, pos, endpos)) {
    if (groups <= 1) out.push(m.groupValue(groups, empty));
    else out.push(new PyTuple(Array.from({ length: groups }, (_, i) => m.groupValue(i + 1, empty))));
  }
  return new PyList(out);
}

export function split(p: Pattern, s: Subject, limit?: Value): Value {
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

export function textOf(v: Value): string | undefined {
  const s = r.stringOf(v);
  if (s !== undefined) return s;
  const data = r.bytesOf(v);
  return data === undefined ? undefined : String.fromCharCode(...data);
}

export function templateFor(p: Pattern, text: string): Template {
  let t = p.templates.get(text);
  if (!t) p.templates.set(text, t = guarded(() => parseTemplate(text, p.translation)));
  return t;
}

export function substitute(
  p: Pattern,
  replacement: Value,
  s: Subject,
  limit: Value | undefined,
): [Value, number] {
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
