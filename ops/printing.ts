/** Tensors as text, as `print(tensor)` and `repr` show them in Python. */
import { onHost } from "./backend.ts";
import { bfloat16ToNumber, halfToNumber } from "../core/element.ts";
import { dtypeName, isComplexType, isFloatingType, ScalarType, toComplexType } from "../core/scalar_type.ts";
import type { Tensor } from "../core/tensor.ts";
import { formatE, formatF } from "../core/text/float_repr.ts";
import { getDefaultDtype } from "./reference/allocation.ts";

/** `torch.set_printoptions`. `sciMode` null chooses by the values. */
export interface PrintOptions {
  precision: number;
  threshold: number;
  edgeitems: number;
  linewidth: number;
  sciMode: boolean | null;
}

const DEFAULTS: Readonly<PrintOptions> = {
  precision: 4,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 80,
  sciMode: null,
};
let current: PrintOptions = { ...DEFAULTS };

export function getPrintOptions(): Readonly<PrintOptions> {
  return current;
}

/** Sets some options; a profile ("default", "short", "full") resets precision, threshold, edgeitems and linewidth first. */
export function setPrintOptions(options: Partial<PrintOptions> & { profile?: string }): void {
  const { profile, ...rest } = options;
  if (profile === "default") {
    current = { ...current, precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80 };
  }
  if (profile === "short") {
    current = { ...current, precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80 };
  }
  if (profile === "full") {
    current = { ...current, precision: 4, threshold: Infinity, edgeitems: 3, linewidth: 80 };
  }
  for (const [k, v] of Object.entries(rest)) if (v !== undefined) Object.assign(current, { [k]: v });
  // As in PyTorch, leaving sci_mode out means choosing by the values again.
  current.sciMode = options.sciMode ?? null;
}

export interface FormatOptions {
  /** Text before the elements; its length is the indent of further lines. `tensor(` unless told. */
  prefix?: string;
  /** Name of the autograd node: `AddBackward0`. */
  gradFn?: string | null;
}

/** The text of a tensor: `tensor([1., 2.])`. */
export function formatTensor(t: Tensor, options: FormatOptions = {}): string {
  const prefix = options.prefix ?? "tensor(";
  const indent = prefix.length;
  const suffixes: string[] = [];
  const dtype = t.scalarType, standard = getDefaultDtype();
  const sizes = `size=${tupleText(t.sizes)}`, dtypeSuffix = `dtype=${dtypeName(dtype)}`;
  let text: string;
  if (t.device.type !== "cpu") suffixes.push(`device='${t.device}'`);
  if (t.device.type === "meta") {
    suffixes.push(sizes);
    if (dtype !== standard) suffixes.push(dtypeSuffix);
    text = "...";
  } else if (t.numel === 0) {
    if (t.dim !== 1) suffixes.push(sizes);
    if (dtype !== standard) suffixes.push(dtypeSuffix);
    text = "[]";
  } else {
    const usual = dtype === standard || dtype === toComplexType(standard) || dtype === ScalarType.Long ||
      dtype === ScalarType.Bool;
    if (!usual) suffixes.push(dtypeSuffix);
    text = new TensorText(onHost(t)).text(indent);
  }
  if (options.gradFn) suffixes.push(`grad_fn=<${options.gradFn}>`);
  else if (t.requiresGrad) suffixes.push("requires_grad=True");
  return withSuffixes(prefix + text, suffixes, indent);
}

function tupleText(sizes: readonly number[]): string {
  return `(${sizes.join(", ")}${sizes.length === 1 ? "," : ""})`;
}

function withSuffixes(text: string, suffixes: readonly string[], indent: number): string {
  const out = [text];
  let last = text.length - text.lastIndexOf("\n") + 1;
  for (const s of suffixes) {
    if (last + s.length + 2 > current.linewidth) {
      out.push(",\n" + " ".repeat(indent) + s);
      last = indent + s.length;
    } else {
      out.push(", " + s);
      last += s.length + 2;
    }
  }
  return out.join("") + ")";
}

type Element = number | bigint | boolean;

/** How one column of numbers prints: chosen once from all values shown. */
class Formatter {
  readonly floating: boolean;
  intMode = true;
  sciMode = false;
  width = 1;

