/** Wick's command line: `deno run -A cli.ts script model.py`; `--help` lists the commands. */
import { main } from "./cli/main.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));
