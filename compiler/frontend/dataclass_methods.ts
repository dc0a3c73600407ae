/** Methods that dataclasses make for their classes, as TorchScript source. */
import { Source } from "../../core/source.ts";
import type { FunctionDef } from "../syntax/ast.ts";
import { parseModule } from "../syntax/mod.ts";
import { buildDef } from "./build_definition.ts";
import { SourceContext } from "./function_source.ts";
import { hostIValue } from "./host_ivalues.ts";
import { forwardType } from "./host_types.ts";
import type { ClassView } from "./resolver.ts";
import type { MethodSource } from "./script_class.ts";

/** `__init__`, `__repr__`, `__eq__` and the order methods, where the class has not its own. */
export function dataclassMethods(cls: ClassView, own: readonly string[]): Omit<MethodSource, "resolver">[] {
  const fields = cls.dataclassFields();
  const types = new Map(fields.map((f) => [f.name, forwardType(f.type, cls, undefined)]));
  const texts: [name: string, text: string][] = [];
  const params = fields.filter((f) => f.init).map((f) =>
    `, ${f.name}: ${types.get(f.name)?.annotation() ?? "Tensor"}`
  );
  const assigns = fields.filter((f) => f.init).map((f) => `    self.${f.name} = ${f.name}\n`);
  if (own.includes("__post_init__")) assigns.push("    self.__post_init__()\n");
  texts.push(["__init__", `def __init__(self${params.join("")}):\n${assigns.join("") || "    pass\n"}`]);
  texts.push(["__repr__", `def __repr__(self) -> str:\n    return ${reprText(cls, fields)}\n`]);
  const same = fields.map((f) => `self.${f.name} == other.${f.name}`).join(" and ") || "True";
  texts.push(["__eq__", `def __eq__(self, other: ${cls.name}) -> bool:\n    return ${same}\n`]);
  return texts.filter(([name]) => !own.includes(name)).map(([name, text]) => ({
    name,
    def: () => {
      const source = new Source(text, "<dataclass>");
      const def = parseModule(source).module.body[0] as FunctionDef;
      return buildDef(source, def, { name, selfName: cls.name, context: new SourceContext(source, 0, name) });
    },
    defaults: (n, t) => {
      if (name !== "__init__") return undefined;
      const f = fields.find((x) => x.name === n);
      return f?.default && hostIValue(f.default, t);
    },
  }));
}

function reprText(cls: ClassView, fields: readonly { name: string }[]): string {
  const parts = fields.map((f) => `"${f.name}=" + str(self.${f.name})`);
  return parts.length ? `"${cls.name}(" + ${parts.join(` + ", " + `)} + ")"` : `"${cls.name}()"`;
}
