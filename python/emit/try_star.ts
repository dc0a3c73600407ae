/** `except*`: each handler takes its part of an exception group; what no handler takes is raised again. */
import type { Try } from "../../compiler/syntax/ast.ts";
import type { Context } from "./context.ts";
import { emitExpr } from "./expressions.ts";
import { clearName, storeName } from "./names.ts";
import { isolated, setLine } from "./statements.ts";

export function emitStarHandlers(c: Context, s: Try): string {
  const [x, h, done, state] = ["x", "h", "k", "g"].map((p) => c.fresh(p));
  const body = isolated(c, s.body);
  let handlers = "";
  for (const handler of s.handlers) {
    const part = c.fresh("x");
    c.line = -1;
    const line = setLine(c, handler.start);
    const type = emitExpr(c, handler.type!);
    const name = handler.name === null ? null : c.mangle(handler.name);
    const before = c.bound;
    c.bound = new Set(before);
    const bind = name === null ? "" : storeName(c, name, part);
    let block = isolated(c, handler.body);
    if (name !== null) block = `try {\n${block}} finally { ${clearName(c, name)} }`;
    c.bound = before;
    handlers +=
      `${line}{ const ${part} = ${state}.take(${type}); if (${part} !== null) { rt.handling = ${part}; ` +
      `try { ${bind}\n${block} } catch ($e) { ${state}.raised(caught($e, $f)); } rt.handling = ${x}; } }\n`;
  }
  c.line = -1;
  const orelse = s.orelse.length ? ` if (${done}) {\n${isolated(c, s.orelse)}}` : "";
  return `{ let ${done} = false; try {\n${body}${done} = true; } catch ($e) { const ${x} = caught($e, $f), ${h} = rt.handling, ` +
    `${state} = new StarHandlers(${x}); rt.handling = ${x}; try {\n${handlers}${state}.finish(); } finally { rt.handling = ${h}; } }${orelse} }`;
}
