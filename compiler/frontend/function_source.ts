/**
 * The text of one function as PyTorch's compiler sees it: from its first decorator to its last line, with the
 * line number it has in the file. Excerpts in errors never show more than this text.
 */
import { Source, SourceRange } from "../../core/source.ts";
import type { ClassDef, FunctionDef, NodeBase } from "../syntax/ast.ts";

/** Makes ranges of nodes of one function or class. */
export class SourceContext {
  constructor(
    readonly source: Source,
    /** Offset of the text in the file's Source. */
    readonly delta: number,
    /** Name of the Python function, for messages. */
    readonly functionName: string,
    /** Text that TorchScript wrote or defines: read by PyTorch's own parser, which folds the sign of numbers. */
    readonly isTorchScript: boolean = false,
  ) {}

  /** From a node's start, `length` characters; to the node's end when left out. */
  range(node: NodeBase, length?: number): SourceRange {
    return this.raw(node.start, length === undefined ? node.end : node.start + length);
  }
  raw(start: number, end: number): SourceRange {
    return new SourceRange(this.source, start - this.delta, end - this.delta);
  }
}

const cache = new WeakMap<FunctionDef | ClassDef, SourceContext>();

/** The context of a definition; the same one each time, so that its ranges share a Source. */
export function sourceContext(source: Source, def: FunctionDef | ClassDef): SourceContext {
  let ctx = cache.get(def);
  if (!ctx) cache.set(def, ctx = carve(source, def));
  return ctx;
}

function carve(source: Source, def: FunctionDef | ClassDef): SourceContext {
  let first = def.start;
  for (const d of def.decorator_list) first = Math.min(first, d.start);
  const firstLine = source.lineIndex(first);
  const lastLine = lastLineOfBlock(source, def);
  const begin = source.lineStarts[firstLine];
  const end = lastLine + 1 < source.lineStarts.length ? source.lineStarts[lastLine + 1] : source.text.length;
  const text = source.text.slice(begin, end);
  return new SourceContext(
    new Source(text, source.filename, source.startingLine + firstLine),
    begin,
    def.name,
  );
}

/** The statement's last line, and comments after it that are indented like the body (`inspect.getblock`). */
function lastLineOfBlock(source: Source, def: FunctionDef | ClassDef): number {
  let last = source.lineIndex(Math.max(def.start, def.end - 1));
  const bodyLine = source.lineIndex(def.body[0].start);
  if (bodyLine === source.lineIndex(def.start)) return last;
  const bodyColumn = def.body[0].start - source.lineStarts[bodyLine];
  for (let i = last + 1; i < source.lineStarts.length; i++) {
    const line = source.lineText(i);
    const code = line.trimStart();
    if (code === "") continue;
    if (!code.startsWith("#")) break;
    if (line.length - code.length >= bodyColumn) last = i;
  }
  return last;
}
