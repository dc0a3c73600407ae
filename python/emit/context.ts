/**
 * One JS function body being emitted: where its names live, its temporaries, and the line last stored. A Python
 * local `x` is the JS variable `v_x`; one that inner functions share is a Cell `c_x`; module names are looked up in
 * the globals map, class-body names in the namespace `$ns`.
 */
import type { Expr, NodeBase, Stmt } from "../../compiler/syntax/ast.ts";
import { mangle, type NameKind, type Scope, type ScopeNode } from "../../compiler/syntax/scope.ts";
import type { Source } from "../../core/source.ts";
import type { FunctionCode } from "../runtime/function.ts";
import type { Attrs, Value } from "../runtime/object.ts";

/** What is shared by all functions of one emitted file. */
export interface Unit {
  source: Source;
  globals: Attrs;
  scopes: Map<ScopeNode, Scope>;
  codes: FunctionCode[];
  constants: Value[];
  /** Constants already stored, by kind and text. */
  constantIndex: Map<string, number>;
  /** AST nodes that emitted code hands to the runtime (class statements, unsupported syntax). */
  nodes: NodeBase[];
  /** `from __future__ import annotations`. */
  lazyAnnotations: boolean;
  /** Call the line hook at each statement. */
  lineHook: boolean;
}

export type NameUse =
  | { where: "local"; js: string }
  | { where: "cell"; js: string }
  | { where: "global" }
  | { where: "class" }
  | { where: "class-cell"; js: string };

export class Context {
  /** Locals known to be bound at the point now being emitted. */
  bound: Set<string> = new Set();
  /** Locals that a `del` or the end of an `except ... as` may unbind. */
  unbindable: Set<string> = new Set();
  temps: string[] = [];
  /** The line the frame holds at this point, if known. */
  line = -1;
  /** Loop labels, innermost last. */
  loops: { label: string; continueLabel: string }[] = [];
  private nextTemp = 0;
  /** Prefix of qualified names of what is defined here. */
  qualname = "";
  /** The body is that of a JS generator function. */
  isGenerator = false;
  /** The body is that of an `async def`. */
  isAsync = false;

  constructor(
    readonly unit: Unit,
    readonly scope: Scope,
    /** The context the JS text of this one is nested in; null for the file. */
    readonly outer: Context | null,
  ) {}

  /** A constant kept outside the JS text. */
  constant(key: string, make: () => Value): string {
    const { constants, constantIndex } = this.unit;
    let i = constantIndex.get(key);
    if (i === undefined) {
      constantIndex.set(key, i = constants.length);
      constants.push(make());
    }
    return `K${i}`;
  }

  lineOf(offset: number): number {
    return this.unit.source.position(offset).line;
  }

  /** A node that emitted code refers to. */
  node(n: NodeBase): string {
    this.unit.nodes.push(n);
    return `$N[${this.unit.nodes.length - 1}]`;
  }

  /** A JS variable of the whole function, for expressions. */
  temp(): string {
    const name = `$t${this.nextTemp++}`;
    this.temps.push(name);
    return name;
  }
  /** A fresh name that the caller declares itself. */
  fresh(prefix: string): string {
    return `$${prefix}${this.nextTemp++}`;
  }
  mangle(name: string): string {
    return mangle(this.scope.privateClass, name);
  }

  /** How to reach a (mangled) name from here. */
  resolve(name: string): NameUse {
    const kind: NameKind | undefined = this.scope.names.get(name);
    switch (this.scope.kind) {
      case "module":
        return { where: "global" };
      case "class":
        if (kind === "free") return { where: "class-cell", js: `c_${name}` };
        if (kind === "global-explicit") return { where: "global" };
        return { where: "class" };
    }
    if (kind === "local") return { where: "local", js: `v_${name}` };
    if (kind === "cell") return cellOrLocal(this.scope, name);
    if (kind === "free") {
      const owner = ownerOf(this.scope, name);
      return owner ? cellOrLocal(owner, name) : { where: "cell", js: `c_${name}` };
    }
    // Annotation scopes in a class body see the class's names.
    const annotation = this.scope.kind === "type-params" || this.scope.kind === "type-alias";
    if (annotation && kind !== "global-explicit" && this.outer) return this.outer.resolve(name);
    return { where: "global" };
  }
}

function cellOrLocal(owner: Scope, name: string): NameUse {
  return needsCell(owner, name) ? { where: "cell", js: `c_${name}` } : { where: "local", js: `v_${name}` };
}

/** The enclosing scope that binds a free name; undefined for `__class__`, which the class statement provides. */
function ownerOf(scope: Scope, name: string): Scope | undefined {
  for (let s = scope.parent; s; s = s.parent) {
    if (s.kind === "class") {
      if (name === "__class__") return undefined;
      continue;
    }
    if (s.names.get(name) === "cell") return s;
  }
  return undefined;
}

const cellAnswers = new WeakMap<Scope, Map<string, boolean>>();

/**
 * Whether a variable must be a Cell object: some function, lambda or class uses it. Comprehensions run inside the
 * JS function of the variable, so they see the JS variable itself.
 */
export function needsCell(owner: Scope, name: string): boolean {
  let answers = cellAnswers.get(owner);
  if (!answers) cellAnswers.set(owner, answers = new Map());
  let a = answers.get(name);
  if (a === undefined) {
    a = owner.children.some((c) =>
      c.names.get(name) === "free" && (c.kind === "comprehension" ? needsCell(c, name) : true)
    );
    answers.set(name, a);
  }
  return a;
}

/** Names that a `del` statement or an `except ... as` may leave unbound, in one function body. */
export function unbindableNames(body: Stmt[], mangled: (name: string) => string, out: Set<string>): void {
  for (const s of body) {
    switch (s.kind) {
      case "Delete":
        for (const t of s.targets) deletedNames(t, mangled, out);
        break;
      case "If":
      case "While":
      case "For":
      case "AsyncFor":
        unbindableNames(s.body, mangled, out);
        unbindableNames(s.orelse, mangled, out);
        break;
      case "With":
      case "AsyncWith":
        unbindableNames(s.body, mangled, out);
        break;
      case "Match":
        for (const c of s.cases) unbindableNames(c.body, mangled, out);
        break;
      case "Try":
      case "TryStar":
        for (const h of s.handlers) {
          if (h.name !== null) out.add(mangled(h.name));
          unbindableNames(h.body, mangled, out);
        }
        unbindableNames(s.body, mangled, out);
        unbindableNames(s.orelse, mangled, out);
        unbindableNames(s.finalbody, mangled, out);
    }
  }
}

function deletedNames(t: Expr, mangled: (n: string) => string, out: Set<string>): void {
  if (t.kind === "Name") out.add(mangled(t.id));
  else if (t.kind === "Tuple" || t.kind === "List") { for (const e of t.elts) deletedNames(e, mangled, out); }
}
