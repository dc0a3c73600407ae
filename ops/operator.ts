/**
 * Operators and where they are looked up. The catalogue decides what there is: `registry.ts` installs all of PyTorch's
 * operators, an exported model brings a catalogue of those it calls.
 */
import { InternalError, NotImplemented } from "../core/errors.ts";
import type { IValue } from "../core/ivalue.ts";
import type { FunctionSchema } from "../core/schema.ts";
import { parseSchema } from "../core/schema_parser.ts";
import { makeInvoke } from "./adapters.ts";
import type { Declaration } from "./declaration.ts";

/** Which operators exist and how they are computed. */
export interface Catalog {
  /** All overloads of a name in PyTorch's order of matching. */
  operators(name: string): readonly Operator[];
  /** The declaration, written or derived; undefined when there is none. */
  declarationOf(op: Operator): Declaration | undefined;
  /** Whether the declaration is a family's own. */
  declares(op: Operator): boolean;
}

let catalog: Catalog | undefined;

/** Says which operators exist. The last one installed counts. */
export function setCatalog(c: Catalog): void {
  catalog = c;
}

function installed(): Catalog {
  if (!catalog) throw new InternalError("no catalogue of operators is installed: import ops/registry.ts");
  return catalog;
}

export class Operator {
  #schema: FunctionSchema | undefined;
  #declaration: Declaration | null | undefined;
  #retains: boolean | undefined;

  constructor(
    /** `aten::add`. */
    readonly name: string,
    /** `Tensor`; empty for the overload without a name. */
    readonly overload: string,
    /** PyTorch's schema text. */
    readonly text: string,
  ) {}

  /** `aten::add.Tensor`. */
  get key(): string {
    return this.overload ? `${this.name}.${this.overload}` : this.name;
  }
  /** Parsed on first use. */
  get schema(): FunctionSchema {
    return this.#schema ??= parseSchema(this.text);
  }
  /** Undefined when Wick cannot run this operator yet. */
  get declaration(): Declaration | undefined {
    if (this.#declaration === undefined) {
      this.#declaration = installed().declarationOf(this) ?? null;
    }
    return this.#declaration ?? undefined;
  }
  /** Whether a family declares the operator itself, rather than one it follows from. */
  get isDeclared(): boolean {
    return installed().declares(this);
  }
  get isImplemented(): boolean {
    return this.declaration !== undefined;
  }
  /** Whether a call may keep a storage otherwise than in its result: containers, and tensors that change storage. */
  get retains(): boolean {
    return this.#retains ??= this.declaration?.tags?.includes("raw") === true ||
      /^aten::set_/.test(this.name);
  }
  /** The kernel itself, in the kernel calling convention; throws NotImplemented naming the operator. */
  get kernel(): Declaration["kernel"] {
    const d = this.declaration;
    if (!d) throw new NotImplemented(`operator ${this.key}`);
    return d.kernel;
  }
  /** Runs on register values without interceptors; `callOperator` is the door to use. */
  invoke: (args: readonly IValue[]) => IValue = (args) => {
    this.invoke = makeInvoke(this);
    return this.invoke(args);
  };
}

/** All overloads of a name (`aten::add`) in PyTorch's order of matching; empty when there is no such operator. */
export function operators(name: string): readonly Operator[] {
  return installed().operators(name);
}

/** An operator by its whole key, `aten::add.Tensor`. */
export function findOperator(key: string): Operator | undefined {
  const dot = key.indexOf(".", key.indexOf("::"));
  const name = dot < 0 ? key : key.slice(0, dot), overload = dot < 0 ? "" : key.slice(dot + 1);
  return operators(name).find((o) => o.overload === overload);
}

/** As `findOperator`, for code that knows the operator exists. */
export function operator(key: string): Operator {
  const found = findOperator(key);
  if (!found) throw new NotImplemented(`operator ${key}`);
  return found;
}
