/** Options of a command, by `node:util` parseArgs, with a suggestion for a misspelt one. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "./exit_codes.ts";
import { didYouMean } from "./suggest.ts";

export type OptionTable = NonNullable<ParseArgsConfig["options"]>;

/** Values of the options and the words that are none. Throws UsageError at an unknown or incomplete option. */
export function parseOptions<T extends OptionTable>(args: readonly string[], options: T) {
  for (const arg of args) {
    if (arg === "--") break;
    const name = arg.match(/^--([^=]+)/)?.[1];
    if (name !== undefined && !Object.hasOwn(options, name)) {
      const names = Object.keys(options).map((n) => "--" + n);
      throw new UsageError(`unknown option --${name}.${didYouMean("--" + name, names)}`);
    }
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (e) {
    throw new UsageError((e as Error).message.replace(/^.*?: /, "").split(". To specify")[0]);
  }
}
