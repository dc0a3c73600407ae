/** Hosts that an exported folder is run in, each really started; null where the host is not to be had. */
const text = new TextDecoder();

async function output(command: string, args: string[], cwd: string): Promise<string | null> {
  let result;
  try {
    result = await new Deno.Command(command, { args, cwd, stdout: "piped", stderr: "piped" }).output();
  } catch (e) {
    if (e instanceof Deno.errors.NotFound) return null;
    throw e;
  }
  if (!result.success) throw new Error(`${command}: ${text.decode(result.stderr)}`);
  return text.decode(result.stdout);
}

const COMMAND_LINE = `
import { readFileSync } from "node:fs";
import { drive } from "./drive.mjs";
const kernels = process.argv[3] === "wasm" ? new WebAssembly.Module(readFileSync("./kernels.wasm")) : null;
console.log(JSON.stringify(await drive(process.argv[2], readFileSync("./model.wick"), kernels)));
`;

type Result = number[] | null;

/** Deno and Node run the same module, with kernels or without WebAssembly at all. */
export async function commandLine(
  command: "deno" | "node",
  folder: string,
  name: string,
  wasm: boolean,
): Promise<Result> {
  await Deno.writeTextFile(`${folder}/command_line.mjs`, COMMAND_LINE);
  const args = command === "deno" ? ["run", "--allow-read"] : [];
  const out = await output(
    command === "deno" ? Deno.execPath() : "node",
    [...args, "command_line.mjs", name, wasm ? "wasm" : "none"],
    folder,
  );
  return out === null ? null : JSON.parse(out);
}

const WORKER = (name: string) => `
import { drive } from "./drive.mjs";
import bytes from "./model.wick";
import kernels from "./kernels.wasm";
export default { fetch: async () => Response.json(await drive("${name}", bytes, kernels)) };
`;

const CONFIG = (port: number) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [
      (name = "worker.mjs", esModule = embed "host_worker.mjs"),
      (name = "drive.mjs", esModule = embed "drive.mjs"),
      (name = "model.js", esModule = embed "model.js"),
      (name = "model.wick", data = embed "model.wick"),
      (name = "kernels.wasm", wasm = embed "kernels.wasm"),
    ],
    compatibilityDate = "2025-01-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`;

/** The open Workers runtime, from npm. It forbids compiling WebAssembly at run time. */
export async function workerd(folder: string, name: string): Promise<Result> {
  const port = freePort();
  await Deno.writeTextFile(`${folder}/host_worker.mjs`, WORKER(name));
  await Deno.writeTextFile(`${folder}/config.capnp`, CONFIG(port));
  const child = new Deno.Command("npx", {
    args: ["-y", "workerd@1.20261117.1", "serve", "config.capnp"],
    cwd: folder,
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const messages = new Response(child.stderr).text();
  let ended = false;
  child.status.then(() => ended = true);
  try {
    for (;;) {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/`);
        const body = await response.text();
        if (!response.ok) throw new Error(`workerd: ${body}`);
        return JSON.parse(body);
      } catch (e) {
        if (ended) {
          const said = await messages;
          if (/ENOTFOUND|EAI_AGAIN|E404|ECONNREFUSED.*registry/.test(said)) return null;
          throw new Error(`workerd ended: ${said}`);
        }
        if (!(e instanceof TypeError)) throw e;
        await new Promise((r) => setTimeout(r, 100));
      }
    }
  } finally {
    if (!ended) killTree(child.pid);
    await child.status;
  }
}

/** npx starts the runtime as its child. */
function killTree(pid: number): void {
  const children = new Deno.Command("pgrep", { args: ["-P", String(pid)] }).outputSync();
  for (const p of text.decode(children.stdout).split("\n").filter(Boolean)) killTree(Number(p));
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

function freePort(): number {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

const TYPES: Record<string, string> = {
  js: "text/javascript",
  mjs: "text/javascript",
  wasm: "application/wasm",
};

type Device = "cpu" | "webgpu";

const POST = `const post = (body) => fetch("/result", { method: "POST", body: JSON.stringify(body) });`;

/** Runs the model in the page itself. */
export const inPage = (name: string, device: Device) =>
  `<!doctype html><script type="module">
  import { drive } from "./drive.mjs";
  ${POST}
  try {
    const kernels = await WebAssembly.compileStreaming(fetch("./kernels.wasm"));
    const bytes = await (await fetch("./model.wick")).arrayBuffer();
    post({ result: await drive("${name}", bytes, kernels, "${device}") });
  } catch (e) {
    post({ error: String(e.stack ?? e) });
  }
</script>`;

/** Runs the model in a worker that imports the bundle by its address. */
export const inWorker = (name: string, device: Device) =>
  `<!doctype html><script type="module">
  ${POST}
  const code = \`
    import { drive } from "\${location.origin}/drive.mjs";
    try {
      const load = (file) => fetch("\${location.origin}/" + file);
      const kernels = await WebAssembly.compileStreaming(load("kernels.wasm"));
      const bytes = await (await load("model.wick")).arrayBuffer();
      postMessage({ result: await drive("${name}", bytes, kernels, "${device}") });
    } catch (e) {
      postMessage({ error: String(e.stack ?? e) });
    }\`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
  worker.onmessage = (e) => post(e.data);
  worker.onerror = (e) => post({ error: e.message });
</script>`;

/** The page that was exported, with a hand that presses its button once it is ready and tells what it shows then. */
export const pressed = (page: string) =>
  `${page}<script type="module">
  ${POST}
  const out = document.querySelector("#out");
  const changed = (from) => new Promise((done) => {
    const look = () => out.textContent === from ? setTimeout(look, 20) : done(out.textContent);
    look();
  });
  const ready = await changed("loading");
  if (ready !== "ready") post({ error: ready });
  else {
    document.querySelector("#run").click();
    post({ result: await changed("ready") });
  }
</script>`;

/** Chromium's own software adapter, so that a machine without a GPU has one. */
const WEBGPU_FLAGS = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

/** Headless Chromium: the page, served from the folder, posts what it got to the server it came from. */
export async function chromium<R = number[]>(
  folder: string,
  page: string,
  device: Device,
): Promise<R | null> {
  const browser = ["chromium", "chromium-browser", "google-chrome"].find((b) => onPath(b));
  if (!browser) return null;
  const { promise, resolve } = Promise.withResolvers<{ result?: R; error?: string }>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/result") {
      resolve(await request.json());
      return new Response();
    }
    if (pathname === "/") {
      return new Response(page, { headers: { "content-type": "text/html" } });
    }
    try {
      const body = await Deno.readFile(folder + pathname);
      return new Response(body, { headers: { "content-type": TYPES[pathname.split(".").pop()!] ?? "" } });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
  const profile = await Deno.makeTempDir();
  const child = new Deno.Command(browser, {
    args: [
      "--headless=new",
      "--no-sandbox",
      ...(device === "webgpu" ? WEBGPU_FLAGS : ["--disable-gpu"]),
      `--user-data-dir=${profile}`,
      `http://127.0.0.1:${server.addr.port}/`,
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const timeout = setTimeout(() => resolve({ error: "the page said nothing for 60 s" }), 60_000);
  try {
    const { result, error } = await promise;
    if (error) throw new Error(`chromium: ${error}`);
    return result!;
  } finally {
    clearTimeout(timeout);
    killTree(child.pid);
    await child.status;
    await server.shutdown();
    await Deno.remove(profile, { recursive: true }).catch(() => {});
  }
}

function onPath(command: string): boolean {
  return new Deno.Command("which", { args: [command], stdout: "null", stderr: "null" }).outputSync().success;
}
