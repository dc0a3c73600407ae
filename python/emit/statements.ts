/** Statements to JS statements. */
import type { Expr, For, Stmt, With } from "../../compiler/syntax/ast.ts";
import { emitClassDef } from "./classes.ts";
import type { Context } from "./context.ts";
import { condition, emitExpr, text } from "./expressions.ts";
import { emitAnnotation, emitFunctionDef } from "./functions.ts";
import { emitAsyncFor, emitAsyncWith } from "./async.ts";
import { emitImport, emitImportFrom } from "./imports.ts";
import { emitMatch } from "./match.ts";
import { emitStarHandlers } from "./try_star.ts";
import { emitTypeAlias } from "./type_params.ts";
import { clearName } from "./names.ts";
import { assignAll, assignTo, augmented, deleteTarget } from "./targets.ts";

/** True if nothing after the block can be reached. */
export function endsBlock(body: Stmt[]): boolean {
  const last = body[body.length - 1];
  if (!last) return false;
  switch (last.kind) {
    case "Return":
    case "Raise":
    case "Break":
    case "Continue":
      return true;
    case "If":
      return last.orelse.length > 0 && endsBlock(last.body) && endsBlock(last.orelse);
  }
  return false;
}

export function emitBlock(c: Context, body: Stmt[]): string {
  let out = "";
  for (const s of body) {
    out += emitStatement(c, s) + "\n";
    if (endsBlock([s])) break;
  }
  return out;
}

/** A block whose line and bound names do not reach what follows it. */
export function isolated(c: Context, body: Stmt[]): string {
  const bound = c.bound;
  c.bound = new Set(bound);
  c.line = -1;
  const js = emitBlock(c, body);
  c.bound = bound;
  c.line = -1;
  return js;
}

/** Stores the line unless the frame already holds it. */
export function setLine(c: Context, offset: number): string {
  const line = c.lineOf(offset);
  if (c.unit.lineHook) {
    c.line = line;
    return `lineHook($f, ${line}, $l, $a); `;
  }
  if (line === c.line) return "";
  c.line = line;
  return `$f.line = ${line}; `;
}

function emitStatement(c: Context, s: Stmt): string {
  switch (s.kind) {
    case "Expr":
      if (s.value.kind === "Constant") return "";
      return `${setLine(c, s.start)}${emitExpr(c, s.value)};`;
    case "Assign":
      return setLine(c, s.start) + assignAll(c, s.targets, s.value);
    case "AugAssign":
      return setLine(c, s.start) + augmented(c, s.target, s.op, s.value);
    case "AnnAssign":
      return setLine(c, s.start) + annotated(c, s);
    case "Return":
      return `${setLine(c, s.start)}return ${returned(c, s.value ? emitExpr(c, s.value) : "null")};`;
    case "If":
      return emitIf(c, s);
    case "While":
      return emitWhile(c, s);
    case "For":
      return emitFor(c, s as For);
    case "FunctionDef":
    case "AsyncFunctionDef":
      return setLine(c, s.start) + emitFunctionDef(c, s);
    case "ClassDef":
      return setLine(c, s.start) + emitClassDef(c, s);
    case "Pass":
    case "Global":
    case "Nonlocal":
      return "";
    case "Break":
      return `break ${c.loops[c.loops.length - 1].label};`;
    case "Continue":
      return `continue ${c.loops[c.loops.length - 1].continueLabel};`;
    case "Delete":
      return setLine(c, s.start) + s.targets.map((t) => deleteTarget(c, t)).join(" ");
    case "Raise":
      return setLine(c, s.start) + emitRaise(c, s.exc, s.cause);
    case "Assert":
      return `${setLine(c, s.start)}if (!${condition(c, s.test)}) throw assertionError($global${
        s.msg ? `, ${emitExpr(c, s.msg)}` : ""
      });`;
    case "Try":
    case "TryStar":
      return emitTry(c, s);
    case "With":
      return emitWith(c, s, 0);
    case "Import":
      return setLine(c, s.start) + emitImport(c, s);
    case "ImportFrom":
      return setLine(c, s.start) + emitImportFrom(c, s);
    case "Match":
      return emitMatch(c, s);
    case "AsyncFor":
      return emitAsyncFor(c, s);
    case "AsyncWith":
      return emitAsyncWith(c, s, 0);
    case "TypeAlias":
      return setLine(c, s.start) + emitTypeAlias(c, s);
  }
}

