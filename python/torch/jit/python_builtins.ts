/** Functions of Python's library that are operators in scripts although they are written in Python. */
import type { HostValue } from "../../../compiler/frontend/resolver.ts";
import * as r from "../../runtime/mod.ts";
import { interpreter } from "../../runtime/interpreter.ts";
import { addDescriber } from "./views.ts";

/** Module, function, operator. */
const OPERATORS: readonly (readonly [string, string, string])[] = [["warnings", "warn", "aten::warn"]];

function describe(v: r.Value): HostValue | undefined {
  if (!(v instanceof r.PyFunction)) return undefined;
  const { modules } = interpreter();
  for (const [module, name, symbol] of OPERATORS) {
    // A module that was never imported cannot be what the script names.
    const m = modules.get(module);
    if (m !== undefined && r.findattr(m, name) === v) return { kind: "builtin", symbol };
  }
  return undefined;
}

/** Tells the compiler of them. */
export function registerPythonBuiltins(): void {
  addDescriber(describe);
}
