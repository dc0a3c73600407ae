/** Types as printed code spells them, with named types called what the archive calls them. */
import type { NamedType } from "../../core/function.ts";
import type { Type } from "../../core/types.ts";

/** What a class, interface, enum or NamedTuple is called; also where a printer learns of a type it depends on. */
export type TypeNamer = (t: NamedType) => string;

export function qualifiedNameOf(t: NamedType): string {
  return t.kind === "Tuple" ? (t.named as { name: string }).name : t.name;
}

export function typeText(t: Type, nameOf: TypeNamer): string {
  switch (t.kind) {
    case "Class":
    case "Interface":
    case "Enum":
      return nameOf(t);
    case "Tuple":
      if (t.named?.name) return nameOf(t as NamedType);
      return t.elems.length ? `Tuple[${t.elems.map((e) => typeText(e, nameOf)).join(", ")}]` : "Tuple[()]";
    case "List":
    case "Optional":
    case "Future":
    case "Await":
    case "RRef":
      return `${t.kind}[${typeText(t.elem, nameOf)}]`;
    case "Dict":
      return `Dict[${typeText(t.key, nameOf)}, ${typeText(t.value, nameOf)}]`;
    case "Union":
      return `Union[${t.members.map((m) => typeText(m, nameOf)).join(", ")}]`;
    default:
      return t.annotation();
  }
}
