/**
 * Methods that dataclasses make for their classes, as TorchScript source: PyTorch writes its own bodies for the
 * magic methods that the decorator generated, since theirs call what scripts lack.
 */
import { Diagnostic } from "../../core/errors.ts";
import { Source } from "../../core/source.ts";
import type { FunctionDef } from "../syntax/ast.ts";
import { parseModule } from "../syntax/mod.ts";
import { buildDef } from "./build_definition.ts";
import { SourceContext } from "./function_source.ts";
import { hostIValue } from "./host_ivalues.ts";
import { forwardType } from "./host_types.ts";
import type { ClassView, DataclassField } from "./resolver.ts";
import type { MethodSource } from "./script_class.ts";

/** The order and equality methods: how a field decides, and the answer when none does. */
const COMPARISONS: Record<string, { operator: string; allEqual: boolean }> = {
  __eq__: { operator: "!=", allEqual: true },
  __ne__: { operator: "==", allEqual: false },
  __lt__: { operator: "<", allEqual: false },
  __le__: { operator: "<", allEqual: true },
  __gt__: { operator: ">", allEqual: false },
  __ge__: { operator: ">", allEqual: true },
};

/** The methods that the decorator generated and the class does not define itself. */
export function dataclassMethods(cls: ClassView, own: readonly string[]): Omit<MethodSource, "resolver">[] {
  const fields = cls.dataclassFields().filter((f) => f.kind !== "class");
  const out: Omit<MethodSource, "resolver">[] = [];
  for (const name of cls.generatedMethods()) {
    const text = own.includes(name) ? undefined : methodText(cls, name, fields, own);
    if (text === undefined) continue;
    out.push({
      name,
      def: () => {
        const source = new Source(text, "<dataclass>");
        const def = parseModule(source).module.body[0] as FunctionDef;
        return buildDef(source, def, {
          name,
          selfName: cls.name,
          context: new SourceContext(source, 0, name),
        });
      },
      defaults: (n, t) => {
        const f = name === "__init__" ? fields.find((x) => x.name === n) : undefined;
        return f?.default && hostIValue(f.default, t);
      },
    });
  }
  return out;
}

function methodText(
  cls: ClassView,
  name: string,
  fields: readonly DataclassField[],
  own: readonly string[],
): string | undefined {
  const kept = fields.filter((f) => f.kind === "field");
  if (name === "__init__") return initText(cls, fields, own);
  if (name === "__repr__") {
    // PyTorch's own is this fixed text: what stands for the values is not filled in.
    const shown = kept.filter((f) => f.repr).map((f) => `${f.name}=self.${f.name}`);
    return `def __repr__(self) -> str:\n  return '${cls.name}(${shown.join(", ")})'\n`;
  }
  if (name === "__hash__") {
    return "def __hash__(self) -> int:\n" +
      "  raise NotImplementedError('__hash__ is not supported for dataclasses in TorchScript')\n";
  }
  return Object.hasOwn(COMPARISONS, name)
    ? comparisonText(cls, name, kept.filter((f) => f.compare))
    : undefined;
}

function initText(cls: ClassView, fields: readonly DataclassField[], own: readonly string[]): string {
  if (fields.some((f) => f.hasFactory)) {
    throw new Diagnostic(
      "Default factory initializers are not supported in TorchScript dataclasses",
      undefined,
      "NotImplementedError",
    );
  }
  const given = fields.filter((f) => f.init);
  const parameter = (f: DataclassField) =>
    `, ${f.name}: ${forwardType(f.type, cls, undefined)?.annotation() ?? "Tensor"}`;
  const keywords = given.filter((f) => f.keywordOnly);
  const params = given.filter((f) => !f.keywordOnly).map(parameter).join("") +
    (keywords.length ? ", *" + keywords.map(parameter).join("") : "");
  const body = given.filter((f) => f.kind === "field").map((f) => `  self.${f.name} = ${f.name}\n`);
  if (own.includes("__post_init__")) {
    const extra = given.filter((f) => f.kind === "init").map((f) => f.name);
    body.push(`  self.__post_init__(${extra.join(", ")})\n`);
  }
  return `def __init__(self${params}):\n${body.join("") || "  pass\n"}`;
}

/** Field by field, the first that differs decides; a None against a value is unequal, or has no order. */
function comparisonText(cls: ClassView, name: string, fields: readonly DataclassField[]): string {
  const { operator, allEqual } = COMPARISONS[name];
  const equality = name === "__eq__" || name === "__ne__";
  const test = equality
    ? [`if val1 ${operator} val2: return False`]
    : [`if val1 ${operator} val2: return True`, `elif val2 ${operator} val1: return False`];
  const body: string[] = [];
  for (const f of fields) {
    body.push(`val1 = self.${f.name}`, `val2 = other.${f.name}`);
    if (forwardType(f.type, cls, undefined)?.kind !== "Optional") {
      body.push(...test);
      continue;
    }
    body.push("if val1 is not None and val2 is not None:", ...test.map((l) => `  ${l}`));
    body.push(
      "elif (val1 is None) != (val2 is None):",
      equality ? "  return False" : `  raise TypeError('Cannot compare ${cls.name} with None')`,
    );
  }
  body.push(`return ${allEqual ? "True" : "False"}`);
  return `def ${name}(self, other: ${cls.name}) -> bool:\n${body.map((l) => `  ${l}\n`).join("")}`;
}
