/** A host value that scripts cannot use: a closed-over global, an object of an unknown kind. */
import type { SourceRange } from "../../core/source.ts";
import { errorReport } from "./error_report.ts";
import { SugaredValue } from "./sugared_value.ts";

export class OpaqueValue extends SugaredValue {
  constructor(
    /** `type(obj).__name__`. */
    readonly typeName: string,
  ) {
    super();
  }
  override kind(): string {
    return `python value of type '${this.typeName}'`;
  }
  override asValue(range: SourceRange): never {
    throw errorReport(
      range,
      `${this.kind()} cannot be used as a value. Perhaps it is a closed over global variable? If so, please ` +
        "consider passing it in as an argument or use a local variable instead.",
    );
  }
}
