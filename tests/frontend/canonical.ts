/** Texts of graphs made comparable: `%7` and `%x.12` renumbered in order of appearance, addresses dropped. */
export function canonical(text: string): string {
  const seen = new Map<string, string>(), counts = new Map<string, number>();
  return text.replace(/ \(of Python compilation unit at: \w+\)/g, "").replace(
    /%([A-Za-z_][\w.]*?\.)?(\d+)(?![\w.])/g,
    (whole, base = "") => {
      let name = seen.get(whole);
      if (name === undefined) {
        const n = (counts.get(base) ?? 0) + 1;
        counts.set(base, n);
        seen.set(whole, name = `%${base}${n}`);
      }
      return name;
    },
  ).split("\n").map((l) => l.trimEnd()).join("\n").trimEnd();
}

/** Sections `=== name` of a recorded file. */
export function sections(text: string): { name: string; expected: string }[] {
  return text.split(/^=== /m).slice(1).map((s) => {
    const end = s.indexOf("\n");
    return { name: s.slice(0, end), expected: s.slice(end + 1) };
  });
}
