/**
 * Variables while a function is emitted. First-class values live in the graph as `prim::Store` and `prim::Load`
 * until SSA conversion; values that exist only at compile time are kept here. Blocks of control flow are frames.
 */
import type { Diagnostic } from "../../core/errors.ts";
import type { SourceRange } from "../../core/source.ts";
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import type { Type } from "../../core/types.ts";
import { unshapedType } from "../../core/unify.ts";
import type { Block, Value } from "../ir/graph.ts";
import { globalValue } from "./builtin_names.ts";
import { ClassValue, NamedTupleConstructor } from "./callable_values.ts";
import { diagnosticText, errorReport } from "./error_report.ts";
import { createLoad, createStore } from "./ir_nodes.ts";
import { meaningfulName } from "./meaningful_name.ts";
import type { MethodContext, Resolver } from "./resolver.ts";
import { tryConvertToType } from "./schema_matching.ts";
import { consequence } from "./recovery.ts";
import { asSimple, SimpleValue } from "./simple_value.ts";
import type { SugaredValue } from "./sugared_value.ts";

export class Environment {
  readonly #types = new Map<string, Type>();
  readonly #values = new Map<string, SugaredValue>();
  /** Why a variable may not be used, in the outermost frame. */
  readonly #errors: Map<string, Diagnostic>;
  /** Variables whose assignment failed, in the outermost frame. */
  readonly #poisoned: Map<string, Environment>;

  constructor(
    readonly method: MethodContext,
    readonly resolver: Resolver,
    readonly block: Block,
    readonly next: Environment | undefined,
  ) {
    this.#errors = next ? next.#errors : new Map();
    this.#poisoned = next ? next.#poisoned : new Map();
  }

  setVariableTypeError(name: string, error: Diagnostic): void {
    this.#errors.set(name, error);
  }

  /** An assignment failed: what uses the variable fails because of it, until it is assigned again. */
  poison(name: string): void {
    this.#poisoned.set(name, this);
  }

  /** An assignment that is certain to run after the failed one makes the variable good. */
  #cure(name: string): boolean {
    for (let f = this.#poisoned.get(name); f; f = f.next) if (f === this) return this.#poisoned.delete(name);
    return false;
  }

  #findHere(name: string): SugaredValue | undefined {
    const v = this.#values.get(name);
    if (v) return v;
    const t = this.#types.get(name);
    if (!t) return undefined;
    const load = this.method.graph.insertNode(createLoad(this.method.graph, name, t));
    if (meaningfulName(name)) load.output.setDebugName(name);
    return new SimpleValue(load.output);
  }
  findInParentFrame(name: string): SugaredValue | undefined {
    return this.next?.findInAnyFrame(name);
  }
  findInAnyFrame(name: string): SugaredValue | undefined {
    return this.#findHere(name) ?? this.next?.findInAnyFrame(name);
  }
  setType(name: string, t: Type): void {
    this.#types.set(name, t);
  }
  definedVariables(): string[] {
    return [...this.#types.keys()];
  }

  setVar(range: SourceRange, name: string, value: Value): void {
    this.setSugaredVar(range, name, new SimpleValue(value), undefined);
  }

  /** Assigns; a variable of an outer frame keeps its type. */
  setSugaredVar(range: SourceRange, name: string, value: SugaredValue, annotated: Type | undefined): void {
    let simple = asSimple(value);
    if (simple && !simple.hasDebugName && meaningfulName(name) && simple.node.block === this.block) {
      simple.setDebugName(name);
    }
    const parent = this.#cure(name) ? undefined : this.findInParentFrame(name);
    if (parent) {
      if (annotated) {
        throw errorReport(
          range,
          `Attempting to declare and annotate the type of variable '${name}' but it is already defined in an outer block`,
        );
      }
      if (!simple) {
        throw errorReport(
          range,
          `Cannot re-assign '${name}' to a value of type ${value.kind()} because ${name} is not a first-class value.  ` +
            "Only reassignments to first-class values are allowed",
        );
      }
      const simpleParent = asSimple(parent);
      if (!simpleParent) {
        throw errorReport(
          range,
          `Cannot re-assign '${name}' because it has type ${value.kind()} and ${name} is not a first-class value.  ` +
            "Only reassignments to first-class values are allowed",
        );
      }
      const parentType = unshapedType(simpleParent.type);
      simple = tryConvertToType(range, this.method.graph, parentType, simple, true);
      const why: string[] = [];
      if (!isSubtypeOf(simple.type, parentType, why)) {
        let text = `Variable '${name}' previously had type ${reprStr(simpleParent.type)} ` +
          `but is now being assigned to a value of type ${reprStr(simple.type)}`;
        if (simpleParent.type.kind === "List" && simple.type.kind === "List") {
          text +=
            "\nEmpty lists default to List[Tensor]. Add a variable annotation to the assignment to create an " +
            "empty list of another type (torch.jit.annotate(List[T, []]) where T is the type of elements in the list " +
            "for Python 2)";
        }
        throw errorReport(range, `${text}\n${why.join("")}`);
      }
    }
    if (!simple) {
      this.#values.set(name, value);
      return;
    }
    if (annotated && !isSubtypeOf(simple.type, annotated)) {
      throw errorReport(
        range,
        `Variable '${name}' is annotated with type ${reprStr(annotated)} ` +
          `but is being assigned to a value of type ${reprStr(simple.type)}`,
      );
    }
    const g = this.method.graph;
    const store = createStore(g, name, simple);
    store.range = range;
    g.insertNode(store);
    this.#types.set(name, annotated ?? simple.type);
  }

  /** What a name stands for: a variable, a builtin, then what the resolver knows. Throws when nothing. */
  getSugaredVar(name: string, range: SourceRange): SugaredValue {
    if (this.#poisoned.has(name)) throw consequence();
    const found = this.findInAnyFrame(name) ?? globalValue(name) ?? this.#resolve(name, range);
    if (!found) throw this.notFound(name, range);
    return found;
  }
  #resolve(name: string, range: SourceRange): SugaredValue | undefined {
    const t = this.resolver.resolveType(name, range);
    if (t?.kind === "Tuple" && t.named) return new NamedTupleConstructor(t);
    const v = this.resolver.resolveValue(name, this.method, range);
    return v ?? (t?.kind === "Class" ? new ClassValue(t) : undefined);
  }
  notFound(name: string, range: SourceRange): Error {
    const error = this.#errors.get(name);
    if (error) return errorReport(range, `${diagnosticText(error)}and was used here`);
    return errorReport(range, `undefined value ${name}`);
  }
  getVar(name: string, range: SourceRange): Value {
    return this.getSugaredVar(name, range).asValue(range, this.method);
  }

  /** Removes the name from every frame; whether the outermost had it. */
  #remove(name: string): boolean {
    const value = this.#values.delete(name), type = this.#types.delete(name);
    return this.next ? this.next.#remove(name) : value || type;
  }
  /** `del name`. */
  removeVar(name: string, range: SourceRange): void {
    if (!this.#remove(name)) throw this.notFound(name, range);
  }
}
