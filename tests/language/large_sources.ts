/** TorchScript sources of any size, for tests and benchmarks of the compiler. */

/** About `lines` lines: functions of 20 lines, each calling the one before, with loops, branches and containers. */
export function largeSource(lines: number): string {
  const parts: string[] = [];
  const count = Math.max(1, Math.round(lines / 20));
  for (let i = 0; i < count; i++) {
    parts.push(
      `def f${i}(n: int, xs: List[int], x: Tensor) -> Tuple[int, Tensor]:`,
      `    total = 0`,
      `    names: Dict[str, int] = {}`,
      `    for k in range(n):`,
      `        if k % 2 == 0:`,
      `            total += k * ${i + 1}`,
      `        elif k > 5:`,
      `            total -= len(xs)`,
      `            names[str(k)] = total`,
      `        else:`,
      `            xs.append(total)`,
      `    while total > 100:`,
      `        total = total // 2`,
      `        if total == 77:`,
      `            break`,
      `    y = x * total + torch.relu(x)`,
      `    if "a" in names:`,
      `        y = y + names["a"]`,
      i === 0 ? `    return total + 1, y[0:1]` : `    k, z = f${i - 1}(n - 1, xs, y)`,
      i === 0 ? `` : `    return total + k, z + y`,
    );
  }
  return parts.join("\n") + "\n";
}

/** A function whose ifs and loops stand `depth` deep inside each other. */
export function nestedSource(depth: number): string {
  const lines = ["def nested(n: int) -> int:", "    t = 0"];
  for (let i = 0; i < depth; i++) {
    lines.push(`${"    ".repeat(i + 1)}${i % 2 === 0 ? `if n > ${i}:` : `for i${i} in range(1):`}`);
  }
  lines.push(`${"    ".repeat(depth + 1)}t += n`, "    return t");
  return lines.join("\n") + "\n";
}

/** A chain of `depth` elifs: each nests in the else of the one before. */
export function elifSource(depth: number): string {
  const lines = ["def nested(n: int) -> int:", "    t = -1"];
  for (let i = 0; i < depth; i++) lines.push(`    ${i ? "elif" : "if"} n == ${i}:`, `        t = n + 1`);
  return [...lines, "    return t"].join("\n") + "\n";
}

/** A function with one expression `depth` deep in brackets. */
export function nestedExpression(depth: number): string {
  return `def nested(n: int) -> int:\n    return ${"(n + ".repeat(depth)}n${")".repeat(depth)}\n`;
}
