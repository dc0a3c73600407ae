/**
 * The command line with every check on: graphs are verified after each pass and bytecode before it runs, memory of the
 * virtual machine is filled with NaN when it is freed and grows at every chance, so that what is used after its end
 * shows, and loops count as hot after a few rounds.
 */
import { main } from "../../cli/main.ts";
import { verifyAfterPasses } from "../../compiler/passes/mod.ts";
import { poisonMemory } from "../../ops/wasm/mod.ts";
import { Meter } from "../../vm/limits.ts";

verifyAfterPasses(true);
poisonMemory(true);
Meter.batch = 5;
Deno.exit(await main(Deno.args));
