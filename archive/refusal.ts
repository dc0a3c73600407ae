/** Why an archive is refused: always with the entry and the offset in it. */
import { RuntimeFault } from "../core/errors.ts";

/** The error for a broken or unsafe archive; `offset` in bytes from the start of the entry (or of the file). */
export function refusal(entry: string, offset: number, what: string): RuntimeFault {
  return new RuntimeFault("RuntimeError", `${entry}, offset ${offset}: ${what}`);
}
