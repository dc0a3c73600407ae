/** Maxima of windows at places that a random sample a plane shifts (Graham, Fractional Max-Pooling); conv_tbc beside it. */
import { check } from "../../core/errors.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { spread } from "./nn_conv.ts";

/** Where the windows of a dimension begin; the last one ends with the input. */
function starts(
  sample: number,
  size: number,
  out: number,
  kernel: number,
  round: (x: number) => number,
): number[] {
  const alpha = out > 1 ? round((size - kernel) / (out - 1)) : 0, first = Math.trunc(round(sample * alpha));
  return Array.from(
    { length: out },
    (_, i) => i === out - 1 ? size - kernel : Math.trunc(round(round(i + sample) * alpha)) - first,
  );
}

const NAMES = ["time", "height", "width"];

function fractionalMaxPool(dims: number) {
  const name = `fractional_max_pool${dims}d`;
  return (x: Tensor, kernelSize: number[], outputSize: number[], samples: Tensor): Tensor[] => {
    check(
      x.dim === dims + 1 || x.dim === dims + 2,
      () => `${name}(): Expected ${dims + 1}D or ${dims + 2}D tensor, but got: [${x.sizes.join(", ")}]`,
    );
    const kernel = spread(kernelSize, dims), output = spread(outputSize, dims), space = x.sizes.slice(-dims);
    for (let d = 0; d < dims; d++) {
      check(
        // PyTorch asks for one more in three dimensions.
        output[d] + kernel[d] - 1 <= space[d] - (dims - 2),
        () =>
          `${name}${dims === 3 ? "_out" : ""}(): pool ${NAMES[d + 3 - dims]} ${
            kernel[d]
          } too large relative to input ` +
          `${NAMES[d + 3 - dims]} ${space[d]}`,
      );
    }
    const round = x.scalarType === ScalarType.Float ? Math.fround : (v: number) => v;
    const lead = x.sizes.slice(0, -dims),
      planes = numelOf(lead),
      area = numelOf(space),
      each = numelOf(output);
    const v = numbers(x),
      s = numbers(samples),
      best = new Float64Array(planes * each),
      at = new Float64Array(planes * each);
    for (let p = 0; p < planes; p++) {
      // A plane's samples stand in the order of x, y, z.
      const from = space.map((size, d) =>
        starts(s[p * dims + dims - 1 - d], size, output[d], kernel[d], round)
      );
      for (let o = 0; o < each; o++) {
        const corner = new Array<number>(dims);
        for (let d = dims - 1, rest = o; d >= 0; rest = Math.floor(rest / output[d--])) {
          corner[d] = from[d][rest % output[d]];
        }
        let largest = -Infinity, where = corner.reduce((q, c, d) => q * space[d] + c, 0);
        for (let k = 0; k < numelOf(kernel); k++) {
          let q = 0;
          for (let d = 0, below = numelOf(kernel), rest = k; d < dims; d++) {
            below /= kernel[d];
            q = q * space[d] + corner[d] + Math.floor(rest / below);
            rest %= below;
          }
          const value = v[p * area + q];
          if (value > largest || value !== value) [largest, where] = [value, q];
        }
        best[p * each + o] = largest;
        at[p * each + o] = where;
      }
    }
    const sizes = [...lead, ...output];
    return [fromNumbers(best, sizes, x.scalarType), fromNumbers(at, sizes, ScalarType.Long)];
  };
}

/** Convolution over (time, batch, channels) with a weight of (kernel, in, out). */
function convTbc(x: Tensor, weight: Tensor, bias: Tensor, pad: number): Tensor {
  check(x.dim === 3, "Input must have 3 dims: time, batch, in_channel");
  check(weight.dim === 3, "Weight tensor must have 3 dims: kernel_width, in_channels, out_channels.");
  check(bias.dim === 1, "Bias must be 1-D");
  check(
    x.sizes[2] === weight.sizes[1],
    "Input dim 2 (input channels) is not == dim 1 in the weight tensor (input channels).",
  );
  check(
    weight.sizes[2] === bias.sizes[0],
    "Bias size must equal dim 2 in the weight tensor (output channels).",
  );
  const [time, batch, channels] = x.sizes,
    [kernel, , out] = weight.sizes,
    length = time + 2 * pad - kernel + 1;
  const v = numbers(x), w = numbers(weight), b = numbers(bias), y = new Float64Array(length * batch * out);
  for (let t = 0; t < length; t++) {
    for (let n = 0; n < batch; n++) {
      for (let o = 0; o < out; o++) {
        let sum = b[o];
        for (let k = 0; k < kernel; k++) {
          const from = t + k - pad;
          if (from < 0 || from >= time) continue;
          for (let c = 0; c < channels; c++) {
            sum += v[(from * batch + n) * channels + c] * w[(k * channels + c) * out + o];
          }
        }
        y[(t * batch + n) * out + o] = sum;
      }
    }
  }
  return fromNumbers(y, [length, batch, out], x.scalarType);
}

export const fractionalPooling: Family = {
  "aten::fractional_max_pool2d": op("Maxima of windows at random places, and where.", fractionalMaxPool(2)),
  "aten::fractional_max_pool3d": op("Maxima of windows at random places, and where.", fractionalMaxPool(3)),
  "aten::conv_tbc": op("Convolution with time first.", convTbc),
};
