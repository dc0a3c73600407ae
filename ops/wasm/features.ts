/** What the engine can run, found once on first use. */

export interface Features {
  readonly relaxed: boolean;
}

let found: Features | null | undefined;
let deterministicMode = false;

/** A module of one function with the given body bytes. */
function moduleOf(body: number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0, // magic, version
    1,
    5,
    1,
    0x60,
    0,
    1,
    0x7b, // type: () -> v128
    3,
    2,
    1,
    0,
    10,
    body.length + 4,
    1,
    body.length + 2,
    0,
    ...body,
    0x0b,
  ]);
}

const SPLAT_ZERO = [0x41, 0, 0xfd, 0x0f]; // i32.const 0; i8x16.splat

/** null where WebAssembly SIMD is missing or may not be compiled at run time. */
export function features(): Features | null {
  if (found !== undefined) return found;
  found = null;
  try {
    new WebAssembly.Module(moduleOf(SPLAT_ZERO));
    const relaxed = [...SPLAT_ZERO, ...SPLAT_ZERO, ...SPLAT_ZERO, 0xfd, 0x85, 0x02]; // f32x4.relaxed_madd
    found = { relaxed: WebAssembly.validate(moduleOf(relaxed)) };
  } catch {
    // no WebAssembly here, or compiling is forbidden: the reference kernels serve
  }
  return found;
}

/** Says what the engine can run where it may not be tried out. */
export function setFeatures(f: Features): void {
  found = f;
}

/** Plain SIMD instead of relaxed: slower, and the same bits on every machine. */
export function setDeterministic(on: boolean): void {
  deterministicMode = on;
}

/** Whether kernels made now may fuse multiply and add. */
export function useRelaxed(): boolean {
  return !deterministicMode && features()?.relaxed === true;
}

/** The ending of kernel names: which instructions they use. */
export function kernelSuffix(): string {
  return useRelaxed() ? "wasmrelaxedsimd" : "wasmsimd";
}
