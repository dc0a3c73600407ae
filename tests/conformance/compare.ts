/** How printed output is compared with PyTorch's: the rules are in this folder's README. */

/** Base names for absolute paths, places inside torch without their line, trailing white space gone. */
export function normalise(text: string, folder: string): string[] {
  return text.replaceAll("\r\n", "\n").replaceAll(folder + "/", "")
    .replace(/(?<![\w.])(?:[\w.+@<>-]*\/)*torch\/(?:[\w.+@-]+\/)*([\w+-]+\.pyi?):\d+:\d+/g, "<torch>/$1")
    .replace(
      /File "(?:[\w.+@<>-]*\/)*torch\/(?:[\w.+@-]+\/)*([\w+-]+\.pyi?)", line \d+/g,
      'File "<torch>/$1"',
    )
    .replace(/(?<![\w.\/])\/(?:[\w.+@-]+\/)+([\w+-]+\.\w+)/g, "$1")
    .split("\n").map((line) => line.trimEnd());
}

/** Value numbers in order of appearance, from each graph's first line on; grad_fn dropped. */
export function renumbered(lines: readonly string[]): string[] {
  let seen = new Map<string, string>(), counts = new Map<string, number>();
  return lines.map((line) => {
    if (/^\s*graph\(/.test(line)) [seen, counts] = [new Map(), new Map()];
    return line.replace(/, grad_fn=<\w+>/g, "").replace(
      /%([A-Za-z_][\w.]*?\.)?(\d+)(?![\w.])/g,
      (whole, base = "") => {
        const known = seen.get(whole);
        if (known) return known;
        const n = (counts.get(base) ?? 0) + 1;
        counts.set(base, n);
        const name = `%${base}${n}`;
        seen.set(whole, name);
        return name;
      },
    );
  });
}

const NUMBER = /(?<![\w.])([-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?)(?=j?(?![\w.]))/g;

/** Equal but for the last digits of floats, and the padding before floats of another width. */
export function sameLine(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  const a = expected.split(NUMBER), b = actual.split(NUMBER);
  if (a.length !== b.length) return false;
  const isFloat = (s: string | undefined) => s !== undefined && /[.eE]/.test(s);
  return a.every((part, i) => {
    if (part === b[i]) return true;
    if (i % 2 === 1) {
      const x = Number(part), y = Number(b[i]);
      return isFloat(part) && isFloat(b[i]) && Math.abs(x - y) <= 1e-4 + 1e-3 * Math.abs(x);
    }
    const padded = isFloat(a[i + 1]) && isFloat(b[i + 1]) && a[i + 1].length !== b[i + 1].length;
    return padded && part.trimEnd() === b[i].trimEnd();
  });
}
