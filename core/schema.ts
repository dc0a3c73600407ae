/** FunctionSchema: the signature of operators and compiled functions. `schema_parser.ts` reads the text. */
import { type IValue, TupleValue } from "./ivalue.ts";
import { Complex, Float } from "./scalar.ts";
import { complexText, floatText } from "./text/torchscript_literal.ts";
import type { Type } from "./types.ts";

/** What a schema says of aliasing: `(a!)`, `(a -> *)`. */
export interface AliasInfo {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly isWrite: boolean;
  /** Alias info of the elements, for `Tensor(a!)[]`-like types. */
  readonly contained?: AliasInfo;
}

export interface Argument {
  readonly name: string;
  readonly type: Type;
  /** The written type where matching uses another: SymInt, ScalarType, Layout and MemoryFormat match as int. */
  readonly realType?: Type;
  /** N of `int[N]`: a single int stands for a list of N. */
  readonly broadcastSize?: number;
  /** Absent when the argument must be given. */
  readonly defaultValue?: IValue;
  readonly kwargOnly: boolean;
  readonly alias?: AliasInfo;
  /** A written keyword-only argument: `out`. */
  readonly isOut: boolean;
}

export class FunctionSchema {
  constructor(
    /** With the namespace: `aten::add`; plain for compiled functions. */
    readonly name: string,
    readonly overload: string,
    readonly args: readonly Argument[],
    readonly returns: readonly Argument[],
    readonly isVararg: boolean = false,
    readonly isVarret: boolean = false,
  ) {}

  /** `aten::add.Tensor`. */
  get key(): string {
    return this.overload ? `${this.name}.${this.overload}` : this.name;
  }
  argIndex(name: string): number {
    return this.args.findIndex((a) => a.name === name);
  }
  /** Whether any argument is written to. */
  get isMutable(): boolean {
    return this.args.some((a) => a.alias?.isWrite);
  }
  /** PyTorch's text: `aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`. */
  toString(): string {
    const args: string[] = [];
    let star = false;
    for (const a of this.args) {
      if (a.kwargOnly && !star) {
        star = true;
        args.push("*");
      }
      args.push(`${typeText(a)} ${a.name}${a.defaultValue === undefined ? "" : "=" + argumentDefault(a)}`);
    }
    if (this.isVararg) args.push("...");
    const rets = this.returns.map((r) => r.name ? `${typeText(r)} ${r.name}` : typeText(r));
    if (this.isVarret) rets.push("...");
    if (this.isVarret && rets.length === 1) return `${this.key}(${args.join(", ")}) -> ...`;
    // PyTorch puts brackets around a single return whose text already begins with one.
    const single = rets.length === 1 && !rets[0].startsWith("(");
    return `${this.key}(${args.join(", ")}) -> ${single ? rets[0] : `(${rets.join(", ")})`}`;
  }
}

/** A type as schemas print it: as graphs do, except that NamedTuples and C++ classes go by name. */
export function schemaTypeText(t: Type): string {
  switch (t.kind) {
    case "Tuple":
      return t.named?.name ? t.named.name : `(${t.elems.map(schemaTypeText).join(", ")})`;
    case "List":
      return `${schemaTypeText(t.elem)}[]`;
    case "Optional":
      return `${schemaTypeText(t.elem)}?`;
    case "Dict":
      return `Dict(${schemaTypeText(t.key)}, ${schemaTypeText(t.value)})`;
    case "Future":
    case "Await":
    case "RRef":
      return `${t.kind}(${schemaTypeText(t.elem)})`;
    case "Interface":
      return t.name.startsWith("__torch__.torch.classes.") ? t.name : t.toString();
    default:
      return t.toString();
  }
}

function typeText(a: Argument): string {
  const text = schemaTypeText(a.realType ?? a.type);
  const sized = a.broadcastSize === undefined ? text : text.replace(/\[\]/, `[${a.broadcastSize}]`);
  if (!a.alias) return sized;
  return insertAlias(sized, a.alias);
}

function aliasText(a: AliasInfo): string {
  const after = a.after.length && a.after.join() !== a.before.join() ? ` -> ${a.after.join("|")}` : "";
  return `(${a.before.join("|")}${a.isWrite ? "!" : ""}${after})`;
}

function insertAlias(text: string, a: AliasInfo): string {
  if (a.contained) {
    const at = text.lastIndexOf("[");
    return text.slice(0, at) + aliasText(a.contained) + text.slice(at) +
      (a.before.length ? aliasText(a) : "");
  }
  if (text.endsWith("?")) return text.slice(0, -1) + aliasText(a) + "?";
  return text + aliasText(a);
}

/** A sized list of equal ints prints as the one int it stands for, a list of SymInt in full. */
function argumentDefault(a: Argument): string {
  const v = a.defaultValue!;
  if (a.broadcastSize !== undefined && !a.realType && v !== null && typeof v === "object" && "items" in v) {
    const first = v.items[0];
    if (
      typeof first === "number" && a.broadcastSize > 1 && v.items.length === a.broadcastSize &&
      v.items.every((x) => x === first)
    ) {
      return String(first);
    }
  }
  // A tuple's strings stand without quotes: PyTorch prints it as a value.
  if (v instanceof TupleValue) {
    return `(${v.items.map((x) => typeof x === "string" ? x : defaultText(x)).join(", ")})`;
  }
  return defaultText(v);
}

const ESCAPES: Record<string, string> = {
  "\n": "\\n",
  "\t": "\\t",
  "\f": "\\f",
  "\v": "\\v",
  "\r": "\\r",
  '"': '\\"',
  "'": "\\'",
  "\\": "\\\\",
};

function defaultText(v: IValue): string {
  if (v === null) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (typeof v === "string") return `"${v.replace(/[\n\t\f\v\r"'\\]/g, (c) => ESCAPES[c])}"`;
  if (v instanceof Float) return floatText(v.value);
  if (v instanceof Complex) return complexText(v);
  if (typeof v === "object" && "items" in v) return `[${v.items.map(defaultText).join(", ")}]`;
  return String(v);
}
