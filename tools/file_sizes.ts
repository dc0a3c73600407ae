/** Reports files over 400 lines and fails at one over 600: long files hide their parts. */
const LIMIT = 600, REPORT = 400;

function* files(folder: string): Generator<string> {
  for (const e of Deno.readDirSync(folder)) {
    if (e.name.startsWith(".") || e.name === "node_modules" || e.name === "goldens") continue;
    const path = folder === "." ? e.name : `${folder}/${e.name}`;
    if (e.isDirectory) yield* files(path);
    else if (/\.(ts|py|wgsl)$/.test(e.name) && !path.startsWith("tests/")) yield path;
  }
}

let over = 0;
for (const path of files(".")) {
  const lines = Deno.readTextFileSync(path).split("\n").length - 1;
  if (lines <= REPORT) continue;
  console.log(`${String(lines).padStart(5)}  ${path}${lines > LIMIT ? `  (over ${LIMIT})` : ""}`);
  if (lines > LIMIT) over++;
}
console.log(over ? `${over} files over ${LIMIT} lines` : `no file over ${LIMIT} lines`);
if (over) Deno.exit(1);
