/** Methods that containers of modules have in scripts without having them in Python's text. */
import type { ClassType } from "../../core/class_type.ts";
import { Source } from "../../core/source.ts";
import type { FunctionDef } from "../syntax/ast.ts";
import { parseModule } from "../syntax/mod.ts";
import { buildDef } from "./build_definition.ts";
import type { ConcreteModuleType } from "./concrete_module_type.ts";
import { hostCompiler } from "./host_compiler.ts";
import type { ModuleSelf } from "./module_values.ts";
import { NATIVE_RESOLVER } from "./native_resolver.ts";
import type { ModuleView } from "./resolver.ts";
import { defineMethods } from "./script_class.ts";

/** `len(self)` and `key in self` of containers. */
export function containerMethods(
  view: ModuleView,
  c: ConcreteModuleType,
  self: ModuleSelf,
  selfName: string,
): void {
  if (view.container !== "list" && view.container !== "dict") return;
  const type = c.jitType as ClassType;
  const names = [...view.modules()].map(([n]) => n);
  const define = (name: string, text: string) => {
    if (type.methods.has(name)) return;
    const source = new Source(text, "<string>");
    const def = parseModule(source).module.body[0] as FunctionDef;
    const make = () => buildDef(source, def, { name, selfName: selfName });
    defineMethods(hostCompiler().unit, type, self, [], [{ name, def: make, resolver: NATIVE_RESOLVER }]);
  };
  define("__len__", `def __len__(self):\n   return ${names.length}\n`);
  if (view.container !== "dict") return;
  const list = names.map((n) => JSON.stringify(n)).join(", ");
  define(
    "__contains__",
    `def __contains__(self, key: str):\n   return ${names.length ? `key in [${list}]` : "False"}\n`,
  );
}
