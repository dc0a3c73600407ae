/** Types as the mobile runtime's own parser reads them, in both directions. */
import type { Type } from "../../core/types.ts";
import type { NamedType } from "../../core/function.ts";
import { type TypeNamer, typeText } from "../../compiler/printing/type_text.ts";

/** A type for the table of a function: dicts without a space, NamedTuples with their fields. */
export function tableTypeText(t: Type, nameOf: TypeNamer): string {
  const inner = (x: Type) => tableTypeText(x, nameOf);
  switch (t.kind) {
    case "Tuple":
      if (t.named) {
        const fields = t.named.fields.map((f, i) => `[${f}, ${inner(t.elems[i])}]`);
        return `${nameOf(t as NamedType)}[NamedTuple, [${fields.join(",")}]]`;
      }
      return `Tuple[${t.elems.map(inner).join(", ")}]`;
    case "List":
    case "Optional":
      return `${t.kind}[${inner(t.elem)}]`;
    case "Dict":
      return `Dict[${inner(t.key)},${inner(t.value)}]`;
    default:
      return typeText(t, nameOf);
  }
}

/** Whether any part of the type satisfies `test`. */
export function someType(t: Type, test: (t: Type) => boolean): boolean {
  if (test(t)) return true;
  switch (t.kind) {
    case "Tuple":
      return t.elems.some((e) => someType(e, test));
    case "Union":
      return t.members.some((e) => someType(e, test));
    case "List":
    case "Optional":
    case "Future":
    case "Await":
    case "RRef":
      return someType(t.elem, test);
    case "Dict":
      return someType(t.key, test) || someType(t.value, test);
    default:
      return false;
  }
}
