/** The files a compiled model is written to, side by side: `.pt`, `.ptl` and `.wick`. */
import { Diagnostic, NotImplemented, RuntimeFault } from "../core/errors.ts";
import type { ScriptFunction } from "../core/function.ts";
import type { ScriptObject } from "../core/ivalue.ts";
import type { SourceRange } from "../core/source.ts";
import type { Progress } from "./progress.ts";

export interface ModelFile {
  readonly path: string;
  readonly bytes: number;
  /** Why the model has no such form, with the line of its source where one is to blame; undefined when it is written. */
  readonly reason?: string;
}

type Model = ScriptObject | ScriptFunction;

/** Pieces of the file in each form. What a form cannot take is thrown. */
const FORMS: Readonly<Record<string, (model: Model, path: string) => Promise<Uint8Array[]>>> = {
  pt: async (model, path) => {
    const { archiveParts, rootFolder } = await import("../archive/mod.ts");
    return archiveParts(model, rootFolder(path));
  },
  ptl: async (model, path) => {
    const { archiveParts, rootFolder } = await import("../archive/mod.ts");
    return archiveParts(model, rootFolder(path), { mobile: true });
  },
  wick: async (model) => {
    const { writeWick } = await import("../bytecode/wick/mod.ts");
    return [writeWick(model)];
  },
};

/** Writes every form beside `path`, whose ending does not matter. A form that cannot be leaves the others alone. */
export async function writeForms(model: Model, path: string, progress: Progress): Promise<ModelFile[]> {
  const stem = path.replace(/\.(py|pt|ptl|wick)$/, "");
  const { writeWholeFile } = await import("../archive/whole_file.ts");
  const out: ModelFile[] = [];
  for (const [form, pieces] of Object.entries(FORMS)) {
    const file = `${stem}.${form}`;
    await progress.stage(`write .${form}`, async () => {
      try {
        const parts = await pieces(model, file);
        await writeWholeFile(file, parts);
        out.push({ path: file, bytes: parts.reduce((n, p) => n + p.length, 0) });
      } catch (e) {
        out.push({ path: file, bytes: 0, reason: reasonOf(e) });
      }
    });
  }
  return out;
}

/** What the model or a limit of ours is to blame for; anything else is thrown on. */
function reasonOf(e: unknown): string {
  if (!(e instanceof RuntimeFault || e instanceof NotImplemented || e instanceof Diagnostic)) throw e;
  const range = (e as { range?: SourceRange }).range;
  return range && !e.message.includes("<--- HERE") ? `${e.message}\n${range.highlight()}` : e.message;
}
