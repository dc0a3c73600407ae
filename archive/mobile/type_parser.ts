/** Reads types as `bytecode.pkl` spells them: `Dict[str,int]`, NamedTuples with their fields, classes by name. */
import type { RuntimeFault } from "../../core/errors.ts";
import type { NamedType } from "../../core/function.ts";
import {
  AnyTensorType,
  AnyType,
  BoolType,
  CapsuleType,
  ComplexType,
  DeviceObjType,
  DictType,
  FloatType,
  GeneratorType,
  IntType,
  ListType,
  NoneType,
  NumberType,
  StreamType,
  StringType,
  TupleType,
  type Type,
} from "../../core/types.ts";
import { optionalOf, unionOf } from "../../core/unify.ts";
import { refusal } from "../refusal.ts";

const SIMPLE: Readonly<Record<string, Type>> = {
  Tensor: AnyTensorType,
  int: IntType,
  float: FloatType,
  bool: BoolType,
  str: StringType,
  complex: ComplexType,
  number: NumberType,
  Scalar: NumberType,
  Any: AnyType,
  None: NoneType,
  NoneType,
  Device: DeviceObjType,
  Stream: StreamType,
  Capsule: CapsuleType,
  Generator: GeneratorType,
};
const MAX_DEPTH = 64;

/** One parser per archive: NamedTuples that one text defines are known by name afterwards. */
export class MobileTypeParser {
  readonly #named = new Map<string, NamedType>();
  #text = "";
  #at = 0;
  #depth = 0;

  /** `classNamed` says what other qualified names stand for. */
  constructor(readonly entry: string, readonly classNamed: (name: string) => Type | undefined) {}

  parse(text: string): Type {
    this.#text = text;
    this.#at = this.#depth = 0;
    const t = this.#type();
    if (this.#next() !== "") throw this.#fault();
    return t;
  }

  #fault(): RuntimeFault {
    return refusal(this.entry, 0, `no type of the mobile runtime: ${this.#text.slice(0, 200)}`);
  }
  #next(): string {
    while (this.#text[this.#at] === " ") this.#at++;
    return this.#text[this.#at] ?? "";
  }
  #skip(c: string): void {
    if (this.#next() !== c) throw this.#fault();
    this.#at++;
  }
  #name(): string {
    this.#next();
    const m = /[\w.]+/y;
    m.lastIndex = this.#at;
    const found = m.exec(this.#text)?.[0];
    if (!found) throw this.#fault();
    this.#at += found.length;
    return found;
  }
  #list(): Type[] {
    const out: Type[] = [];
    this.#skip("[");
    while (this.#next() !== "]") {
      if (out.length) this.#skip(",");
      if (this.#next() === "(") {
        // `Tuple[()]`, the empty tuple.
        this.#skip("(");
        this.#skip(")");
      } else out.push(this.#type());
    }
    this.#skip("]");
    return out;
  }

  #type(): Type {
    if (++this.#depth > MAX_DEPTH) throw this.#fault();
    const t = this.#inner();
    this.#depth--;
    return t;
  }
  #inner(): Type {
    const name = this.#name();
    if (this.#next() !== "[") return SIMPLE[name] ?? this.#named.get(name) ?? this.#class(name);
    if (name.includes(".")) return this.#namedTuple(name);
    const args = this.#list();
    const arity = (n: number) => {
      if (args.length !== n) throw this.#fault();
    };
    switch (name) {
      case "List":
        arity(1);
        return new ListType(args[0]);
      case "Optional":
        arity(1);
        return optionalOf(args[0]);
      case "Dict":
        arity(2);
        return new DictType(args[0], args[1]);
      case "Tuple":
        return new TupleType(args);
      case "Union":
        return args.length > 1 ? unionOf(args) : args[0] ?? AnyType;
      default:
        throw this.#fault();
    }
  }
  #class(name: string): Type {
    const t = this.classNamed(name);
    if (!t) throw this.#fault();
    return t;
  }
  /** `__torch__.Pair[NamedTuple, [[a, Tensor],[b, int]]]`. */
  #namedTuple(name: string): Type {
    this.#skip("[");
    if (this.#name() !== "NamedTuple") throw this.#fault();
    this.#skip(",");
    this.#skip("[");
    const fields: string[] = [], types: Type[] = [];
    while (this.#next() !== "]") {
      if (fields.length) this.#skip(",");
      this.#skip("[");
      fields.push(this.#name());
      this.#skip(",");
      types.push(this.#type());
      this.#skip("]");
    }
    this.#skip("]");
    this.#skip("]");
    const known = this.#named.get(name);
    if (known) return known as Type;
    const t = new TupleType(types, { name, fields, defaults: [] });
    this.#named.set(name, t as NamedType);
    return t;
  }
}
