/** Recurrent layers and cells: plain, GRU and LSTM; padded batches and packed sequences. */
import { check } from "../../core/errors.ts";
import type { Tensor } from "../../core/tensor.ts";
import { call } from "../dispatch.ts";
import { type Family, op } from "../declaration.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { linear } from "./matrix_products.ts";
import { narrow, reshape, transpose } from "./view.ts";

/** Weights of one layer in one direction; `hr` projects an LSTM's hidden state. */
interface Weights {
  readonly ih: Tensor;
  readonly hh: Tensor;
  readonly bIh: Tensor | null;
  readonly bHh: Tensor | null;
  readonly hr: Tensor | null;
}

/** Hidden state of a batch, [rows, hidden], and an LSTM's cell state. */
interface State {
  readonly h: Tensor;
  readonly c: Tensor | null;
}

/** One step: pre-activations of the input [rows, gates] as dense values, the state of these rows. */
type Step = (x: ArrayLike<number>, s: State, w: Weights) => State;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function plainStep(activation: (x: number) => number): Step {
  return (x, s, w) => {
    const g = numbers(linear(s.h, w.hh, w.bHh)), out = new Float64Array(g.length);
    for (let i = 0; i < out.length; i++) out[i] = activation(x[i] + g[i]);
    return { h: fromNumbers(out, s.h.sizes, s.h.scalarType), c: null };
  };
}

const gruStep: Step = (x, s, w) => {
  const [rows, n] = s.h.sizes, g = numbers(linear(s.h, w.hh, w.bHh)), h = numbers(s.h);
  const out = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * 3 * n + j;
      const reset = sigmoid(x[at] + g[at]), update = sigmoid(x[at + n] + g[at + n]);
      const next = Math.tanh(x[at + 2 * n] + reset * g[at + 2 * n]);
      out[i * n + j] = (h[i * n + j] - next) * update + next;
    }
  }
  return { h: fromNumbers(out, s.h.sizes, s.h.scalarType), c: null };
};

const lstmStep: Step = (x, s, w) => {
  const [rows, n] = s.c!.sizes, g = numbers(linear(s.h, w.hh, w.bHh)), c = numbers(s.c!);
  const h = new Float64Array(rows * n), cell = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * 4 * n + j, o = i * n + j;
      const input = sigmoid(x[at] + g[at]), forget = sigmoid(x[at + n] + g[at + n]);
      const fresh = Math.tanh(x[at + 2 * n] + g[at + 2 * n]), output = sigmoid(x[at + 3 * n] + g[at + 3 * n]);
      cell[o] = forget * c[o] + input * fresh;
      h[o] = output * Math.tanh(cell[o]);
    }
  }
  const hidden = fromNumbers(h, s.c!.sizes, s.h.scalarType);
  return {
    h: w.hr ? linear(hidden, w.hr, null) : hidden,
    c: fromNumbers(cell, s.c!.sizes, s.h.scalarType),
  };
};

/** The first `n` rows. */
function rows(s: State, n: number): State {
  return s.h.sizes[0] === n ? s : { h: narrow(s.h, 0, 0, n), c: s.c && narrow(s.c, 0, 0, n) };
}

function stackRows(parts: readonly Tensor[]): Tensor {
  if (parts.length === 1) return parts[0];
  const width = parts[0].sizes[1], values = parts.map((p) => numbers(p));
  const out = new Float64Array(values.reduce((n, v) => n + v.length, 0));
  let at = 0;
  for (const v of values) {
    out.set(v, at);
    at += v.length;
  }
  return fromNumbers(out, [out.length / width, width], parts[0].scalarType);
}

/**
 * Runs one layer in one direction over steps of `sizes[t]` rows (never growing; the rows that end first are last).
 * `data` is [all rows, features]. Returns outputs in the same rows, and each sequence's final state.
 */
function runLayer(
  data: Tensor,
  sizes: readonly number[],
  init: State,
  w: Weights,
  step: Step,
  backwards: boolean,
) {
  // A copy: steps call kernels, and no view outlives a call.
  const gates = numbers(linear(data, w.ih, w.bIh)).slice(), width = w.ih.sizes[0];
  const starts: number[] = [];
  let total = 0;
  for (const n of sizes) {
    starts.push(total);
    total += n;
  }
  const at = (t: number) => gates.subarray(starts[t] * width, (starts[t] + sizes[t]) * width);
  const outputs = new Array<Tensor>(sizes.length);
  if (backwards) {
    let state = rows(init, sizes[sizes.length - 1]);
    for (let t = sizes.length - 1; t >= 0; t--) {
      const have = state.h.sizes[0], more = sizes[t] - have;
      if (more > 0) {
        const join = (a: Tensor, b: Tensor) => stackRows([a, narrow(b, 0, have, more)]);
        state = { h: join(state.h, init.h), c: state.c && join(state.c, init.c!) };
      }
      state = step(at(t), state, w);
      outputs[t] = state.h;
    }
    return { output: stackRows(outputs), state };
  }
  // Finished rows are set aside as the batch shrinks: the shortest sequences first.
  const ended: State[] = [];
  let state = rows(init, sizes[0]);
  for (let t = 0; t < sizes.length; t++) {
    const have = state.h.sizes[0], fewer = have - sizes[t];
    if (fewer > 0) {
      const tail = (x: Tensor) => narrow(x, 0, sizes[t], fewer);
      ended.push({ h: tail(state.h), c: state.c && tail(state.c) });
      state = rows(state, sizes[t]);
    }
    state = step(at(t), state, w);
    outputs[t] = state.h;
  }
  const all = [state, ...ended.reverse()];
  return {
    output: stackRows(outputs),
    state: { h: stackRows(all.map((s) => s.h)), c: state.c && stackRows(all.map((s) => s.c!)) },
  };
}

