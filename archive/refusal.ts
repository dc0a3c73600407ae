/** Why an archive is refused: what is wrong, then the entry and the offset in it. */
import { RuntimeFault } from "../core/errors.ts";

/** The error for a broken or unsafe archive; `offset` in bytes from the start of the entry (or of the file). */
export function refusal(entry: string, offset: number, what: string): RuntimeFault {
  return new RuntimeFault("RuntimeError", `${what} (${entry}, offset ${offset})`);
}

/** What PyTorch adds where its zip reader gives up. */
const CORRUPTED =
  "This is an internal miniz error. If you are seeing this error, there is a high likelihood that your " +
  "checkpoint file is corrupted. This can happen if the checkpoint was not saved properly, was transferred incorrectly, " +
  "or the file was modified after saving.";

/** As `refusal`, in PyTorch's words for a file that is no archive or lacks a member. */
export function readerRefusal(entry: string, offset: number, what: string): RuntimeFault {
  return refusal(entry, offset, `PytorchStreamReader failed ${what}. ${CORRUPTED}`);
}
