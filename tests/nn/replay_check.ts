/**
 * Compares what a Python with torch prints for replay.py with the goldens recorded from PyTorch.
 *
 * `deno run -A tests/nn/replay_check.ts [--cmd "deno run -A cli.ts python"] [word ...]`: words restrict the
 * cases to those whose name contains one. Numbers agree within 1e-5 of the largest of their tensor and 1e-4
 * of themselves; everything else must be equal. Exits 1 when a case differs or is missing.
 */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const here = new URL(".", import.meta.url);
const args = [...Deno.args];
const at = args.indexOf("--cmd");
const command = (at < 0 ? "deno run -A cli.ts python" : args.splice(at, 2)[1]).split(" ");

function isTensor(value: Json): value is { shape: Json; dtype: Json; values: string[] } {
  return typeof value === "object" && value !== null && "values" in value && "dtype" in value;
}

function numberOf(text: string): number {
  if (text === "inf") return Infinity;
  if (text === "-inf") return -Infinity;
  return text === "nan" ? NaN : Number(text);
}

/** Where `mine` differs from `golden`, or undefined. Keys that only the golden has do not count. */
function difference(golden: Json, mine: Json, path: string): string | undefined {
  if (isTensor(golden) && isTensor(mine)) {
    const a = golden.values.map(numberOf), b = mine.values.map(numberOf);
    const same = JSON.stringify(golden.shape) === JSON.stringify(mine.shape) && golden.dtype === mine.dtype;
    if (!same || a.length !== b.length) {
      return `${path}: ${golden.dtype} ${golden.shape}, not ${mine.dtype} ${mine.shape}`;
    }
    const largest = Math.max(0, ...a.filter(Number.isFinite).map(Math.abs));
    const bad = a.findIndex((v, i) =>
      !(Object.is(v, b[i]) || v === b[i] || Math.abs(v - b[i]) <= 1e-5 * largest + 1e-4 * Math.abs(v))
    );
    return bad < 0 ? undefined : `${path}[${bad}]: ${a[bad]}, not ${b[bad]}`;
  }
  if (Array.isArray(golden) && Array.isArray(mine) && golden.length === mine.length) {
    for (let i = 0; i < golden.length; i++) {
      const found = difference(golden[i], mine[i], `${path}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const objects = [golden, mine].every((v) => typeof v === "object" && v !== null && !Array.isArray(v));
  if (objects) {
    const a = golden as { [key: string]: Json }, b = mine as { [key: string]: Json };
    for (const key of Object.keys(b)) {
      if (!(key in a)) return `${path}.${key}: not in the golden`;
      const found = difference(a[key], b[key], `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof golden === "number" && typeof mine === "number") {
    return Math.abs(golden - mine) <= 1e-6 * Math.abs(golden) ? undefined : `${path}: ${golden}, not ${mine}`;
  }
  const same = JSON.stringify(golden) === JSON.stringify(mine);
  return same ? undefined : `${path}: ${JSON.stringify(golden)}, not ${JSON.stringify(mine)}`;
}

const child = new Deno.Command(command[0], {
  args: [...command.slice(1), new URL("replay.py", here).pathname, ...args],
  stdout: "piped",
  stderr: "inherit",
});
const lines = new TextDecoder().decode((await child.output()).stdout).split("\n");
const got = new Map<string, Json>();
for (const line of lines) {
  const match = /^(modules|functions|errors) (\S+) (.*)$/.exec(line);
  if (match) got.set(`${match[1]}/${match[2]}`, parse(match[3]));
}

function parse(text: string): Json {
  try {
    return JSON.parse(text.replace(/\b(NaN|nan|inf|-inf)\b(?=[,\]}])/g, '"$1"'));
  } catch {
    return `not JSON: ${text.slice(0, 200)}`;
  }
}

let passed = 0, failed = 0;
for (const kind of ["modules", "functions", "errors"]) {
  const goldens: Record<string, Json> = JSON.parse(
    Deno.readTextFileSync(new URL(`goldens/${kind}.json`, here)),
  );
  for (const [name, golden] of Object.entries(goldens)) {
    if (args.length > 0 && !args.some((word) => name.includes(word))) continue;
    const mine = got.get(`${kind}/${name}`);
    const found = mine === undefined ? "missing" : difference(golden, mine, "");
    if (found === undefined) passed++;
    else {
      failed++;
      console.log(`${kind}/${name} ${found.slice(0, 400)}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
Deno.exit(failed === 0 ? 0 : 1);
