/**
 * Zip files read by their central directory, as PyTorch's reader does; local headers serve only to find the data.
 * Nothing is inflated beyond a budget, and no offset is believed before it is checked.
 */
import { MemoryBudget } from "../core/memory_budget.ts";
import { readerRefusal, refusal } from "./refusal.ts";
import { crc32, inflate } from "./zlib.ts";

/** Members at most. */
const MAX_MEMBERS = 1_000_000;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
  /** 0 where the writer left it out. */
  readonly crc: number;
  /** Place of its row in the central directory. */
  readonly at: number;
}

const U32 = 0xffffffff;

export class ZipReader {
  readonly #entries = new Map<string, Entry>();
  readonly #view: DataView;
  /** Members whose checksum was found right. */
  readonly #checked = new Set<string>();
  /** Folder of the first entry; every lookup is inside it. */
  readonly root: string;

  /** What loading the file has taken so far; who reads it counts there too. */
  readonly budget: MemoryBudget;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.budget = new MemoryBudget(bytes.length);
    const { count, start } = this.#end();
    if (count > MAX_MEMBERS) {
      throw refusal("zip directory", start, `${count} members are more than ${MAX_MEMBERS}`);
    }
    let root: string | undefined, at = start;
    for (let i = 0; i < count; i++) {
      at = this.#row(at, (e) => {
        if (root === undefined) {
          const slash = e.name.indexOf("/");
          if (slash <= 0) {
            throw refusal("zip directory", e.at, `the first member, ${e.name}, is in no folder`);
          }
          root = e.name.slice(0, slash);
        }
        if (!this.#entries.has(e.name)) {
          this.#entries.set(e.name, e);
        }
      });
    }
    if (root === undefined) throw refusal("zip directory", start, "the archive is empty");
    this.root = root;
  }

  #end(): { count: number; start: number } {
    const v = this.#view, n = v.byteLength;
    for (let at = n - 22; at >= 0 && at >= n - 22 - 0xffff; at--) {
      if (v.getUint32(at, true) !== 0x06054b50) continue;
      let count = v.getUint16(at + 10, true),
        size = v.getUint32(at + 12, true),
        start = v.getUint32(at + 16, true);
      if (count === 0xffff || size === U32 || start === U32) {
        const locator = at - 20;
        if (locator >= 0 && v.getUint32(locator, true) === 0x07064b50) {
          const record = this.#u64(locator + 8);
          this.#need("zip directory", record, 56);
          if (v.getUint32(record, true) !== 0x06064b50) {
            throw refusal("zip directory", record, "no zip64 end record where the locator points");
          }
          count = this.#u64(record + 32);
          size = this.#u64(record + 40);
          start = this.#u64(record + 48);
        }
      }
      this.#need("zip directory", start, size);
      return { count, start };
    }
    const what = n < 22 ? "not a ZIP archive" : "failed finding central directory";
    throw readerRefusal("file", 0, `reading zip archive: ${what}`);
  }
  #u64(at: number): number {
    const v = this.#view.getBigUint64(at, true);
    return v > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(v);
  }
  #need(entry: string, at: number, length: number): void {
    if (!(at >= 0 && length >= 0 && at + length <= this.#view.byteLength)) {
      throw refusal(entry, at, `${length} bytes reach beyond the end of the file (${this.#view.byteLength})`);
    }
  }

  #row(at: number, add: (e: Entry) => void): number {
    const v = this.#view;
    this.#need("zip directory", at, 46);
    if (v.getUint32(at, true) !== 0x02014b50) throw refusal("zip directory", at, "not a directory entry");
    const nameLength = v.getUint16(at + 28, true), extra = v.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extra + v.getUint16(at + 32, true);
    this.#need("zip directory", at, next - at);
    const name = new TextDecoder().decode(this.bytes.subarray(at + 46, at + 46 + nameLength));
    let packed = v.getUint32(at + 20, true),
      size = v.getUint32(at + 24, true),
      offset = v.getUint32(at + 42, true);
    for (let x = at + 46 + nameLength, end = x + extra; x + 4 <= end;) {
      const id = v.getUint16(x, true), length = v.getUint16(x + 2, true);
      let p = x + 4;
      const field = () => {
        if (p + 8 > Math.min(x + 4 + length, end)) throw refusal(name, x, "its zip64 field is cut short");
        p += 8;
        return this.#u64(p - 8);
      };
      if (id === 1) {
        if (size === U32) size = field();
        if (packed === U32) packed = field();
        if (offset === U32) offset = field();
      }
      x += 4 + length;
    }
    add({
      name,
      method: v.getUint16(at + 10, true),
      packed,
      size,
      offset,
      crc: v.getUint32(at + 16, true),
      at,
    });
    return next;
  }

  /** Names inside the root folder, in directory order. */
  names(): string[] {
    const prefix = this.root + "/";
    return [...this.#entries.keys()].filter((n) => n.startsWith(prefix) && !n.endsWith("/"))
      .map((n) => n.slice(prefix.length));
  }
  has(name: string): boolean {
    return this.#entries.has(`${this.root}/${name}`);
  }
  /** Bytes of a member: a view of the file when it is stored. Throws when there is none. */
  read(name: string): Uint8Array {
    const e = this.#entries.get(`${this.root}/${name}`);
    if (!e) {
      throw readerRefusal(name, 0, `locating file ${name}: file not found`);
    }
    this.#need(name, e.offset, 30);
    const v = this.#view;
    if (v.getUint32(e.offset, true) !== 0x04034b50) throw refusal(name, e.offset, "no member header here");
    const start = e.offset + 30 + v.getUint16(e.offset + 26, true) + v.getUint16(e.offset + 28, true);
    this.#need(name, start, e.packed);
    const packed = this.bytes.subarray(start, start + e.packed);
    if (e.method === 0) {
      if (e.packed !== e.size) throw refusal(name, e.at, `stored, yet ${e.packed} bytes stand for ${e.size}`);
      this.#check(e, packed);
      return packed;
    }
    if (e.method !== 8) {
      throw refusal(name, e.at, `compression method ${e.method} is neither stored nor deflate`);
    }
    this.budget.take(e.size, name, e.at);
    let out: Uint8Array;
    try {
      out = inflate(packed, e.size);
      if (out.length !== e.size) throw new Error(`${out.length} bytes instead of ${e.size}`);
    } catch (error) {
      throw refusal(name, start, `its deflated data is damaged: ${(error as Error).message}`);
    }
    this.#check(e, out);
    return out;
  }
  /** A checksum of 0 is one that was not computed, which PyTorch can be told to do. */
  #check(e: Entry, data: Uint8Array): void {
    if (e.crc === 0 || this.#checked.has(e.name)) return;
    if (crc32(data) !== e.crc) throw refusal(e.name, e.at, "its contents do not match their checksum");
    this.#checked.add(e.name);
  }
}
