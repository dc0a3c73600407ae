/** Compiled functions and methods, and the unit that owns them. Code is made at the first call. */
import type { ClassType, InterfaceType } from "./class_type.ts";
import { InternalError } from "./errors.ts";
import type { FunctionSchema } from "./schema.ts";
import type { EnumType, TupleType } from "./types.ts";

/** A function of a CompilationUnit. The compiler fills `graph`, lowering `code`; core knows neither's class. */
export class ScriptFunction {
  #schema: FunctionSchema | undefined;
  /** Compiles the function when first needed; a recursive need sees `state === "compiling"`. */
  ensureDefined: (() => void) | undefined;
  state: "new" | "compiling" | "defined" = "new";
  /** The compiler's Graph. */
  graph: unknown = undefined;
  /** The bytecode's Code, once lowered. */
  code: unknown = undefined;
  /** Documentation string of the Python function, if any. */
  doc: string | null = null;

  constructor(
    /** Qualified: `__torch__.f`, or `__torch__.Net.forward` for a method. */
    readonly qualifiedName: string,
    /** The class when it is a method. */
    readonly owner?: ClassType,
  ) {}

  get name(): string {
    return this.qualifiedName.slice(this.qualifiedName.lastIndexOf(".") + 1);
  }
  get schema(): FunctionSchema {
    if (!this.#schema) {
      throw new InternalError(`schema of ${this.qualifiedName} asked for before it is known`);
    }
    return this.#schema;
  }
  set schema(s: FunctionSchema) {
    this.#schema = s;
  }
  get hasSchema(): boolean {
    return this.#schema !== undefined;
  }
}

let lowering: ((fn: ScriptFunction) => unknown) | undefined;

/** The compiler says here how a function becomes code; the VM asks with `codeOf` and never sees a graph. */
export function setLowering(lower: (fn: ScriptFunction) => unknown): void {
  lowering = lower;
}

/** The function's code, compiled and lowered now if need be. */
export function codeOf(fn: ScriptFunction): unknown {
  if (fn.code === undefined) {
    fn.ensureDefined?.();
    if (fn.code === undefined) {
      if (!lowering) throw new InternalError(`${fn.qualifiedName} has no code and no compiler is loaded`);
      fn.code = lowering(fn);
    }
  }
  return fn.code;
}

export type NamedType = ClassType | InterfaceType | EnumType | (TupleType & { readonly named: object });

/** Owns functions and types by qualified name; script objects and archives keep one alive. */
export class CompilationUnit {
  readonly functions: Map<string, ScriptFunction> = new Map();
  readonly types: Map<string, NamedType> = new Map();
  #mangle = 0;

  /** `name` if free, else with PyTorch's `___torch_mangle_N` atom before the last one. */
  uniqueName(name: string): string {
    if (!this.types.has(name) && !this.functions.has(name)) return name;
    const atoms = name.split(".").filter((a) => !a.startsWith("___torch_mangle_"));
    for (;;) {
      const next = [
        ...atoms.slice(0, -1),
        `___torch_mangle_${this.#mangle++}`,
        atoms[atoms.length - 1],
      ].join(".");
      if (!this.types.has(next) && !this.functions.has(next)) return next;
    }
  }
  addFunction(f: ScriptFunction): ScriptFunction {
    this.functions.set(f.qualifiedName, f);
    return f;
  }
  addType(name: string, t: NamedType): void {
    this.types.set(name, t);
  }
}
