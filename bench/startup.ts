/**
 * How long Wick takes to start: `deno run -A bench/startup.ts [--json]`. Each line is the median of seven processes, after
 * one that fills the caches; whole commands are measured from outside, the import from inside, in an empty folder
 * without configuration. Exit code 1 when a bar is missed.
 */
import { fileURLToPath } from "node:url";

const RUNS = 7;
const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

interface Line {
  readonly name: string;
  readonly milliseconds: number;
  readonly least: number;
  readonly bar?: number;
}

interface Measured {
  readonly name: string;
  readonly args: readonly string[];
  readonly bar?: number;
  /** The program prints its own time. */
  readonly inside?: boolean;
}

const folder = Deno.makeTempDirSync({ prefix: "wick_startup_" });
Deno.writeTextFileSync(`${folder}/empty.py`, "");
Deno.copyFileSync(file("examples/control_flow.py"), `${folder}/control_flow.py`);
Deno.writeTextFileSync(
  `${folder}/import.ts`,
  `const start = performance.now(); await import("${new URL("../mod.ts", import.meta.url)}");
console.log(performance.now() - start);`,
);
Deno.writeTextFileSync(
  `${folder}/import_by_name.ts`,
  `const start = performance.now(); await import(Deno.args[0]);
console.log(performance.now() - start);`,
);
Deno.writeTextFileSync(`${folder}/nothing.ts`, "");

const cli = file("cli.ts");
const MEASURED: readonly Measured[] = [
  { name: "an empty program", args: ["run", "nothing.ts"] },
  { name: "await import of mod.ts", args: ["run", "-A", "import.ts"], bar: 100, inside: true },
  {
    name: "await import of a name",
    args: ["run", "-A", "import_by_name.ts", file("mod.ts")],
    bar: 100,
    inside: true,
  },
  { name: "--help", args: ["run", "-A", cli, "--help"] },
  { name: "python, empty file", args: ["run", "-A", cli, "python", "empty.py"] },
  { name: "script control_flow.py", args: ["run", "-A", cli, "script", "control_flow.py"], bar: 300 },
  {
    name: "the same, --no-check",
    args: ["run", "-A", "--no-check", cli, "script", "control_flow.py"],
    bar: 300,
  },
];

async function once(m: Measured): Promise<number> {
  const start = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...m.args],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  const all = performance.now() - start;
  if (!success) throw new Error(`${m.name} failed: ${new TextDecoder().decode(stderr)}`);
  return m.inside ? Number(new TextDecoder().decode(stdout)) : all;
}

async function measure(m: Measured): Promise<Line> {
  await once(m);
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) times.push(await once(m));
  times.sort((a, b) => a - b);
  return { name: m.name, milliseconds: times[RUNS >> 1], least: times[0], bar: m.bar };
}

const json = Deno.args.includes("--json");
const lines: Line[] = [];
try {
  if (!json) {
    console.log(`${"".padEnd(26)}${"median ms".padStart(10)}${"least".padStart(8)}${"bar".padStart(6)}`);
  }
  for (const m of MEASURED) {
    const l = await measure(m);
    lines.push(l);
    if (json) continue;
    const cells = [l.milliseconds.toFixed(0).padStart(10), l.least.toFixed(0).padStart(8)];
    console.log(l.name.padEnd(26) + cells.join("") + (l.bar?.toFixed(0) ?? "").padStart(6));
  }
} finally {
  Deno.removeSync(folder, { recursive: true });
}
if (json) console.log(JSON.stringify(lines));
Deno.exitCode = lines.some((l) => l.bar !== undefined && l.milliseconds > l.bar) ? 1 : 0;
