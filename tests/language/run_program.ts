/** Runs a Python program in this process, as a host of its own. */
import { resetCompilers } from "../../compiler/mod.ts";
import { Source } from "../../core/source.ts";
import { setDefaultDtype } from "../../ops/reference/allocation.ts";
import { Host } from "../../python/host.ts";
import "../../python/stdlib/mod.ts";
import { registerTorch } from "../../python/torch/mod.ts";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const FLOAT32 = 6;

/** What the program `text`, called `filename`, prints; NotImplemented and InternalError are thrown. */
export function runProgram(text: string, filename: string): Outcome {
  registerTorch();
  resetCompilers();
  setDefaultDtype(FLOAT32);
  let stdout = "", stderr = "";
  const host = new Host({
    path: [],
    stdout: (t) => void (stdout += t),
    stderr: (t) => void (stderr += t),
  });
  const code = host.runMain(new Source(text, filename));
  return { code, stdout, stderr };
}
