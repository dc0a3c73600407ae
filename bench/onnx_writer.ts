/** Writes ONNX models: just enough protobuf to give onnxruntime the same work as our kernels. */

class Writer {
  #parts: number[] = [];
  #chunks: Uint8Array[] = [];

  #varint(n: number): void {
    while (n > 127) {
      this.#parts.push(n % 128 | 128);
      n = Math.floor(n / 128);
    }
    this.#parts.push(n);
  }
  int(field: number, n: number): this {
    this.#varint(field * 8);
    this.#varint(n);
    return this;
  }
  bytes(field: number, b: Uint8Array): this {
    this.#varint(field * 8 + 2);
    this.#varint(b.length);
    this.#chunks.push(new Uint8Array(this.#parts), b);
    this.#parts = [];
    return this;
  }
  text(field: number, s: string): this {
    return this.bytes(field, new TextEncoder().encode(s));
  }
  done(): Uint8Array {
    const all = [...this.#chunks, new Uint8Array(this.#parts)];
    const out = new Uint8Array(all.reduce((n, c) => n + c.length, 0));
    let at = 0;
    for (const c of all) out.set(c, at), at += c.length;
    return out;
  }
}

export interface OnnxNode {
  op: string;
  inputs: string[];
  output: string;
  /** Integer and integer-list attributes. */
  attributes?: Record<string, number | number[]>;
}
export interface OnnxTensor {
  name: string;
  sizes: readonly number[];
  data: Float32Array;
}

function attribute(name: string, v: number | number[]): Uint8Array {
  const w = new Writer().text(1, name);
  if (typeof v === "number") return w.int(3, v).int(20, 2).done();
  for (const x of v) w.int(8, x);
  return w.int(20, 7).done();
}

function valueInfo(name: string, sizes: readonly number[]): Uint8Array {
  const shape = new Writer();
  for (const s of sizes) shape.bytes(1, new Writer().int(1, s).done());
  const type = new Writer().int(1, 1).bytes(2, shape.done()).done();
  return new Writer().text(1, name).bytes(2, new Writer().bytes(1, type).done()).done();
}

/** A float32 model (opset 13) with the nodes in order, one input and one output. */
export function onnxModel(
  nodes: readonly OnnxNode[],
  weights: readonly OnnxTensor[],
  input: { name: string; sizes: readonly number[] },
  output: { name: string; sizes: readonly number[] },
): Uint8Array {
  const graph = new Writer();
  for (const n of nodes) {
    const w = new Writer();
    for (const i of n.inputs) w.text(1, i);
    w.text(2, n.output).text(4, n.op);
    for (const [k, v] of Object.entries(n.attributes ?? {})) w.bytes(5, attribute(k, v));
    graph.bytes(1, w.done());
  }
  graph.text(2, "bench");
  for (const t of weights) {
    const w = new Writer();
    for (const s of t.sizes) w.int(1, s);
    w.int(2, 1).text(8, t.name);
    w.bytes(9, new Uint8Array(t.data.buffer, t.data.byteOffset, t.data.byteLength));
    graph.bytes(5, w.done());
  }
  graph.bytes(11, valueInfo(input.name, input.sizes));
  graph.bytes(12, valueInfo(output.name, output.sizes));
  return new Writer().int(1, 7).bytes(7, graph.done()).bytes(8, new Writer().text(1, "").int(2, 13).done())
    .done();
}
