/** Every operator PyTorch has, by name, in PyTorch's overload order; those that are declared can run. */
import { NotImplemented } from "../core/errors.ts";
import type { IValue } from "../core/ivalue.ts";
import type { FunctionSchema } from "../core/schema.ts";
import { parseSchema } from "../core/schema_parser.ts";
import { makeInvoke } from "./adapters.ts";
import type { Declaration } from "./declaration.ts";
import { deriveDeclaration } from "./derived_forms.ts";
import { aliasOf, families } from "./families.ts";
import schemasText from "./schemas.txt" with { type: "text" };

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
      this.#declaration = declarationOf(this.name, this.overload) ?? deriveDeclaration(this) ?? null;
    }
    return this.#declaration ?? undefined;
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

let byName: Map<string, string[]> | undefined;
const made = new Map<string, readonly Operator[]>();
let declared: Map<string, Declaration> | undefined;

function schemaIndex(): Map<string, string[]> {
  if (byName) return byName;
  byName = new Map();
  for (const line of schemasText.split("\n")) {
    const open = line.indexOf("(");
    if (open < 0) continue;
    const dot = line.indexOf(".");
    const name = line.slice(0, dot >= 0 && dot < open ? dot : open);
    const lines = byName.get(name);
    if (lines) lines.push(line);
    else byName.set(name, [line]);
  }
  return byName;
}

/** All overloads of a name (`aten::add`) in PyTorch's order of matching; empty when PyTorch has no such operator. */
export function operators(name: string): readonly Operator[] {
  let found = made.get(name);
  if (!found) {
    found = (schemaIndex().get(name) ?? []).map((line) => {
      const open = line.indexOf("(");
      return new Operator(name, open > name.length ? line.slice(name.length + 1, open) : "", line);
    });
    made.set(name, found);
  }
  return found;
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

/** Names of all operators, without overloads. */
export function operatorNames(): Iterable<string> {
  return schemaIndex().keys();
}

/** Every declaration by key, for documentation and tests; wildcard keys as written. */
export function declarations(): ReadonlyMap<string, Declaration> {
  if (declared) return declared;
  declared = new Map();
  for (const family of families()) {
    for (const key in family) declared.set(key, family[key]);
  }
  return declared;
}

/** Whether a family declares the operator itself. */
export function isDeclared(op: Operator): boolean {
  return declarationOf(op.name, op.overload) !== undefined;
}

function declarationOf(name: string, overload: string): Declaration | undefined {
  const all = declarations();
  const key = overload ? `${name}.${overload}` : name;
  const own = all.get(key) ?? (isOutOverload(overload) ? undefined : all.get(`${name}.*`));
  if (own) return own;
  const original = aliasOf(name);
  return original === undefined
    ? undefined
    : findOperator(overload ? `${original}.${overload}` : original)?.declaration;
}

function isOutOverload(overload: string): boolean {
  return overload === "out" || overload.endsWith("_out") || overload.startsWith("out_");
}
