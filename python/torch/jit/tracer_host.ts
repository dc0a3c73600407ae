/** The running Python program as the tracer sees it: where it stands, what its variables are called, where warnings go. */
import type { TracerHost } from "../../../compiler/tracing/mod.ts";
import { Source, SourceRange } from "../../../core/source.ts";
import type { Tensor } from "../../../core/tensor.ts";
import { importByName } from "../../runtime/imports.ts";
import * as r from "../../runtime/mod.ts";

/** The Python stack, innermost first, one line a frame: `model.py(12): forward`. */
function stackText(): string {
  let text = "";
  for (let i = r.rt.depth; i >= 0; i--) {
    const { code, line } = r.rt.frames[i];
    text += `${code.filename}(${line}): ${code.name}\n`;
  }
  return text;
}

/** The range at the innermost Python line; its text is the whole stack, which errors in traced code show. */
function here(): SourceRange | undefined {
  const frame = r.currentFrame();
  if (!frame) return undefined;
  const text = stackText();
  return new SourceRange(new Source(text, frame.code.filename, frame.line), 0, text.length);
}

/** The innermost frame's variable that is the tensor itself. */
function nameOf(t: Tensor): string {
  const locals = r.currentFrame()?.locals?.();
  if (!locals) return "";
  for (const [name, v] of locals) if (v === t) return name === "self" ? "" : name;
  return "";
}

function warn(message: string): void {
  const category = r.getattr(importByName("torch.jit._trace"), "TracerWarning");
  r.call(r.getattr(importByName("warnings"), "warn"), [message, category]);
}

export const PYTHON_TRACER: TracerHost = { here, nameOf, warn };