/** The flat parameter list as one set of weights per layer and direction. */
function weightsOf(params: readonly Tensor[], biases: boolean, projected: boolean, count: number): Weights[] {
  const each = (biases ? 4 : 2) + (projected ? 1 : 0);
  check(
    params.length === each * count,
    () => `got an incorrect number of RNN parameters (expected ${each * count}, got ${params.length})`,
  );
  return Array.from({ length: count }, (_, i) => {
    const p = params.slice(i * each, (i + 1) * each);
    return {
      ih: p[0],
      hh: p[1],
      bIh: biases ? p[2] : null,
      bHh: biases ? p[3] : null,
      hr: projected ? p[each - 1] : null,
    };
  });
}

interface Net {
  readonly layers: number;
  readonly dropout: number;
  readonly train: boolean;
  readonly bidirectional: boolean;
}

/** All layers over packed rows; `h` and `c` are [layers * directions, rows, hidden]. */
function runNet(
  data: Tensor,
  sizes: readonly number[],
  h: Tensor,
  c: Tensor | null,
  ws: Weights[],
  step: Step,
  net: Net,
) {
  const directions = net.bidirectional ? 2 : 1, finals: State[] = [];
  check(
    h.sizes[0] === net.layers * directions,
    () => `Expected hidden size(0) to be ${net.layers * directions}, got ${h.sizes[0]}`,
  );
  const layerOf = (t: Tensor, i: number) => reshape(narrow(t, 0, i, 1), t.sizes.slice(1));
  for (let l = 0; l < net.layers; l++) {
    const runs = Array.from({ length: directions }, (_, d) => {
      const i = l * directions + d;
      return runLayer(data, sizes, { h: layerOf(h, i), c: c && layerOf(c, i) }, ws[i], step, d === 1);
    });
    finals.push(...runs.map((r) => r.state));
    data = runs.length === 1 ? runs[0].output : beside(runs[0].output, runs[1].output);
    if (net.train && net.dropout > 0 && l < net.layers - 1) {
      data = call("aten::dropout", data, net.dropout, true) as Tensor;
    }
  }
  const stacked = (f: (s: State) => Tensor) => {
    const all = stackRows(finals.map(f));
    return reshape(all, [finals.length, all.sizes[0] / finals.length, all.sizes[1]]);
  };
  return { data, h: stacked((s) => s.h), c: c && stacked((s) => s.c!) };
}

function beside(a: Tensor, b: Tensor): Tensor {
  const [n, w] = a.sizes, x = numbers(a), y = numbers(b), out = new Float64Array(2 * n * w);
  for (let i = 0; i < n; i++) {
    out.set(x.subarray(i * w, (i + 1) * w), 2 * i * w);
    out.set(y.subarray(i * w, (i + 1) * w), (2 * i + 1) * w);
  }
  return fromNumbers(out, [n, 2 * w], a.scalarType);
}

function padded(input: Tensor, batchFirst: boolean, run: (flat: Tensor, sizes: number[]) => Tensor): Tensor {
  check(input.dim === 3, () => `Expected a 3-D input, got ${input.dim}-D`);
  const x = batchFirst ? transpose(input, 0, 1) : input, [steps, batch, features] = x.sizes;
  check(steps > 0, "Expected sequence length to be larger than 0 in RNN");
  const out = run(reshape(x, [steps * batch, features]), new Array<number>(steps).fill(batch));
  const shaped = reshape(out, [steps, batch, out.sizes[1]]);
  return batchFirst ? transpose(shaped, 0, 1) : shaped;
}

