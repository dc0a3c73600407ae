/**
 * Writes the TypeScript declarations of Tensor's operator methods from the operators' schemas: one line an overload,
 * for every operator that Wick can run and that takes a tensor called self first.
 * Usage: deno run -A tools/generate_tensor_methods.ts   (tests check that the files are up to date)
 */
import type { Argument, FunctionSchema } from "../core/schema.ts";
import type { Type } from "../core/types.ts";
import { operatorNames, operators } from "../ops/registry.ts";

/** Fields of the class itself, which no method may shadow. */
const TAKEN = new Set([
  "dim",
  "numel",
  "device",
  "data",
  "sizes",
  "strides",
  "storage",
  "base",
  "constructor",
  "is_contiguous",
]);

function tsType(t: Type, a: Argument): string {
  switch (t.kind) {
    case "Tensor":
      return "Tensor";
    case "int":
    case "Layout":
    case "MemoryFormat":
    case "float":
      return "number";
    case "ScalarType":
      return "string";
    case "number":
      return "number | bigint | boolean | Complex";
    case "bool":
      return "boolean";
    case "str":
      return "string";
    case "Device":
      return "string";
    case "Optional":
      return `${tsType(t.elem, a)} | null`;
    case "List":
      return `readonly (${tsType(t.elem, a)})[]${a.broadcastSize === undefined ? "" : " | number"}`;
    default:
      return "unknown";
  }
}

function returnType(s: FunctionSchema): string {
  const one = (a: Argument): string => {
    const t = a.type;
    if (t.kind === "List") return `(${tsType(t.elem, a).replace(/\|.*$/, "").trim()})[]`;
    return t.kind === "number" ? "number | bigint | boolean" : tsType(t, a);
  };
  if (s.returns.length === 0) return "null";
  return s.returns.length === 1 ? one(s.returns[0]) : `[${s.returns.map(one).join(", ")}]`;
}

const RESERVED = new Set(["this", "default", "new", "in", "function", "var"]);
const identifier = (n: string) => RESERVED.has(n) ? `${n}_` : n;

function signature(name: string, s: FunctionSchema): string {
  const positional = s.args.slice(1).filter((a) => !a.kwargOnly),
    keywords = s.args.filter((a) => a.kwargOnly);
  const optionalFrom = positional.findLastIndex((a) => a.defaultValue === undefined) + 1;
  const params = positional.map((a, i) =>
    `${identifier(a.name)}${i >= optionalFrom ? "?" : ""}: ${tsType(a.type, a)}`
  );
  if (keywords.length) {
    const fields = keywords.map((a) =>
      `${a.name}${a.defaultValue === undefined ? "" : "?"}: ${tsType(a.type, a)}`
    );
    const needed = keywords.some((a) => a.defaultValue === undefined);
    if (!needed || optionalFrom === positional.length) {
      params.push(`keywords${needed ? "" : "?"}: { ${fields.join("; ")} }`);
    }
  }
  return `    ${name}(${params.join(", ")}): ${returnType(s)};`;
}

interface Part {
  readonly file: string;
  readonly names: RegExp;
}
const PARTS: readonly Part[] = [
  { file: "api/tensor_methods_a_to_l.ts", names: /^[a-l_]/ },
  { file: "api/tensor_methods_m_to_z.ts", names: /^[m-z]/ },
];

/** File name to text. */
export function generate(): Map<string, string> {
  const lines = new Map<string, string[]>();
  for (const full of operatorNames()) {
    const name = full.replace(/^aten::/, "");
    if (!full.startsWith("aten::") || name.startsWith("_") || TAKEN.has(name)) continue;
    for (const op of operators(full)) {
      const first = op.schema.args[0];
      if (
        !op.isImplemented || first?.name !== "self" || first.type.kind !== "Tensor" ||
        op.schema.args.some((a) => a.isOut)
      ) continue;
      const line = signature(name, op.schema);
      const known = lines.get(name);
      if (!known) lines.set(name, [line]);
      else if (!known.includes(line)) known.push(line);
    }
  }
  const out = new Map<string, string>();
  for (const { file, names } of PARTS) {
    const mine = [...lines.keys()].filter((n) => names.test(n)).sort();
    out.set(
      file,
      `// Written by tools/generate_tensor_methods.ts; do not edit.
// deno-fmt-ignore-file
import type { Complex } from "../core/scalar.ts";
import type {} from "../core/tensor.ts";

declare module "../core/tensor.ts" {
  interface Tensor {
${mine.flatMap((n) => lines.get(n)!).join("\n")}
  }
}

/** Methods that \`tensor_methods.ts\` installs. */
export const NAMES: string = "${mine.join(" ")}";
`,
    );
  }
  return out;
}

if (import.meta.main) {
  for (const [file, text] of generate()) Deno.writeTextFileSync(new URL(`../${file}`, import.meta.url), text);
}
