/**
 * Convolutions of one to three dimensions as matrix products: the input's windows are laid out as columns, weights as rows
 * padded to multiples of four. A 1x1 convolution multiplies the input as it lies.
 */
import { outsideRegion } from "../../core/region.ts";
import type { Storage } from "../../core/storage.ts";
import { numelOf, Tensor } from "../../core/tensor.ts";
import { emptyTensor, gpu, memoryOf, zerosTensor } from "./device.ts";
import { type Addend, gemm, type Matrix } from "./matmul.ts";
import { copyStrided } from "./pointwise.ts";
import { bindings, groupsFor, INVOCATION, shader } from "./shader.ts";

export interface ConvGeometry {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

/** Bytes of columns above which the images of a batch are multiplied one by one. */
const MOST_COLUMNS = 64 << 20;
const upToFour = (n: number) => Math.ceil(n / 4) * 4;

/** Three spatial numbers from up to three, missing ones in front. */
export function three(v: readonly number[], fill: number): number[] {
  return [...new Array<number>(3 - v.length).fill(fill), ...v];
}

/** Weights as [out channels, inputs of a window up to four]; kept until the weights change. */
const packed = new WeakMap<Storage, { version: number; rows: number; k: number; t: Tensor }>();

function packedWeights(w: Tensor, k: number): Tensor {
  const rows = w.sizes[0], kp = upToFour(k);
  const flat = w.isContiguous
    ? new Tensor(w.storage, w.scalarType, [rows, k], [k, 1], w.storageOffset)
    : null;
  if (flat && kp === k && flat.storageOffset % 4 === 0) return flat;
  const known = flat && packed.get(w.storage);
  const { version } = w.storage;
  if (known && known.version === version && known.rows === rows && known.k === k) return known.t;
  const t = outsideRegion(() => zerosTensor([rows, kp], w.scalarType));
  const order = [rows, ...w.sizes.slice(1)];
  copyStrided(t.asStrided(order, [kp, ...insideStrides(order)]), w);
  if (flat && w.storageOffset === 0) packed.set(w.storage, { version, rows, k, t });
  return t;
}

function insideStrides(order: readonly number[]): number[] {
  const strides: number[] = [];
  for (let d = 1; d < order.length; d++) strides.push(numelOf(order.slice(d + 1)));
  return strides;
}

/** Parameters: elements, columns' row length, columns, offset, then sizes (see `columnsOf`). */
function columnsCode(x: Tensor): string {
  const body = `${INVOCATION}
if (i >= p[0]) { return; }
let row = i / p[1];
let column = i % p[1];
let group = row / p[4];
let r = row % p[4];
let taps = p[5] * p[6] * p[7];
if (r >= p[8] * taps || column >= p[2]) { o[i] = 0.0; return; }
let tap = r % taps;
let channel = group * p[8] + r / taps;
let space = p[12] * p[13] * p[14];
let image = column / space;
let at = column % space;
let z = (at / (p[13] * p[14])) * p[15] - p[18] + (tap / (p[6] * p[7])) * p[21];
let y = ((at / p[14]) % p[13]) * p[16] - p[19] + ((tap / p[7]) % p[6]) * p[22];
let u = (at % p[14]) * p[17] - p[20] + (tap % p[7]) * p[23];
if (z < 0 || z >= p[9] || y < 0 || y >= p[10] || u < 0 || u >= p[11]) { o[i] = 0.0; return; }
o[i] = x[p[3] + image * p[24] + channel * p[25] + z * p[26] + y * p[27] + u * p[28]];`;
  return shader(bindings({ o: x.scalarType }, { x: x.scalarType }), body);
}

/** x [n, c, ...] convolved with w [out, c / groups, ...]; `space` is the output's. */
export function convolve(
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  g: ConvGeometry,
  space: readonly number[],
): Tensor {
  const [images, channels] = x.sizes, co = w.sizes[0], area = numelOf(space);
  const out = emptyTensor([images, co, ...space], x.scalarType);
  if (out.numel === 0) return out;
  const taps = numelOf(w.sizes.slice(2)),
    perGroup = channels / g.groups,
    k = perGroup * taps,
    kp = upToFour(k);
  const weights = packedWeights(w, k), each = co / g.groups;
  const a: Matrix = { t: weights, offset: weights.storageOffset, batch: each * kp, row: kp, column: 1 };
  const addend: Addend | undefined = bias
    ? {
      c: {
        t: bias,
        offset: bias.storageOffset,
        batch: each * bias.strides[0],
        row: bias.strides[0],
        column: 0,
      },
      beta: 1,
    }
    : undefined;
  const multiply = (b: Matrix, first: number, count: number, depth: number) =>
    gemm(
      {
        t: out,
        offset: first * co * area,
        batch: each * area,
        row: area,
        column: 1,
        piece: area,
        pieceStep: co * area,
      },
      a,
      b,
      { batch: g.groups, m: each, n: count * area, k: depth },
      1,
      addend,
    );
  const plain = taps === 1 && g.stride.every((s) => s === 1) && g.padding.every((s) => s === 0);
  if (plain && images === 1 && area % 4 === 0 && k === kp && x.isContiguous) {
    multiply({ t: x, offset: x.storageOffset, batch: perGroup * area, row: area, column: 1 }, 0, 1, k);
    return out;
  }
  const rows = g.groups * kp, together = rows * images * area * 4 <= MOST_COLUMNS ? images : 1;
  for (let first = 0; first < images; first += together) {
    const columns = together * area, line = upToFour(columns);
    const col = emptyTensor([rows, line], x.scalarType);
    const kernel = gpu().kernel("f32_columns__wgsl", () => ({ code: columnsCode(x), writes: 1, reads: 1 }));
    const params = [rows * line, line, columns, x.storageOffset + first * x.strides[0], kp];
    params.push(...three(w.sizes.slice(2), 1), perGroup, ...three(x.sizes.slice(2), 1), ...three(space, 1));
    params.push(...three(g.stride, 1), ...three(g.padding, 0), ...three(g.dilation, 1));
    params.push(x.strides[0], x.strides[1], ...three(x.strides.slice(2), 0));
    gpu().dispatch(kernel, [memoryOf(col), memoryOf(x)], params, groupsFor(rows * line));
    multiply({ t: col, offset: 0, batch: kp * line, row: line, column: 1 }, first, together, kp);
    col.storage.release();
  }
  return out;
}
