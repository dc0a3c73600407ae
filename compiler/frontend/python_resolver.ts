/** Names of a live Python function: its closure, globals and builtins, as the host shows them. */
import type { ClassType } from "../../core/class_type.ts";
import { Source, type SourceRange } from "../../core/source.ts";
import type { Type } from "../../core/types.ts";
import { parseExpression } from "../syntax/mod.ts";
import { buildExpr } from "./build_expressions.ts";
import { SourceContext } from "./function_source.ts";
import { annotationType } from "./host_types.ts";
import { sugaredHostValue } from "./host_values.ts";
import type { MethodContext, ObjectView, Resolver, TypingForm } from "./resolver.ts";
import { ScriptTypeParser } from "./script_type_parser.ts";
import type { SugaredValue } from "./sugared_value.ts";

export type Lookup = (name: string) => ObjectView | undefined;

export class PythonResolver implements Resolver {
  constructor(
    readonly lookup: Lookup,
    /** The class whose method is compiled: its name means it even before it is finished. */
    readonly className?: string,
    readonly classType?: ClassType,
  ) {}

  resolveValue(name: string, m: MethodContext, range: SourceRange): SugaredValue | undefined {
    const view = this.lookup(name);
    if (!view) return undefined;
    const d = view.describe();
    if (d.kind === "constant" && d.value === null) return undefined;
    return sugaredHostValue(view, m, range, false);
  }

  #object(name: string): ObjectView | undefined {
    const [first, ...rest] = name.split(".");
    let view = this.lookup(first);
    for (const part of rest) view = view?.getattr(part);
    return view;
  }

  resolveType(name: string, range: SourceRange): Type | undefined {
    if (this.classType && name === this.className) return this.classType;
    if (!/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name)) return undefined;
    const view = this.#object(name);
    if (!view) return undefined;
    const d = view.describe();
    if (d.kind === "constant") return undefined;
    if (d.kind === "forward_ref") return typeOfText(d.text, this, range);
    return annotationType(view, range);
  }

  resolveTypeConstructor(name: string): TypingForm | undefined {
    const d = this.#object(name)?.describe();
    if (d?.kind === "typing" && d.form !== "Any" && d.form !== "NamedTuple") return d.form;
    if (d?.kind === "class") {
      return ({ list: "List", dict: "Dict", tuple: "Tuple" } as Record<string, TypingForm>)[
        d.cls.builtin ?? ""
      ];
    }
    return undefined;
  }
}

/** The type a string annotation spells; undefined when it spells none. */
export function typeOfText(
  text: string,
  resolver: Resolver,
  range: SourceRange | undefined,
): Type | undefined {
  void range;
  try {
    const source = new Source(text, "<string>");
    const e = buildExpr(new SourceContext(source, 0, ""), parseExpression(source));
    return new ScriptTypeParser(resolver).parseType(e);
  } catch {
    return undefined;
  }
}
