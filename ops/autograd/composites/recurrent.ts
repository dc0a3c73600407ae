/** Recurrent layers and cells, step by step. */
import type { Tensor } from "../../../core/tensor.ts";
import { add, all, at, cat, mul, narrow, run, select, sub } from "../calls.ts";
import type { Composites } from "../rules.ts";

type T = Tensor;
interface State {
  readonly h: T;
  readonly c: T | null;
}
interface Weights {
  readonly ih: T;
  readonly hh: T;
  readonly bIh: T | null;
  readonly bHh: T | null;
  readonly hr: T | null;
}
type Step = (gates: T, s: State, w: Weights) => State;

const linear = (x: T, w: T, b: T | null) => at("linear", x, w, b);

const plain = (f: "tanh" | "relu"): Step => (gates, s, w) => ({
  h: at(f, add(linear(s.h, w.hh, w.bHh), gates)),
  c: null,
});
const gru: Step = (gates, s, w) => {
  const [ir, iz, in_] = all("unsafe_chunk", gates, 3, 1);
  const [hr, hz, hn] = all("unsafe_chunk", linear(s.h, w.hh, w.bHh), 3, 1);
  const reset = at("sigmoid", add(hr, ir)), keep = at("sigmoid", add(hz, iz));
  const fresh = at("tanh", add(in_, mul(hn, reset)));
  return { h: add(mul(sub(s.h, fresh), keep), fresh), c: null };
};
const lstm: Step = (gates, s, w) => {
  const [i, f, g, o] = all("unsafe_chunk", add(linear(s.h, w.hh, w.bHh), gates), 4, 1);
  const c = add(mul(at("sigmoid", f), s.c!), mul(at("sigmoid", i), at("tanh", g)));
  const h = mul(at("sigmoid", o), at("tanh", c));
  return { h: w.hr ? linear(h, w.hr, null) : h, c };
};

/** One layer in one direction; steps of `sizes[t]` rows, or all rows each. Data is [time, batch, features]. */
function layer(
  steps: readonly T[],
  init: State,
  w: Weights,
  step: Step,
  backwards: boolean,
): { out: T[]; last: State } {
  const out = new Array<T>(steps.length);
  if (backwards) {
    let s = first(init, steps[steps.length - 1].sizes[0]);
    for (let t = steps.length - 1; t >= 0; t--) {
      const more = steps[t].sizes[0] - s.h.sizes[0];
      if (more > 0) {
        const join = (a: T, b: T) => cat([a, narrow(b, 0, a.sizes[0], more)], 0);
        s = { h: join(s.h, init.h), c: s.c && join(s.c, init.c!) };
      }
      s = step(linear(steps[t], w.ih, w.bIh), s, w);
      out[t] = s.h;
    }
    return { out, last: s };
  }
  const ended: State[] = [];
  let s = first(init, steps[0].sizes[0]);
  steps.forEach((x, t) => {
    const n = x.sizes[0], gone = s.h.sizes[0] - n;
    if (gone > 0) {
      ended.push({ h: narrow(s.h, 0, n, gone), c: s.c && narrow(s.c, 0, n, gone) });
      s = first(s, n);
    }
    s = step(linear(x, w.ih, w.bIh), s, w);
    out[t] = s.h;
  });
  if (!ended.length) return { out, last: s };
  const parts = [s, ...ended.reverse()];
  return { out, last: { h: cat(parts.map((p) => p.h), 0), c: s.c && cat(parts.map((p) => p.c!), 0) } };
}
function first(s: State, n: number): State {
  return s.h.sizes[0] === n ? s : { h: narrow(s.h, 0, 0, n), c: s.c && narrow(s.c, 0, 0, n) };
}

interface Net {
  readonly params: readonly T[];
  readonly biases: boolean;
  readonly layers: number;
  readonly dropout: number;
  readonly train: boolean;
  readonly both: boolean;
}

