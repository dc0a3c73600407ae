/** FunctionSchema: the signature of operators and compiled functions. `schema_parser.ts` reads the text. */
import type { IValue } from "./ivalue.ts";
import { Float } from "./scalar.ts";
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
      args.push(`${typeText(a)} ${a.name}${a.defaultValue === undefined ? "" : "=" + defaultText(a.defaultValue)}`);
    }
    if (this.isVararg) args.push("...");
    const rets = this.returns.map((r) => r.name ? `${typeText(r)} ${r.name}` : typeText(r));
    if (this.isVarret) rets.push("...");
    const single = rets.length === 1 && !this.isVarret && this.returns[0].type.kind !== "Tuple";
    return `${this.key}(${args.join(", ")}) -> ${single ? rets[0] : `(${rets.join(", ")})`}`;
  }
}

function typeText(a: Argument): string {
  const text = a.type.toString();
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
    return text.slice(0, at) + aliasText(a.contained) + text.slice(at) + (a.before.length ? aliasText(a) : "");
  }
  if (text.endsWith("?")) return text.slice(0, -1) + aliasText(a) + "?";
  return text + aliasText(a);
}

function defaultText(v: IValue): string {
  if (v === null) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (typeof v === "string") return JSON.stringify(v);
  if (v instanceof Float) return floatText(v.value);
  if (typeof v === "object" && "items" in v) return `[${v.items.map(defaultText).join(", ")}]`;
  return String(v);
}

/** Floats as TorchScript prints them: `2.`, `1.0000000000000001e-05`. Full rules are in core/text. */
function floatText(v: number): string {
  if (Number.isInteger(v) && Math.abs(v) < 1e10) return `${Object.is(v, -0) ? "-0" : v}.`;
  const digits = v.toPrecision(17);
  const [m, e] = digits.split("e");
  const mant = m.includes(".") ? m.replace(/\.?0+$/, "") : m;
  const exp = Number(digits) === 0 ? 0 : Math.floor(Math.log10(Math.abs(v)));
  if (e === undefined && exp >= -5) return mant;
  const [m2, e2] = v.toExponential(16).split("e");
  const n = Number(e2);
  return `${m2.replace(/\.?0+$/, "")}e${n < 0 ? "-" : "+"}${String(Math.abs(n)).padStart(2, "0")}`;
}
