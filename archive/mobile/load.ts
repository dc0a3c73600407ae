/** The mobile form of a model to a module: data and code from `data.pkl` and `bytecode.pkl` alone. */
import { ClassType } from "../../core/class_type.ts";
import { CompilationUnit, type NamedType, ScriptFunction } from "../../core/function.ts";
import { type IValue, ScriptObject } from "../../core/ivalue.ts";
import { type Argument, FunctionSchema } from "../../core/schema.ts";
import { Float } from "../../core/scalar.ts";
import { AnyType, type Type } from "../../core/types.ts";
import { findOperator } from "../../ops/registry.ts";
import { forward } from "../../vm/mod.ts";
import "../../compiler/lowering/mod.ts";
import { refusal } from "../refusal.ts";
import { Unpickler, type UnpicklerHost } from "../unpickler.ts";
import { upgradeGraph } from "../upgraders.ts";
import type { ZipReader } from "../zip_reader.ts";
import { AttributeTypes } from "./attribute_types.ts";
import { type MobileFunction, readBytecode } from "./bytecode_file.ts";
import { Lifter } from "./lift.ts";
import { MobileTypeParser } from "./type_parser.ts";

/** Instructions a `__setstate__` may spend while a file loads. */
const SETSTATE_FUEL = 1_000_000;

/**
 * The module of a mobile archive; `version` is the file's, by which operators keep their old meaning. Methods become
 * graphs and register code when first called.
 */
export function loadMobileModule(zip: ZipReader, version: number): ScriptObject {
  return new MobileLoader(zip, version).load();
}

/** What a mobile archive's bytecode says of itself, without making anything of it. */
export function mobileInfo(
  zip: ZipReader,
): { readonly version: number; readonly operators: readonly string[] } {
  const { version, functions } = readBytecode(new MobileLoader(zip, 0).bytecode());
  const operators = new Set<string>();
  for (const f of functions) {
    for (const o of f.operators) operators.add(o.overload ? `${o.name}.${o.overload}` : o.name);
  }
  return { version, operators: [...operators] };
}

class MobileLoader {
  readonly #unit = new CompilationUnit();
  readonly #parser = new MobileTypeParser("bytecode.pkl", (name) => this.#class(name));

  #attributes: AttributeTypes | undefined;

  constructor(readonly zip: ZipReader, readonly version: number) {}

  load(): ScriptObject {
    const { zip } = this, { functions } = readBytecode(this.bytecode());
    checkOperators(functions);
    this.#attributes = new AttributeTypes(zip, this.version, functions, (name) => this.#class(name));
    // NamedTuples are spelled out in tables of types and used by name in schemas.
    for (const f of functions) for (const t of f.types) this.#parser.parse(t);
    for (const f of functions) this.#declare(f);
    const root = this.#unpickle("data", "data");
    if (!(root instanceof ScriptObject)) throw refusal("data.pkl", 0, "the archive's value is no module");
    // A method is found by its own name whatever class it is written for.
    for (const f of functions) {
      const name = f.name.slice(f.name.lastIndexOf(".") + 1);
      if (!root.type.methods.has(name) && f.name.startsWith(root.type.name + ".")) this.#declare(f);
    }
    return root;
  }

  /** The value of `bytecode.pkl`. Its tensors were in a folder of their own up to version 4. */
  bytecode(): IValue {
    const own = this.zip.names().some((n) => n.startsWith("bytecode/"));
    return this.#unpickle("bytecode", own ? "bytecode" : "constants");
  }
  #unpickle(name: string, folder: string): IValue {
    const host: UnpicklerHost = {
      openAttribute: (cls, attribute, slot, value) =>
        this.#attributes?.typeOf(cls, attribute, slot, value) ?? AnyType,
      resolveType: (n): NamedType | undefined => this.#class(n),
      parseType: (text) => this.#parser.parse(text),
      budget: this.zip.budget,
      readStorage: (key) => this.zip.read(`${folder}/${key}`),
      setState: (object, state) => {
        forward(object.type.methods.get("__setstate__")!, [object, state], { fuel: SETSTATE_FUEL });
        // Attributes that it leaves alone are None.
        for (let i = 0; i < object.type.attributes.length; i++) object.slots[i] ??= null;
      },
      enumMember: () => undefined,
    };
    return new Unpickler(this.zip.read(`${name}.pkl`), `${name}.pkl`, host).load();
  }

  #class(name: string): ClassType | undefined {
    const known = this.#unit.types.get(name);
    if (known) return known as ClassType;
    if (!name.startsWith("__torch__.")) return undefined;
    const cls = new ClassType(name, this.#unit, true);
    this.#unit.addType(name, cls);
    return cls;
  }

  #declare(f: MobileFunction): void {
    const dot = f.name.lastIndexOf("."), method = f.name.slice(dot + 1);
    const owner = this.#class(f.name.slice(0, dot));
    if (!owner) throw refusal("bytecode.pkl", 0, `${f.name} is the method of no class`);
    const fn = new ScriptFunction(f.name, owner);
    fn.schema = this.#schema(f, method, owner);
    fn.ensureDefined = () => {
      if (fn.state !== "new") {
        if (fn.state === "compiling") throw refusal("bytecode.pkl", 0, `${f.name} calls itself`);
        return;
      }
      fn.state = "compiling";
      const inputs = fn.schema.args.map((a) => ({ name: a.name, type: a.type }));
      const lifter = new Lifter(f, {
        parseType: (t) => this.#parser.parse(t),
        version: this.version,
      });
      const graph = lifter.run(inputs, fn.schema.returns[0]?.type ?? AnyType);
      upgradeGraph(graph, this.version);
      fn.graph = graph;
      fn.state = "defined";
    };
    if (!owner.methods.has(method)) owner.methods.set(method, fn);
  }

  #schema(f: MobileFunction, name: string, owner: ClassType): FunctionSchema {
    const plain = { kwargOnly: false, isOut: false };
    if (!f.schema) {
      // Version 4 may say nothing: the first instruction stores object and arguments.
      const first = f.instructions[0];
      const count = first?.op === "STOREN" ? first.n : 1;
      const args = Array.from(
        { length: count },
        (_, i) =>
          i ? { name: `argument_${i}`, type: AnyType, ...plain } : { name: "self", type: owner, ...plain },
      );
      return new FunctionSchema(name, "", args, [{ name: "", type: AnyType, ...plain }]);
    }
    const argument = (a: { name: string; type: string; defaultValue: IValue }): Argument => {
      const type = this.#parser.parse(a.type);
      const defaultValue = a.defaultValue ?? (type.kind === "Optional" ? null : undefined);
      const value = type.kind === "float" && typeof defaultValue === "number"
        ? new Float(defaultValue)
        : defaultValue;
      return { name: a.name, type, ...(value === undefined ? {} : { defaultValue: value }), ...plain };
    };
    const [self, ...args] = f.schema.args;
    const first: Type = self ? owner : AnyType;
    return new FunctionSchema(
      name,
      "",
      self ? [{ name: self.name, type: first, ...plain }, ...args.map(argument)] : [],
      f.schema.returns.map(argument),
    );
  }
}

/** All operators must be there before anything runs. */
function checkOperators(functions: readonly MobileFunction[]): void {
  const missing = new Set<string>();
  for (const f of functions) {
    for (const o of f.operators) {
      const key = o.overload ? `${o.name}.${o.overload}` : o.name;
      if (!findOperator(key)) missing.add(key);
    }
  }
  if (missing.size) {
    throw refusal("bytecode.pkl", 0, `Following ops cannot be found: {${[...missing].join(", ")}}`);
  }
}