function stack(
  net: Net,
  data: readonly T[],
  h0: T,
  c0: T | null,
  step: Step,
): { steps: readonly T[]; h: T; c: T | null } {
  const directions = net.both ? 2 : 1, hidden: T[] = [], cells: T[] = [];
  const projected = c0 !== null && h0.sizes[2] !== c0.sizes[2];
  const per = 2 + (net.biases ? 2 : 0) + (projected ? 1 : 0);
  let steps = data;
  for (let l = 0; l < net.layers; l++) {
    const outs: T[][] = [];
    for (let d = 0; d < directions; d++) {
      const k = l * directions + d, p = net.params.slice(k * per, (k + 1) * per);
      const w: Weights = {
        ih: p[0],
        hh: p[1],
        bIh: net.biases ? p[2] : null,
        bHh: net.biases ? p[3] : null,
        hr: projected ? p[per - 1] : null,
      };
      const r = layer(steps, { h: select(h0, 0, k), c: c0 && select(c0, 0, k) }, w, step, d === 1);
      outs.push(r.out);
      hidden.push(r.last.h);
      if (r.last.c) cells.push(r.last.c);
    }
    steps = directions === 1 ? outs[0] : outs[0].map((t, i) => cat([t, outs[1][i]], -1));
    if (net.dropout > 0 && net.train && l + 1 < net.layers) steps = dropped(steps, net.dropout);
  }
  return { steps, h: at("stack", hidden, 0), c: cells.length ? at("stack", cells, 0) : null };
}
/** Dropout on all steps at once, as it is drawn. */
function dropped(steps: readonly T[], p: number): T[] {
  const lengths = steps.map((s) => s.sizes[0]);
  return all("split_with_sizes", at("dropout", cat(steps, 0), p, true), lengths, 0);
}

const unbound = (x: T, batchFirst: boolean) =>
  all("unbind.int", batchFirst ? at("transpose.int", x, 0, 1) : x, 0);
function stacked(steps: readonly T[], batchFirst: boolean): T {
  const out = at("stack", [...steps], 0);
  return batchFirst ? at("transpose.int", out, 0, 1) : out;
}
function lengthsOf(sizes: T): number[] {
  return Array.from({ length: sizes.numel }, (_, i) => Number(run("item", select(sizes, 0, i))));
}

type Rest = [T[], boolean, number, number, boolean, boolean];
const netOf = ([params, biases, layers, dropout, train, both]: Rest): Net => ({
  params,
  biases,
  layers,
  dropout,
  train,
  both,
});
const single = (step: Step) => (x: T, hx: T, ...rest: [...Rest, boolean]) => {
  const batchFirst = rest[6],
    r = stack(netOf(rest.slice(0, 6) as Rest), unbound(x, batchFirst), hx, null, step);
  return [stacked(r.steps, batchFirst), r.h];
};
const packed = (step: Step) => (data: T, sizes: T, hx: T, ...rest: Rest) => {
  const lengths = lengthsOf(sizes);
  const r = stack(netOf(rest), all("split_with_sizes", data, lengths, 0), hx, null, step);
  return [cat(r.steps, 0), r.h];
};
function lstmInput(x: T, hx: T[], ...rest: [...Rest, boolean]): T[] {
  const batchFirst = rest[6],
    r = stack(netOf(rest.slice(0, 6) as Rest), unbound(x, batchFirst), hx[0], hx[1], lstm);
  return [stacked(r.steps, batchFirst), r.h, r.c!];
}
function lstmPacked(data: T, sizes: T, hx: T[], ...rest: Rest): T[] {
  const r = stack(netOf(rest), all("split_with_sizes", data, lengthsOf(sizes), 0), hx[0], hx[1], lstm);
  return [cat(r.steps, 0), r.h, r.c!];
}
const cell = (step: Step) => (x: T, h: T, ih: T, hh: T, bIh: T | null, bHh: T | null): T =>
  step(linear(x, ih, bIh), { h, c: null }, { ih, hh, bIh, bHh, hr: null }).h;

export const recurrent: Composites = {
  "rnn_tanh.input": single(plain("tanh")),
  "rnn_relu.input": single(plain("relu")),
  "gru.input": single(gru),
  "lstm.input": lstmInput,
  "rnn_tanh.data": packed(plain("tanh")),
  "rnn_relu.data": packed(plain("relu")),
  "gru.data": packed(gru),
  "lstm.data": lstmPacked,
  "rnn_tanh_cell": cell(plain("tanh")),
  "rnn_relu_cell": cell(plain("relu")),
  "gru_cell": cell(gru),
  "lstm_cell": (x: T, hx: T[], ih: T, hh: T, bIh: T | null, bHh: T | null) => {
    const s = lstm(linear(x, ih, bIh), { h: hx[0], c: hx[1] }, { ih, hh, bIh, bHh, hr: null });
    return [s.h, s.c!];
  },
};
