/** Sequences of different lengths: padded to one tensor, packed step by step, and runs of equal elements. */
import { check } from "../../core/errors.ts";
import { Float, type Scalar } from "../../core/scalar.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { newTensor } from "../reference/allocation.ts";
import { copyInto, copyOf } from "../reference/copy.ts";
import { bigints, fromNumbers, numbers } from "../reference/dense.ts";
import { wrapDim } from "../reference/dims.ts";
import { full } from "../reference/fill.ts";
import { positionsOf, takeAt } from "../reference/positions.ts";
import { narrow, reshape, select, transpose } from "./view.ts";

/** input [T, B, *] and decreasing lengths: rows of step 0 of all, step 1, ...; and how many rows each step has. */
function packPadded(input: Tensor, lengths: Tensor, batchFirst: boolean): Tensor[] {
  const x = batchFirst ? transpose(input, 0, 1) : input, batch = x.sizes[1], own = numbers(lengths);
  check(input.numel > 0, "Cannot pack empty tensors.");
  check(
    lengths.numel === batch,
    () =>
      `Expected \`len(lengths)\` to be equal to batch_size, but got ${lengths.numel} (batch_size=${batch})`,
  );
  check(
    own[batch - 1] > 0,
    "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0",
  );
  for (let i = 1; i < batch; i++) {
    check(
      own[i] <= own[i - 1],
      "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.",
    );
  }
  check(own[0] <= x.sizes[0], () => `Expected lengths of at most ${x.sizes[0]}, but got ${own[0]}`);
  const sizes = Array.from({ length: own[0] }, (_, t) => own.filter((n: number) => n > t).length);
  const inner = positionsOf(x, x.sizes.slice(2), x.strides.slice(2)),
    total = sizes.reduce((a, b) => a + b, 0);
  const positions = new Float64Array(total * inner.length);
  let at = 0;
  sizes.forEach((n, t) => {
    for (let b = 0; b < n; b++) {
      for (const p of inner) positions[at++] = p + t * x.strides[0] + b * x.strides[1];
    }
  });
  return [
    takeAt(x, positions, [total, ...x.sizes.slice(2)]),
    fromNumbers(sizes, [sizes.length], ScalarType.Long),
  ];
}

function padPacked(
  data: Tensor,
  batchSizes: Tensor,
  batchFirst: boolean,
  value: Scalar,
  totalLength: number,
): Tensor[] {
  const sizes = [...numbers(batchSizes)], batch = sizes[0], longest = sizes.length;
  check(
    totalLength <= 0 || totalLength >= longest,
    () =>
      `Expected total_length to be at least the length of the longest sequence in input, but got total_length=${totalLength} and max sequence length being ${longest}`,
  );
  const out = full([Math.max(totalLength, longest), batch, ...data.sizes.slice(1)], value, data.scalarType);
  let at = 0;
  sizes.forEach((n, t) => {
    copyInto(narrow(select(out, 0, t), 0, 0, n), narrow(data, 0, at, n));
    at += n;
  });
  const lengths = Array.from({ length: batch }, (_, b) => sizes.filter((n) => n > b).length);
  return [batchFirst ? transpose(out, 0, 1) : out, fromNumbers(lengths, [batch], ScalarType.Long)];
}

function padSequence(ts: readonly Tensor[], batchFirst: boolean, value: number, side: string): Tensor {
  check(ts.length > 0, "received an empty list of sequences");
  check(
    side === "left" || side === "right",
    () => `Expected padding_side to be one of left or right, but got ${side}.`,
  );
  const longest = Math.max(...ts.map((t) => t.sizes[0])), tail = ts[0].sizes.slice(1);
  const out = full([ts.length, longest, ...tail], new Float(value), ts[0].scalarType);
  ts.forEach((t, i) => {
    check(
      t.dim === ts[0].dim && t.sizes.slice(1).every((s, d) => s === tail[d]),
      () =>
        `The size of tensor a (${tail[0]}) must match the size of tensor b (${
          t.sizes[1]
        }) at non-singleton dimension 1`,
    );
    const n = t.sizes[0];
    if (n > 0) copyInto(narrow(select(out, 0, i), 0, side === "left" ? longest - n : 0, n), t);
  });
  return batchFirst ? out : copyOf(transpose(out, 0, 1));
}

