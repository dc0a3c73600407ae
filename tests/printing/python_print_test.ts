/**
 * `.code` against PyTorch: every function of the frontend's cases and of cases/*.py here prints as record.py wrote
 * it down.
 */
import { equal } from "node:assert/strict";
import { Diagnostic } from "../../core/errors.ts";
import { Source } from "../../core/source.ts";
import { StandaloneModuleSource } from "../../compiler/mod.ts";
import { functionCode } from "../../compiler/printing/mod.ts";

const GOLDENS = new URL("./cases/", import.meta.url);

for (const entry of [...Deno.readDirSync(GOLDENS)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  if (!entry.name.endsWith(".code")) continue;
  const file = entry.name.replace(".code", ".py");
  const own = new URL(file, GOLDENS);
  const url = exists(own) ? own : new URL(`../frontend/cases/${file}`, import.meta.url);
  const text = Deno.readTextFileSync(url);
  for (const section of Deno.readTextFileSync(new URL(entry.name, GOLDENS)).split(/^=== /m).slice(1)) {
    const end = section.indexOf("\n"), name = section.slice(0, end);
    Deno.test(`code of ${file} ${name}`, () => {
      let code: string;
      try {
        code = functionCode(new StandaloneModuleSource(new Source(text, file)).compile(name));
      } catch (e) {
        code = e instanceof Diagnostic ? e.text : String(e);
      }
      equal(code.trimEnd(), section.slice(end + 1).trimEnd());
    });
  }
}

function exists(url: URL): boolean {
  try {
    Deno.statSync(url);
    return true;
  } catch {
    return false;
  }
}
