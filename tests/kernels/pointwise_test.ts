/** Pointwise kernels over views: random sizes, strides, broadcasts, conversions, places, and the allocator. */
import {
  compileReference,
  constant,
  converter,
  type Expr,
  input,
  keyOf,
  op,
  scalar,
  type Value,
  type ValueType,
} from "../../ops/expr/mod.ts";
import { copyStrided, features, pointwise, wasmMemory } from "../../ops/wasm/mod.ts";
import { broadcastStrides } from "../../ops/wasm/layout.ts";
import { Allocator } from "../../ops/wasm/allocator.ts";
import {
  assert,
  elements,
  empty,
  fill,
  random,
  randomSizes,
  randomView,
  release,
  SCALAR_TYPE,
  ulps,
  VALUE_TYPES,
} from "./tensors.ts";

const ignore = !features();

function valueFor(t: ValueType, rand: () => number): Value {
  if (t === "bool") return rand() < 0.5 ? 0 : 1;
  if (t === "i64") return BigInt(Math.floor((rand() - 0.5) * 2000));
  if (t === "u8") return Math.floor(rand() * 256);
  if (t === "f32" || t === "f64") return Math.fround((rand() - 0.5) * 40);
  return Math.floor((rand() - 0.5) * 200);
}

/** A view that broadcasts to `sizes`: some leading dimensions missing, some of size 1. */
function broadcastable(sizes: readonly number[], t: ValueType, rand: () => number) {
  const drop = rand() < 0.2 ? Math.floor(rand() * (sizes.length + 1)) : 0;
  const own = sizes.slice(drop).map((s) => rand() < 0.25 ? 1 : s);
  const v = randomView(own, SCALAR_TYPE[t], rand);
  fill(v, () => valueFor(t, rand));
  return v;
}

Deno.test({
  name: "pointwise over random views and types",
  ignore,
  fn() {
    const rand = random(11);
    for (let round = 0; round < 400; round++) {
      const pick = () => VALUE_TYPES[Math.floor(rand() * VALUE_TYPES.length)];
      const compute = (["f32", "f64", "i32", "i64", "u8", "i16"] as const)[Math.floor(rand() * 6)];
      const sizes = randomSizes(rand, 4, round % 10 === 0 ? 40 : 7);
      const [ta, tb, to] = [pick(), pick(), rand() < 0.5 ? compute : pick()];
      const e: Expr = op("add", input(0, compute), op("mul", input(1, compute), scalar(0, compute)));
      const cond = op(
        "where",
        op("lt", input(0, compute), input(1, compute)),
        e,
        op("neg", input(0, compute)),
      );
      const a = broadcastable(sizes, ta, rand), b = broadcastable(sizes, tb, rand);
      const out = randomView(sizes, SCALAR_TYPE[to], rand);
      const k = compute === "i64" ? 3n : 3;
      const ca = converter(ta, compute), cb = converter(tb, compute), co = converter(compute, to);
      const ref = compileReference(cond);
      const ea = elements(a.asStrided(sizes, broadcastStrides(a, sizes)!, a.storageOffset)).map(ca);
      const eb = elements(b.asStrided(sizes, broadcastStrides(b, sizes)!, b.storageOffset)).map(cb);
      assert(pointwise(cond, out, [a, b], [k]), `refused ${ta} ${tb} ${to}`);
      const got = elements(out);
      got.forEach((g, i) => {
        const want = co(ref([ea[i], eb[i]], [k]));
        const same = typeof g === "number" && (to === "f32" || to === "f64")
          ? Math.abs(g - Number(want)) <= 1e-4
          : g === want;
        assert(
          same,
          `round ${round}: ${keyOf(cond)} of ${ta},${tb} to ${to} at ${i} of ${sizes}: ${g}, not ${want}`,
        );
      });
      release(a, b, out);
    }
  },
});