/** Each run of equal elements (or slices along `dim`) once. */
function uniqueConsecutive(self: Tensor, inverse: boolean, counts: boolean, dim: number | null): Tensor[] {
  const flat = dim === null,
    x = flat ? reshape(self, [-1]) : self,
    d = flat ? 0 : wrapDim(dim, self.dim),
    n = x.sizes[d];
  const inner = numelOf(x.sizes.slice(d + 1)), outer = numelOf(x.sizes.slice(0, d));
  const v: ArrayLike<number | bigint> = x.scalarType === ScalarType.Long ? bigints(x) : numbers(x);
  const same = (i: number, j: number) => {
    for (let o = 0; o < outer; o++) {
      for (let k = 0; k < inner; k++) {
        if (v[(o * n + i) * inner + k] !== v[(o * n + j) * inner + k]) return false;
      }
    }
    return true;
  };
  const starts: number[] = [], group: number[] = [], lengths: number[] = [];
  for (let i = 0; i < n; i++) {
    if (i === 0 || !same(i - 1, i)) {
      starts.push(i);
      lengths.push(0);
    }
    group.push(starts.length - 1);
    lengths[lengths.length - 1]++;
  }
  const sizes = x.sizes.map((s, i) => i === d ? starts.length : s), all = positionsOf(x);
  const positions = Float64Array.from({ length: numelOf(sizes) }, (_, q) => {
    const o = Math.floor(q / (starts.length * inner)), k = Math.floor(q / inner) % starts.length;
    return all[(o * n + starts[k]) * inner + q % inner];
  });
  const long = (on: boolean, w: number[], s: readonly number[]) =>
    on ? fromNumbers(w, s, ScalarType.Long) : newTensor([0], ScalarType.Long);
  return [
    takeAt(x, positions, sizes),
    long(inverse, group, flat ? self.sizes : [n]),
    long(counts, lengths, [lengths.length]),
  ];
}

/** Different slices along `dim`, in lexicographic order. */
function uniqueDim(self: Tensor, dim: number, _sorted: boolean, inverse: boolean, counts: boolean): Tensor[] {
  const d = wrapDim(dim, self.dim), n = self.sizes[d], inner = numelOf(self.sizes.slice(d + 1));
  const outer = numelOf(self.sizes.slice(0, d)), all = positionsOf(self);
  const v: ArrayLike<number | bigint> = self.scalarType === ScalarType.Long ? bigints(self) : numbers(self);
  const compare = (i: number, j: number) => {
    for (let o = 0; o < outer; o++) {
      for (let k = 0; k < inner; k++) {
        const a = v[(o * n + i) * inner + k], b = v[(o * n + j) * inner + k];
        if (a !== b) return a < b ? -1 : 1;
      }
    }
    return 0;
  };
  const order = Array.from({ length: n }, (_, i) => i).sort(compare);
  const firsts: number[] = [], group = new Array<number>(n), lengths: number[] = [];
  order.forEach((slot, i) => {
    if (i === 0 || compare(order[i - 1], slot) !== 0) {
      firsts.push(slot);
      lengths.push(0);
    }
    group[slot] = firsts.length - 1;
    lengths[lengths.length - 1]++;
  });
  const m = firsts.length, sizes = self.sizes.map((s, i) => i === d ? m : s);
  const positions = Float64Array.from({ length: numelOf(sizes) }, (_, q) => {
    const o = Math.floor(q / (m * inner)), k = Math.floor(q / inner) % m;
    return all[(o * n + firsts[k]) * inner + q % inner];
  });
  const long = (on: boolean, w: number[]) =>
    on ? fromNumbers(w, [w.length], ScalarType.Long) : newTensor([0], ScalarType.Long);
  return [takeAt(self, positions, sizes), long(inverse, group), long(counts, lengths)];
}

export const sequences: Family = {
  "aten::_pack_padded_sequence": op("Padded sequences as packed rows.", packPadded),
  "aten::_pad_packed_sequence": op("Packed rows as padded sequences.", padPacked),
  "aten::pad_sequence": op("Sequences padded to the longest.", padSequence),
  "aten::unique_consecutive": op("Each run of equal elements once.", uniqueConsecutive),
  "aten::unique_dim": op("Different slices, in order.", uniqueDim),
};
