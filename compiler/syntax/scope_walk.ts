/** The first half of scope analysis: one walk over the tree that notes what each scope binds, uses and declares. */
import type {
  Arguments,
  ClassDef,
  Comprehension,
  DictComp,
  Expr,
  FunctionDef,
  Lambda,
  ListComp,
  Module,
  NodeBase,
  Pattern,
  Stmt,
  TypeParam,
} from "./ast.ts";
import { checkKeywords } from "./checks.ts";
import { mangle, type RawScope, type Scope, type ScopeError, type ScopeNode, SEEN } from "./scope.ts";

const NEEDS_LOCALS = new Set(["locals", "vars", "dir", "eval", "exec"]);

export function walkScopes(
  module: Module,
): { scopes: Map<ScopeNode, RawScope>; errors: ScopeError[]; lateErrors: ScopeError[] } {
  const walk = new ScopeWalk();
  walk.enter("module", module);
  walk.block(module.body);
  walk.leave();
  return { scopes: walk.scopes, errors: walk.errors, lateErrors: walk.lateErrors };
}

class ScopeWalk {
  readonly scopes = new Map<ScopeNode, RawScope>();
  readonly errors: ScopeError[] = [];
  /** What CPython finds only after its symbol tables are complete. */
  readonly lateErrors: ScopeError[] = [];
  #scope!: RawScope;
  /** Returns with a value in `async def`, wrong if a `yield` makes it a generator. */
  readonly #asyncReturns: { scope: RawScope; node: NodeBase }[] = [];
  /** Inside the iterable of a comprehension, where `:=` is not allowed. */
  #inIterable = 0;

  enter(kind: Scope["kind"], node: ScopeNode, privateClass = this.#scope?.privateClass ?? null): RawScope {
    const parent = this.#scope ?? null;
    const scope: RawScope = {
      kind,
      node,
      parent,
      children: [],
      names: new Map(),
      params: [],
      isGenerator: false,
      hasYield: false,
      isAsync: false,
      usesSuper: false,
      usesClassCell: false,
      usesLocals: false,
      privateClass,
      seen: new Map(),
      declared: new Map(),
    };
    parent?.children.push(scope);
    this.scopes.set(node, scope);
    return this.#scope = scope;
  }

  leave(): void {
    const scope = this.#scope;
    if (scope.isAsync && scope.hasYield) {
      for (const { scope: owner, node } of this.#asyncReturns) {
        if (owner === scope) this.#late("'return' with value in async generator", node);
      }
    }
    this.#scope = this.#scope.parent as RawScope;
  }

