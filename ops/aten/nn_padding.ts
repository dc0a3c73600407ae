/** Padding: constant, reflected, replicated, circular. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { Float, type Scalar } from "../../core/scalar.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import { copyInto } from "../reference/copy.ts";
import { full } from "../reference/fill.ts";
import { takeAt } from "../reference/positions.ts";
import { narrow } from "./view.ts";

const list = (s: readonly number[]) => `[${s.join(", ")}]`;

/** Pads from the last dimension backwards; negative pads cut. */
export function constantPad(x: Tensor, pad: readonly number[], value: Scalar): Tensor {
  check(pad.length % 2 === 0, () => `Length of pad must be even but instead it equals ${pad.length}`);
  check(
    x.dim >= pad.length / 2,
    () =>
      `Length of pad should be no more than twice the number of dimensions of the input. Pad length is ${pad.length}while the input has ${x.dim}dimensions.`,
  );
  let from = x;
  const sizes = x.sizes.slice(), inner: [number, number, number][] = [];
  for (let i = 0; i < pad.length / 2; i++) {
    const d = x.dim - 1 - i, lo = pad[2 * i], hi = pad[2 * i + 1];
    sizes[d] = x.sizes[d] + lo + hi;
    const cutLo = Math.max(-lo, 0), length = x.sizes[d] - cutLo - Math.max(-hi, 0);
    check(length >= 0, "narrow(): length must be non-negative.");
    check(
      sizes[d] >= 0,
      () =>
        `The input size ${
          x.sizes[d]
        }, plus negative padding ${lo} and ${hi} resulted in a negative output size, which is invalid. Check dimension ${d} of your input.`,
    );
    if (length === 0) return full(sizes, value, x.scalarType);
    from = narrow(from, d, cutLo, length);
    inner.push([d, Math.max(lo, 0), length]);
  }
  const out = full(sizes, value, x.scalarType);
  let to: Tensor = out;
  for (const [d, start, length] of inner) to = narrow(to, d, start, length);
  copyInto(to, from);
  return out;
}

/** Source position of padded position `i` (counted from the input's start) in a dimension of `n`. */
type Place = (i: number, n: number) => number;
const reflect: Place = (i, n) => i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i;
const replicate: Place = (i, n) => Math.min(Math.max(i, 0), n - 1);
const circular: Place = (i, n) => ((i % n) + n) % n;

function gather(x: Tensor, pad: readonly number[], place: Place): Tensor {
  const count = pad.length / 2,
    maps = x.sizes.map((n, d) => {
      const i = x.dim - 1 - d, lo = i < count ? pad[2 * i] : 0, hi = i < count ? pad[2 * i + 1] : 0;
      return Float64Array.from({ length: n + lo + hi }, (_, k) => place(k - lo, n) * x.strides[d]);
    });
  let positions: Float64Array = Float64Array.of(x.storageOffset);
  for (const map of maps) {
    const next = new Float64Array(positions.length * map.length);
    for (let p = 0, o = 0; p < positions.length; p++) {
      for (let k = 0; k < map.length; k++) next[o++] = positions[p] + map[k];
    }
    positions = next;
  }
  return takeAt(x, positions, maps.map((m) => m.length));
}

function reflectionPad(dims: number) {
  return (x: Tensor, pad: readonly number[]): Tensor => {
    checkSpatial("reflection_pad", x, pad, dims);
    for (let i = 0; i < dims; i++) {
      const d = x.dim - 1 - i;
      check(
        pad[2 * i] < x.sizes[d] && pad[2 * i + 1] < x.sizes[d],
        () =>
          `Argument #${
            4 + 2 * i
          }: Padding size should be less than the corresponding input dimension, but got: padding (${
            pad[2 * i]
          }, ${pad[2 * i + 1]}) at dimension ${d} of input ${list(x.sizes)}`,
      );
    }
    return gather(x, pad, reflect);
  };
}

function checkSpatial(name: string, x: Tensor, pad: readonly number[], dims: number): void {
  check(pad.length === 2 * dims, () => `padding size is expected to be ${2 * dims}`);
  check(
    x.dim === dims + 1 || x.dim === dims + 2,
    () =>
      `Expected ${dims + 1}D or ${
        dims + 2
      }D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ${
        list(x.sizes)
      }`,
  );
  for (let i = 0; i < dims; i++) {
    const d = x.dim - 1 - i, out = x.sizes[d] + pad[2 * i] + pad[2 * i + 1];
    check(out >= 1, () => `${name}: input (${x.sizes[d]}) is too small. Calculated output: ${out}`);
  }
}

function replicationPad(dims: number) {
  return (x: Tensor, pad: readonly number[]): Tensor => {
    checkSpatial("replication_pad", x, pad, dims);
    return gather(x, pad, replicate);
  };
}

function circularPad(x: Tensor, pad: readonly number[]): Tensor {
  check(
    pad.length / 2 < x.dim,
    () => `Invalid padding size, expected ${2 * (x.dim - 2)} but got ${pad.length}`,
  );
  for (let i = 0; i < pad.length / 2; i++) {
    const n = x.sizes[x.dim - 1 - i], lo = pad[2 * i], hi = pad[2 * i + 1];
    check(lo <= n && hi <= n, "Padding value causes wrapping around more than once.");
    check(n + lo + hi >= 0, "Negative padding value is resulting in an empty dimension");
  }
  return gather(x, pad, circular);
}

/** What `_pad_enum`'s numbers stand for. */
const NUMBERED = ["reflect", "replicate", "circular", "constant"];
const MODES = ["constant", "reflect", "replicate", "circular"];

function padMode(x: Tensor, pad: readonly number[], mode: string, value: number | null): Tensor {
  if (mode === "constant") return constantPad(x, pad, new Float(value ?? 0));
  if (!MODES.includes(mode)) {
    throw new RuntimeFault("NotImplementedError", `Unrecognised padding mode ${mode}`);
  }
  check(value === null || value === 0, () => `Padding mode "${mode}" doesn't take in value argument`);
  const dims = pad.length / 2;
  if (dims >= 1 && dims <= 3 && Number.isInteger(dims) && (x.dim === dims + 1 || x.dim === dims + 2)) {
    if (mode === "circular") return circularPad(x, pad);
    return (mode === "reflect" ? reflectionPad(dims) : replicationPad(dims))(x, pad);
  }
  check(
    dims <= x.dim,
    () =>
      "Padding length should be less than or equal to two times the input dimension but got padding length " +
      `${pad.length} and input of dimension ${x.dim}`,
  );
  throw new RuntimeFault(
    "NotImplementedError",
    `Padding size ${pad.length} is not supported for ${x.dim}D input tensor.`,
  );
}

function padding(name: string, doc: string, f: (dims: number) => Declaration["kernel"]): Family {
  const out: Record<string, Declaration> = {};
  for (let d = 1; d <= 3; d++) out[`aten::${name}${d}d`] = op(doc, f(d));
  return out;
}

export const paddings: Family = {
  "aten::constant_pad_nd": op("Pads with a value.", constantPad),
  "aten::pad": op("Pads as the mode says.", padMode),
  "aten::_pad_enum": op(
    "Pads as the mode says.",
    (x: Tensor, pad: number[], mode: number, value: number | null) =>
      padMode(x, pad, NUMBERED[mode] ?? String(mode), value),
  ),
  "aten::_pad_circular": op("Pads with the other end.", circularPad),
  ...padding("reflection_pad", "Pads with the reflection.", reflectionPad),
  ...padding("replication_pad", "Pads with the edge.", replicationPad),
};