Deno.test({
  name: "conversions between all types keep PyTorch's edges",
  ignore,
  fn() {
    const floats = [
      0,
      -0,
      1.9,
      -1.9,
      127.9,
      255.5,
      300,
      -1,
      -129,
      32768,
      2147483648,
      -2147483649,
      4294967295,
      1e10,
      -1e10,
      9.3e18,
      -9.3e18,
      1e30,
      Infinity,
      -Infinity,
      NaN,
    ];
    const ints = [0, 1, -1, 127, 128, -128, 255, 256, -129, 32767, 40000, 2147483647, -2147483648];
    const bigs = [
      ...ints.map(BigInt),
      (1n << 24n) + 1n,
      (1n << 53n) + 1n,
      (1n << 62n) + (1n << 38n) + 1n,
      (1n << 63n) - 1n,
      -(1n << 63n),
    ];
    for (const from of VALUE_TYPES) {
      for (const to of VALUE_TYPES) {
        const list: Value[] = from === "bool"
          ? [0, 1, 0]
          : from === "i64"
          ? bigs
          : from === "f32"
          ? floats.map(Math.fround)
          : from === "f64"
          ? floats
          : ints;
        const a = empty([list.length], SCALAR_TYPE[from]), out = empty([list.length], SCALAR_TYPE[to]);
        fill(a, (i) => list[i]);
        assert(copyStrided(out, a), "refused");
        const f = converter(from, to);
        elements(a).forEach((v, i) => {
          const g = elements(out)[i], w = f(v);
          assert(Object.is(g, w), `${v} of ${from} to ${to}: ${g}, not ${w}`);
        });
      }
    }
  },
});

Deno.test({
  name: "large heap tensors pass in pieces, in place too",
  ignore,
  fn() {
    const n = 1 << 20;
    for (const sizes of [[n], [1024, 1024]]) {
      const a = empty(sizes, SCALAR_TYPE.f32), before = wasmMemory()!.inUse;
      fill(a, (i) => i % 1000);
      const t = sizes.length === 2 ? a.asStrided(sizes, [1, 1024], 0) : a;
      const out = empty(sizes, SCALAR_TYPE.f32);
      assert(pointwise(op("add", input(0, "f32"), constant(1, "f32")), out, [t]), "refused");
      const e = elements(t);
      elements(out).forEach((v, i) => assert(v === (e[i] as number) + 1, `at ${i}: ${v}`));
      assert(pointwise(op("mul", input(0, "f32"), constant(2, "f32")), a, [a]), "refused");
      assert((a.data()[777] as number) === 1554, "in place");
      assert(wasmMemory()!.inUse - before <= 33 << 20, "scratch is bounded");
    }
  },
});

Deno.test({
  name: "fused chains agree with the parts done one by one",
  ignore,
  fn() {
    const rand = random(5), n = 1003;
    const a = empty([n], SCALAR_TYPE.f32, true), b = empty([n], SCALAR_TYPE.f32);
    fill(a, () => (rand() - 0.5) * 8), fill(b, () => (rand() - 0.5) * 8);
    const x = input(0, "f32"), y = input(1, "f32");
    const chain = op("gelu", op("add", op("tanh", op("mul", x, y)), op("sigmoid", x)));
    const out = empty([n], SCALAR_TYPE.f32), ref = compileReference(chain);
    assert(pointwise(chain, out, [a, b]), "refused");
    const ea = elements(a), eb = elements(b);
    elements(out).forEach((g, i) => {
      const want = ref([ea[i], eb[i]], []) as number;
      assert(
        ulps(g as number, want, "f32") <= 16 || Math.abs((g as number) - want) < 1e-6,
        `at ${i}: ${g}, not ${want}`,
      );
    });
    release(a);
  },
});

Deno.test("allocator: random traffic never overlaps, and everything merges back", () => {
  const rand = random(3);
  let top = 0;
  const a = new Allocator(100, (t) => top = Math.max(top, t));
  const live: { at: number; size: number }[] = [];
  for (let i = 0; i < 4000; i++) {
    if (live.length && rand() < 0.48) a.free(live.splice(Math.floor(rand() * live.length), 1)[0].at);
    else {
      const size = Math.floor(2 ** (rand() * 16));
      const at = a.alloc(size);
      assert(at % 64 === 0 && at >= 100, "alignment");
      for (const l of live) assert(at + size <= l.at || l.at + l.size <= at, `overlap at ${at}`);
      live.push({ at, size });
    }
  }
  assert(top < 64 * 65536 * 8, `fragmented: ${top}`);
  for (const l of live) a.free(l.at);
  assert(a.inUse === 0 && a.alloc(1) === 128, "all free again");
});
