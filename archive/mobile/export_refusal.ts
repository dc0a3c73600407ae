/** Why a model has no mobile form. */
import { RuntimeFault } from "../../core/errors.ts";
import type { SourceRange } from "../../core/source.ts";

/** What the mobile runtime does not take, in PyTorch's words where it has some, and the line that asks for it. */
export class ExportRefusal extends RuntimeFault {
  override name = "ExportRefusal";
  constructor(message: string, readonly range?: SourceRange) {
    super("RuntimeError", message);
  }
}
