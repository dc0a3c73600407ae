/** Runs a random program by the host, by the VM on graphs as they were emitted, and by the VM after every pass. */
import { skipPasses, verifyAfterPasses } from "../../compiler/passes/mod.ts";
import { Source } from "../../core/source.ts";
import { Host } from "../../python/host.ts";
import "../../python/stdlib/mod.ts";
import { registerTorch } from "../../python/torch/mod.ts";
import { Meter } from "../../vm/limits.ts";
import { generateProgram } from "./generate.ts";
import { type Program, scriptOf } from "./program.ts";

/** What a program printed, an exception's text at the end if one came; zeros lose their sign, which min and max may. */
export interface Outputs {
  readonly host: string;
  readonly plain: string;
  readonly passes: string;
}

export class ThreeWays {
  #out = "";
  #host: Host;
  #runs = 0;
  constructor() {
    registerTorch();
    this.#host = new Host({ stdout: (t) => this.#out += t, stderr: (t) => this.#out += t });
  }

  #run(p: Program, scripted: boolean): string {
    this.#out = "";
    // A module of its own each time: compiled functions are kept by their qualified names.
    const name = `random_program_${this.#runs++}`;
    try {
      this.#host.runSource(new Source(scriptOf(p, scripted), `${name}.py`), name);
    } catch (e) {
      this.#host.flush();
      this.#out += e instanceof Error ? `${e.name}: ${e.message}` : String(e);
    }
    this.#host.flush();
    return this.#out.replace(/-0\.0(?![0-9])/g, "0.0");
  }

  /** With loops that count as hot after a few rounds, so that they run as compiled. */
  #hot(run: () => string): string {
    const was = Meter.batch;
    Meter.batch = 3;
    try {
      return run();
    } finally {
      Meter.batch = was;
    }
  }

  /** All three outputs of the program of a seed. */
  run(seed: number): Outputs {
    const p = generateProgram(seed);
    const verified = verifyAfterPasses(true);
    try {
      const host = this.#run(p, false), passes = this.#hot(() => this.#run(p, true));
      const skipped = skipPasses(true);
      try {
        return { host, passes, plain: this.#run(p, true) };
      } finally {
        skipPasses(skipped);
      }
    } finally {
      verifyAfterPasses(verified);
    }
  }
}
