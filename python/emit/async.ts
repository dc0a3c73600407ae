/** `async for` and `async with`: the plain statements with an `await` at each step. */
import type { For, With } from "../../compiler/syntax/ast.ts";
import type { Context } from "./context.ts";
import { emitExpr } from "./expressions.ts";
import { emitBlock, isolated, loopLabels, setLine } from "./statements.ts";
import { assignTo } from "./targets.ts";

/** Waits for the awaitable `js` inside a coroutine's JS generator. */
export function awaited(js: string): string {
  return `$resumed(yield* yieldFrom($g, awaitable(${js})), $f = $g.current)`;
}

/** One step of an asynchronous iterator: its next value, or undefined at its end. */
export function asyncStep(iterator: string): string {
  return `$resumed(yield* asyncStep($g, ${iterator}), $f = $g.current)`;
}

export function emitAsyncFor(c: Context, s: For): string {
  const open = setLine(c, s.start);
  const it = c.fresh("i"), item = c.fresh("n");
  const source = emitExpr(c, s.iter);
  const { label, continueLabel } = loopLabels(c, s.orelse.length > 0);
  const bound = c.bound;
  c.bound = new Set(bound);
  const line = c.lineOf(s.start);
  c.line = line;
  const assign = assignTo(c, s.target, item);
  const body = emitBlock(c, s.body);
  c.bound = bound;
  c.line = -1;
  c.loops.pop();
  const loop = `${continueLabel}: for (;;) { $f.line = ${line}; const ${item} = ${
    asyncStep(it)
  }; if (${item} === undefined) break; ${assign}\n${body}}`;
  const all = `${open}const ${it} = asyncIter(${source}); `;
  if (s.orelse.length === 0) return all + loop;
  return `${all}${label}: { ${loop}\n${isolated(c, s.orelse)}}`;
}

export function emitAsyncWith(c: Context, s: With, k: number): string {
  if (k === s.items.length) return emitBlock(c, s.body);
  const item = s.items[k];
  const [m, x, ok, v, h, e] = ["m", "x", "k", "v", "h", "x"].map((p) => c.fresh(p));
  const line = setLine(c, item.context_expr.start);
  const manager = emitExpr(c, item.context_expr);
  const bound = c.bound;
  c.bound = new Set(bound);
  const target = item.optional_vars ? assignTo(c, item.optional_vars, v) : "";
  const body = emitAsyncWith(c, s, k + 1);
  c.bound = bound;
  c.line = -1;
  const at = c.lineOf(s.start);
  return `{ ${line}const ${m} = ${manager}, ${x} = asyncExitOf(${m}), ${v} = ${
    awaited(`enterAsync(${m})`)
  }; let ${ok} = true;
try { ${target}\n${body}} catch ($e) { ${ok} = false; const ${e} = caught($e, $f), ${h} = rt.handling; rt.handling = ${e}; try { $f.line = ${at}; if (!truth(${
    awaited(`callExit(${x}, ${e})`)
  })) throw rethrow(${e}); } finally { rt.handling = ${h}; } }
finally { if (${ok}) { $f.line = ${at}; ${awaited(`callExit(${x}, null)`)}; } } }`;
}
