/** Matrix products against sums in double, over shapes, strides, types, packing, alpha, beta and bias. */
import {
  bmm,
  features,
  gemm,
  kernelNames,
  packWeights,
  reluEpilogue,
  setDeterministic,
} from "../../ops/wasm/mod.ts";
import type { Tensor } from "../../core/tensor.ts";
import { assert, elements, empty, fill, random, randomView, release, SCALAR_TYPE } from "./tensors.ts";

const ignore = !features();

function naive(a: Tensor, b: Tensor): number[] {
  const [m, k] = a.sizes, n = b.sizes[1], ea = elements(a).map(Number), eb = elements(b).map(Number);
  const c = new Array<number>(m * n).fill(0);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) for (let j = 0; j < n; j++) c[i * n + j] += ea[i * k + p] * eb[p * n + j];
  }
  return c;
}

function close(got: number[], want: number[], k: number, type: string, what: string): void {
  const eps = type === "f32" ? 2e-7 : type === "f64" ? 1e-14 : 0;
  got.forEach((g, i) =>
    assert(Math.abs(g - want[i]) <= eps * (k + 4) * 4, `${what} at ${i}: ${g}, not ${want[i]}`)
  );
}

const SHAPES = [
  [1, 1, 1],
  [1, 7, 5],
  [1, 33, 70],
  [9, 1, 40],
  [6, 8, 4],
  [5, 9, 3],
  [12, 16, 256],
  [13, 21, 300],
  [64, 65, 513],
  [250, 17, 31],
  [3, 2100, 5],
  [4, 4, 0],
];

for (const deterministic of [false, true]) {
  Deno.test({
    name: `gemm, ${deterministic ? "plain" : "relaxed"} SIMD`,
    ignore,
    fn() {
      setDeterministic(deterministic);
      try {
        const rand = random(1);
        for (const type of ["f32", "f64", "i32", "i64"] as const) {
          const value = () => type[0] === "f" ? Math.fround(rand() * 2 - 1) : Math.floor(rand() * 20 - 10);
          const put = type === "i64" ? () => BigInt(value()) : value;
          for (const [m, n, k] of SHAPES) {
            for (let form = 0; form < 4; form++) {
              const t = SCALAR_TYPE[type];
              const a = form === 0
                ? empty([m, k], t)
                : form === 1
                ? empty([k, m], t, true).asStrided([m, k], [1, m], 0)
                : randomView([m, k], t, rand);
              const b = form === 0
                ? empty([k, n], t, true)
                : form === 1
                ? empty([n, k], t).asStrided([k, n], [1, k], 0)
                : randomView([k, n], t, rand);
              const out = form < 3 ? empty([m, n], t, form === 1) : randomView([m, n], t, rand);
              fill(a, put), fill(b, put), fill(out, put);
              const what = `${type} ${m}x${n}x${k} form ${form}`;
              const want = naive(a, b), before = elements(out).map(Number);
              assert(gemm(out, a, b), what);
              close(elements(out).map(Number), want, k, type, what);
              fill(out, (i) => type === "i64" ? BigInt(before[i]) : before[i]);
              assert(gemm(out, a, b, { alpha: 2, beta: 3 }), what);
              close(
                elements(out).map(Number),
                want.map((w, i) => 2 * w + 3 * before[i]),
                k * 3,
                type,
                what + " alpha beta",
              );
              const bias = empty([n], t), rows = empty([m], t);
              fill(bias, put), fill(rows, put);
              const eb = elements(bias).map(Number), er = elements(rows).map(Number);
              assert(gemm(out, a, b, { bias, epilogue: reluEpilogue(type) }), what);
              close(
                elements(out).map(Number),
                want.map((w, i) => Math.max(0, w + eb[i % n])),
                k,
                type,
                what + " bias",
              );
              const pa = packWeights(a, "a")!, pb = packWeights(b, "b")!;
              assert(pa === packWeights(a, "a"), "packed once");
              assert(gemm(out, pa, pb, { bias: rows, biasOn: "rows" }), what);
              close(
                elements(out).map(Number),
                want.map((w, i) => w + er[Math.floor(i / n)]),
                k,
                type,
                what + " packed",
              );
              a.bumpVersion();
              const again = packWeights(a, "a")!;
              assert(pa !== again, "a write makes the packed copy stale");
              [pa, pb, again].forEach((p) => p.release());
              release(a, b, out);
            }
          }
        }
      } finally {
        setDeterministic(false);
      }
    },
  });
}

Deno.test({
  name: "bmm with a broadcast batch; kernels carry their names",
  ignore,
  fn() {
    const rand = random(2), a = empty([3, 4, 5], SCALAR_TYPE.f32), b = empty([5, 6], SCALAR_TYPE.f32);
    fill(a, rand), fill(b, rand);
    const out = empty([3, 4, 6], SCALAR_TYPE.f32);
    assert(bmm(out, a, b.asStrided([3, 5, 6], [0, 6, 1], 0)), "refused");
    for (let i = 0; i < 3; i++) {
      const want = naive(a.asStrided([4, 5], [5, 1], i * 20), b);
      close(elements(out.asStrided([4, 6], [6, 1], i * 24)).map(Number), want, 5, "f32", `batch ${i}`);
    }
    assert(kernelNames().some((n) => /^f32_gemm_[56]x8__wasm(relaxed)?simd$/.test(n)), kernelNames().join());
  },
});
