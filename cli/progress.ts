/** Stages of long work, on stderr: what is going on now, and how long each took. */

export class Progress {
  readonly stages: { name: string; milliseconds: number }[] = [];
  readonly #terminal = Deno.stderr.isTerminal();
  constructor(readonly quiet: boolean) {}

  /** Runs a stage under its name. */
  async stage<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    this.#say(this.#terminal ? `\r\x1b[K${name} …` : "");
    try {
      return await work();
    } finally {
      const milliseconds = performance.now() - start;
      this.stages.push({ name, milliseconds });
      this.#say(`${this.#terminal ? "\r\x1b[K" : ""}${name}: ${milliseconds.toFixed(0)} ms\n`);
    }
  }
  #say(text: string): void {
    if (!this.quiet && text) Deno.stderr.writeSync(new TextEncoder().encode(text));
  }
}
