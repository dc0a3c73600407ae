/** Reads the text of operator schemas: `aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`. */
import { InterfaceType } from "./class_type.ts";
import { InternalError } from "./errors.ts";
import { type IValue, ListValue } from "./ivalue.ts";
import { Float } from "./scalar.ts";
import { type AliasInfo, type Argument, FunctionSchema } from "./schema.ts";
import * as T from "./types.ts";
import type { Type } from "./types.ts";

/** The type that matching uses and, where it prints otherwise (SymInt, ScalarType), the written one. */
interface ParsedType {
  readonly type: Type;
  readonly real: Type;
  readonly size?: number;
  readonly alias?: AliasInfo;
}

const SYM_INT = new T.SimpleType("SymInt");
const SIMPLE: Record<string, [type: Type, real?: Type]> = {
  Tensor: [T.AnyTensorType],
  int: [T.IntType],
  SymInt: [T.IntType, SYM_INT],
  float: [T.FloatType],
  bool: [T.BoolType],
  SymBool: [T.BoolType, new T.SimpleType("SymBool")],
  complex: [T.ComplexType],
  str: [T.StringType],
  NoneType: [T.NoneType],
  Any: [T.AnyType],
  Scalar: [T.NumberType],
  number: [T.NumberType],
  Device: [T.DeviceObjType],
  Generator: [T.GeneratorType],
  Stream: [T.StreamType],
  Storage: [T.StorageType],
  Capsule: [T.CapsuleType],
  PyObject: [T.PyObjectType],
  AnyClassType: [T.AnyClassType],
  AnyEnumType: [T.AnyEnumType],
  ScalarType: [T.IntType, new T.SimpleType("ScalarType")],
  Layout: [T.IntType, new T.SimpleType("Layout")],
  MemoryFormat: [T.IntType, new T.SimpleType("MemoryFormat")],
  QScheme: [new T.SimpleType("QScheme")],
  // Types of TorchScript that PyTorch spells in lower case inside schemas.
  list: [T.AnyListType],
  tuple: [T.AnyTupleType],
};
const VARS = new Map<string, Type>();
const CLASSES = new Map<string, Type>();

/** Parses one schema; an InternalError names the text and the place when it is malformed. */
export function parseSchema(text: string): FunctionSchema {
  return new SchemaParser(text).schema();
}

/** Parses a type as schemas write it: `Tensor?`, `int[2]`, `Dict(str, t)`. */
export function parseSchemaType(text: string): Type {
  return new SchemaParser(text).type().type;
}

class SchemaParser {
  #pos = 0;
  constructor(readonly text: string) {}

