/**
 * Checks that imports go one way: a file imports from its own folder and from lower layers only. Type-only imports
 * count too. Usage: deno run --allow-read tools/layers.ts
 */
import { dirname, join, relative, resolve } from "node:path";

const LAYER: Record<string, number> = {
  core: 0,
  ops: 1,
  bytecode: 2,
  compiler: 3,
  vm: 3,
  archive: 4,
  python: 5,
  api: 6,
  cli: 6,
  "mod.ts": 6,
  "cli.ts": 6,
};
/** Folders that may import anything, and that nothing imports. */
const OUTSIDE = new Set(["tests", "bench", "examples", "tools"]);
const root = resolve(import.meta.dirname!, "..");

function* files(folder: string): Generator<string> {
  for (const e of Deno.readDirSync(folder)) {
    if (e.name.startsWith(".") || e.name === "node_modules") continue;
    const path = join(folder, e.name);
    if (e.isDirectory) yield* files(path);
    else if (e.name.endsWith(".ts")) yield path;
  }
}

/** Violations, one line each. */
export function layerViolations(): string[] {
  const out: string[] = [];
  for (const file of files(root)) {
    const here = relative(root, file), top = here.split("/")[0];
    if (OUTSIDE.has(top)) continue;
    const layer = LAYER[top];
    if (layer === undefined) {
      out.push(`${here}: folder ${top} has no layer`);
      continue;
    }
    const text = Deno.readTextFileSync(file);
    for (const m of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
      const target = relative(root, resolve(dirname(file), m[1])).split("/")[0];
      if (target === top) continue;
      const to = LAYER[target];
      if (OUTSIDE.has(target) || to === undefined || to > layer || (to === layer && layer < 6)) {
        out.push(`${here}: imports ${m[1]}, which is in ${target}`);
      }
    }
  }
  return out;
}

if (import.meta.main) {
  const bad = layerViolations();
  for (const line of bad) console.error(line);
  console.log(bad.length ? `${bad.length} imports against the layers` : "layers: every import goes down");
  if (bad.length) Deno.exit(1);
}
