/** The PyTorch installations that cross-checks may use: those of this machine, or none. */

export interface PyTorch {
  readonly python: string;
  readonly version: string;
}

let found: Promise<PyTorch[]> | undefined;

/** `python3` and Debian's own, when PyTorch is in them; one of each version. */
export function installedPyTorch(): Promise<PyTorch[]> {
  return found ??= probe();
}

async function probe(): Promise<PyTorch[]> {
  const out: PyTorch[] = [];
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      const { success, stdout } = await new Deno.Command(python, {
        args: ["-c", "import torch; print(torch.__version__)"],
        stderr: "null",
      }).output();
      const version = new TextDecoder().decode(stdout).trim();
      if (success && !out.some((p) => p.version === version)) out.push({ python, version });
    } catch {
      // No such interpreter.
    }
  }
  return out;
}

/** Runs a script of this folder; its stdout. Throws with its stderr when it fails. */
export async function runPython(p: PyTorch, script: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(p.python, { args: [script, ...args] }).output();
  if (!success) throw new Error(`${p.python} ${script}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

/** Runs `check` for each installation; says in one line when there is none. */
export async function withPyTorch(check: (p: PyTorch) => Promise<void>): Promise<void> {
  const all = await installedPyTorch();
  if (!all.length) console.log("skipped: there is no python3 with PyTorch to check with");
  for (const p of all) await check(p);
}
