/** A catalogue made of schema lines and families of declarations. */
import type { Declaration, Family } from "./declaration.ts";
import { deriveDeclaration } from "./derived_forms.ts";
import { type Catalog, Operator } from "./operator.ts";

/** Where a catalogue takes its operators from. Both are asked for when first needed. */
export interface CatalogSources {
  /** Schemas, one a line, overloads of a name in PyTorch's order. */
  readonly schemas: string;
  readonly families: () => readonly Family[];
  /** The name that a second name stands for. */
  readonly aliasOf: (name: string) => string | undefined;
}

export class TextCatalog implements Catalog {
  #byName: Map<string, string[]> | undefined;
  readonly #made = new Map<string, readonly Operator[]>();
  #declared: Map<string, Declaration> | undefined;

  constructor(readonly sources: CatalogSources) {}

  #schemaIndex(): Map<string, string[]> {
    if (this.#byName) return this.#byName;
    const byName = this.#byName = new Map<string, string[]>();
    for (const line of this.sources.schemas.split("\n")) {
      const open = line.indexOf("(");
      if (open < 0) continue;
      const dot = line.indexOf(".");
      const name = line.slice(0, dot >= 0 && dot < open ? dot : open);
      const lines = byName.get(name);
      if (lines) lines.push(line);
      else byName.set(name, [line]);
    }
    return byName;
  }

  operators(name: string): readonly Operator[] {
    let found = this.#made.get(name);
    if (!found) {
      found = (this.#schemaIndex().get(name) ?? []).map((line) => {
        const open = line.indexOf("(");
        return new Operator(name, open > name.length ? line.slice(name.length + 1, open) : "", line);
      });
      this.#made.set(name, found);
    }
    return found;
  }
  /** Names of all operators, without overloads. */
  names(): Iterable<string> {
    return this.#schemaIndex().keys();
  }
  /** Every declaration by key; wildcard keys as written. */
  declarations(): ReadonlyMap<string, Declaration> {
    if (this.#declared) return this.#declared;
    const declared = this.#declared = new Map<string, Declaration>();
    for (const family of this.sources.families()) {
      for (const key in family) declared.set(key, family[key]);
    }
    return declared;
  }

  declares(op: Operator): boolean {
    return this.#written(op.name, op.overload) !== undefined;
  }
  declarationOf(op: Operator): Declaration | undefined {
    return this.#written(op.name, op.overload) ?? deriveDeclaration(op);
  }
  #written(name: string, overload: string): Declaration | undefined {
    const all = this.declarations();
    const key = overload ? `${name}.${overload}` : name;
    const own = all.get(key) ?? (isOutOverload(overload) ? undefined : all.get(`${name}.*`));
    if (own) return own;
    const original = this.sources.aliasOf(name);
    if (original === undefined) return undefined;
    return this.operators(original).find((o) => o.overload === overload)?.declaration;
  }
}

function isOutOverload(overload: string): boolean {
  return overload === "out" || overload.endsWith("_out") || overload.startsWith("out_");
}
