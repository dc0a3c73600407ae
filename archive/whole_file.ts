/** Files appear whole or not at all. */

/** Writes the pieces beside `path` and then puts the file in place, so that a failure leaves what was there. */
export async function writeWholeFile(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const beside = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    const file = await Deno.open(beside, { write: true, createNew: true });
    try {
      for (const p of parts) for (let at = 0; at < p.length;) at += await file.write(p.subarray(at));
    } finally {
      file.close();
    }
    await Deno.rename(beside, path);
  } catch (e) {
    await Deno.remove(beside).catch(() => {});
    throw e;
  }
}