  #note(scope: RawScope, name: string, bits: number): void {
    const key = mangle(scope.privateClass, name);
    scope.seen.set(key, (scope.seen.get(key) ?? 0) | bits);
  }

  #error(text: string, node: NodeBase): void {
    this.errors.push({ text, node });
  }

  #late(text: string, node: NodeBase): void {
    this.lateErrors.push({ text, node });
  }

  bind(name: string): void {
    this.#note(this.#scope, name, SEEN.bound);
  }

  #use(name: string): void {
    const scope = this.#scope;
    this.#note(scope, name, SEEN.used);
    if (name === "super") {
      scope.usesSuper = true;
      if (scope.kind !== "module" && scope.kind !== "class") {
        scope.usesClassCell = true;
        this.#note(scope, "__class__", SEEN.used);
      }
    } else if (name === "__class__") {
      if (scope.kind !== "module" && scope.kind !== "class") scope.usesClassCell = true;
    } else if (NEEDS_LOCALS.has(name)) {
      scope.usesLocals = true;
    }
  }

  // --- Statements ---

  block(body: Stmt[]): void {
    for (const stmt of body) this.#statement(stmt);
  }

  #statement(node: Stmt): void {
    switch (node.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        return this.#function(node);
      case "ClassDef":
        return this.#class(node);
      case "Return":
        if (node.value) this.expr(node.value);
        return this.#return(node, node.value !== null);
      case "Delete":
        for (const target of node.targets) this.target(target);
        return;
      case "Assign":
        this.expr(node.value);
        for (const target of node.targets) this.target(target);
        return;
      case "TypeAlias":
        this.bind(node.name.id);
        if (node.type_params.length > 0) this.#typeParams(node.type_params);
        this.enter("type-alias", node);
        this.expr(node.value);
        this.leave();
        if (node.type_params.length > 0) this.leave();
        return;
      case "AugAssign":
        if (node.target.kind === "Name") this.#use(node.target.id);
        this.target(node.target);
        this.expr(node.value);
        return;
      case "AnnAssign":
        if (node.target.kind === "Name") {
          this.#annotated(node.target.id, node.simple, node.value !== null, node);
        } else this.target(node.target);
        this.expr(node.annotation);
        if (node.value) this.expr(node.value);
        return;
      case "For":
      case "AsyncFor":
        if (node.kind === "AsyncFor") this.#needsAsync("'async for'", node);
        this.target(node.target);
        this.expr(node.iter);
        this.block(node.body);
        return this.block(node.orelse);
      case "While":
        this.expr(node.test);
        this.block(node.body);
        return this.block(node.orelse);
      case "If": {
        // A long elif chain is deep in the tree; walk it without recursion.
        let branch = node;
        for (;;) {
          this.expr(branch.test);
          this.block(branch.body);
          const [next] = branch.orelse;
          if (branch.orelse.length !== 1 || next.kind !== "If") break;
          branch = next;
        }
        return this.block(branch.orelse);
      }
      case "With":
      case "AsyncWith":
        if (node.kind === "AsyncWith") this.#needsAsync("'async with'", node);
        for (const item of node.items) {
          this.expr(item.context_expr);
          if (item.optional_vars) this.target(item.optional_vars);
        }
        return this.block(node.body);
      case "Match":
        this.expr(node.subject);
        for (const { pattern, guard, body } of node.cases) {
          this.#pattern(pattern);
          if (guard) this.expr(guard);
          this.block(body);
        }
        return;
      case "Raise":
        if (node.exc) this.expr(node.exc);
        if (node.cause) this.expr(node.cause);
        return;
      case "Try":
      case "TryStar":
        this.block(node.body);
        for (const handler of node.handlers) {
          if (handler.type) this.expr(handler.type);
          if (handler.name !== null) this.bind(handler.name);
          this.block(handler.body);
        }
        this.block(node.orelse);
        return this.block(node.finalbody);
      case "Assert":
        this.expr(node.test);
        if (node.msg) this.expr(node.msg);
        return;
      case "Import":
        for (const { name, asname } of node.names) this.bind(asname ?? name.split(".", 1)[0]);
        return;
      case "ImportFrom":
        for (const alias of node.names) {
          if (alias.name !== "*") this.bind(alias.asname ?? alias.name);
          else if (this.#scope.kind !== "module") this.#error("import * only allowed at module level", node);
        }
        return;
      case "Global":
      case "Nonlocal":
        for (const name of node.names) this.#declare(name, node.kind, node);
        return;
      case "Expr":
        return this.expr(node.value);
      case "Pass":
      case "Break":
      case "Continue":
        return;
    }
  }

  #return(node: NodeBase, hasValue: boolean): void {
    const scope = this.#scope;
    if (scope.kind !== "function") this.#late("'return' outside function", node);
    else if (hasValue && scope.isAsync) this.#asyncReturns.push({ scope, node });
  }

  /** `async for` and `async with` belong in `async def`. */
  #needsAsync(what: string, node: NodeBase): void {
    const scope = this.#scope;
    if (!(scope.kind === "function" && scope.isAsync)) this.#late(`${what} outside async function`, node);
  }

  #annotated(name: string, simple: boolean, hasValue: boolean, node: NodeBase): void {
    const scope = this.#scope;
    const key = mangle(scope.privateClass, name);
    const seen = scope.seen.get(key) ?? 0;
    if (simple && seen & (SEEN.global | SEEN.nonlocal) && scope.kind !== "module") {
      this.#error(`annotated name '${name}' can't be ${seen & SEEN.global ? "global" : "nonlocal"}`, node);
      return;
    }
    if (simple) this.#note(scope, name, SEEN.annotated | SEEN.bound);
    else if (hasValue) this.bind(name);
  }

  #declare(name: string, kind: "Global" | "Nonlocal", node: NodeBase): void {
    const scope = this.#scope;
    const word = kind.toLowerCase();
    if (kind === "Nonlocal" && scope.kind === "module") {
      return this.#error("nonlocal declaration not allowed at module level", node);
    }
    const key = mangle(scope.privateClass, name);
    const seen = scope.seen.get(key) ?? 0;
    if (seen & SEEN.param) this.#error(`name '${name}' is parameter and ${word}`, node);
    else if (seen & (kind === "Global" ? SEEN.nonlocal : SEEN.global)) {
      this.#error(`name '${name}' is nonlocal and global`, node);
    } else if (seen & SEEN.annotated) this.#error(`annotated name '${name}' can't be ${word}`, node);
    else if (seen & SEEN.bound) this.#error(`name '${name}' is assigned to before ${word} declaration`, node);
    else if (seen & SEEN.used) this.#error(`name '${name}' is used prior to ${word} declaration`, node);
    else {
      scope.seen.set(key, seen | (kind === "Global" ? SEEN.global : SEEN.nonlocal));
      if (!scope.declared.has(key)) scope.declared.set(key, node);
    }
  }

  /** Opens the scope of a type parameter list; the caller leaves it. */
  #typeParams(params: TypeParam[]): void {
    this.enter("type-params", params[0]);
    for (const param of params) {
      const seen = this.#scope.seen.get(mangle(this.#scope.privateClass, param.name)) ?? 0;
      if (seen & SEEN.bound) this.#error(`duplicate type parameter '${param.name}'`, param);
      this.bind(param.name);
    }
    for (const { bound } of params) if (bound) this.expr(bound);
  }

  #function(node: FunctionDef): void {
    this.bind(node.name);
    for (const decorator of node.decorator_list) this.expr(decorator);
    this.#defaults(node.args);
    const generic = node.type_params.length > 0;
    if (generic) this.#typeParams(node.type_params);
    for (const arg of allArgs(node.args)) if (arg.annotation) this.expr(arg.annotation);
    if (node.returns) this.expr(node.returns);
    const scope = this.enter("function", node);
    scope.isAsync = node.kind === "AsyncFunctionDef";
    this.#params(node.args);
    this.#body(() => this.block(node.body));
    this.leave();
    if (generic) this.leave();
  }

  #lambda(node: Lambda): void {
    this.#defaults(node.args);
    this.enter("lambda", node);
    this.#params(node.args);
    this.#body(() => this.expr(node.body));
    this.leave();
  }

  /** Walks a function's body, where the restrictions of a surrounding comprehension end. */
  #body(walk: () => void): void {
    const saved = this.#inIterable;
    this.#inIterable = 0;
    walk();
    this.#inIterable = saved;
  }

  #defaults(args: Arguments): void {
    for (const value of args.defaults) this.expr(value);
    for (const value of args.kw_defaults) if (value) this.expr(value);
  }

  #params(args: Arguments): void {
    const scope = this.#scope;
    for (const arg of allArgs(args)) {
      const key = mangle(scope.privateClass, arg.arg);
      if (key === "__debug__") this.#late("cannot assign to __debug__", arg);
      if (scope.seen.has(key)) this.#error(`duplicate argument '${arg.arg}' in function definition`, arg);
      scope.seen.set(key, SEEN.bound | SEEN.param);
      scope.params.push(key);
    }
  }

  #class(node: ClassDef): void {
    this.bind(node.name);
    for (const decorator of node.decorator_list) this.expr(decorator);
    const generic = node.type_params.length > 0;
    if (generic) this.#typeParams(node.type_params);
    for (const base of node.bases) this.expr(base);
    checkKeywords(node, this.lateErrors);
    for (const keyword of node.keywords) this.expr(keyword.value);
    this.enter("class", node, node.name);
    this.#body(() => this.block(node.body));
    this.leave();
    if (generic) this.leave();
  }

  // --- Expressions ---

  expr(root: Expr): void {
    let node = root;
    for (;;) {
      switch (node.kind) {
        case "Name":
          return this.#use(node.id);
        case "Constant":
          return;
        case "Attribute":
        case "Starred":
          node = node.value;
          continue;
        case "Call":
          checkKeywords(node, this.lateErrors);
          for (const arg of node.args) this.expr(arg);
          for (const keyword of node.keywords) this.expr(keyword.value);
          node = node.func;
          continue;
        case "Subscript":
          this.expr(node.slice);
          node = node.value;
          continue;
        case "BinOp":
          this.expr(node.right);
          node = node.left;
          continue;
        case "UnaryOp":
          node = node.operand;
          continue;
        case "Await":
          this.#await(node);
          node = node.value;
          continue;
        case "Yield":
        case "YieldFrom":
          this.#yield(node);
          if (!node.value) return;
          node = node.value;
          continue;
        case "BoolOp":
        case "JoinedStr":
          for (const value of node.values) this.expr(value);
          return;
        case "Compare":
          for (const value of node.comparators) this.expr(value);
          node = node.left;
          continue;
        case "IfExp":
          this.expr(node.test);
          this.expr(node.body);
          node = node.orelse;
          continue;
        case "Tuple":
        case "List":
        case "Set":
          for (const elt of node.elts) this.expr(elt);
          return;
        case "Dict":
          for (const key of node.keys) if (key) this.expr(key);
          for (const value of node.values) this.expr(value);
          return;
        case "Slice":
          if (node.lower) this.expr(node.lower);
          if (node.upper) this.expr(node.upper);
          if (node.step) this.expr(node.step);
          return;
        case "FormattedValue":
          if (node.format_spec) this.expr(node.format_spec);
          node = node.value;
          continue;
        case "NamedExpr":
          this.#walrus(node.target.id, node.target);
          node = node.value;
          continue;
        case "Lambda":
          return this.#lambda(node);
        case "ListComp":
        case "SetComp":
        case "GeneratorExp":
        case "DictComp":
          return this.#comprehension(node);
      }
    }
  }

  #await(node: NodeBase): void {
    let scope = this.#scope;
    while (scope.kind === "comprehension") {
      scope.isAsync = true;
      if ((scope.node as ListComp).kind === "GeneratorExp") return;
      scope = scope.parent as RawScope;
    }
    if (scope.kind === "function" && scope.isAsync) return;
    const inFunction = scope.kind === "function" || scope.kind === "lambda";
    this.#late(`'await' outside ${inFunction ? "async " : ""}function`, node);
  }

  #yield(node: NodeBase & { kind: string }): void {
    const scope = this.#scope;
    scope.hasYield = scope.isGenerator = true;
    if (scope.kind === "module" || scope.kind === "class") {
      this.#late("'yield' outside function", node);
    } else if (node.kind === "YieldFrom" && scope.isAsync && scope.kind === "function") {
      this.#late("'yield from' inside async function", node);
    }
    if (scope.kind === "comprehension") {
      const what = {
        ListComp: "list comprehension",
        SetComp: "set comprehension",
        DictComp: "dict comprehension",
        GeneratorExp: "generator expression",
      }[(scope.node as ListComp | DictComp).kind];
      this.#error(`'yield' inside ${what}`, node);
    }
  }

  /** `name := value`: inside comprehensions it binds in the scope around them. */
  #walrus(name: string, node: NodeBase): void {
    if (this.#inIterable > 0) {
      return this.#error("assignment expression cannot be used in a comprehension iterable expression", node);
    }
    let scope = this.#scope;
    if (scope.kind !== "comprehension") return this.bind(name);
    const inner: RawScope[] = [];
    for (; scope.kind === "comprehension"; scope = scope.parent as RawScope) {
      if ((scope.seen.get(mangle(scope.privateClass, name)) ?? 0) & SEEN.iteration) {
        return this.#error(
          `assignment expression cannot rebind comprehension iteration variable '${name}'`,
          node,
        );
      }
      inner.push(scope);
    }
    if (scope.kind === "class") {
      return this.#error("assignment expression within a comprehension cannot be used in a class body", node);
    }
    const key = mangle(scope.privateClass, name);
    const isGlobal = scope.kind === "module" || ((scope.seen.get(key) ?? 0) & SEEN.global) !== 0;
    if (!((scope.seen.get(key) ?? 0) & (SEEN.global | SEEN.nonlocal))) this.#note(scope, name, SEEN.bound);
    for (const s of inner) this.#note(s, name, isGlobal ? SEEN.global : SEEN.nonlocal);
  }

  #comprehension(node: ListComp | DictComp): void {
    const [first] = node.generators;
    this.#inIterable++;
    this.expr(first.iter);
    this.#inIterable--;
    const scope = this.enter("comprehension", node);
    scope.isGenerator = node.kind === "GeneratorExp";
    node.generators.forEach((generator, i) => this.#generator(generator, i === 0, scope));
    if (node.kind === "DictComp") {
      this.expr(node.key);
      this.expr(node.value);
    } else {
      this.expr(node.elt);
    }
    if (scope.isAsync && node.kind !== "GeneratorExp") this.#asyncComprehension(scope, node);
    if (scope.hasYield && node.kind !== "GeneratorExp") scope.isGenerator = false;
    this.leave();
  }

  /** A comprehension with `async for` runs where it stands, so an `async def` must be around it. */
  #asyncComprehension(scope: RawScope, node: ListComp | DictComp): void {
    if (!node.generators.some((generator) => generator.is_async)) return;
    let outer = scope.parent as RawScope;
    while (outer.kind === "comprehension") {
      outer.isAsync = true;
      if ((outer.node as ListComp).kind === "GeneratorExp") return;
      outer = outer.parent as RawScope;
    }
    if (outer.kind === "function" && outer.isAsync) return;
    this.#late("asynchronous comprehension outside of an asynchronous function", node);
  }

  #generator({ target, iter, ifs, is_async }: Comprehension, first: boolean, scope: RawScope): void {
    if (is_async) scope.isAsync = true;
    this.target(target, SEEN.iteration);
    if (!first) {
      this.#inIterable++;
      this.expr(iter);
      this.#inIterable--;
    }
    for (const test of ifs) this.expr(test);
  }

  // --- Targets and patterns ---

  target(node: Expr, bits = 0): void {
    switch (node.kind) {
      case "Name":
        if (node.id === "__debug__") this.#late("cannot assign to __debug__", node);
        return this.#note(this.#scope, node.id, SEEN.bound | bits);
      case "Tuple":
      case "List":
        for (const elt of node.elts) this.target(elt, bits);
        return;
      case "Starred":
        return this.target(node.value, bits);
      default:
        return this.expr(node);
    }
  }

  #pattern(node: Pattern): void {
    switch (node.kind) {
      case "MatchValue":
        return this.expr(node.value);
      case "MatchSingleton":
        return;
      case "MatchStar":
        if (node.name !== null) this.bind(node.name);
        return;
      case "MatchAs":
        if (node.pattern) this.#pattern(node.pattern);
        if (node.name !== null) this.bind(node.name);
        return;
      case "MatchMapping":
        for (const key of node.keys) this.expr(key);
        if (node.rest !== null) this.bind(node.rest);
        break;
      case "MatchClass":
        this.expr(node.cls);
        for (const pattern of node.kwd_patterns) this.#pattern(pattern);
        break;
    }
    for (const pattern of node.patterns) this.#pattern(pattern);
  }
}

function* allArgs(args: Arguments) {
  yield* args.posonlyargs;
  yield* args.args;
  if (args.vararg) yield args.vararg;
  yield* args.kwonlyargs;
  if (args.kwarg) yield args.kwarg;
}
