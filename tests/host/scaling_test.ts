/** The parser and the host take time in proportion to a file's length. */
import { ok } from "node:assert";

const program = new URL("./scaling_run.ts", import.meta.url).pathname;

interface Times {
  readonly parse: number;
  readonly run: number;
}

/** The shortest times of three processes: what else the machine does only adds. */
function times(lines: number): Times {
  const all: Times[] = Array.from({ length: 3 }, () => {
    const args = ["run", "-A", "--no-check", program, String(lines)];
    return JSON.parse(
      new TextDecoder().decode(new Deno.Command(Deno.execPath(), { args }).outputSync().stdout),
    );
  });
  return { parse: Math.min(...all.map((t) => t.parse)), run: Math.min(...all.map((t) => t.run)) };
}

Deno.test("8,000 lines take the parser and the host at most 5 times as long as 2,000", () => {
  const short = times(2000), long = times(8000);
  const parse = long.parse / short.parse, run = long.run / short.run;
  ok(parse <= 5, `parsing: ${parse.toFixed(1)} times`);
  ok(run <= 5, `running: ${run.toFixed(1)} times`);
});
