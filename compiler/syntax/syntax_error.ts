import { Diagnostic } from "../../core/errors.ts";
import { type Source, SourceRange } from "../../core/source.ts";

export type SyntaxClass = "SyntaxError" | "IndentationError" | "TabError";

/** An error in the text of a program, in CPython's words. */
export class SyntaxDiagnostic extends Diagnostic {
  constructor(
    text: string,
    range: SourceRange,
    /** The exact Python class; `pythonType` names the base, SyntaxError. */
    readonly syntaxClass: SyntaxClass = "SyntaxError",
  ) {
    super(text, range, "SyntaxError");
  }

  static at(source: Source, text: string, start: number, end: number, cls?: SyntaxClass): SyntaxDiagnostic {
    return new SyntaxDiagnostic(text, new SourceRange(source, start, Math.max(end, start)), cls);
  }
}
