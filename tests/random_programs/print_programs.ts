/** The first N programs as a JSON list of texts, for record.py. */
import { generateProgram } from "./generate.ts";
import { scriptOf } from "./program.ts";

const texts = Array.from(
  { length: Number(Deno.args[0]) },
  (_, seed) => scriptOf(generateProgram(seed), true),
);
console.log(JSON.stringify(texts));
