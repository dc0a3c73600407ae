/**
 * What each name refers to, by CPython's symbol table rules: a scope for the module and for every function,
 * class, lambda, comprehension, type parameter list and type alias. scope_walk.ts gathers bindings and uses;
 * here they are resolved.
 */
import type {
  ClassDef,
  DictComp,
  FunctionDef,
  Lambda,
  ListComp,
  Module,
  NodeBase,
  TypeAlias,
  TypeParam,
} from "./ast.ts";
import { walkScopes } from "./scope_walk.ts";

/** The node that opens a scope; a type parameter list is keyed by its first parameter. */
export type ScopeNode =
  | Module
  | FunctionDef
  | ClassDef
  | Lambda
  | ListComp
  | DictComp
  | TypeAlias
  | TypeParam;

/**
 * - `local`: bound here and used by no inner function. At module level: a module attribute.
 * - `cell`: bound here and used by an inner function.
 * - `free`: the cell of an enclosing function (or `__class__` of the enclosing class), also when only passed on
 *   to an inner scope.
 * - `global-explicit`: declared `global`.
 * - `global-implicit`: bound in no enclosing function: a module attribute or a builtin.
 *
 * A class body's `local` and `global-implicit` names are looked up in the class namespace first; its locals are
 * not visible from functions inside it.
 */
export type NameKind = "local" | "cell" | "free" | "global-explicit" | "global-implicit";

export interface Scope {
  kind: "module" | "function" | "class" | "lambda" | "comprehension" | "type-params" | "type-alias";
  node: ScopeNode;
  parent: Scope | null;
  children: Scope[];
  /** Every name that occurs in the scope, mangled, in order of appearance. */
  names: Map<string, NameKind>;
  /** Parameter names, mangled: positional-only, positional, *args, keyword-only, **kwargs. */
  params: string[];
  /** The body has a `yield`, or the node is a generator expression. */
  isGenerator: boolean;
  hasYield: boolean;
  /** `async def`, or a comprehension with `async for` or `await`. */
  isAsync: boolean;
  /** The name `super` is read here. */
  usesSuper: boolean;
  /** `__class__` is needed here: written out, or through `super`. On a class: some method needs its cell. */
  usesClassCell: boolean;
  /** `locals`, `vars`, `dir`, `eval` or `exec` is read here: locals must be reachable by name. */
  usesLocals: boolean;
  /** Name of the innermost class around (or at) this scope, for `__private` names; null outside classes. */
  privateClass: string | null;
}

/** What the walk gathers about a name, as bits. */
export const SEEN = {
  bound: 1,
  used: 2,
  param: 4,
  global: 8,
  nonlocal: 16,
  annotated: 32,
  /** Target of a comprehension's `for`. */
  iteration: 64,
} as const;

/** A scope while its names are being gathered. */
export interface RawScope extends Scope {
  seen: Map<string, number>;
  /** Where each name was declared nonlocal or global. */
  declared: Map<string, NodeBase>;
}

export interface ScopeError {
  text: string;
  node: NodeBase;
}

interface Analysis {
  scopes: Map<ScopeNode, Scope>;
  errors: ScopeError[];
  lateErrors: ScopeError[];
}

const ANALYSES = new WeakMap<Module, Analysis>();

/** The scope of every node that opens one. Computed once per module. */
export function analyzeScopes(module: Module): Map<ScopeNode, Scope> {
  return analysisOf(module).scopes;
}

/**
 * Misuses of `global`, `nonlocal`, parameters and `:=` (`errors`) and of `return`, `yield`, `await` and keyword
 * arguments (`lateErrors`, which CPython finds after the others), in CPython's words.
 */
export function scopeErrors(module: Module): { errors: ScopeError[]; lateErrors: ScopeError[] } {
  return analysisOf(module);
}

function analysisOf(module: Module): Analysis {
  let analysis = ANALYSES.get(module);
  if (!analysis) {
    const { scopes, errors, lateErrors } = walkScopes(module);
    for (const scope of scopes.values()) resolve(scope, errors);
    ANALYSES.set(module, analysis = { scopes, errors, lateErrors });
  }
  return analysis;
}

/** Gives each name seen in this scope its kind. Enclosing scopes come first, so theirs are known. */
function resolve(scope: RawScope, errors: ScopeError[]): void {
  for (const [name, seen] of scope.seen) {
    const { names } = scope;
    if (seen & SEEN.global) {
      // At module level a declared global is only a module attribute.
      names.set(name, "global-explicit");
    } else if (seen & SEEN.nonlocal) {
      names.set(name, "free");
      if (!capture(scope, name)) {
        errors.push({
          text: `no binding for nonlocal '${name}' found`,
          node: scope.declared.get(name) ?? scope.node,
        });
        names.set(name, "global-implicit");
      }
    } else if (seen & SEEN.bound) {
      if (names.get(name) !== "cell") names.set(name, "local");
    } else if (!names.has(name)) {
      names.set(name, capture(scope, name) ? "free" : "global-implicit");
    }
  }
}

/** Finds the enclosing function that binds `name`, makes it a cell there and free on the way; false if none does. */
function capture(scope: RawScope, name: string): boolean {
  const passed: RawScope[] = [];
  let owner = scope.parent as RawScope | null;
  for (; owner; owner = owner.parent as RawScope | null) {
    const seen = owner.seen.get(name) ?? 0;
    if (owner.kind === "module") return false;
    if (owner.kind === "class") {
      if (name === "__class__") break;
      if (!(seen & SEEN.bound)) passed.push(owner);
      continue;
    }
    if (seen & SEEN.global) return false;
    if (seen & SEEN.bound && !(seen & SEEN.nonlocal)) break;
    passed.push(owner);
  }
  if (!owner) return false;
  if (owner.kind === "class") owner.usesClassCell = true;
  else owner.names.set(name, "cell");
  for (const between of passed) {
    if (name === "__class__") between.usesClassCell = true;
    between.names.set(name, "free");
  }
  return true;
}

/** `__name` inside a class is `_Class__name`; other names are themselves. */
export function mangle(privateClass: string | null, name: string): string {
  if (privateClass === null || !name.startsWith("__") || name.endsWith("__") || name.includes(".")) {
    return name;
  }
  const owner = privateClass.replace(/^_+/, "");
  return owner === "" ? name : `_${owner}${name}`;
}