/** The value a function returns, shown to the debugger where there is one. */
export function returned(c: Context, js: string): string {
  return c.unit.lineHook && c.scope.kind === "function" ? `returnHook($f, ${js}, $l, $a)` : js;
}

function annotated(c: Context, s: Stmt & { kind: "AnnAssign" }): string {
  const value = s.value ? assignTo(c, s.target, emitExpr(c, s.value)) : "";
  if (c.scope.kind !== "module" && c.scope.kind !== "class") return value;
  if (!s.simple || s.target.kind !== "Name") return value + ` ${emitAnnotation(c, s.annotation)};`;
  const where = c.scope.kind === "module" ? "G" : "$ns";
  return `${value} annotate(${where}, ${text(c.mangle(s.target.id))}, ${emitAnnotation(c, s.annotation)});`;
}

function emitIf(c: Context, s: Stmt & { kind: "If" }): string {
  const open = setLine(c, s.start);
  const test = condition(c, s.test);
  const before = c.bound, lineAfterTest = c.line;
  c.bound = new Set(before);
  const body = emitBlock(c, s.body);
  const afterBody = endsBlock(s.body) ? null : c.bound;
  c.bound = new Set(before);
  c.line = lineAfterTest;
  const orelse = s.orelse.length ? emitBlock(c, s.orelse) : "";
  const afterElse = s.orelse.length && endsBlock(s.orelse) ? null : c.bound;
  c.bound = afterBody === null
    ? afterElse ?? before
    : afterElse === null
    ? afterBody
    : new Set([...afterBody].filter((n) => afterElse.has(n)));
  c.line = -1;
  return `${open}if (${test}) {\n${body}}${s.orelse.length ? ` else {\n${orelse}}` : ""}`;
}

/** The loop's own label, and one around its `else` for `break` to leave by. */
export function loopLabels(c: Context, hasElse: boolean): { label: string; continueLabel: string } {
  const continueLabel = c.fresh("L");
  const labels = { label: hasElse ? c.fresh("E") : continueLabel, continueLabel };
  c.loops.push(labels);
  return labels;
}

function emitWhile(c: Context, s: Stmt & { kind: "While" }): string {
  const { label, continueLabel } = loopLabels(c, s.orelse.length > 0);
  c.line = -1;
  const line = setLine(c, s.start);
  const test = condition(c, s.test);
  const endless = test === "true";
  const body = isolated(c, s.body);
  c.loops.pop();
  const loop = `${continueLabel}: for (;;) { ${line}${endless ? "" : `if (!${test}) break; `}\n${body}}`;
  if (s.orelse.length === 0) return loop;
  return `${label}: { ${loop}\n${isolated(c, s.orelse)}}`;
}

function emitFor(c: Context, s: For): string {
  const open = setLine(c, s.start);
  const it = c.fresh("i"), item = c.fresh("n"), again = c.fresh("a");
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
  const loop = `${continueLabel}: for (;;) { ${
    stepLine(c, line, again)
  }const ${item} = ${it}.step(); if (${item} === undefined) break; ${assign}\n${body}}`;
  const flag = c.unit.lineHook ? `let ${again} = false; ` : "";
  const all = `${open}${flag}const ${it} = iter(${source}); `;
  if (s.orelse.length === 0) return all + loop;
  return `${all}${label}: { ${loop}\n${isolated(c, s.orelse)}}`;
}

/** What a `for` does on each round before it asks for the next value. */
function stepLine(c: Context, line: number, again: string): string {
  return c.unit.lineHook
    ? `if (${again}) lineHook($f, ${line}, $l, $a); ${again} = true; `
    : `$f.line = ${line}; `;
}

