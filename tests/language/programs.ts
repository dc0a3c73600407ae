/** The programs of this folder. */
export interface Program {
  /** Folder under `programs/`. */
  readonly section: string;
  readonly name: string;
  readonly url: URL;
}

const ROOT = new URL("./programs/", import.meta.url);

/** All programs, by section and name. */
export function programs(): Program[] {
  const out: Program[] = [];
  for (const folder of Deno.readDirSync(ROOT)) {
    for (const file of Deno.readDirSync(new URL(`${folder.name}/`, ROOT))) {
      if (!file.name.endsWith(".py")) continue;
      const url = new URL(`${folder.name}/${file.name}`, ROOT);
      out.push({ section: folder.name, name: file.name.slice(0, -3), url });
    }
  }
  return out.sort((a, b) => `${a.section}/${a.name}` < `${b.section}/${b.name}` ? -1 : 1);
}
