/**
 * Operators without a kernel: `deno run -A tools/missing_operators.ts [LISTING] [--json]`. LISTING is PyTorch's page of
 * supported functions as text (`torch.add(...)`, `Tensor.add(...)`); without it, every aten operator is looked at.
 */
import { parseArgs } from "node:util";
import { operatorNames, operators } from "../ops/registry.ts";

interface Row {
  /** `aten::add`. */
  readonly name: string;
  readonly overloads: number;
  /** Overloads that have no kernel. */
  readonly missing: readonly string[];
}

/** The operators that a listing of functions and methods names. */
function listed(text: string): Set<string> {
  const names = new Set<string>();
  for (
    const m of text.matchAll(/^\s*(?:torch|Tensor)[\w.]*\.(\w+)\(/gm)
  ) {
    names.add(`aten::${m[1]}`);
  }
  return names;
}

function rows(only: ReadonlySet<string> | null): Row[] {
  const out: Row[] = [];
  for (const name of operatorNames()) {
    if (!name.startsWith("aten::") || (only && !only.has(name))) continue;
    const all = operators(name);
    // Overloads whose argument is a dimension's name, and those written out, are not counted against an operator.
    const plain = all.filter((o) => !/Dimname/.test(o.text));
    const missing = plain.filter((o) => !o.isImplemented).map((o) => o.overload || "(no name)");
    if (missing.length > 0) out.push({ name, overloads: plain.length, missing });
  }
  return out;
}

const { values, positionals } = parseArgs({
  args: Deno.args,
  options: { json: { type: "boolean" } },
  allowPositionals: true,
});
const only = positionals[0] === undefined ? null : listed(Deno.readTextFileSync(positionals[0]));
const table = rows(only);
if (values.json) console.log(JSON.stringify(table, null, 1));
else {
  const whole = table.filter((r) => r.missing.length === r.overloads);
  for (const r of table) {
    console.log(`${r.name.padEnd(48)} ${r.missing.length}/${r.overloads}  ${r.missing.join(" ")}`);
  }
  console.log(`${table.length} operators lack a kernel for an overload, ${whole.length} of them for all`);
}
