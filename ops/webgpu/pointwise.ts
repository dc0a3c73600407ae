/** Elementwise kernels, generated from the same expressions as the CPU's. */
import { NotImplemented } from "../../core/errors.ts";
import { scalarTypeInfo } from "../../core/scalar_type.ts";
import { contiguousStrides, type Tensor } from "../../core/tensor.ts";
import { arityOf, type Expr, input, keyOf, type ValueType, wgslCast, wgslOf } from "../expr/mod.ts";
import { broadcastStrides, collapse } from "../wasm/layout.ts";
import { emptyTensor, gpu, memoryOf } from "./device.ts";
import { computeType, loadText, storedType, storeText } from "./elements.ts";
import { floatWord, type Kernel, type WebGPUMemory } from "./runtime.ts";
import { bindings, groupsFor, hashText, INVOCATION, shader } from "./shader.ts";

/** Types of the scalar parameters of an expression, found once. */
const scalarTypes = new WeakMap<Expr, readonly ValueType[]>();

function scalarTypesOf(e: Expr): readonly ValueType[] {
  let types = scalarTypes.get(e);
  if (types) return types;
  const found: ValueType[] = new Array(arityOf(e).scalars).fill("f32"), seen = new Set<Expr>();
  const walk = (x: Expr) => {
    if (seen.has(x)) return;
    seen.add(x);
    if (x.op === "scalar") found[x.index] = x.type;
    x.args.forEach(walk);
  };
  walk(e);
  scalarTypes.set(e, types = found);
  return types;
}

/** Parameter words of runtime scalars: two for int64, one for the others. */
function scalarWords(types: readonly ValueType[], values: readonly (number | bigint | boolean)[]): number[] {
  const words: number[] = [];
  types.forEach((t, j) => {
    const v = values[j] ?? 0;
    if (t === "i64") {
      const b = BigInt(v);
      words.push(Number(BigInt.asIntN(32, b)), Number(BigInt.asIntN(32, b >> 32n)));
    } else words.push(t === "f32" ? floatWord(Number(v)) : Number(v) | 0);
  });
  return words;
}

function scalarText(types: readonly ValueType[], at: number): string[] {
  return types.map((t) => {
    const word = `p[${at++}]`;
    if (t === "i64") return `vec2<u32>(bitcast<u32>(${word}), bitcast<u32>(p[${at++}]))`;
    return t === "f32" ? `bitcast<f32>(${word})` : t === "bool" ? `(${word} != 0)` : word;
  });
}

/**
 * How an operand lies along the flattened result: `c` element by element, `b` one element for all, `s` any strides.
 * `o` stands for an input that is the output's own view.
 */
type Layout = "c" | "b" | "s" | "o";

/** Parameters: count, offsets (output, inputs), scalars, then for strided forms sizes and each strided operand's strides. */
function shaderText(
  e: Expr,
  out: Tensor,
  inputs: readonly Tensor[],
  layouts: readonly Layout[],
  rank: number,
): string {
  const types = scalarTypesOf(e), firstScalar = 2 + inputs.length;
  const scalars = scalarText(types, firstScalar);
  let at = firstScalar + types.reduce((n, t) => n + (t === "i64" ? 2 : 1), 0);
  const sizesAt = at;
  at += rank;
  const strideAt = layouts.map((l) => l === "s" ? (at += rank, at - rank) : 0);
  const index = layouts.map((l, k) => {
    const offset = `p[${1 + k}]`;
    return l === "o" ? "at0" : l === "c" ? `${offset} + i` : offset;
  });
  const lines = [INVOCATION, "if (i >= p[0]) { return; }"];
  layouts.forEach((l, k) => {
    if (l !== "o") lines.push(`${l === "s" ? "var" : "let"} at${k} = ${index[k]};`);
  });
  if (layouts.includes("s")) {
    lines.push("var rest = i;");
    for (let d = rank - 1; d >= 0; d--) {
      lines.push(
        d > 0 ? `let c${d} = rest % p[${sizesAt + d}]; rest = rest / p[${sizesAt + d}];` : "let c0 = rest;",
      );
      layouts.forEach((l, k) => {
        if (l === "s") lines.push(`at${k} = at${k} + c${d} * p[${strideAt[k] + d}];`);
      });
    }
  }
  const code = wgslOf(e, (kind, j, type) => {
    if (kind === "scalar") return scalars[j];
    const t = inputs[j].scalarType;
    const place = layouts[j + 1] === "o" ? "o[at0]" : `x${j}[at${j + 1}]`;
    return wgslCast(loadText(place, t), computeType(t), type);
  });
  if (!code) throw new NotImplemented(`${e.op} of ${e.type} on device webgpu`);
  const result = wgslCast(code.result, e.type, computeType(out.scalarType));
  lines.push(code.statements, `o[at0] = ${storeText(result, out.scalarType)};`);
  const reads = Object.fromEntries(
    inputs.map((t, j) => [`x${j}`, t.scalarType] as const).filter((_x, j) => layouts[j + 1] !== "o"),
  );
  return shader(bindings({ o: out.scalarType }, reads), lines.join("\n"));
}

