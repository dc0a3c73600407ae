/** Prints how many milliseconds a file of N lines takes to parse, and to run, in a process of its own. */
import { Source } from "../../core/source.ts";
import { parseModule } from "../../compiler/syntax/mod.ts";
import { Host } from "../../python/host.ts";

/** A file of `lines` lines of ordinary code: functions, classes, loops, strings, comprehensions. */
function fileOf(lines: number): string {
  const out: string[] = [];
  for (let k = 0; out.length < lines; k++) {
    out.push(
      `class C${k}(object):`,
      `    """Class ${k}."""`,
      `    limit = ${k % 7}`,
      `    def __init__(self, a, b=${k}, *rest, **options):`,
      `        self.a, self.b = a, [x * b for x in range(self.limit) if x % 2]`,
      `        self.text = f"{a!r}: {b:>4}" + 'tail'`,
      `    def total(self):`,
      `        n = 0`,
      `        for x in self.b:`,
      `            if x > ${k % 5} and not (x == 3):`,
      `                n += x ** 2 - x // 3`,
      `            else:`,
      `                n -= 1`,
      `        return {"n": n, 'text': self.text}`,
      `def f${k}(x, y=(1, 2)):`,
      `    try:`,
      `        return C${k}(x, ${k % 9}).total()["n"] + sum(y)`,
      `    except (KeyError, ValueError) as e:`,
      `        raise RuntimeError(str(e)) from e`,
      `total${k} = f${k}(${k})`,
    );
  }
  return out.slice(0, lines - (lines % 20)).join("\n") + "\n";
}

const text = fileOf(Number(Deno.args[0]));
const start = performance.now();
if (parseModule(new Source(text, "f.py")).errors.length) throw new Error("the file does not parse");
const parsed = performance.now();
if (new Host({ stdout: () => {} }).runMain(new Source(text, "f.py")) !== 0) {
  throw new Error("the file failed");
}
console.log(JSON.stringify({ parse: parsed - start, run: performance.now() - parsed }));
