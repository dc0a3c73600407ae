/** Compiles a function from source and gives its verified code, for the tests of bytecode and VM. */
import type { Code } from "../../bytecode/mod.ts";
import { verifyCode } from "../../bytecode/mod.ts";
import { compileSource } from "../../compiler/mod.ts";
import "../../compiler/lowering/mod.ts";
import { codeOf } from "../../core/function.ts";
import { ListValue, TupleValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";

export function compiled(source: string, entry = "f"): Code {
  const fn = compileSource(source, { entry, filename: "case.py" });
  fn.ensureDefined?.();
  const code = codeOf(fn) as Code;
  verifyCode(code);
  return code;
}

/** A value as plain JS: floats `{ float }`, lists and tuples arrays. */
export function plain(v: unknown): unknown {
  if (v instanceof Float) return { float: v.value };
  if (v instanceof ListValue || v instanceof TupleValue) return v.items.map(plain);
  return v;
}
