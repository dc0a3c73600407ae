/** One piece of work done by Wick and by onnxruntime-web, compared before it is timed. */
import { compare } from "./ort.ts";

export interface Comparison {
  /** What is computed: `matmul 512`. */
  readonly name: string;
  readonly ours: () => Float32Array;
  readonly rival: () => Promise<Float32Array>;
  /** Largest difference allowed, as a share of the largest value. */
  readonly tolerance: number;
  /** Floating-point operations of one call, where a rate says more than a time. */
  readonly flops?: number;
  /** Wick's speed over the rival's that it must reach. */
  readonly bar?: number;
}

/** Throws unless both give the same. */
export async function verify(c: Comparison): Promise<void> {
  compare(c.ours(), await c.rival(), c.tolerance);
}

/** Makes a comparison a pair of `deno bench` entries. */
export async function register(comparisons: AsyncIterable<Comparison>): Promise<void> {
  for await (const c of comparisons) {
    await verify(c);
    Deno.bench({ name: `wick ${c.name}`, group: c.name, fn: () => void c.ours() });
    Deno.bench({
      name: `onnxruntime-web ${c.name}`,
      group: c.name,
      baseline: true,
      fn: async () => void await c.rival(),
    });
  }
}
