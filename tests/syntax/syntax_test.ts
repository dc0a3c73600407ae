/**
 * Trees and error messages against files beside their source: X.dump is CPython's tree (record.py writes it),
 * X.err is one line per error (`WICK_BLESS=1 deno test -A tests/syntax` writes it).
 */
import assert from "node:assert/strict";
import { Source } from "../../core/source.ts";
import { dump } from "../../compiler/syntax/dump.ts";
import { parseModule } from "../../compiler/syntax/mod.ts";

const here = new URL("./", import.meta.url).pathname;
// A TextDecoder would drop the byte order mark that one sample is about.
const read = (path: string) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(Deno.readFileSync(path));
const samples = (folder: string) =>
  [...Deno.readDirSync(here + folder)].map((e) => e.name).filter((n) => n.endsWith(".py")).sort();

for (const name of samples("trees")) {
  Deno.test(`tree and ranges of ${name} are CPython's`, () => {
    const source = new Source(read(`${here}trees/${name}`), name);
    const { module, errors } = parseModule(source);
    // Statements stand out of context in these files on purpose.
    const parsing = errors.filter((error) => !/outside|not properly in loop/.test(error.text));
    assert.deepEqual(parsing.map((error) => error.text), []);
    const want = read(`${here}trees/${name.replace(/py$/, "dump")}`);
    assert.equal(dump(module, { source, attributes: true, indent: 1 }) + "\n", want);
  });
}

for (const name of samples("errors")) {
  Deno.test(`errors of ${name}`, () => {
    const source = new Source(read(`${here}errors/${name}`), name);
    const lines = parseModule(source).errors.map((error) => {
      const { line, column } = source.position(error.range!.start);
      return `${line}:${column}: ${error.syntaxClass}: ${error.text}\n`;
    });
    const golden = `${here}errors/${name.replace(/py$/, "err")}`;
    if (Deno.env.get("WICK_BLESS")) Deno.writeTextFileSync(golden, lines.join(""));
    assert.equal(lines.join(""), Deno.readTextFileSync(golden));
  });
}
