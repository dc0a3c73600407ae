/**
 * What a program on tracing printed, made comparable: value names numbered in order of appearance from each `graph(` on,
 * places inside torch without their lines, classes without the numbers that keep traces apart.
 */
export function canonical(text: string): string {
  let seen = new Map<string, string>(), counts = new Map<string, number>();
  return text.split("\n").map((line) => {
    if (/^\s*graph\(/.test(line)) {
      seen = new Map();
      counts = new Map();
    }
    return line
      .replace(/, grad_fn=<\w+>/g, "")
      .replace(/___torch_mangle_\d+\./g, "")
      .replace(/(?<![\w.])(?:[\w.+@-]*\/)*torch\/(?:[\w.+@-]+\/)*([\w+-]+\.py):\d+:\d+/g, "<torch>/$1")
      .replace(/(?:[\w.+@-]*\/)*torch\/(?:[\w.+@-]+\/)*([\w+-]+\.py)\(\d+\)/g, "<torch>/$1")
      .replace(/(?<![\w.\/])\/(?:[\w.+@-]+\/)+([\w+-]+\.\w+)/g, "$1")
      .replace(/%([A-Za-z_][\w.]*?\.)?(\d+)(?![\w.])/g, (whole, base = "") => {
        let name = seen.get(whole);
        if (name === undefined) {
          const n = (counts.get(base) ?? 0) + 1;
          counts.set(base, n);
          seen.set(whole, name = `%${base}${n}`);
        }
        return name;
      })
      .trimEnd();
  }).join("\n").trimEnd();
}
