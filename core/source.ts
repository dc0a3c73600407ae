/** Source text and ranges in it. Every AST node, graph node and instruction points at one. */

export class Source {
  #lineStarts: number[] | undefined;
  constructor(
    readonly text: string,
    readonly filename: string = "<unknown>",
    /** Line number of the first line of `text` in `filename`, from 1. */
    readonly startingLine: number = 1,
  ) {}

  /** Offsets (UTF-16 code units) at which lines begin. */
  get lineStarts(): readonly number[] {
    if (this.#lineStarts) return this.#lineStarts;
    const starts = [0];
    for (let i = this.text.indexOf("\n"); i !== -1; i = this.text.indexOf("\n", i + 1)) starts.push(i + 1);
    return this.#lineStarts = starts;
  }

  /** Zero-based index of the line that holds `offset`. */
  lineIndex(offset: number): number {
    const starts = this.lineStarts;
    let lo = 0, hi = starts.length - 1;
    while (lo < hi) {
      const mid = (lo + hi + 1) >> 1;
      if (starts[mid] <= offset) lo = mid;
      else hi = mid - 1;
    }
    return lo;
  }

  /** Line (from 1, counted in the file) and column (from 0, in UTF-16 units) of an offset. */
  position(offset: number): { line: number; column: number } {
    const i = this.lineIndex(offset);
    return { line: i + this.startingLine, column: offset - this.lineStarts[i] };
  }

  /** Text of a zero-based line, without its newline. */
  lineText(index: number): string {
    const end = index + 1 < this.lineStarts.length ? this.lineStarts[index + 1] - 1 : this.text.length;
    return this.text.slice(this.lineStarts[index], end);
  }
}

export class SourceRange {
  constructor(readonly source: Source, readonly start: number, readonly end: number) {}

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  /** `file:line:column`, the form graphs print after `#`. Columns count from 0. */
  toString(): string {
    const { line, column } = this.source.position(this.start);
    return `${this.source.filename}:${line}:${column}`;
  }

  /**
   * The excerpt PyTorch prints under a message: `  File "x.py", line 3`, two lines before and after, the range
   * underlined with `~` and `<--- HERE`; run-time tracebacks add the function: `, in forward`. A range that is the
   * whole text is shown as it stands.
   */
  highlight(inFunction?: string): string {
    const { source } = this;
    const text = source.text;
    const start = Math.min(this.start, text.length), end = Math.min(Math.max(this.end, start), text.length);
    if (text.length && end - start === text.length) return text;
    const first = source.lineIndex(start);
    const endNewline = text.indexOf("\n", end);
    const endLine = source.lineIndex(endNewline < 0 ? text.length : endNewline);
    const place = inFunction === undefined ? "" : `, in ${inFunction}`;
    // Text that stands in no file has no place to name.
    let out = source.filename === ""
      ? ""
      : `  File "${source.filename}", line ${source.position(start).line}${place}\n`;
    for (let i = Math.max(0, first - 2); i < first; i++) out += source.lineText(i) + "\n";
    let i = first;
    // Lines are underlined while they begin before the end of the range.
    for (; i < source.lineStarts.length && (i === first || source.lineStarts[i] < end); i++) {
      const from = source.lineStarts[i], line = source.lineText(i), to = from + line.length;
      out += line + "\n";
      const markEnd = Math.min(end, to);
      let a = from;
      while (a < markEnd && (a < start || text[a] === " ")) a++;
      if (a >= markEnd) continue;
      const more = to !== end && /[^\n ]/.test(text.slice(to, end + 1));
      out += " ".repeat(a - from) + "~".repeat(markEnd - a) + (more ? "\n" : " <--- HERE\n");
    }
    for (; i <= Math.min(endLine + 2, source.lineStarts.length - 1); i++) {
      if (i === source.lineStarts.length - 1 && source.lineText(i) === "") break;
      out += source.lineText(i) + "\n";
    }
    return out;
  }
}