function oneState(step: Step) {
  return {
    input: (
      x: Tensor,
      h: Tensor,
      params: Tensor[],
      biases: boolean,
      layers: number,
      dropout: number,
      train: boolean,
      bidirectional: boolean,
      batchFirst: boolean,
    ) => {
      const ws = weightsOf(params, biases, false, layers * (bidirectional ? 2 : 1));
      let final: Tensor = h;
      const out = padded(x, batchFirst, (flat, sizes) => {
        const r = runNet(flat, sizes, h, null, ws, step, { layers, dropout, train, bidirectional });
        final = r.h;
        return r.data;
      });
      return [out, final];
    },
    data: (
      x: Tensor,
      batchSizes: Tensor,
      h: Tensor,
      params: Tensor[],
      biases: boolean,
      layers: number,
      dropout: number,
      train: boolean,
      bidirectional: boolean,
    ) => {
      const ws = weightsOf(params, biases, false, layers * (bidirectional ? 2 : 1));
      const r = runNet(x, [...numbers(batchSizes)], h, null, ws, step, {
        layers,
        dropout,
        train,
        bidirectional,
      });
      return [r.data, r.h];
    },
  };
}

function lstmInput(
  x: Tensor,
  hx: Tensor[],
  params: Tensor[],
  biases: boolean,
  layers: number,
  dropout: number,
  train: boolean,
  bidirectional: boolean,
  batchFirst: boolean,
): Tensor[] {
  check(hx.length === 2, "lstm expects two hidden states");
  const ws = weightsOf(params, biases, hx[0].sizes[2] !== hx[1].sizes[2], layers * (bidirectional ? 2 : 1));
  let [h, c] = hx;
  const out = padded(x, batchFirst, (flat, sizes) => {
    const r = runNet(flat, sizes, hx[0], hx[1], ws, lstmStep, { layers, dropout, train, bidirectional });
    [h, c] = [r.h, r.c!];
    return r.data;
  });
  return [out, h, c];
}

function lstmData(
  x: Tensor,
  batchSizes: Tensor,
  hx: Tensor[],
  params: Tensor[],
  biases: boolean,
  layers: number,
  dropout: number,
  train: boolean,
  bidirectional: boolean,
): Tensor[] {
  check(hx.length === 2, "lstm expects two hidden states");
  const ws = weightsOf(params, biases, hx[0].sizes[2] !== hx[1].sizes[2], layers * (bidirectional ? 2 : 1));
  const r = runNet(x, [...numbers(batchSizes)], hx[0], hx[1], ws, lstmStep, {
    layers,
    dropout,
    train,
    bidirectional,
  });
  return [r.data, r.h, r.c!];
}

/** One step on a batch [rows, features] or a single vector. */
function cell(step: Step) {
  return (
    x: Tensor,
    h: Tensor,
    wIh: Tensor,
    wHh: Tensor,
    bIh: Tensor | null,
    bHh: Tensor | null,
    c: Tensor | null = null,
  ): State => {
    const one = x.dim === 1, row = (t: Tensor) => t.dim === 1 ? reshape(t, [1, t.sizes[0]]) : t;
    const w: Weights = { ih: wIh, hh: wHh, bIh, bHh, hr: null };
    const s = step(numbers(linear(row(x), wIh, bIh)).slice(), { h: row(h), c: c && row(c) }, w);
    const back = (t: Tensor) => one ? reshape(t, [t.sizes[1]]) : t;
    return { h: back(s.h), c: s.c && back(s.c) };
  };
}

const gru = oneState(gruStep),
  tanh = oneState(plainStep(Math.tanh)),
  relu = oneState(plainStep((x) => x > 0 || x !== x ? x : 0));
const singleCell = (step: Step) => {
  const run = cell(step);
  return (x: Tensor, h: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh: Tensor | null) =>
    run(x, h, wIh, wHh, bIh, bHh).h;
};

export const recurrent: Family = {
  "aten::rnn_tanh_cell": op("One step of a tanh RNN.", singleCell(plainStep(Math.tanh))),
  "aten::rnn_relu_cell": op(
    "One step of a ReLU RNN.",
    singleCell(plainStep((x) => x > 0 || x !== x ? x : 0)),
  ),
  "aten::gru_cell": op("One step of a GRU.", singleCell(gruStep)),
  "aten::lstm_cell": op(
    "One step of an LSTM.",
    (x: Tensor, hx: Tensor[], wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh: Tensor | null) => {
      check(hx.length === 2, "lstm_cell expects two hidden states");
      const s = cell(lstmStep)(x, hx[0], wIh, wHh, bIh, bHh, hx[1]);
      return [s.h, s.c!];
    },
  ),
  "aten::rnn_tanh.input": op("A tanh RNN over padded sequences.", tanh.input, ["random"]),
  "aten::rnn_tanh.data": op("A tanh RNN over packed sequences.", tanh.data, ["random"]),
  "aten::rnn_relu.input": op("A ReLU RNN over padded sequences.", relu.input, ["random"]),
  "aten::rnn_relu.data": op("A ReLU RNN over packed sequences.", relu.data, ["random"]),
  "aten::gru.input": op("A GRU over padded sequences.", gru.input, ["random"]),
  "aten::gru.data": op("A GRU over packed sequences.", gru.data, ["random"]),
  "aten::lstm.input": op("An LSTM over padded sequences.", lstmInput, ["random"]),
  "aten::lstm.data": op("An LSTM over packed sequences.", lstmData, ["random"]),
};
