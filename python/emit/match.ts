/** `match` statements: a labelled JS block of tests, left by the first case that runs. */
import type { Match, Pattern } from "../../compiler/syntax/ast.ts";
import type { Context } from "./context.ts";
import { condition, emitExpr, text } from "./expressions.ts";
import { storeName } from "./names.ts";
import { emitBlock, endsBlock, setLine } from "./statements.ts";

/** Names of one case's captures and the JS temporaries that hold them until the whole pattern has matched. */
type Captures = Map<string, string>;

export function emitMatch(c: Context, s: Match): string {
  const open = setLine(c, s.start);
  const subject = c.temp(), label = c.fresh("M");
  const value = emitExpr(c, s.subject);
  let js = `${open}${label}: { ${subject} = ${value};\n`;
  for (const { pattern, guard, body } of s.cases) {
    const before = c.bound;
    c.bound = new Set(before);
    c.line = -1;
    const line = setLine(c, pattern.start);
    const captures: Captures = new Map();
    const test = emitPattern(c, pattern, subject, captures);
    const assigns = [...captures].map(([name, temp]) => storeName(c, name, temp)).join(" ");
    const guarded = guard ? condition(c, guard) : null;
    let block = emitBlock(c, body);
    if (!endsBlock(body)) block += `break ${label};`;
    if (guarded !== null) block = `if (${guarded}) {\n${block}}`;
    js += `${line}if (${test}) { ${assigns}\n${block}}\n`;
    c.bound = before;
  }
  c.line = -1;
  return js + "}";
}

/** A JS condition: the JS value `v` (a variable, or an element of one) matches; captures are in their temporaries. */
function emitPattern(c: Context, p: Pattern, v: string, captures: Captures): string {
  switch (p.kind) {
    case "MatchValue":
      return `truth(eq(${v}, ${emitExpr(c, p.value)}))`;
    case "MatchSingleton":
      return `${v} === ${p.value.type === "bool" ? p.value.value : "null"}`;
    case "MatchSequence": {
      const star = p.patterns.findIndex((x) => x.kind === "MatchStar");
      const parts = c.temp();
      return every([
        `(${parts} = matchSequence(${v}, ${p.patterns.length}, ${star})) !== null`,
        ...p.patterns.map((x, i) => emitPattern(c, x, `${parts}[${i}]`, captures)),
      ]);
    }
    case "MatchMapping": {
      const parts = c.temp();
      const keys = p.keys.map((k) => emitExpr(c, k)).join(", ");
      const tests = p.patterns.map((x, i) => emitPattern(c, x, `${parts}[${i}]`, captures));
      if (p.rest !== null) tests.push(capture(c, p.rest, `${parts}[${p.keys.length}]`, captures));
      return every([`(${parts} = matchMapping(${v}, [${keys}], ${p.rest !== null})) !== null`, ...tests]);
    }
    case "MatchClass": {
      const parts = c.temp(), names = p.kwd_attrs.map((a) => text(c.mangle(a))).join(", ");
      return every([
        `(${parts} = matchClass(${v}, ${emitExpr(c, p.cls)}, ${p.patterns.length}, [${names}])) !== null`,
        ...[...p.patterns, ...p.kwd_patterns].map((x, i) => emitPattern(c, x, `${parts}[${i}]`, captures)),
      ]);
    }
    case "MatchStar":
      return p.name === null ? "true" : capture(c, p.name, v, captures);
    case "MatchAs": {
      const inner = p.pattern ? emitPattern(c, p.pattern, v, captures) : "true";
      return p.name === null ? inner : every([inner, capture(c, p.name, v, captures)]);
    }
    case "MatchOr":
      return `(${p.patterns.map((x) => emitPattern(c, x, v, captures)).join(" || ")})`;
  }
}

function every(tests: string[]): string {
  const needed = tests.filter((t) => t !== "true");
  return needed.length === 0 ? "true" : needed.length === 1 ? needed[0] : `(${needed.join(" && ")})`;
}

function capture(c: Context, name: string, v: string, captures: Captures): string {
  const mangled = c.mangle(name);
  let temp = captures.get(mangled);
  if (temp === undefined) captures.set(mangled, temp = c.temp());
  return `(${temp} = ${v}, true)`;
}