  constructor(values: readonly Element[], floating: boolean) {
    this.floating = floating;
    if (!floating) {
      for (const v of values) this.width = Math.max(this.width, plain(v).length);
      return;
    }
    const finite = (values as number[]).filter((v) => Number.isFinite(v) && v !== 0);
    if (finite.length === 0) return;
    let min = Infinity, max = 0;
    for (const v of finite) {
      min = Math.min(min, Math.abs(v));
      max = Math.max(max, Math.abs(v));
      if (v !== Math.ceil(v)) this.intMode = false;
    }
    const p = current.precision;
    this.sciMode = max / min > 1000 || max > 1e8 || (!this.intMode && min < 1e-4);
    if (current.sciMode !== null) this.sciMode = current.sciMode;
    for (const v of finite) {
      const n = this.sciMode
        ? formatE(v, p).length
        : this.intMode
        ? formatF(v, 0).length + 1
        : formatF(v, p).length;
      this.width = Math.max(this.width, n);
    }
  }

  format(v: Element): string {
    let s: string;
    if (!this.floating) s = plain(v);
    else {
      const x = v as number;
      if (this.sciMode) s = formatE(x, current.precision);
      else if (this.intMode) s = formatF(x, 0) + (Number.isFinite(x) ? "." : "");
      else s = formatF(x, current.precision);
    }
    return s.padStart(this.width);
  }
}
function plain(v: Element): string {
  return typeof v === "boolean" ? (v ? "True" : "False") : String(v);
}

class TensorText {
  readonly #t: Tensor;
  readonly #data: ArrayLike<number | bigint>;
  readonly #complex: boolean;
  readonly #summarize: boolean;
  readonly #real: Formatter;
  readonly #imaginary: Formatter | null;

  constructor(t: Tensor) {
    this.#t = t;
    this.#data = t.data() as ArrayLike<number | bigint>;
    this.#complex = isComplexType(t.scalarType);
    this.#summarize = t.numel > current.threshold;
    const shown: number[] = [];
    this.#collect(0, t.storageOffset, shown);
    const floating = this.#complex || isFloatingType(t.scalarType);
    this.#real = new Formatter(shown.map((i) => this.#part(i, 0)), floating);
    this.#imaginary = this.#complex ? new Formatter(shown.map((i) => this.#part(i, 1)), true) : null;
  }

  /** Positions of the elements that will be shown. */
  #collect(dim: number, at: number, out: number[]): void {
    if (dim === this.#t.dim) {
      out.push(at);
      return;
    }
    for (const i of this.#indices(dim)) {
      if (i >= 0) this.#collect(dim + 1, at + i * this.#t.strides[dim], out);
    }
  }
  /** Indices shown along a dimension, -1 standing for the dots. */
  #indices(dim: number): number[] {
    const n = this.#t.sizes[dim], e = current.edgeitems;
    if (!this.#summarize || n <= 2 * e) return Array.from({ length: n }, (_, i) => i);
    const out: number[] = [];
    for (let i = 0; i < e; i++) out.push(i);
    out.push(-1);
    for (let i = n - e; i < n; i++) out.push(i);
    return out;
  }
  #part(at: number, part: number): Element {
    const i = this.#complex ? 2 * at + part : at;
    const v = this.#data[i];
    switch (this.#t.scalarType) {
      case ScalarType.Half:
      case ScalarType.ComplexHalf:
        return halfToNumber(v as number);
      case ScalarType.BFloat16:
        return bfloat16ToNumber(v as number);
      case ScalarType.Bool:
        return v !== 0;
      default:
        return v;
    }
  }
  #element(at: number): string {
    const re = this.#real.format(this.#part(at, 0));
    if (!this.#imaginary) return re;
    const im = (this.#imaginary.format(this.#part(at, 1)) + "j").trimStart();
    return im[0] === "-" || im[0] === "+" ? re + im : `${re}+${im}`;
  }

  text(indent: number, dim = 0, at = this.#t.storageOffset): string {
    const { dim: ndim, strides } = this.#t;
    if (dim === ndim) return this.#element(at);
    const indices = this.#indices(dim);
    if (dim === ndim - 1) {
      const width = this.#real.width + 2 + (this.#imaginary ? this.#imaginary.width + 1 : 0);
      const perLine = Math.max(1, Math.floor((current.linewidth - indent) / width));
      const items = indices.map((i) => i < 0 ? " ..." : this.#element(at + i * strides[dim]));
      const lines: string[] = [];
      for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(", "));
      return `[${lines.join(",\n" + " ".repeat(indent + 1))}]`;
    }
    const parts = indices.map((i) => i < 0 ? "..." : this.text(indent + 1, dim + 1, at + i * strides[dim]));
    return `[${parts.join("," + "\n".repeat(ndim - dim - 1) + " ".repeat(indent + 1))}]`;
  }
}
