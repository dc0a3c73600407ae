/**
 * Parses every .py file under the given folders (without any: the library of the python3 on PATH, and the torch
 * installed there), prints a table, and exits 1 if one fails. `--compare N` also compares the trees of N files,
 * spread evenly, with CPython's own.
 *
 *     deno run -A tools/parse_corpus.ts [--compare N] [DIR...]
 */
import { parseArgs } from "node:util";
import { NotImplemented } from "../core/errors.ts";
import { Source } from "../core/source.ts";
import { dump } from "../compiler/syntax/dump.ts";
import { parseModule } from "../compiler/syntax/mod.ts";

/** Files that CPython ships to be refused, or that are Python 2. */
const DELIBERATELY_BAD = /lib2to3\/tests\/data\/|\/test\/(?:tokenizedata\/)?bad|\/bad_coding|\/badsyntax_/;

interface Row {
  dir: string;
  files: number;
  lines: number;
  chars: number;
  ms: number;
  /** Files that need a character name Wick does not know. */
  unsupported: number;
  failures: string[];
}

function* pythonFiles(dir: string): Generator<string> {
  for (const entry of [...Deno.readDirSync(dir)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory) yield* pythonFiles(path);
    else if (entry.name.endsWith(".py") && !DELIBERATELY_BAD.test(path)) yield path;
  }
}

/** A file's text; null when it declares an encoding other than UTF-8. */
function readText(path: string): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Deno.readFileSync(path));
  } catch (e) {
    if (e instanceof TypeError) return null;
    throw e;
  }
}

function parseAll(dir: string, parsed: string[], skip: (path: string) => boolean): Row {
  const row: Row = { dir, files: 0, lines: 0, chars: 0, ms: 0, unsupported: 0, failures: [] };
  for (const path of pythonFiles(dir)) {
    if (skip(path)) continue;
    const text = readText(path);
    if (text === null) continue;
    const source = new Source(text, path);
    row.files++;
    row.lines += source.lineStarts.length;
    row.chars += text.length;
    const start = performance.now();
    try {
      const [error] = parseModule(source).errors;
      if (error) row.failures.push(`${error.range!}: ${error.text}`);
      else parsed.push(path);
    } catch (e) {
      if (e instanceof NotImplemented) row.unsupported++;
      else row.failures.push(`${path}: ${e}`);
    }
    row.ms += performance.now() - start;
  }
  return row;
}

async function python(args: string[], input = ""): Promise<string | null> {
  try {
    const child = new Deno.Command("python3", {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const output = child.output();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
    const { success, stdout } = await output;
    return success ? new TextDecoder().decode(stdout) : null;
  } catch (e) {
    if (e instanceof Deno.errors.NotFound) return null;
    throw e;
  }
}

/** Where two dumps part, with what leads up to it. */
function firstDifference(ours: string, theirs: string): string {
  let i = 0;
  while (i < ours.length && ours[i] === theirs[i]) i++;
  const from = Math.max(0, i - 160);
  return `  ours   ${ours.slice(from, i + 120)}\n  theirs ${theirs.slice(from, i + 120)}`;
}

/** CPython's dumps are large: this many files are held at a time. */
const BATCH = 150;

async function compare(paths: string[]): Promise<number> {
  const record = new URL("../tests/syntax/record.py", import.meta.url).pathname;
  let differences = 0, compared = 0;
  for (let i = 0; i < paths.length; i += BATCH) {
    const batch = paths.slice(i, i + BATCH);
    const answer = await python(["-W", "ignore", record, "--json"], batch.join("\n"));
    if (answer === null) throw new Error("python3 could not record its trees");
    const theirs: Record<string, string> = JSON.parse(answer);
    for (const path of batch) {
      if (theirs[path].startsWith("error: ")) continue;
      compared++;
      const source = new Source(readText(path)!, path);
      const ours = dump(parseModule(source).module, { source, attributes: true });
      if (ours === theirs[path]) continue;
      differences++;
      if (differences <= 10) console.log(`${path}\n${firstDifference(ours, theirs[path])}`);
    }
  }
  console.log(`trees compared with CPython's: ${compared}, different: ${differences}`);
  return differences;
}

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: { compare: { type: "string" } },
});
let dirs = positionals;
if (dirs.length === 0) {
  const script = "import sysconfig, importlib.util as u; print(sysconfig.get_path('stdlib'));" +
    "s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')";
  const found = await python(["-c", script]);
  if (found === null) {
    console.log("skipped: no python3 on PATH, and no folder given");
    Deno.exit(0);
  }
  dirs = found.split("\n").filter(Boolean);
}
const parsed: string[] = [];
const rows = dirs.map((dir) =>
  parseAll(
    dir,
    parsed,
    (path) => positionals.length === 0 && path.slice(dir.length).includes("/site-packages/"),
  )
);
console.table(rows.map((row) => ({
  dir: row.dir,
  files: row.files,
  lines: row.lines,
  "MB/s": Number((row.chars / 1e3 / row.ms).toFixed(1)),
  "unknown \\N names": row.unsupported,
  failures: row.failures.length,
})));
const failures = rows.flatMap((row) => row.failures);
for (const failure of failures) console.log(failure);
let different = 0;
if (values.compare) {
  const n = Math.min(Number(values.compare), parsed.length);
  different = await compare(Array.from({ length: n }, (_, i) => parsed[Math.floor(i * parsed.length / n)]));
}
if (failures.length + different > 0) Deno.exit(1);
