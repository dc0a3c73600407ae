/** Types of a mobile module's attributes, which its bytecode does not tell: by its source where that is there. */
import type { ClassType } from "../../core/class_type.ts";
import type { IValue } from "../../core/ivalue.ts";
import { Diagnostic, NotImplemented, RuntimeFault } from "../../core/errors.ts";
import { AnyType, DictType, ListType, TupleType, type Type } from "../../core/types.ts";
import { optionalOf, unshapedType } from "../../core/unify.ts";
import { typeOfIValue } from "../../compiler/ir/constants.ts";
import { SourceImporter } from "../source_importer.ts";
import type { ZipReader } from "../zip_reader.ts";
import type { MobileFunction } from "./bytecode_file.ts";

export class AttributeTypes {
  readonly #source: SourceImporter | undefined;
  /** Slots that code may set, in whatever class. */
  readonly #assigned = new Set<number>();

  constructor(
    zip: ZipReader,
    version: number,
    functions: readonly MobileFunction[],
    readonly classNamed: (name: string) => ClassType | undefined,
  ) {
    for (const f of functions) {
      for (const i of f.instructions) if (i.op === "SET_ATTR") this.#assigned.add(i.x);
    }
    if (!zip.names().some((n) => n.startsWith("code/"))) return;
    this.#source = new SourceImporter({
      version,
      readText: (member) => zip.has(member) ? new TextDecoder().decode(zip.read(member)) : undefined,
      constant: () => undefined,
    });
  }

  /** The declared type; else, for what code never sets, the value's own. */
  typeOf(cls: ClassType, name: string, slot: number, value: IValue): Type {
    return this.#declared(cls, name, slot) ??
      (this.#assigned.has(slot) ? AnyType : unshapedType(typeOfIValue(value)));
  }

  #declared(cls: ClassType, name: string, slot: number): Type | undefined {
    try {
      const t = this.#source?.findType(cls.name);
      const a = t?.kind === "Class" ? t.attributes[slot] : undefined;
      return a?.name === name ? this.#translated(a.type) : undefined;
    } catch (e) {
      // Damaged source is no reason to refuse a model that runs without it.
      if (e instanceof RuntimeFault || e instanceof Diagnostic || e instanceof NotImplemented) {
        return undefined;
      }
      throw e;
    }
  }

  /** The type with the mobile module's classes in it; undefined where it has no counterpart. */
  #translated(t: Type): Type | undefined {
    const inner = (x: Type) => this.#translated(x);
    switch (t.kind) {
      case "Class":
        return this.classNamed(t.name);
      case "List": {
        const e = inner(t.elem);
        return e && new ListType(e);
      }
      case "Optional": {
        const e = inner(t.elem);
        return e && optionalOf(e);
      }
      case "Dict": {
        const k = inner(t.key), v = inner(t.value);
        return k && v && new DictType(k, v);
      }
      case "Tuple": {
        const elems = t.elems.map(inner);
        return t.named || elems.some((e) => !e) ? undefined : new TupleType(elems as Type[]);
      }
      case "Interface":
      case "Enum":
      case "Union":
      case "Future":
        return undefined;
      default:
        return t;
    }
  }
}
