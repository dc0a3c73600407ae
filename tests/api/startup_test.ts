/**
 * What loads at the start, counted: modules cost about a tenth of a millisecond each and a megabyte of source ten, so a
 * part that joins by accident (another device, a package, the Python host under mod.ts) shows here on any machine.
 * bench/startup.ts measures the times.
 */
import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url);

interface Dependency {
  readonly isDynamic?: boolean;
  readonly code?: { readonly specifier?: string };
}
interface Module {
  readonly specifier: string;
  readonly size?: number;
  readonly dependencies?: readonly Dependency[];
}

async function modulesOf(entry: string): Promise<Map<string, Module>> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", new URL(entry, root).pathname],
    stderr: "null",
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as { modules: Module[] };
  return new Map(modules.map((m) => [m.specifier, m]));
}

/**
 * What loads when `entry` does: all that is imported statically from it, types aside. Dynamic imports are followed
 * where they stand in one of the files `through`.
 */
async function loadedBy(
  entry: string,
  through: readonly string[] = [],
): Promise<{ files: string[]; bytes: number }> {
  const modules = await modulesOf(entry), seen = new Set<string>(), left = [new URL(entry, root).href];
  const followed = new Set(through.map((f) => new URL(f, root).href));
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const { isDynamic, code } of modules.get(next)?.dependencies ?? []) {
      if (code?.specifier && (!isDynamic || followed.has(next))) left.push(code.specifier);
    }
  }
  const bytes = [...seen].reduce((n, s) => n + (modules.get(s)?.size ?? 0), 0);
  return { files: [...seen].map((s) => s.replace(root.href, "")).sort(), bytes };
}

function within(
  what: string,
  loaded: { files: string[]; bytes: number },
  most: { files: number; bytes: number },
): void {
  const { files, bytes } = loaded;
  assert.ok(files.length > most.files / 2, `${what}: ${files.length} modules, the graph was not read`);
  assert.ok(files.length <= most.files, `${what} loads ${files.length} modules, over ${most.files}`);
  assert.ok(bytes <= most.bytes, `${what} loads ${bytes} bytes of source, over ${most.bytes}`);
}

/** Files of parts that have no business at the start. */
function outOfPlace(files: readonly string[], parts: RegExp): string[] {
  return files.filter((f) => parts.test(f));
}

Deno.test("mod.ts loads the compiler, the VM and the operators, and nothing beyond", async () => {
  const loaded = await loadedBy("mod.ts");
  within("mod.ts", loaded, { files: 420, bytes: 2_600_000 });
  const folders = new Set(loaded.files.map((f) => f.includes("/") ? f.slice(0, f.indexOf("/")) : f));
  assert.deepEqual([...folders].sort(), ["api", "bytecode", "compiler", "core", "mod.ts", "ops", "vm"]);
  assert.deepEqual(outOfPlace(loaded.files, /^npm:|^node:|\/webgpu\/(?!mod)|_test\.ts$/), []);
});

Deno.test("cli.ts loads its commands' names and no command", async () => {
  const loaded = await loadedBy("cli.ts");
  within("cli.ts", loaded, { files: 11, bytes: 40_000 });
});

Deno.test("script loads no package, no other device, no runtime that it does not run", async () => {
  const loaded = await loadedBy("cli/script.ts", ["cli/script.ts", "cli/forms.ts"]);
  within("script", loaded, { files: 900, bytes: 4_000_000 });
  assert.deepEqual(outOfPlace(loaded.files, /^npm:|^node:(?!util$|process$)|\/edge\/|\/webgpu\/(?!mod)/), []);
});
