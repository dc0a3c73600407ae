import assert from "node:assert/strict";
import { extname, join } from "node:path";

const root = new URL("../../", import.meta.url).pathname;
const TYPES: Record<string, string> = {
  ".ts": "application/typescript",
  ".py": "text/plain",
  ".txt": "text/plain",
};

/** Serves the repository over loopback HTTP. */
function serve(): { port: number; stop: () => Promise<void> } {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const path = join(root, decodeURIComponent(new URL(request.url).pathname));
    try {
      return new Response(await Deno.readFile(path), {
        headers: { "content-type": TYPES[extname(path)] ?? "text/plain" },
      });
    } catch {
      return new Response("not found", { status: 404 });
    }
  });
  return { port: (server.addr as Deno.NetAddr).port, stop: () => server.shutdown() };
}

const PROGRAM = (url: string) => `
import { jit, torch } from "${url}";
const f = jit.script(\`
def f(x: Tensor, n: int) -> Tensor:
    for i in range(n):
        x = x * 2
    return x
\`);
console.log(Array.from(f(torch.ones([2]), 3).data()).join());
await f.save("f.pt");
const m = await jit.load("f.pt");
console.log(Array.from((await m.run([torch.ones([2]), 2])).data()).join());
`;

Deno.test("mod.ts works from a URL, in an empty folder with no configuration", async () => {
  const { port, stop } = serve();
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/program.ts`, PROGRAM(`http://127.0.0.1:${port}/mod.ts`));
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", `--reload=http://127.0.0.1:${port}`, "program.ts"],
      cwd: folder,
    }).output();
    assert.equal(new TextDecoder().decode(stdout), "8,8\n4,4\n", new TextDecoder().decode(stderr));
  } finally {
    await stop();
    await Deno.remove(folder, { recursive: true });
  }
});
