/**
 * The command line with every check on: graphs are verified after each pass and bytecode before it runs, memory of the
 * virtual machine is filled with NaN when it is freed and grows at every chance, so that what is used after its end shows.
 */
import { main } from "../../cli/main.ts";
import { verifyAfterPasses } from "../../compiler/passes/mod.ts";
import { poisonMemory } from "../../ops/wasm/mod.ts";

verifyAfterPasses(true);
poisonMemory(true);
Deno.exit(await main(Deno.args));
