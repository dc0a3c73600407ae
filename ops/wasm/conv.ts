/**
 * Convolution in float32 as a matrix product: weights [channels out, taps] times the image, whose panels are packed
 * straight from a zero-padded copy. 1x1 convolutions pack from the image itself; depthwise ones sum directly.
 */
import { ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { convKernels } from "./conv_kernel.ts";
import {
  biasAt,
  type Epilogue,
  finishEpilogue,
  gemmAt,
  KC,
  type PackB,
  packFrom,
  packWeights,
} from "./gemm.ts";
import { gemmKernels, Init } from "./gemm_kernel.ts";
import { type OperandScope, withOperands } from "./operands.ts";

export interface ConvOptions {
  /** Per spatial dimension, as in aten. */
  stride: readonly number[];
  padding: readonly number[];
  dilation: readonly number[];
  groups: number;
  epilogue?: Epilogue | null;
}

/** The padded image of one batch element's group, and the offsets of its pixels and taps. */
interface Image {
  address: number;
  rowStep: number;
}

/** Columns of the product per round: the packed panels stay in the second-level cache. */
const COLUMNS = 512;

interface Geometry {
  channels: number;
  height: number;
  width: number;
  paddedHeight: number;
  paddedWidth: number;
}

/** Copies the planes with zeros around them; the bytes beyond the last row are readable too. */
function padImage(s: OperandScope, to: number, from: number, t: Tensor, g: Geometry, o: ConvOptions): Image {
  const rowStep = g.paddedWidth * 4, planeStep = rowStep * g.paddedHeight;
  const [ph, pw] = o.padding;
  if (ph || pw) s.memory.u8.fill(0, to, to + planeStep * g.channels);
  const inside = to + ph * rowStep + pw * 4;
  convKernels().pad(
    inside,
    from,
    g.channels,
    g.height,
    g.width,
    t.strides[1] * 4,
    t.strides[2] * 4,
    t.strides[3] * 4,
    rowStep,
    planeStep,
  );
  return { address: to, rowStep };
}

/**
 * out [n, co, oh, ow] = conv(input [n, c, h, w], weight [co, c / groups, kh, kw]) + bias, then the epilogue. out is
 * contiguous, everything float32. The packed weights are kept with their storage until it is written to.
 */
export function conv2d(out: Tensor, x: Tensor, weight: Tensor, bias: Tensor | null, o: ConvOptions): boolean {
  if (out.dim !== 4 || x.dim !== 4 || weight.dim !== 4 || !out.isContiguous || !weight.isContiguous) {
    return false;
  }
  for (const t of [out, x, weight, bias]) if (t && t.scalarType !== ScalarType.Float) return false;
  const [batch, co, oh, ow] = out.sizes, [, c, height, width] = x.sizes;
  const [, cg, kh, kw] = weight.sizes;
  if (out.numel === 0) return true;
  const perGroup = co / o.groups, taps = cg * kh * kw, pixels = oh * ow;
  if (cg * o.groups !== c || !Number.isInteger(perGroup) || taps === 0 || x.numel === 0) return false;
  const [sh, sw] = o.stride, [ph, pw] = o.padding, [dh, dw] = o.dilation;
  const geometry: Geometry = {
    channels: cg,
    height,
    width,
    paddedHeight: height + 2 * ph,
    paddedWidth: width + 2 * pw,
  };
  const isDepthwise = cg === 1 && perGroup === 1;
  const direct = !isDepthwise && kh === 1 && kw === 1 && sh === 1 && sw === 1 && ph === 0 && pw === 0 &&
    x.strides[3] === 1 && (height === 1 || x.strides[2] === width);
  const as2d = new Tensor(weight.storage, weight.scalarType, [co, taps], [taps, 1], weight.storageOffset);
  const packs = isDepthwise ? [] : Array.from({ length: o.groups }, (_, g) =>
    packWeights(
      new Tensor(
        weight.storage,
        weight.scalarType,
        [perGroup, taps],
        [taps, 1],
        weight.storageOffset + g * perGroup * taps,
      ),
      "a",
      false,
    ));
  if (packs.some((p) => p === null || p.released)) return false;
  const ok = withOperands([out, x, bias, weight], (s) => {
    const g = gemmKernels("f32"), k = convKernels();
    const xAt = s.input(x), outAt = s.output(out);
    const biases = bias ? biasAt(s, bias, 4) : 0;
    const wAt = isDepthwise ? s.input(as2d) : 0;
    const rowBytes = geometry.paddedWidth * 4, planeBytes = rowBytes * geometry.paddedHeight;
    let padded = 0, pixelTable = 0, tapTable = 0, panels = 0;
    if (!direct) {
      padded = s.scratch(planeBytes * cg + 64);
      tapTable = s.scratch(taps * 4);
      pixelTable = s.scratch(pixels * 4 + 64);
      if (!isDepthwise) panels = s.scratch((COLUMNS + g.nr) * Math.min(taps, KC) * 4);
      // scratch can grow the memory: the view is taken afterwards
      const i32 = s.memory.i32;
      let at = tapTable >> 2;
      for (let ch = 0; ch < cg; ch++) {
        for (let y = 0; y < kh; y++) {
          for (let z = 0; z < kw; z++) i32[at++] = ch * planeBytes + y * dh * rowBytes + z * dw * 4;
        }
      }
      at = pixelTable >> 2;
      for (let y = 0; y < oh; y++) for (let z = 0; z < ow; z++) i32[at++] = y * sh * rowBytes + z * sw * 4;
      i32.fill(0, at, at + 8);
    }
    const mark = s.memory.markScratch();
    for (let n = 0; n < batch; n++) {
      for (let group = 0; group < o.groups; group++) {
        const from = xAt + (n * x.strides[0] + group * cg * x.strides[1]) * 4;
        const to = outAt + (n * co + group * perGroup) * pixels * 4;
        const biasHere = biases + group * perGroup * 4;
        if (!direct) padImage(s, padded, from, x, geometry, o);
        if (isDepthwise) {
          const b = bias ? s.memory.f32[biasHere >> 2] : 0;
          k.depthwise(to, padded, wAt + group * taps * 4, tapTable, taps, oh, ow, sh * rowBytes, sw * 4, b);
          continue;
        }
        const packB: PackB = direct
          ? packFrom(s, g, { address: from, step: 4, kStep: x.strides[1] * 4 }, pixels, taps)
          : (jc, nc, pc, kc) => {
            k.packImage(panels, padded, pixelTable + jc * 4, nc, tapTable + pc * 4, kc);
            return panels;
          };
        const init = bias ? Init.RowBias : Init.Zero;
        gemmAt(s, g, perGroup, pixels, taps, packs[group]!, packB, COLUMNS, to, pixels * 4, init, biasHere);
        if (direct) s.memory.releaseScratch(mark);
      }
    }
    return true;
  });
  return ok && finishEpilogue(out, o.epilogue);
}

/** conv2d over one spatial dimension: tensors [n, c, l], options of length 1. */
export function conv1d(out: Tensor, x: Tensor, weight: Tensor, bias: Tensor | null, o: ConvOptions): boolean {
  if (out.dim !== 3 || x.dim !== 3 || weight.dim !== 3) return false;
  const lift = (t: Tensor) =>
    new Tensor(t.storage, t.scalarType, [t.sizes[0], t.sizes[1], 1, t.sizes[2]], [
      t.strides[0],
      t.strides[1],
      t.sizes[2] * t.strides[2],
      t.strides[2],
    ], t.storageOffset);
  return conv2d(lift(out), lift(x), lift(weight), bias, {
    stride: [1, o.stride[0]],
    padding: [0, o.padding[0]],
    dilation: [1, o.dilation[0]],
    groups: o.groups,
    epilogue: o.epilogue,
  });
}
