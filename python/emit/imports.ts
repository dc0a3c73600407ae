/** Import statements. */
import type { Import, ImportFrom } from "../../compiler/syntax/ast.ts";
import type { Context } from "./context.ts";
import { text } from "./expressions.ts";
import { storeName } from "./names.ts";

export function emitImport(c: Context, s: Import): string {
  return s.names.map((a) => {
    if (a.asname !== null) return storeName(c, c.mangle(a.asname), `importModule(G, ${text(a.name)}, true)`);
    return storeName(c, c.mangle(a.name.split(".")[0]), `importModule(G, ${text(a.name)}, false)`);
  }).join(" ");
}

export function emitImportFrom(c: Context, s: ImportFrom): string {
  if (s.module === "__future__" && s.level === 0) {
    return s.names.map((a) =>
      storeName(c, c.mangle(a.asname ?? a.name), `importFrom(G, "__future__", 0, ${text(a.name)})`)
    ).join(" ");
  }
  const m = c.fresh("m");
  const names = s.names.map((a) => a.name);
  const load = `const ${m} = importPackage(G, ${text(s.module ?? "")}, ${s.level}, [${
    names.map(text).join(", ")
  }]);`;
  if (names.length === 1 && names[0] === "*") {
    return `${load} importStar(${m}, ${c.scope.kind === "class" ? "$ns" : "G"});`;
  }
  const binds = s.names.map((a) =>
    storeName(c, c.mangle(a.asname ?? a.name), `importName(${m}, ${text(a.name)})`)
  );
  return `${load} ${binds.join(" ")}`;
}
