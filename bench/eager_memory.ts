/**
 * Resident memory of a synchronous Python loop of eager operations on 1 MB tensors, each count in a process of its own:
 * `deno run -A --no-check bench/eager_memory.ts [10000 100000] [--json]`. Exit code 1 when the last count ends with more
 * than 1.1 times the memory of the first, or over 700 MB.
 */
const PROGRAM = (n: number) => `
import torch
x = torch.ones(256, 1024)
for i in range(${n}):
    y = x + 1
`;

interface Line {
  operations: number;
  rssMB: number;
  msPerOperation: number;
}

/** In the child: runs the program and says, in the same turn, what the process holds. */
async function child(n: number): Promise<void> {
  const [{ Host }, { registerTorch }, { Source }] = await Promise.all([
    import("../python/host.ts"),
    import("../python/torch/mod.ts"),
    import("../core/source.ts"),
    import("../python/stdlib/mod.ts"),
  ]);
  registerTorch();
  const host = new Host({ argv: ["loop.py"], path: [""] });
  const start = performance.now();
  host.runSource(new Source(PROGRAM(n), "loop.py"), "__main__");
  const line: Line = {
    operations: n,
    rssMB: Deno.memoryUsage().rss / 2 ** 20,
    msPerOperation: (performance.now() - start) / n,
  };
  console.log(JSON.stringify(line));
}

async function main(): Promise<void> {
  const json = Deno.args.includes("--json");
  const counts = Deno.args.filter((a) => /^\d+$/.test(a)).map(Number);
  const lines: Line[] = [];
  if (!json) console.log("operations    RSS MB    ms each");
  for (const n of counts.length ? counts : [10_000, 100_000]) {
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", import.meta.filename!, "--child", String(n)],
      stderr: "inherit",
    });
    const { success, stdout } = await command.output();
    if (!success) Deno.exit(1);
    const line: Line = JSON.parse(new TextDecoder().decode(stdout));
    lines.push(line);
    if (json) continue;
    console.log(
      String(n).padStart(10) + line.rssMB.toFixed(0).padStart(10) +
        line.msPerOperation.toFixed(3).padStart(11),
    );
  }
  const [first, last] = [lines[0].rssMB, lines[lines.length - 1].rssMB];
  if (json) console.log(JSON.stringify({ lines, ratio: last / first }));
  else console.log(`ratio ${(last / first).toFixed(2)}`);
  Deno.exitCode = last > 1.1 * first || last > 700 ? 1 : 0;
}

const at = Deno.args.indexOf("--child");
if (at >= 0) await child(Number(Deno.args[at + 1]));
else await main();
