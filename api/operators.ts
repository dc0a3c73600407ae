/** Operator calls from JavaScript: overloads chosen by the values, keywords in a last plain object. */
import { Device } from "../core/device.ts";
import { NotImplemented, RuntimeFault } from "../core/errors.ts";
import { type IValue, ListValue, type TupleValue } from "../core/ivalue.ts";
import { Complex, Float } from "../core/scalar.ts";
import { scalarTypeByDtype } from "../core/scalar_type.ts";
import type { Argument } from "../core/schema.ts";
import { Tensor } from "../core/tensor.ts";
import { settled } from "../core/pending.ts";
import { callOperator } from "../ops/dispatch.ts";
import { type Operator, operators } from "../ops/registry.ts";
import { fromScript } from "../vm/values.ts";

/** Keyword arguments: `{ dim: 1, keepdim: true, dtype: "float64" }`. */
export type Keywords = { readonly [name: string]: unknown };

function isKeywords(v: unknown): v is Keywords {
  return v !== null && typeof v === "object" && Object.getPrototypeOf(v) === Object.prototype;
}

/** The register value for a formal, or undefined when the value does not fit it. */
function convert(v: unknown, a: Argument): IValue | undefined {
  let t = a.type;
  if (t.kind === "Optional") {
    if (v === null || v === undefined) return null;
    t = t.elem;
  }
  if (typeof v === "string" && (a.name === "dtype" || t.kind === "ScalarType")) {
    return scalarTypeByDtype(v.replace("torch.", ""));
  }
  switch (t.kind) {
    case "Tensor":
      return v instanceof Tensor ? v : undefined;
    case "int":
    case "ScalarType":
    case "Layout":
    case "MemoryFormat":
      return typeof v === "bigint" || Number.isSafeInteger(v) ? v as number | bigint : undefined;
    case "float":
      if (typeof v !== "number") return undefined;
      return a.type.kind === "float" ? v : new Float(v);
    case "number":
      if (typeof v === "number") return Number.isSafeInteger(v) ? v : new Float(v);
      return typeof v === "bigint" || typeof v === "boolean" || v instanceof Complex ? v : undefined;
    case "bool":
      return typeof v === "boolean" ? v : undefined;
    case "str":
      return typeof v === "string" ? v : undefined;
    case "Device":
      return typeof v === "string" ? Device.of(v) : v instanceof Device ? v : undefined;
    case "List": {
      const elem = { ...a, type: t.elem };
      if (a.broadcastSize !== undefined && typeof v === "number") {
        return new ListValue(t.elem, new Array(a.broadcastSize).fill(convert(v, elem)));
      }
      if (!Array.isArray(v)) return undefined;
      const items = v.map((x) => {
        const c = convert(x, elem);
        return t.elem.kind === "float" && typeof c === "number" ? new Float(c) : c;
      });
      return items.includes(undefined) ? undefined : new ListValue(t.elem, items as IValue[]);
    }
    default:
      return undefined;
  }
}

function match(op: Operator, positional: readonly unknown[], keywords: Keywords): IValue[] | undefined {
  const { args } = op.schema;
  if (positional.length > args.filter((a) => !a.kwargOnly).length) return undefined;
  const used = new Set<string>();
  const out: IValue[] = [];
  for (let i = 0; i < args.length; i++) {
    const a = args[i];
    const given = i < positional.length && !a.kwargOnly ? positional[i] : keywords[a.name];
    if (Object.hasOwn(keywords, a.name)) used.add(a.name);
    if (given === undefined) {
      if (a.defaultValue === undefined) return undefined;
      out.push(
        a.type.kind === "float" && a.defaultValue instanceof Float ? a.defaultValue.value : a.defaultValue,
      );
      continue;
    }
    const v = convert(given, a);
    if (v === undefined) return undefined;
    out.push(v);
  }
  return Object.keys(keywords).every((k) => used.has(k)) ? out : undefined;
}

/**
 * Calls `aten::name` (or another namespace's full name) with JavaScript values; a plain object at the end holds
 * keyword arguments. Returns a Tensor, a number, or an array where the operator returns several values. Throws
 * TypeError with the overloads when none takes the values.
 */
export function callByName(name: string, given: readonly unknown[]): unknown {
  const full = name.includes("::") ? name : `aten::${name}`;
  const candidates = operators(full);
  if (!candidates.length) throw new RuntimeFault("AttributeError", `there is no operator ${full}`);
  const last = given[given.length - 1];
  const keywords = isKeywords(last) ? last : {};
  const positional = isKeywords(last) ? given.slice(0, -1) : given;
  for (const op of candidates) {
    const args = match(op, positional, keywords);
    if (!args) continue;
    if (!op.isImplemented) throw new NotImplemented(`operator ${op.key}`);
    const result = settled(callOperator(op, args));
    if (op.schema.returns.length > 1) return (result as TupleValue).items.map(fromScript);
    return fromScript(result);
  }
  const forms = candidates.map((op) => `  ${op.schema}`).join("\n");
  throw new RuntimeFault("TypeError", `no overload of ${name} takes these arguments; it has:\n${forms}`);
}
