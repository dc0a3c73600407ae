/** Types of script objects: classes and modules with slots and methods, and interfaces. */
import type { CompilationUnit, ScriptFunction } from "./function.ts";
import { InternalError } from "./errors.ts";
import type { IValue } from "./ivalue.ts";
import type { FunctionSchema } from "./schema.ts";
import type { Type } from "./types.ts";

export interface ClassAttribute {
  readonly name: string;
  readonly type: Type;
  readonly kind: "parameter" | "buffer" | "attribute";
}

export interface ClassProperty {
  readonly name: string;
  readonly getter: ScriptFunction;
  readonly setter: ScriptFunction | null;
}

export class ClassType {
  readonly kind = "Class";
  readonly attributes: ClassAttribute[] = [];
  readonly #slotOf = new Map<string, number>();
  readonly methods: Map<string, ScriptFunction> = new Map();
  readonly staticMethods: Map<string, ScriptFunction> = new Map();
  readonly properties: Map<string, ClassProperty> = new Map();
  /** Class constants (`Final`, `__constants__`): inlined where used, printed in archives. */
  readonly constants: Map<string, { type: Type; value: IValue }> = new Map();
  readonly forwardHooks: ScriptFunction[] = [];
  readonly forwardPreHooks: ScriptFunction[] = [];
  /** Attributes that could not be turned into script values, with the reason the compiler reports. */
  readonly unresolvable: Map<string, string> = new Map();
  doc: string | null = null;

  constructor(
    /** Qualified name: `__torch__.Net`. */
    readonly name: string,
    readonly unit: CompilationUnit,
    /** A torch.nn.Module's class rather than a plain script class. */
    readonly isModule: boolean,
  ) {}

  toString(): string {
    return this.name;
  }
  annotation(): string {
    return this.name;
  }
  /** Appends a slot and returns its number. */
  addAttribute(name: string, type: Type, kind: ClassAttribute["kind"] = "attribute"): number {
    if (this.#slotOf.has(name)) throw new InternalError(`${this.name} has two attributes ${name}`);
    this.#slotOf.set(name, this.attributes.length);
    return this.attributes.push({ name, type, kind }) - 1;
  }
  hasAttribute(name: string): boolean {
    return this.#slotOf.has(name);
  }
  findAttribute(name: string): ClassAttribute | undefined {
    const i = this.#slotOf.get(name);
    return i === undefined ? undefined : this.attributes[i];
  }
  /** Takes an attribute away and gives the slot it had; the later ones move up, in the objects by the caller. */
  removeAttribute(name: string): number {
    const at = this.attributeSlot(name);
    this.attributes.splice(at, 1);
    this.#slotOf.clear();
    this.attributes.forEach((a, i) => this.#slotOf.set(a.name, i));
    return at;
  }
  attributeSlot(name: string): number {
    const i = this.#slotOf.get(name);
    if (i === undefined) throw new InternalError(`${this.name} has no attribute ${name}`);
    return i;
  }
}

/** A class or module interface: names with schemas, no code. */
export class InterfaceType {
  readonly kind = "Interface";
  readonly methods: Map<string, FunctionSchema> = new Map();
  constructor(readonly name: string, readonly isModule: boolean) {}
  toString(): string {
    return `InterfaceType<${this.name.slice(this.name.lastIndexOf(".") + 1)}>`;
  }
  annotation(): string {
    return this.name;
  }
}
