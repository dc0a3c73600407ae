/**
 * The gate: everything CI runs, stage by stage, ending in `N passed, N failed`. Usage: deno task ok [--json]
 */
const json = Deno.args.includes("--json");

interface Stage {
  readonly name: string;
  readonly args: readonly string[];
  /** Run in an empty folder: what it writes is thrown away. */
  readonly elsewhere?: boolean;
}

const root = new URL("..", import.meta.url).pathname;

const CODE = [
  "mod.ts",
  "cli.ts",
  "core",
  "ops",
  "bytecode",
  "compiler",
  "vm",
  "archive",
  "python",
  "cli",
  "api",
  "tools",
  "tests",
  "bench",
]
  .filter((p) => {
    try {
      Deno.statSync(p);
      return true;
    } catch {
      return false;
    }
  });

const STAGES: readonly Stage[] = [
  { name: "format", args: ["fmt", "--check", "--quiet"] },
  { name: "lint", args: ["lint", "--quiet"] },
  { name: "types", args: ["check", "--quiet", ...CODE] },
  { name: "layers", args: ["run", "--allow-read", "tools/layers.ts"] },
  { name: "file sizes", args: ["run", "--allow-read", "tools/file_sizes.ts"] },
  { name: "tests", args: ["task", "test"] },
  {
    name: "doc examples",
    args: [
      ...["test", "--doc", "--quiet", "-A", "--no-check", "--config", `${root}deno.json`],
      ...["README.md", "mod.ts", "api", "vm/mod.ts", "compiler/mod.ts"].map((p) => root + p),
    ],
    elsewhere: true,
  },
];

interface Result {
  readonly stage: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
}

async function runStage(s: Stage): Promise<Result> {
  const start = performance.now();
  if (!json) console.log(`--- ${s.name}`);
  const scratch = s.elsewhere ? Deno.makeTempDirSync() : undefined;
  const child = new Deno.Command(Deno.execPath(), {
    args: [...s.args],
    cwd: scratch,
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  let text = "";
  const pump = async (from: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const bytes of from) {
      const chunk = decoder.decode(bytes, { stream: true });
      text += chunk;
      if (!json) Deno.stdout.writeSync(new TextEncoder().encode(chunk));
    }
  };
  const [status] = await Promise.all([child.status, pump(child.stdout), pump(child.stderr)]);
  if (scratch !== undefined) Deno.removeSync(scratch, { recursive: true });
  let passed = 0, failed = 0;
  for (const m of text.matchAll(/(\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/g)) {
    passed += Number(m[1]);
    failed += Number(m[2]);
  }
  // A stage that is no test run counts as one.
  if (passed + failed === 0) status.success ? passed = 1 : failed = 1;
  if (!status.success && failed === 0) failed = 1;
  return { stage: s.name, ok: status.success, seconds: (performance.now() - start) / 1000, passed, failed };
}

const results: Result[] = [];
for (const s of STAGES) results.push(await runStage(s));
const passed = results.reduce((n, r) => n + r.passed, 0), failed = results.reduce((n, r) => n + r.failed, 0);
if (json) console.log(JSON.stringify({ passed, failed, stages: results }, null, 2));
else {
  console.log("\nstage         result   passed  failed  seconds");
  for (const r of results) {
    const row = [r.stage.padEnd(13), (r.ok ? "ok" : "FAILED").padEnd(8), String(r.passed).padStart(6)];
    console.log([...row, String(r.failed).padStart(7), r.seconds.toFixed(1).padStart(8)].join(" "));
  }
  console.log(`\n${passed} passed, ${failed} failed`);
}
if (failed) Deno.exit(1);
