/** Upsampling, a dimension at a time: the CPU's positions and weights, which depend on sizes alone, as index and factor. */
import type { IValue } from "../../core/ivalue.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { checkResize, type Kind, outputOf, taps, UPSAMPLING } from "../aten/nn_upsample.ts";
import type { Kernel } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { fromTypedArray } from "../reference/allocation.ts";
import { uploaded } from "./transfer.ts";

const t = (key: string, ...args: IValue[]) => call(`aten::${key}`, ...args) as Tensor;

function resize(
  x: Tensor,
  kind: Kind,
  output: readonly number[],
  align: boolean,
  factors: readonly (number | null)[],
): Tensor {
  checkResize(x, output);
  let y = x.scalarType === ScalarType.Float ? x : t("to.dtype", x, ScalarType.Float);
  for (let d = output.length - 1; d >= 0; d--) {
    const dim = d + 2, table = taps(kind, y.sizes[dim], output[d], align, factors[d] ?? null);
    const wide = Math.max(...table.map((e) => e.at.length));
    let sum: Tensor | undefined;
    for (let k = 0; k < wide; k++) {
      const at = Int32Array.from(table, (e) => e.at[k] ?? 0), n = table.length;
      const part = t("index_select", y, dim, uploaded(fromTypedArray(at, [n], ScalarType.Int)));
      if (wide === 1) {
        sum = part;
        break;
      }
      const weights = Float32Array.from(table, (e) => e.weight[k] ?? 0);
      const shape = y.sizes.map((_s, i) => i === dim ? n : 1);
      const scaled = t("mul.Tensor", part, uploaded(fromTypedArray(weights, shape, ScalarType.Float)));
      sum = sum ? t("add.Tensor", sum, scaled) : scaled;
    }
    y = sum!;
  }
  return y.scalarType === x.scalarType ? y : t("to.dtype", y, x.scalarType);
}

function forms(name: string, kind: Kind): [string, Kernel][] {
  const aligns = kind !== "nearest" && kind !== "exact";
  return [
    [`aten::${name}`, (x: Tensor, size: number[], ...rest: unknown[]) => {
      const factors = (aligns ? rest.slice(1) : rest) as (number | null)[];
      return resize(x, kind, size, aligns && rest[0] as boolean, factors);
    }],
    [`aten::${name}.vec`, (x: Tensor, size: number[] | null, ...rest: unknown[]) => {
      const factors = rest[aligns ? 1 : 0] as number[] | null;
      return resize(x, kind, outputOf(x, size, factors), aligns && rest[0] as boolean, factors ?? []);
    }],
  ];
}

export const RESIZE_KERNELS: Readonly<Record<string, Kernel>> = Object.fromEntries(
  Object.entries(UPSAMPLING).flatMap(([name, kind]) => forms(name, kind)),
);
