/** Running Python files from TypeScript. The host loads when it is first asked for. */

export interface RunPythonOptions {
  /** Name the file believes it runs under; `__main__` runs its `if __name__ == "__main__"` part. */
  readonly name?: string;
}

/** Runs a Python file and gives the names it defines, tensors as they are, other values as the host holds them. */
async function run(path: string, options: RunPythonOptions = {}): Promise<Record<string, unknown>> {
  const [{ Host }, { registerTorch }, { Source }] = await Promise.all([
    import("../python/host.ts"),
    import("../python/torch/mod.ts"),
    import("../core/source.ts"),
    import("../python/stdlib/mod.ts"),
  ]);
  registerTorch();
  const slash = path.lastIndexOf("/");
  const host = new Host({ argv: [path], path: [slash < 0 ? "" : path.slice(0, slash)] });
  const module = host.runSource(new Source(await Deno.readTextFile(path), path), options.name ?? "model");
  host.flush();
  return Object.fromEntries([...module.attrs].filter(([k]) => !String(k).startsWith("__")));
}

export const python = { run };
