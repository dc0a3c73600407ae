/**
 * Matrix products. An invocation computes four columns of one or four rows in registers; where an operand's rows lie
 * without gaps at multiples of four elements they are loaded four elements at a time. Sizes and strides are arguments.
 */
import { ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { emptyTensor, gpu, memoryOf } from "./device.ts";
import { storeText } from "./elements.ts";
import { copyStrided } from "./pointwise.ts";
import { floatWord, type Kernel } from "./runtime.ts";
import { shader } from "./shader.ts";

/** One operand: [batch, rows, columns] steps in elements from `offset`. */
export interface Matrix {
  readonly t: Tensor;
  readonly offset: number;
  readonly batch: number;
  readonly row: number;
  readonly column: number;
}

/** Where results go: columns may run in pieces (images of a batch), each piece `piece` columns long. */
export interface Target extends Matrix {
  readonly piece: number;
  readonly pieceStep: number;
}

export interface Shape {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** What is added to the product: `beta` times a matrix, broadcast by zero steps. */
export interface Addend {
  readonly c: Matrix;
  readonly beta: number;
}

/**
 * How an operand is loaded. `v`: four at a time along the columns (A's along k, B's along n). `t` (B only): four at a time
 * along k. `s`: one at a time.
 */
type Load = "v" | "t" | "s";

const P = {
  m: 0,
  n: 1,
  k: 2,
  aOffset: 3,
  aBatch: 4,
  aRow: 5,
  aColumn: 6,
  bOffset: 7,
  bBatch: 8,
  bRow: 9,
  bColumn: 10,
  oOffset: 11,
  oBatch: 12,
  oRow: 13,
  oColumn: 14,
  piece: 15,
  pieceStep: 16,
  alpha: 17,
  beta: 18,
  cOffset: 19,
  cBatch: 20,
  cRow: 21,
  cColumn: 22,
} as const;

function code(rows: number, a: Load, b: Load, addend: boolean, dtype: ScalarType): string {
  const each = (f: (r: number) => string) => Array.from({ length: rows }, (_, r) => f(r)).join("\n");
  const head = `@group(0) @binding(0) var<storage, read> p: array<i32>;
@group(0) @binding(1) var<storage, read_write> o: array<f32>;
@group(0) @binding(2) var<storage, read> a: array<${a === "v" ? "vec4<f32>" : "f32"}>;
@group(0) @binding(3) var<storage, read> b: array<${b === "s" ? "f32" : "vec4<f32>"}>;
${addend ? "@group(0) @binding(4) var<storage, read> c: array<f32>;" : ""}
fn store(v: f32, row: i32, column: i32, batch: i32) {
  if (row >= p[${P.m}] || column >= p[${P.n}]) { return; }
  var x = v * bitcast<f32>(p[${P.alpha}]);
  ${
    addend
      ? `x = x + bitcast<f32>(p[${P.beta}]) * c[p[${P.cOffset}] + batch * p[${P.cBatch}] + row * p[${P.cRow}] + column * p[${P.cColumn}]];`
      : ""
  }
  let at = p[${P.oOffset}] + batch * p[${P.oBatch}] + row * p[${P.oRow}] +
    (column / p[${P.piece}]) * p[${P.pieceStep}] + (column % p[${P.piece}]) * p[${P.oColumn}];
  o[at] = ${storeText("x", dtype)};
}`;
  // k in steps of four wherever a load takes four along it
  const step = a === "v" || b === "t" ? 4 : 1;
  const aScalar = (r: number, j: number) => `a[ar${r} + (k + ${j}) * ac]`;
  const bColumns = (j: number) =>
    b === "v"
      ? `b[(bat + (k + ${j}) * br) >> 2u]`
      : `vec4<f32>(${
        [0, 1, 2, 3].map((x) => `b[bat + (k + ${j}) * br + min(${x}, last) * bc]`)
          .join(", ")
      })`;
  let body: string;
  if (b === "t") {
    const loadA = each((r) =>
      a === "v"
        ? `let x${r} = a[(ar${r} + k) >> 2u];`
        : `let x${r} = vec4<f32>(${[0, 1, 2, 3].map((j) => aScalar(r, j)).join(", ")});`
    );
    const loadB = [0, 1, 2, 3].map((j) => `let y${j} = b[(bat + min(${j}, last) * bc + k) >> 2u];`);
    body = [
      loadA,
      ...loadB,
      each((r) =>
        `s${r} = s${r} + vec4<f32>(dot(x${r}, y0), dot(x${r}, y1), dot(x${r}, y2), dot(x${r}, y3));`
      ),
    ].join("\n");
  } else if (step === 4) {
    body = [
      each((r) => `let x${r} = a[(ar${r} + k) >> 2u];`),
      ...[0, 1, 2, 3].map((j) => `let y${j} = ${bColumns(j)};`),
      ...["x", "y", "z", "w"].map((part, j) =>
        each((r) => `s${r} = fma(vec4<f32>(x${r}.${part}), y${j}, s${r});`)
      ),
    ].join("\n");
  } else {
    body = `let y = ${bColumns(0)};\n` + each((r) => `s${r} = fma(vec4<f32>(${aScalar(r, 0)}), y, s${r});`);
  }
  const main = `
let column = i32(gid.x) * 4;
let row = i32(gid.y) * ${rows};
let batch = i32(gid.z);
if (column >= p[${P.n}] || row >= p[${P.m}]) { return; }
let last = p[${P.n}] - 1 - column;
let bat = p[${P.bOffset}] + batch * p[${P.bBatch}] + column * p[${P.bColumn}];
let aat = p[${P.aOffset}] + batch * p[${P.aBatch}];
${each((r) => `let ar${r} = aat + min(row + ${r}, p[${P.m}] - 1) * p[${P.aRow}];`)}
${each((r) => `var s${r} = vec4<f32>(0.0);`)}
let depth = p[${P.k}];
let ac = p[${P.aColumn}];
let br = p[${P.bRow}];
let bc = p[${P.bColumn}];
for (var k = 0; k < depth; k = k + ${step}) {
${body}
}
${
    each((r) =>
      ["x", "y", "z", "w"].map((part, j) => `store(s${r}.${part}, row + ${r}, column + ${j}, batch);`).join(
        "\n",
      )
    )
  }`;
  return shader(head, main, "8, 8");
}

const byFour = (...steps: number[]) => steps.every((s) => s % 4 === 0);

function loadA(a: Matrix, k: number): Load {
  return a.column === 1 && k % 4 === 0 && byFour(a.offset, a.batch, a.row) ? "v" : "s";
}

/** Reads past the last column stay in the row's padding; without padding the columns must come in fours. */
function loadB(b: Matrix, n: number, k: number): Load {
  if (b.column === 1 && byFour(b.offset, b.batch, b.row) && b.row >= Math.ceil(n / 4) * 4) return "v";
  return b.row === 1 && k % 4 === 0 && byFour(b.offset, b.batch, b.column) ? "t" : "s";
}

/** out = alpha a b + beta c, recorded. All float32 (or 16-bit floats). */
export function gemm(out: Target, a: Matrix, b: Matrix, s: Shape, alpha = 1, addend?: Addend): void {
  const la = loadA(a, s.k),
    lb = loadB(b, s.n, s.k),
    rows = s.m === 1 ? 1 : s.m <= 4 ? 4 : 6,
    dtype = out.t.scalarType;
  const rounded = dtype === ScalarType.Half ? "f16" : dtype === ScalarType.BFloat16 ? "bf16" : "f32";
  const name = `${rounded}_gemm_${rows}x4_${la}${lb}${addend ? "_add" : ""}__wgsl`;
  const kernel: Kernel = gpu().kernel(name, () => ({
    code: code(rows, la, lb, addend !== undefined, dtype),
    writes: 1,
    reads: addend ? 3 : 2,
  }));
  const place = (m: Matrix) => [m.offset, m.batch, m.row, m.column];
  const params = [s.m, s.n, s.k, ...place(a), ...place(b), ...place(out), out.piece, out.pieceStep];
  params.push(floatWord(alpha), floatWord(addend?.beta ?? 0));
  const memories = [memoryOf(out.t), memoryOf(a.t), memoryOf(b.t)];
  if (addend) {
    params.push(...place(addend.c));
    memories.push(memoryOf(addend.c.t));
  }
  const groups: [number, number, number] = [Math.ceil(s.n / 32), Math.ceil(s.m / (8 * rows)), s.batch];
  gpu().dispatch(kernel, memories, params, groups);
}

/** A tensor whose last two dimensions are a matrix; `batch` steps along the first of three. */
export function matrixOf(t: Tensor): Matrix {
  const d = t.dim;
  return {
    t,
    offset: t.storageOffset,
    batch: d > 2 && t.sizes[d - 3] > 1 ? t.strides[d - 3] : 0,
    row: t.strides[d - 2],
    column: t.strides[d - 1],
  };
}

export function targetOf(t: Tensor): Target {
  return { ...matrixOf(t), piece: t.sizes[t.dim - 1], pieceStep: 0 };
}

/** Strides that the fast loads cannot take (three dims down to a batch step) are copied first. */
function dense(t: Tensor): Tensor {
  const out = emptyTensor(t.sizes, t.scalarType);
  copyStrided(out, t);
  return out;
}

/** [..., m, k] x [..., k, n] of three dimensions each, batches equal or 1; optionally alpha and an addend. */
export function product(a: Tensor, b: Tensor, alpha = 1, add?: { c: Tensor; beta: number }): Tensor {
  const batch = Math.max(a.sizes[0], b.sizes[0]), m = a.sizes[1], k = a.sizes[2], n = b.sizes[2];
  const empty = a.sizes[0] === 0 || b.sizes[0] === 0;
  const out = emptyTensor([empty ? 0 : batch, m, n], a.scalarType);
  if (out.numel === 0) return out;
  // a copy pays where one-at-a-time loads would be repeated often
  if (loadA(matrixOf(a), k) === "s" && k % 4 === 0 && n >= 32) a = dense(a);
  if (loadB(matrixOf(b), n, k) === "s" && n % 4 === 0 && m >= 32) b = dense(b);
  const addend = add && { c: matrixOf(add.c.dim === 3 ? add.c : add.c), beta: add.beta };
  gemm(targetOf(out), matrixOf(a), matrixOf(b), { batch, m, n, k }, alpha, addend);
  return out;
}