function emitRaise(c: Context, exc: Expr | null, cause: Expr | null): string {
  if (!exc) return "throw reraise();";
  if (cause) return `throw raiseFrom(${emitExpr(c, exc)}, ${emitExpr(c, cause)});`;
  return `throw raiseValue(${emitExpr(c, exc)});`;
}

function emitTry(c: Context, s: Stmt & { kind: "Try" | "TryStar" }): string {
  let js = s.kind === "TryStar"
    ? emitStarHandlers(c, s)
    : s.handlers.length
    ? emitHandlers(c, s)
    : isolated(c, s.body);
  if (s.finalbody.length) {
    const p = c.fresh("p"), h = c.fresh("h");
    js =
      `let ${p} = null; try {\n${js}} catch ($e) { throw ${p} = rethrow(caught($e, $f)); } finally { const ${h} = rt.handling; if (${p} !== null) rt.handling = ${p}; try {\n${
        isolated(c, s.finalbody)
      }} finally { rt.handling = ${h}; } }`;
    js = `{ ${js} }`;
  }
  c.line = -1;
  return js;
}

function emitHandlers(c: Context, s: Stmt & { kind: "Try" | "TryStar" }): string {
  const x = c.fresh("x"), h = c.fresh("h"), done = s.orelse.length ? c.fresh("k") : "";
  const body = isolated(c, s.body);
  let chain = "";
  let catchAll = false;
  for (const handler of s.handlers) {
    c.line = -1;
    const bound = c.bound;
    c.bound = new Set(bound);
    const line = setLine(c, handler.start);
    const test = handler.type ? `matches(${x}, ${emitExpr(c, handler.type)})` : "true";
    if (!handler.type) catchAll = true;
    let block: string;
    if (handler.name !== null) {
      const name = c.mangle(handler.name);
      const assign = assignTo(
        c,
        { kind: "Name", id: handler.name, start: handler.start, end: handler.end },
        x,
      );
      const inner = emitBlock(c, handler.body);
      block = `${assign} try {\n${inner}} finally { ${clearName(c, name)} }`;
    } else block = emitBlock(c, handler.body);
    c.bound = bound;
    chain += `${line ? `${line}` : ""}if (${test}) {\n${block}} else { `;
  }
  c.line = -1;
  const tail = catchAll ? "" : `throw rethrow(${x});`;
  const closing = "}".repeat(s.handlers.length);
  const flag = done ? `let ${done} = false; ` : "";
  const js = `${flag}try {\n${body}${
    done ? `${done} = true;` : ""
  }} catch ($e) { const ${x} = caught($e, $f), ${h} = rt.handling; rt.handling = ${x}; try {\n${chain}${tail}${closing}\n} finally { rt.handling = ${h}; } }`;
  if (!done) return js;
  return `{ ${js} if (${done}) {\n${isolated(c, s.orelse)}} }`;
}

function emitWith(c: Context, s: With, k: number): string {
  if (k === s.items.length) return emitBlock(c, s.body);
  const item = s.items[k];
  const m = c.fresh("m"),
    x = c.fresh("x"),
    ok = c.fresh("k"),
    v = c.fresh("v"),
    h = c.fresh("h"),
    e = c.fresh("x");
  const line = setLine(c, item.context_expr.start);
  const manager = emitExpr(c, item.context_expr);
  const bound = c.bound;
  c.bound = new Set(bound);
  const target = item.optional_vars ? assignTo(c, item.optional_vars, v) : "";
  const body = emitWith(c, s, k + 1);
  c.bound = bound;
  c.line = -1;
  const at = c.lineOf(s.start);
  return `{ ${line}const ${m} = ${manager}, ${x} = exitOf(${m}), ${v} = enterContext(${m}); let ${ok} = true;
try { ${target}\n${body}} catch ($e) { ${ok} = false; const ${e} = caught($e, $f), ${h} = rt.handling; rt.handling = ${e}; try { $f.line = ${at}; if (!exitWith(${x}, ${e})) throw rethrow(${e}); } finally { rt.handling = ${h}; } }
finally { if (${ok}) { $f.line = ${at}; exitWith(${x}, null); } } }`;
}
