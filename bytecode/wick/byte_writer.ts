/** Bytes of a section as they are written. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  length = 0;

  #room(n: number): number {
    const at = this.length;
    this.length += n;
    if (this.length > this.#bytes.length) {
      const more = new Uint8Array(Math.max(this.length, 2 * this.#bytes.length));
      more.set(this.#bytes.subarray(0, at));
      this.#bytes = more;
      this.#view = new DataView(more.buffer);
    }
    return at;
  }
  byte(v: number): void {
    const at = this.#room(1);
    this.#bytes[at] = v;
  }
  /** An unsigned integer up to 2^53, seven bits a byte, the low ones first. */
  unsigned(v: number): void {
    while (v >= 128) {
      this.byte((v % 128) | 128);
      v = Math.floor(v / 128);
    }
    this.byte(v);
  }
  /** A safe integer; small magnitudes are short. */
  signed(v: number): void {
    const negative = v < 0;
    const magnitude = negative ? -(v + 1) : v;
    // sign first, so that a safe integer stays one
    this.byte((magnitude % 64) | (negative ? 64 : 0) | (magnitude >= 64 ? 128 : 0));
    if (magnitude >= 64) this.unsigned(Math.floor(magnitude / 64));
  }
  int64(v: bigint): void {
    const at = this.#room(8);
    this.#view.setBigInt64(at, v, true);
  }
  float64(v: number): void {
    const at = this.#room(8);
    this.#view.setFloat64(at, v, true);
  }
  uint32(v: number): void {
    const at = this.#room(4);
    this.#view.setUint32(at, v, true);
  }
  /** 32-bit words, little-endian. */
  words(w: Int32Array): void {
    for (const v of w) this.uint32(v);
  }
  raw(b: Uint8Array): void {
    const at = this.#room(b.length);
    this.#bytes.set(b, at);
  }
  /** What was written; valid until the next write. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }
}
