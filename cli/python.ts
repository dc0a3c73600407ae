/** `python FILE.py [ARGS...]`: runs a file as python would, with torch built in. */
import { Host } from "../python/host.ts";
import "../python/stdlib/mod.ts";
import { registerTorch } from "../python/torch/mod.ts";
import { UsageError } from "./exit_codes.ts";

export function python(args: readonly string[]): Promise<number> {
  const [file, ...rest] = args;
  if (file === undefined) throw new UsageError("python needs a file");
  registerTorch();
  return Promise.resolve(new Host({ argv: [file, ...rest] }).runFile(file));
}
