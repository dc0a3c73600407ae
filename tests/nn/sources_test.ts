import assert from "node:assert/strict";
import { parseModule } from "../../compiler/syntax/mod.ts";
import { Source } from "../../core/source.ts";
import { torchSources } from "../../python/torch/sources.ts";

const folder = new URL("../../python/torch/", import.meta.url);

function* pythonFiles(path: string): Generator<string> {
  for (const entry of Deno.readDirSync(new URL(path, folder))) {
    if (entry.isDirectory) yield* pythonFiles(`${path}${entry.name}/`);
    else if (entry.name.endsWith(".py")) yield path + entry.name;
  }
}

Deno.test("every Python file of torch is in the table, under its module's name and with its text", () => {
  const listed = [...torchSources.values()].map((file) => file.path).sort();
  assert.deepEqual(listed, [...pythonFiles("")].sort());
  for (const [name, file] of torchSources) {
    const module = "torch." + file.path.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".");
    assert.equal(name, module);
    assert.equal(file.isPackage, file.path.endsWith("__init__.py"));
    const named = /^__name__ = "torch\.([\w.]+)"/m.exec(file.source);
    assert.equal(file.shownAs, named ? named[1].replaceAll(".", "/") + ".py" : file.path);
    assert.equal(file.source, Deno.readTextFileSync(new URL(file.path, folder)));
  }
});

Deno.test("no Python file of torch is longer than 600 lines, and each says what it holds", () => {
  for (const file of torchSources.values()) {
    assert.ok(file.source.split("\n").length <= 601, file.path);
    assert.match(file.source, /^"""/, file.path);
  }
});

Deno.test("every Python file of torch parses", () => {
  for (const file of torchSources.values()) {
    const { errors } = parseModule(new Source(file.source, file.path));
    assert.deepEqual(errors.map((error) => error.message), [], file.path);
  }
});
