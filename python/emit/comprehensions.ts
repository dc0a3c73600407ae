/** Comprehensions: a JS function called at once, in the Python frame around it; generator expressions have their own. */
import type { Comprehension, DictComp, ListComp } from "../../compiler/syntax/ast.ts";
import { asyncStep } from "./async.ts";
import { Context } from "./context.ts";
import { condition, emitExpr } from "./expressions.ts";
import { assignTo } from "./targets.ts";
import { declarations, makeCode } from "./functions.ts";

const RESULT: Record<string, string> = { ListComp: "[]", SetComp: "new PySet()", DictComp: "new PyDict()" };

export function emitComprehension(c: Context, e: ListComp | DictComp): string {
  const scope = c.unit.scopes.get(e)!;
  const inner = new Context(c.unit, scope, c);
  inner.qualname = c.qualname;
  const lazy = e.kind === "GeneratorExp";
  inner.bound = new Set(lazy ? [] : c.bound);
  for (const [name, kind] of scope.names) if (kind === "local" || kind === "cell") inner.bound.delete(name);
  inner.unbindable = c.unbindable;
  const oneLine = !lazy && c.line >= 0 && c.lineOf(e.start) === c.line && c.lineOf(e.end) === c.line;
  inner.line = oneLine ? c.line : -1;
  const source = emitExpr(c, e.generators[0].iter);
  const first = e.generators[0].is_async ? `asyncIter(${source})` : `iter(${source})`;
  inner.isAsync = scope.isAsync;
  const add = (): string => {
    if (e.kind === "DictComp") return `$r.set(${emitExpr(inner, e.key)}, ${emitExpr(inner, e.value)});`;
    const v = emitExpr(inner, e.elt);
    if (lazy) {
      return `yield ${scope.isAsync ? `new AsyncYield(${v})` : v}; $f = $g.current; $g.received();`;
    }
    return e.kind === "ListComp" ? `$r.push(${v});` : `$r.add(${v});`;
  };
  const loops = emitLoops(inner, e.generators, 0, add);
  const vars = declarations(inner);
  if (!lazy && !oneLine) c.line = -1;
  if (lazy) {
    const code = makeCode(inner, "<genexpr>", e);
    return `new PyGenerator(${code}, (function* ($i0, $g) { let $f = $g.current; ${vars} ${loops} return null; }).bind(null, ${first}))`;
  }
  const result = e.kind === "ListComp" ? "new PyList($r)" : "$r";
  const body = `{ const $r = ${RESULT[e.kind]}; ${vars} ${loops} return ${result}; }`;
  // An asynchronous one awaits in the coroutine around it.
  if (scope.isAsync) return `(yield* (function* ($i0) ${body})(${first}))`;
  return `(($i0) => ${body})(${first})`;
}

function emitLoops(c: Context, generators: Comprehension[], k: number, add: () => string): string {
  if (k === generators.length) return add();
  const g = generators[k];
  const it = `$i${k}`, item = `$n${k}`;
  const open = k === 0 ? "" : `const ${it} = ${g.is_async ? "asyncIter" : "iter"}(${emitExpr(c, g.iter)}); `;
  const assign = assignTo(c, g.target, item);
  const tests = g.ifs.map((t) => condition(c, t));
  const body = emitLoops(c, generators, k + 1, add);
  const guarded = tests.length ? `if (${tests.join(" && ")}) { ${body} }` : body;
  const step = g.is_async ? asyncStep(it) : `${it}.step()`;
  return `${open}for (let ${item}; (${item} = ${step}) !== undefined;) { ${assign} ${guarded} }`;
}
