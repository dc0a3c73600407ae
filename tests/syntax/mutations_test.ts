/** A few of the mutations of mutations.ts, the same ones each time. */
import { fault, mutate, numbers, pythonFiles, withInterpreter } from "./mutations.ts";

const STRIDE = 37, TRIES = 60;

Deno.test("mutated files give trees or syntax errors", () => {
  const files = pythonFiles(new URL("../../python/lib", import.meta.url).pathname)
    .map((f) => Deno.readTextFileSync(f)).filter((t) => t.length < 8_000);
  withInterpreter(() => {
    for (let i = 0; i < TRIES; i++) {
      const seed = i * STRIDE, below = numbers(seed * 2654435761);
      const text = mutate(files[below(files.length)], below);
      const wrong = fault(text);
      if (wrong !== undefined) throw new Error(`seed ${seed}: ${wrong}`);
    }
  });
});