  schema(): FunctionSchema {
    const open = this.text.indexOf("(");
    const full = this.text.slice(0, open).trim();
    const ns = full.indexOf("::");
    const dot = full.indexOf(".", ns < 0 ? 0 : ns);
    const name = dot < 0 ? full : full.slice(0, dot), overload = dot < 0 ? "" : full.slice(dot + 1);
    this.#pos = open + 1;
    const args: Argument[] = [];
    let kwargOnly = false, isVararg = false;
    while (!this.#take(")")) {
      if (this.#take("...")) isVararg = true;
      else if (this.#take("*")) kwargOnly = true;
      else args.push(this.#argument(kwargOnly));
      this.#take(",");
    }
    this.#expect("->");
    const returns: Argument[] = [];
    let isVarret = false;
    if (this.#take("...")) isVarret = true;
    else if (this.#peek() === "(") {
      this.#pos++;
      while (!this.#take(")")) {
        if (this.#take("...")) isVarret = true;
        else returns.push(this.#returned());
        this.#take(",");
      }
    } else returns.push(this.#returned());
    this.#space();
    if (this.#pos !== this.text.length) this.#fail("text after the schema");
    return new FunctionSchema(name, overload, args, returns, isVararg, isVarret);
  }

  #argument(kwargOnly: boolean): Argument {
    const t = this.type();
    const name = this.#word();
    const defaultValue = this.#take("=") ? spread(this.#value(t.type), t) : undefined;
    return { ...argumentFacts(t), name, kwargOnly, defaultValue, isOut: kwargOnly && !!t.alias?.isWrite };
  }

  #returned(): Argument {
    const t = this.type();
    const c = this.#peek();
    const name = c !== "," && c !== ")" && c !== "" ? this.#word() : "";
    return { ...argumentFacts(t), name, kwargOnly: false, isOut: false };
  }

  type(): ParsedType {
    let t = this.#atom();
    for (;;) {
      if (this.text[this.#pos] === "(") t = { ...t, alias: this.#alias(t.alias) };
      else if (this.text[this.#pos] === "[") {
        this.#pos++;
        const digits = this.#while(/[0-9]/);
        this.#expect("]");
        const contained = t.alias && { before: [], after: [], isWrite: t.alias.isWrite, contained: t.alias };
        const real = t.real === t.type ? undefined : new T.ListType(t.real);
        const type = new T.ListType(t.type);
        t = { type, real: real ?? type, size: digits ? Number(digits) : undefined, alias: contained };
      } else if (this.text[this.#pos] === "?") {
        this.#pos++;
        const type = new T.OptionalType(t.type);
        const real = t.real === t.type ? type : new T.OptionalType(t.real);
        t = { type, real, size: t.size, alias: t.alias };
      } else return t;
    }
  }

  #atom(): ParsedType {
    if (this.#take("(")) {
      const elems: ParsedType[] = [];
      while (!this.#take(")")) {
        elems.push(this.type());
        this.#take(",");
      }
      return same(new T.TupleType(elems.map((e) => e.type)));
    }
    const word = this.#word();
    const simple = SIMPLE[word];
    if (simple) return { type: simple[0], real: simple[1] ?? simple[0] };
    if (word === "Dict") {
      const [k, v] = this.#inner();
      return same(new T.DictType(k, v));
    }
    if (word === "Future") return same(new T.FutureType(this.#inner()[0]));
    if (word === "Await") return same(new T.AwaitType(this.#inner()[0]));
    if (word === "RRef") return same(new T.RRefType(this.#inner()[0]));
    if (word === "Union") return same(new T.UnionType(this.#inner()));
    if (word.startsWith("__torch__.")) {
      return same(interned(CLASSES, word, () => new InterfaceType(word, false)));
    }
    if (/^[a-z]/.test(word)) return same(interned(VARS, word, () => new T.VarType(word)));
    return this.#fail(`unknown type ${word}`);
  }

  #inner(): Type[] {
    this.#expect("(");
    const out: Type[] = [];
    while (!this.#take(")")) {
      out.push(this.type().type);
      this.#take(",");
    }
    return out;
  }

  /** `(a)`, `(a!)`, `(a -> *)`, `(a|b)`; `inner` is what the element type already said. */
  #alias(inner: AliasInfo | undefined): AliasInfo {
    this.#expect("(");
    const before = this.#aliasSet();
    const isWrite = this.#take("!");
    const after = this.#take("->") ? this.#aliasSet() : before;
    this.#expect(")");
    return { before, after, isWrite: isWrite || !!inner?.isWrite, contained: inner?.contained };
  }
  #aliasSet(): string[] {
    const out: string[] = [];
    do out.push(this.#take("*") ? "*" : this.#word()); while (this.#take("|"));
    return out;
  }

  #value(type: Type): IValue {
    if (type.kind === "Optional") {
      return this.#take("None") ? null : this.#value(type.elem);
    }
    if (type.kind === "List" && this.#take("[")) {
      const items: IValue[] = [];
      while (!this.#take("]")) {
        items.push(this.#value(type.elem));
        this.#take(",");
      }
      return new ListValue(type.elem, items);
    }
    if (this.#take("None")) return null;
    if (this.#peek() === '"') return this.#string();
    const word = this.#while(/[^,)\]\s]/);
    if (word === "True" || word === "False") return word === "True";
    const n = Number(word);
    if (!word || Number.isNaN(n)) this.#fail(`bad default value ${word}`);
    const leaf = type.kind === "List" ? type.elem : type;
    const isFloat = (leaf.kind === "float" || leaf.kind === "number") && /[.e]|inf|nan/.test(word);
    return isFloat ? new Float(n) : n;
  }
  #string(): string {
    const escapes: Record<string, string> = { n: "\n", t: "\t", f: "\f", v: "\v", r: "\r" };
    let out = "";
    for (this.#pos++; this.text[this.#pos] !== '"'; this.#pos++) {
      let c = this.text[this.#pos];
      if (c === undefined) this.#fail("string without end");
      if (c === "\\") {
        c = this.text[++this.#pos];
        c = escapes[c] ?? c;
      }
      out += c;
    }
    this.#pos++;
    return out;
  }

  #space(): void {
    while (this.text[this.#pos] === " ") this.#pos++;
  }
  #peek(): string {
    this.#space();
    return this.text[this.#pos] ?? "";
  }
  #take(token: string): boolean {
    this.#space();
    if (!this.text.startsWith(token, this.#pos)) return false;
    this.#pos += token.length;
    return true;
  }
  #expect(token: string): void {
    if (!this.#take(token)) this.#fail(`expected ${token}`);
  }
  #while(re: RegExp): string {
    const from = this.#pos;
    while (this.#pos < this.text.length && re.test(this.text[this.#pos])) this.#pos++;
    return this.text.slice(from, this.#pos);
  }
  #word(): string {
    this.#space();
    const w = this.#while(/[A-Za-z0-9_.]/);
    return w || this.#fail("expected a name");
  }
  #fail(what: string): never {
    throw new InternalError(`schema ${this.text}: ${what} at ${this.#pos}`);
  }
}

function same(type: Type): ParsedType {
  return { type, real: type };
}

function interned<V>(map: Map<string, V>, key: string, make: () => V): V {
  let v = map.get(key);
  if (v === undefined) map.set(key, v = make());
  return v;
}

function argumentFacts(t: ParsedType): Pick<Argument, "type" | "realType" | "broadcastSize" | "alias"> {
  return {
    type: t.type,
    realType: t.real === t.type ? undefined : t.real,
    broadcastSize: t.size,
    alias: t.alias,
  };
}

/** `int[2] x=0` means two zeros. */
function spread(v: IValue, t: ParsedType): IValue {
  const list = t.type.kind === "Optional" ? t.type.elem : t.type;
  if (t.size === undefined || list.kind !== "List" || v === null || v instanceof ListValue) return v;
  return new ListValue(list.elem, new Array<IValue>(t.size).fill(v));
}
