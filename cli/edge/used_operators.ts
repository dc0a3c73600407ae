/** Which schemas and declarations the operators of a model need: their own, and those they are derived from. */
import type { Declaration } from "../../ops/declaration.ts";
import { TextCatalog } from "../../ops/catalog.ts";
import { type Operator, setCatalog } from "../../ops/operator.ts";
import { pytorchCatalog } from "../../ops/registry.ts";

class Consulted extends Map<string, Declaration> {
  readonly hits = new Set<string>();
  override get(key: string): Declaration | undefined {
    const d = super.get(key);
    if (d) this.hits.add(key);
    return d;
  }
}

/** Notes which declarations are looked up, and for which operators. */
class RecordingCatalog extends TextCatalog {
  readonly asked = new Set<Operator>();
  readonly consulted = new Consulted(pytorchCatalog.declarations());

  override declarationOf(op: Operator): Declaration | undefined {
    const found = super.declarationOf(op);
    if (found) this.asked.add(op);
    return found;
  }
  override declarations(): ReadonlyMap<string, Declaration> {
    return this.consulted;
  }
}

export interface UsedOperators {
  /** Schema lines of the operators. */
  readonly schemas: string;
  /** Keys of the declarations. */
  readonly declarations: ReadonlySet<string>;
}

/** What the operators with these keys (`aten::add.Tensor`; of a bare name every overload) need. */
export function usedOperators(keys: Iterable<string>): UsedOperators {
  const recording = new RecordingCatalog(pytorchCatalog.sources);
  setCatalog(recording);
  try {
    for (const key of keys) {
      const dot = key.indexOf(".", key.indexOf("::"));
      const all = recording.operators(dot < 0 ? key : key.slice(0, dot));
      const named = all.filter((o) => o.key === key);
      for (const o of named.length ? named : all) void o.declaration;
    }
  } finally {
    setCatalog(pytorchCatalog);
  }
  // PyTorch's order of matching is the text's order.
  const texts = new Set([...recording.asked].map((o) => o.text));
  const schemas = pytorchCatalog.sources.schemas.split("\n").filter((line) => texts.has(line)).join("\n");
  return { schemas, declarations: recording.consulted.hits };
}