const kernels = new WeakMap<Expr, Map<string, Kernel>>();

function kernelFor(
  e: Expr,
  out: Tensor,
  inputs: readonly Tensor[],
  layouts: readonly Layout[],
  rank: number,
): Kernel {
  const dtypes = [out, ...inputs].map((t) => scalarTypeInfo(t.scalarType).dtype);
  const form = `${dtypes.join(",")}_${layouts.join("")}${layouts.includes("s") ? rank : ""}`;
  let known = kernels.get(e);
  if (!known) kernels.set(e, known = new Map());
  let kernel = known.get(form);
  if (!kernel || !gpu().owns(kernel)) {
    const name = `${storedType(out.scalarType) === "f32" ? "f32" : dtypes[0]}_${e.op.replace(/\W/g, "_")}_` +
      `${layouts.join("")}_${hashText(form + keyOf(e))}__wgsl`;
    const reads = layouts.slice(1).filter((l) => l !== "o").length;
    kernel = gpu().kernel(
      name,
      () => ({ code: shaderText(e, out, inputs, layouts, rank), writes: 1, reads }),
    );
    known.set(form, kernel);
  }
  return kernel;
}

function sameView(a: Tensor, b: Tensor): boolean {
  return a.scalarType === b.scalarType && a.storageOffset === b.storageOffset && a.dim === b.dim &&
    a.sizes.every((s, d) => s === b.sizes[d] && (s === 1 || a.strides[d] === b.strides[d]));
}

/**
 * out = e(inputs, scalars), element by element, recorded. Inputs broadcast to out's sizes and convert to the types of
 * the expression's leaves; the result converts to out's type. Any strides; inputs may overlap out.
 */
export function pointwise(
  e: Expr,
  out: Tensor,
  inputs: readonly Tensor[],
  scalars: readonly (number | bigint | boolean)[] = [],
): void {
  if (out.numel === 0) return;
  const shares = inputs.map((t) => t.storage === out.storage);
  if (inputs.some((t, j) => shares[j] && !sameView(t, out))) {
    const fresh = emptyTensor(out.sizes, out.scalarType);
    pointwise(e, fresh, inputs, scalars);
    copyStrided(out, fresh);
    fresh.storage.release();
    return;
  }
  const strides = [out.strides, ...inputs.map((t) => broadcastStrides(t, out.sizes)!)];
  const space = collapse(out.sizes, strides), dense = contiguousStrides(space.sizes);
  const layouts = space.strides.map((s, k): Layout => {
    if (k > 0 && shares[k - 1]) return "o";
    if (s.every((x, d) => x === dense[d] || space.sizes[d] === 1)) return "c";
    return k > 0 && s.every((x) => x === 0) ? "b" : "s";
  });
  const rank = space.sizes.length;
  const kernel = kernelFor(e, out, inputs, layouts, rank);
  const params = [out.numel, out.storageOffset, ...inputs.map((t) => t.storageOffset)];
  params.push(...scalarWords(scalarTypesOf(e), scalars));
  if (layouts.includes("s")) {
    params.push(...space.sizes);
    layouts.forEach((l, k) => l === "s" && params.push(...space.strides[k]));
  }
  const memories: WebGPUMemory[] = [memoryOf(out)];
  inputs.forEach((t, j) => shares[j] || memories.push(memoryOf(t)));
  gpu().dispatch(kernel, memories, params, groupsFor(out.numel));
}

const identities = new Map<ValueType, Expr>();

/** out = source, broadcast, converted to out's type, any strides. Both are on the GPU. */
export function copyStrided(out: Tensor, source: Tensor): void {
  const t = computeType(source.scalarType);
  let e = identities.get(t);
  if (!e) identities.set(t, e = input(0, t));
  pointwise(e, out, [source]);
}
