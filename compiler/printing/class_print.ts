/** Classes as an archive's code files hold them: modules, script classes, NamedTuples, Enums and interfaces. */
import type { ClassType, InterfaceType } from "../../core/class_type.ts";
import type { NamedType } from "../../core/function.ts";
import type { FunctionSchema } from "../../core/schema.ts";
import type { EnumType } from "../../core/types.ts";
import { constantExpression, quotedString } from "./constant_text.ts";
import { isValidIdentifier } from "./local_names.ts";
import type { PythonPrint } from "./python_print.ts";
import { typeText } from "./type_text.ts";

/** Appends the class of `t` to the printer's text; its name is the last atom of what the context calls it. */
export function printNamedType(p: PythonPrint, t: NamedType): void {
  const full = p.context.nameOf(t);
  const name = full.slice(full.lastIndexOf(".") + 1);
  switch (t.kind) {
    case "Class":
      return t.isModule ? printModule(p, t, name) : printClass(p, t, name);
    case "Interface":
      return printInterface(p, t, name);
    case "Enum":
      return printEnum(p, t, name);
    case "Tuple": {
      const { fields } = t.named as { fields: readonly string[] };
      p.line(`class ${name}(NamedTuple):`);
      p.indented(() => fields.forEach((f, i) => p.line(`${f} : ${typeText(t.elems[i], p.context.nameOf)}`)));
    }
  }
}

function nameList(names: readonly string[]): string {
  return `[${names.map((n) => `"${n}", `).join("")}]`;
}

function printModule(p: PythonPrint, t: ClassType, name: string): void {
  p.line(`class ${name}(Module):`);
  p.indented(() => {
    const of = (kind: string) => t.attributes.filter((a) => a.kind === kind).map((a) => a.name);
    p.line(`__parameters__ = ${nameList(of("parameter"))}`);
    p.line(`__buffers__ = ${nameList(of("buffer"))}`);
    if (t.forwardPreHooks.length) {
      p.line(`__forward_pre_hooks__ = ${nameList(t.forwardPreHooks.map((h) => h.name))}`);
    }
    if (t.forwardHooks.length) p.line(`__forward_hooks__ = ${nameList(t.forwardHooks.map((h) => h.name))}`);
    printAttributes(p, t);
    for (const [key, c] of t.constants) {
      const value = constantExpression(c.value, p.context);
      p.line(`${key} : Final[${typeText(c.type, p.context.nameOf)}] = ${value}`);
    }
    printMethods(p, t);
    const hooks = new Set([...t.forwardHooks, ...t.forwardPreHooks]);
    for (const h of hooks) p.printFunction(h, true);
  });
}

function printClass(p: PythonPrint, t: ClassType, name: string): void {
  p.line(`class ${name}:`);
  p.indented(() => {
    printAttributes(p, t);
    printMethods(p, t);
    if (!t.attributes.length && !t.methods.size) p.line("pass");
  });
}

function printAttributes(p: PythonPrint, t: ClassType): void {
  t.attributes.forEach((a, i) => {
    const type = typeText(a.type, p.context.nameOf);
    if (isValidIdentifier(a.name)) return p.line(`${a.name} : ${type}`);
    // The reader makes the table at its first line; as the very first attribute it needs one to index.
    if (i === 0) p.line("__annotations__ = []");
    p.line(`__annotations__[${quotedString(a.name, true)}] = ${type}`);
  });
}

function printMethods(p: PythonPrint, t: ClassType): void {
  for (const m of t.methods.values()) p.printFunction(m, true);
}

function printInterface(p: PythonPrint, t: InterfaceType, name: string): void {
  p.line(`class ${name}(${t.isModule ? "ModuleInterface" : "Interface"}):`);
  p.indented(() => {
    for (const [method, schema] of t.methods) {
      p.line(
        `def ${method}(${interfaceParameters(p, schema)}) -> ${
          typeText(schema.returns[0].type, p.context.nameOf)
        }:`,
      );
      p.indented(() => p.line("pass"));
    }
  });
}

function interfaceParameters(p: PythonPrint, schema: FunctionSchema): string {
  return schema.args.map((a, i) => i === 0 ? a.name : `${a.name}: ${typeText(a.type, p.context.nameOf)}`)
    .join(", ");
}

function printEnum(p: PythonPrint, t: EnumType, name: string): void {
  p.line(`class ${name}(Enum):`);
  p.indented(() => {
    for (const m of t.members) p.line(`${m.name} = ${constantExpression(m.value, p.context)}`);
  });
}
