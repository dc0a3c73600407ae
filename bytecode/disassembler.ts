/** Prints code as a listing: word, opcode, operands, the constants they name, and the source place. */
import type { Code } from "./code.ts";
import { decode } from "./decoder.ts";
import { BOX, LAST, REGISTER_MASK } from "./opcodes.ts";

/** A listing a person can read; registers are `r3`, constants `k2`, a dying value has `!`, a boxed float `^`. */
export function disassemble(code: Code): string {
  const firstConstant = code.parameterCount, endConstants = firstConstant + code.constantCount;
  const register = (f: number) => {
    const r = f & REGISTER_MASK;
    const base = r >= firstConstant && r < endConstants ? `k${r - firstConstant}` : `r${r}`;
    return base + (f & BOX ? "^" : "") + (f & LAST ? "!" : "");
  };
  const lines = [
    `${code.name}: ${code.instructionCount} instructions, ${code.words.length * 4} bytes, ` +
    `${code.parameterCount} parameters, ${code.constantCount} constants, ${code.registers.length} registers`,
  ];
  for (let at = 0, i = 0; at < code.words.length; i++) {
    const ins = decode(code.words, at);
    const text = ins.operands.map(({ kind, value }) => {
      if (typeof value !== "number") return `(${value.map(register).join(", ")})`;
      if (kind === "obj") return describe(code.objects[value]);
      if (kind === "jump") return `-> ${at + value}`;
      return kind === "imm" ? String(value) : register(value);
    });
    const place = code.places[i]?.range;
    lines.push(
      `${String(at).padStart(5)}  ${ins.name.padEnd(8)} ${text.join(", ")}${place ? `  # ${place}` : ""}`,
    );
    at += ins.length;
  }
  for (let k = 0; k < code.constantCount; k++) {
    lines.push(`   k${k} = ${describe(code.registers[firstConstant + k])}`);
  }
  return lines.join("\n") + "\n";
}

function describe(o: unknown): string {
  if (o === null || o === undefined || typeof o !== "object") {
    return typeof o === "string" ? JSON.stringify(o) : String(o);
  }
  if ("key" in o && typeof o.key === "string") return o.key;
  if ("qualifiedName" in o && typeof o.qualifiedName === "string") return o.qualifiedName;
  if ("value" in o && typeof o.value === "number") return String(o.value);
  if (Array.isArray(o)) return `[${o.join(", ")}]`;
  const text = String(o);
  return text === "[object Object]" ? `<${o.constructor.name}>` : text;
}
