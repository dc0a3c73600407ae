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
   * The excerpt PyTorch prints under a message: `  File "x.py", line 3`, three lines of context before,
   * the range underlined with `~` and `<--- HERE`. Run-time tracebacks add the function: `, in forward`.
   */
  highlight(inFunction?: string): string {
    const { source, start } = this;
    const end = Math.max(this.end, start);
    const first = source.lineIndex(start), last = source.lineIndex(Math.max(start, end - 1));
    const { line } = source.position(start);
    const out = [`  File "${source.filename}", line ${line}${inFunction === undefined ? "" : `, in ${inFunction}`}`];
    const from = Math.max(0, first - 3), to = Math.min(source.lineStarts.length - 1, last + 3);
    for (let i = from; i <= to; i++) {
      const text = source.lineText(i);
      if (i === to && i > last && text === "") break;
      out.push(text);
      if (i < first || i > last) continue;
      const base = source.lineStarts[i];
      const a = Math.max(start - base, i === first ? 0 : text.length - text.trimStart().length);
      const b = Math.min(end - base, text.length);
      const mark = " ".repeat(a) + "~".repeat(Math.max(0, b - a));
      out.push(i === last ? mark + " <--- HERE" : mark);
    }
    return out.join("\n") + "\n";
  }
}
