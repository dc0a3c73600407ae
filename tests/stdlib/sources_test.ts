/** Every Python file of python/lib can be imported under its name. */
import { ok } from "node:assert";
import { bundledNames } from "../../python/runtime/module.ts";
import "../../python/stdlib/mod.ts";

function* modules(folder: URL, prefix: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    if (entry.isDirectory && entry.name !== "__pycache__") {
      yield prefix + entry.name;
      yield* modules(new URL(`${entry.name}/`, folder), `${prefix}${entry.name}.`);
    } else if (entry.name.endsWith(".py") && entry.name !== "__init__.py") {
      yield prefix + entry.name.slice(0, -3);
    }
  }
}

Deno.test("stdlib: every file of python/lib is registered", () => {
  const names = new Set(bundledNames());
  for (const name of modules(new URL("../../python/lib/", import.meta.url), "")) {
    ok(names.has(name), `${name} is not in library.ts`);
  }
});
