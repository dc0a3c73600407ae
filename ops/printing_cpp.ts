/** Tensors as text as TorchScript's `print` shows them: C++ columns, then `[ CPUFloatType{2,3} ]`. */
import { isComplexType, ScalarType, scalarTypeInfo } from "../core/scalar_type.ts";
import type { Tensor } from "../core/tensor.ts";
import { floatRepr, formatE, formatF, formatG } from "../core/text/float_repr.ts";
import { onHost } from "./backend.ts";
import { asType } from "./reference/copy.ts";
import { numbers } from "./reference/dense.ts";

const LINE = 80;

interface Columns {
  readonly scale: number;
  readonly width: number;
  text(x: number): string;
}

/** How the values of one matrix print: integers plainly, wide ranges with exponents, else four decimals, scaled. */
function columnsOf(v: ArrayLike<number>): Columns {
  const general = (x: number) => special(x) ?? formatG(x, 6);
  const scientific = (x: number) => special(x) ?? formatE(x, 4);
  const fixed = (x: number) => special(x) ?? formatF(x, 4);
  if (v.length === 0) return { scale: 1, width: 0, text: general };
  let ints = true, min = Infinity, max = -Infinity;
  for (let i = 0; i < v.length; i++) {
    if (!Number.isFinite(v[i])) continue;
    if (v[i] !== Math.ceil(v[i])) ints = false;
    min = Math.min(min, Math.abs(v[i]));
    max = Math.max(max, Math.abs(v[i]));
  }
  if (min === Infinity) min = max = 1;
  const exponent = (x: number) => x === 0 ? 1 : Math.floor(Math.log10(x)) + 1;
  const lo = min === Infinity ? 1 : exponent(min), hi = exponent(max);
  if (ints) {
    return hi > 9 ? { scale: 1, width: 11, text: scientific } : { scale: 1, width: hi + 1, text: general };
  }
  if (hi - lo > 4) {
    return { scale: 1, width: 11 + (Math.abs(hi) > 99 || Math.abs(lo) > 99 ? 1 : 0), text: scientific };
  }
  if (hi > 5 || hi < 0) return { scale: 10 ** (hi - 1), width: 7, text: fixed };
  return { scale: 1, width: hi === 0 ? 7 : hi + 6, text: fixed };
}
function special(x: number): string | undefined {
  return x !== x ? "nan" : x === Infinity ? "inf" : x === -Infinity ? "-inf" : undefined;
}

function matrix(v: ArrayLike<number>, rows: number, cols: number, indent: number): string {
  const f = columnsOf(v);
  const pad = " ".repeat(indent);
  const perLine = Math.max(1, Math.floor((LINE - indent) / (f.width + 1)));
  let out = "";
  for (let first = 0; first < cols; first += perLine) {
    const last = Math.min(first + perLine, cols) - 1;
    if (perLine < cols) {
      if (first !== 0) out += "\n";
      out += `Columns ${first + 1} to ${last + 1}${pad}`;
    }
    if (f.scale !== 1) out += `${formatG(f.scale, 6)} *\n${pad} `;
    for (let r = 0; r < rows; r++) {
      for (let c = first; c <= last; c++) {
        out += f.text(v[r * cols + c] / f.scale).padStart(f.width);
        if (c < last) out += " ";
        else {
          out += "\n";
          if (r !== rows - 1) out += pad + (f.scale !== 1 ? " " : "");
        }
      }
    }
  }
  return out;
}

/** The text of a tensor, without a newline at the end. */
export function cppTensorText(t: Tensor): string {
  const tail = `[ ${t.device.type === "cpu" ? "CPU" : "WebGPU"}${scalarTypeInfo(t.scalarType).name}Type{${
    t.sizes.join(",")
  }} ]`;
  const host = onHost(t);
  // PyTorch converts to double on the way, which leaves the real parts.
  const v = isComplexType(t.scalarType) ? numbers(asType(host, ScalarType.Double)) : numbers(host);
  if (t.dim === 0) return `${special(v[0]) ?? floatRepr(v[0]).replace(/\.0$/, "")}\n${tail}`;
  if (t.dim === 1) {
    const f = columnsOf(v);
    let out = f.scale !== 1 ? `${formatG(f.scale, 6)} *\n` : "";
    for (let i = 0; i < v.length; i++) out += f.text(v[i] / f.scale).padStart(f.width) + "\n";
    return out + tail;
  }
  if (t.numel === 0) return tail;
  const cols = t.sizes[t.dim - 1], rows = t.sizes[t.dim - 2], step = rows * cols;
  if (t.dim === 2) return matrix(v, rows, cols, 0) + tail;
  const outer = t.sizes.slice(0, -2), index = outer.map(() => 0), parts: string[] = [];
  for (let at = 0; at < v.length; at += step) {
    parts.push(
      `(${index.map((i) => i + 1).join(",")},.,.) = \n${
        matrix(Array.prototype.slice.call(v, at, at + step), rows, cols, 1)
      }`,
    );
    for (let d = outer.length - 1; d >= 0; d--) {
      if (++index[d] < outer[d]) break;
      index[d] = 0;
    }
  }
  return parts.join("\n") + tail;
}
