/**
 * The WGSL lowering: an expression as shader text, and the functions its rows call. f32, i32 and bool are WGSL's own;
 * int64 is a pair of words (`wgsl_long.ts`); float64 has no form.
 */
import { type Expr, nodeText, type ValueType } from "./expr.ts";
import { rowOf } from "./rows.ts";
import { WGSL_FUNCTIONS } from "./wgsl_functions.ts";
import { LONG_FUNCTIONS, LONG_ROWS } from "./wgsl_long.ts";

export type WgslType = "f32" | "i32" | "bool" | "vec2<u32>";

/** WGSL's type for a value; null for float64, which WGSL lacks. Narrow integers wrap in i32. */
export function wgslTypeOf(t: ValueType): WgslType | null {
  if (t === "f32" || t === "bool") return t;
  return t === "f64" ? null : t === "i64" ? "vec2<u32>" : "i32";
}

function functionText(name: string): string | undefined {
  return WGSL_FUNCTIONS[name] ?? LONG_FUNCTIONS[name];
}

/** Text of the functions that `code` calls, callees first. */
export function wgslFunctions(code: string): string {
  const done = new Map<string, string>();
  const visit = (text: string) => {
    for (const [, name] of text.matchAll(/\b(wick_\w+)\(/g)) {
      const body = functionText(name);
      if (done.has(name) || body === undefined) continue;
      done.set(name, "");
      visit(body.replace(`fn ${name}(`, ""));
      done.delete(name);
      done.set(name, body);
    }
  };
  visit(code);
  return [...done.values()].join("\n");
}

function literal(value: number | bigint, t: WgslType): string {
  if (t === "bool") return value ? "true" : "false";
  if (t === "vec2<u32>") {
    const bits = BigInt.asUintN(64, BigInt(value));
    return `vec2<u32>(${bits & 0xffffffffn}u, ${bits >> 32n}u)`;
  }
  if (t === "i32") return Number(value) === -2147483648 ? "(-2147483647 - 1)" : `i32(${value})`;
  const x = Math.fround(Number(value));
  if (Number.isFinite(x)) return `f32(${Object.is(x, -0) ? "-0.0" : x})`;
  return `wick_bits(${Number.isNaN(x) ? "0x7fc00000u" : x > 0 ? "0x7f800000u" : "0xff800000u"})`;
}

/** Brings an i32 back into a narrow type's range. */
function wrapped(text: string, t: ValueType): string {
  if (t === "u8") return `(${text} & 255)`;
  if (t === "i8") return `((${text} << 24u) >> 24u)`;
  return t === "i16" ? `((${text} << 16u) >> 16u)` : text;
}

/** Conversion of a value's text with PyTorch's rules; neither type is f64. */
export function wgslCast(text: string, from: ValueType, to: ValueType): string {
  if (from === to) return text;
  if (from === "i64") {
    if (to === "bool") return `any(${text} != vec2<u32>(0u, 0u))`;
    return to === "f32" ? `wick_l_to_f32(${text})` : wrapped(`bitcast<i32>((${text}).x)`, to);
  }
  if (to === "bool") return from === "f32" ? `wick_f32_true(${text})` : `(${text} != 0)`;
  if (to === "f32") return `f32(${text})`;
  if (to === "i64") {
    return from === "f32"
      ? `wick_l_of_f32(${text})`
      : `wick_l_of_i32(${from === "bool" ? `i32(${text})` : text})`;
  }
  return wrapped(from === "f32" ? `wick_i32_of_f32(${text})` : `i32(${text})`, to);
}

function bitcastText(text: string, from: ValueType, to: ValueType): string | null {
  return wgslTypeOf(from) === "vec2<u32>" || wgslTypeOf(to) === "vec2<u32>"
    ? null
    : `bitcast<${wgslTypeOf(to)}>(${text})`;
}

/**
 * Statements that compute the expression, and the name of the result. `leaf` gives the text of an input's element or
 * of a scalar, already of type `type`. null when a row or type has no WGSL.
 */
export function wgslOf(
  e: Expr,
  leaf: (kind: "input" | "scalar", index: number, type: ValueType) => string,
): { statements: string; result: string } | null {
  const lines: string[] = [], names = new Map<string, number>(), done = new Map<Expr, number>();
  let covered = true;
  const walk = (x: Expr): number => {
    const known = done.get(x);
    if (known !== undefined) return known;
    const ids = x.args.map(walk), args = ids.map((i) => `v${i}`), key = nodeText(x, ids);
    let id = names.get(key);
    if (id === undefined) {
      const t = wgslTypeOf(x.type);
      names.set(key, id = names.size);
      const line = t === null ? null : text(x, t, args);
      if (line === null) covered = false;
      else lines.push(`let v${id}: ${t} = ${line};`);
    }
    done.set(x, id);
    return id;
  };
  const text = (x: Expr, t: WgslType, args: string[]): string | null => {
    if (x.op === "input" || x.op === "scalar") return leaf(x.op, x.index, x.type);
    if (x.op === "const") return literal(x.value, t);
    const from = x.args[x.op === "where" ? 1 : 0].type, own = wgslTypeOf(from);
    if (own === null || x.op.startsWith("rescue ")) return null;
    if (x.op === "bitcast") return bitcastText(args[0], from, x.type);
    if (x.op === "cast") return wgslCast(args[0], from, x.type);
    if (own === "vec2<u32>") return LONG_ROWS[x.op]?.(args) ?? null;
    const r = rowOf(x.op).wgsl(args, own);
    return x.type === "bool" ? r : wrapped(r, x.type);
  };
  const root = walk(e);
  return covered ? { statements: lines.join("\n"), result: `v${root}` } : null;
}
