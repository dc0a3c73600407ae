/** `@torch.jit.interface` classes: method signatures with bodies of `pass`. */
import type { InterfaceType } from "../../core/class_type.ts";
import { FunctionSchema } from "../../core/schema.ts";
import type { Source } from "../../core/source.ts";
import type * as py from "../syntax/ast.ts";
import { buildDef } from "./build_definition.ts";
import { errorReport } from "./error_report.ts";
import type { Resolver } from "./resolver.ts";
import { ScriptTypeParser } from "./script_type_parser.ts";

/** Reads the methods of an interface class into its type. */
export function declareInterface(
  type: InterfaceType,
  source: Source,
  def: py.ClassDef,
  resolver: Resolver,
): void {
  const parser = new ScriptTypeParser(resolver);
  for (const s of def.body) {
    if (s.kind !== "FunctionDef") continue;
    const d = buildDef(source, s, { selfName: def.name });
    if (!d.decl.returnType) {
      throw errorReport(d.range, "interface declarations must have a return type annotated.");
    }
    if (!s.body.some((x) => x.kind === "Pass")) {
      throw errorReport(d.range, "interfaces declarations should contain 'pass' statement.");
    }
    const schema = parser.parseSchema(s.name, d.decl, true);
    const self = { name: d.decl.params[0].ident.name, type, kwargOnly: false, isOut: false };
    type.methods.set(s.name, new FunctionSchema(s.name, "", [self, ...schema.args], schema.returns));
  }
}
