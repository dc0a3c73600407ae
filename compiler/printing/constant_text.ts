/** Literals in printed code, and the table of those constants that have no literal. */
import { Device } from "../../core/device.ts";
import { NotImplemented } from "../../core/errors.ts";
import type { NamedType } from "../../core/function.ts";
import {
  DictValue,
  EnumValue,
  FunctionValue,
  type IValue,
  ListValue,
  ScriptObject,
  TupleValue,
} from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { Tensor } from "../../core/tensor.ts";
import { complexText, floatText } from "../../core/text/torchscript_literal.ts";
import { type TypeNamer, typeText } from "./type_text.ts";

/** Tensors, strings outside ASCII and objects: code names them `CONSTANTS.cN`. */
export class ConstantTable {
  readonly values: IValue[] = [];

  /** Index of the value; equal tensors share one. */
  indexOf(v: IValue): number {
    const at = this.values.findIndex((w) =>
      w === v || (v instanceof Tensor && w instanceof Tensor && sameTensor(v, w))
    );
    return at >= 0 ? at : this.values.push(v) - 1;
  }
}

function sameTensor(a: Tensor, b: Tensor): boolean {
  if (a.scalarType !== b.scalarType || a.device !== b.device || a.storageOffset !== b.storageOffset) {
    return false;
  }
  if (a.sizes.join() !== b.sizes.join() || a.strides.join() !== b.strides.join()) return false;
  if (a.storage === b.storage) return true;
  if (a.storage.deviceMemory || b.storage.deviceMemory || a.storage.nbytes !== b.storage.nbytes) return false;
  if (a.device.type === "meta") return false;
  const x = a.storage.bytes(), y = b.storage.bytes();
  return x.every((byte, i) => byte === y[i]);
}

export interface ConstantContext {
  readonly constants: ConstantTable;
  readonly nameOf: TypeNamer;
  /** Text for an archive: mends what PyTorch writes and cannot read back. */
  readonly importable: boolean;
}

/** The expression that gives the constant. */
export function constantExpression(v: IValue, c: ConstantContext): string {
  if (v === null) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (typeof v === "number" || typeof v === "bigint") return String(v);
  if (typeof v === "string") {
    // deno-lint-ignore no-control-regex
    return /^[\x00-\x7f]*$/.test(v) ? quotedString(v, c.importable) : tableEntry(v, c);
  }
  if (v instanceof Float) return pointed(floatText(v.value), c);
  if (v instanceof Complex) return complexText(v);
  if (v instanceof Device) return `torch.device(${quotedString(String(v), c.importable)})`;
  if (v instanceof EnumValue) return `${c.nameOf(v.type)}.${v.name}`;
  if (v instanceof Tensor || v instanceof ScriptObject) return tableEntry(v, c);
  if (needsTable(v)) return tableEntry(v, c);
  if (v instanceof ListValue) {
    if (!v.items.length) return `annotate(List[${typeText(v.elemType, c.nameOf)}], [])`;
    return `[${v.items.map((x) => constantExpression(x, c)).join(", ")}]`;
  }
  if (v instanceof TupleValue) {
    const items = v.items.map((x) => constantExpression(x, c)).join(", ");
    const name = v.type?.named?.name ? c.nameOf(v.type as NamedType) : "";
    return `${name}(${items}${v.items.length === 1 && !name ? "," : ""})`;
  }
  if (v instanceof DictValue) {
    const items = [...v.entries()].map(([k, x]) =>
      `${constantExpression(k, c)}: ${constantExpression(x, c)}`
    );
    if (items.length) return `{${items.join(", ")}}`;
    return `annotate(Dict[${typeText(v.keyType, c.nameOf)}, ${typeText(v.valueType, c.nameOf)}], {})`;
  }
  if (v instanceof FunctionValue) return v.fn.qualifiedName;
  throw new NotImplemented(`a constant of class ${(v as object).constructor.name} in printed code`);
}

function tableEntry(v: IValue, c: ConstantContext): string {
  return `CONSTANTS.c${c.constants.indexOf(v)}`;
}

/** Whether a container holds something without a literal; the whole of it goes into the table then. */
function needsTable(v: IValue): boolean {
  // deno-lint-ignore no-control-regex
  if (typeof v === "string") return !/^[\x00-\x7f]*$/.test(v);
  if (v instanceof Tensor || v instanceof ScriptObject) return true;
  if (v instanceof ListValue || v instanceof TupleValue) return v.items.some(needsTable);
  if (v instanceof DictValue) return [...v.entries()].some(([k, x]) => needsTable(k) || needsTable(x));
  return false;
}

/** PyTorch writes 1e10 without a point and reads an int back; an archive gets the point. */
function pointed(text: string, c: ConstantContext): string {
  return c.importable && /^-?\d+$/.test(text) ? text + "." : text;
}

const ESCAPES: Record<string, string> = {
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

/** A string in double quotes. PyTorch's reader refuses the `\r` its printer writes: archives get `\015`. */
export function quotedString(s: string, importable: boolean): string {
  let out = '"';
  for (const ch of s) {
    const code = ch.charCodeAt(0);
    if (ESCAPES[ch] && !(importable && ch === "\r")) out += ESCAPES[ch];
    else if (code >= 0x20 && code < 0x7f) out += ch;
    else out += "\\" + code.toString(8).padStart(3, "0");
  }
  return out + '"';
}
