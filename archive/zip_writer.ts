/**
 * Zip files laid out as PyTorch lays them out: every member's data begins at a multiple of 64 (so that storages can
 * be mapped), sizes follow the data, a zip64 end record always stands before the ordinary one.
 */
import { crc32, deflate } from "./zlib.ts";

export interface ZipMember {
  /** Without the root folder. */
  readonly name: string;
  readonly data: Uint8Array;
}

const ALIGNMENT = 64;
const U32 = 0xffffffff;
/** Text members above this size are deflated: below it that saves less than it takes to load the deflater. */
const DEFLATE_FROM = 1024;

class Bytes {
  readonly #view: DataView;
  #at = 0;
  constructor(readonly size: number) {
    this.#view = new DataView(new ArrayBuffer(size));
  }
  u16(v: number): this {
    this.#view.setUint16(this.#at, v, true);
    this.#at += 2;
    return this;
  }
  u32(v: number): this {
    this.#view.setUint32(this.#at, v, true);
    this.#at += 4;
    return this;
  }
  u64(v: number): this {
    this.#view.setBigUint64(this.#at, BigInt(v), true);
    this.#at += 8;
    return this;
  }
  raw(b: Uint8Array): this {
    new Uint8Array(this.#view.buffer).set(b, this.#at);
    this.#at += b.length;
    return this;
  }
  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#view.buffer as ArrayBuffer);
  }
}

function isText(name: string): boolean {
  return (name.startsWith("code/") && name.endsWith(".py")) || name.endsWith(".debug_pkl");
}

/** The file as pieces in order, so that large storages are not copied. */
export function writeZip(root: string, members: readonly ZipMember[]): Uint8Array[] {
  const parts: Uint8Array[] = [], central: Uint8Array[] = [];
  let position = 0;
  const push = (b: Uint8Array) => {
    parts.push(b);
    position += b.length;
  };
  for (const { name, data } of members) {
    const path = new TextEncoder().encode(`${root}/${name}`);
    const deflated = isText(name) && data.length > DEFLATE_FROM;
    const body = deflated ? deflate(data) : data;
    const empty = data.length === 0, offset = position;
    const flags = empty ? 0x0800 : 0x0808, needed = deflated ? 20 : 0, method = deflated ? 8 : 0;
    const bigSize = data.length >= U32, bigOffset = offset >= U32;
    const zip64 = (bigSize ? 16 : 0) + (bigOffset ? 8 : 0);
    const extra64 = zip64 ? zip64 + 4 : 0;
    const padding = (ALIGNMENT - (offset + 30 + path.length + extra64 + 4) % ALIGNMENT) % ALIGNMENT;
    const head = new Bytes(30 + path.length + extra64 + 4 + padding).u32(0x04034b50).u16(needed).u16(flags)
      .u16(method).u32(0).u32(0).u32(0).u32(0).u16(path.length).u16(extra64 + 4 + padding).raw(path);
    if (zip64) head.u16(1).u16(zip64);
    if (bigSize) head.u64(0).u64(0);
    if (bigOffset) head.u64(offset);
    push(head.u16(0x4246).u16(padding).raw(new Uint8Array(padding).fill(0x5a)).bytes);
    const crc = crc32(data);
    if (!empty) {
      push(body);
      const tail = new Bytes(zip64 ? 24 : 16).u32(0x08074b50).u32(crc);
      push((zip64 ? tail.u64(body.length).u64(data.length) : tail.u32(body.length).u32(data.length)).bytes);
    }
    const entry = new Bytes(46 + path.length + extra64).u32(0x02014b50).u16(0).u16(needed).u16(flags).u16(
      method,
    )
      .u32(0).u32(crc).u32(bigSize ? U32 : body.length).u32(bigSize ? U32 : data.length).u16(path.length)
      .u16(extra64).u16(0).u16(0).u16(0).u32(0).u32(bigOffset ? U32 : offset).raw(path);
    if (zip64) entry.u16(1).u16(zip64);
    if (bigSize) entry.u64(data.length).u64(body.length);
    if (bigOffset) entry.u64(offset);
    central.push(entry.bytes);
  }
  const start = position, n = members.length;
  for (const c of central) push(c);
  const size = position - start, record = position;
  push(
    new Bytes(56).u32(0x06064b50).u64(44).u16(0x031e).u16(45).u32(0).u32(0).u64(n).u64(n).u64(size).u64(start)
      .bytes,
  );
  push(new Bytes(20).u32(0x07064b50).u32(0).u64(record).u32(1).bytes);
  push(
    new Bytes(22).u32(0x06054b50).u16(0).u16(0).u16(Math.min(n, 0xffff)).u16(Math.min(n, 0xffff))
      .u32(Math.min(size, U32)).u32(Math.min(start, U32)).u16(0).bytes,
  );
  return parts;
}

/** The pieces as one. */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
