/** The `io` module: BytesIO and StringIO, and the file types that open() gives. */
import * as t from "../../core/text/mod.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { fn, getset, methods, type MethodTable } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { bytesLike } from "../builtins/bytes.ts";
import { PyMemoryView } from "../builtins/memoryview.ts";
import { iteratorMethods } from "../builtins/iterators.ts";
import { binaryFileType, open, textFileType, unsupportedOperationType } from "../builtins/io.ts";

const { nativeType, PyBytes, PyByteArray, PyList, typeError, valueError } = r;

const baseType = nativeType("IOBase", { module: "io", hasDict: true });
const rawBaseType = nativeType("RawIOBase", { base: baseType, module: "io", hasDict: true });
const bufferedBaseType = nativeType("BufferedIOBase", { base: baseType, module: "io", hasDict: true });
const textBaseType = nativeType("TextIOBase", { base: baseType, module: "io", hasDict: true });

/** A file in memory. */
export abstract class MemoryFile extends r.PyIterator {
  closed = false;
  at = 0;
  check(): void {
    if (this.closed) {
      throw valueError(
        this instanceof PyBytesIO ? "I/O operation on closed file." : "I/O operation on closed file",
      );
    }
  }
  abstract readonly size: number;
  abstract write(v: Value): number;
  abstract read(n: number): Value;
  abstract readLine(n: number): Value;
  abstract truncate(n: number): void;
  step(): Value | undefined {
    this.check();
    if (this.at >= this.size) return undefined;
    return this.readLine(-1);
  }
}

/** `io.BytesIO`. `bytes()` is its content. */
export class PyBytesIO extends MemoryFile {
  private data: Uint8Array = new Uint8Array(0);
  size = 0;
  constructor(cls: PyType = bytesIOType, initial?: Uint8Array) {
    super(cls);
    if (initial) this.reset(initial);
  }
  reset(initial: Uint8Array): void {
    this.data = initial.slice();
    this.size = initial.length;
    this.at = 0;
  }
  bytes(): Uint8Array {
    return this.data.subarray(0, this.size);
  }
  write(v: Value): number {
    this.check();
    const bytes = bytesLike(v);
    this.reserve(this.at + bytes.length);
    this.data.set(bytes, this.at);
    this.at += bytes.length;
    this.size = Math.max(this.size, this.at);
    return bytes.length;
  }
  private reserve(end: number): void {
    if (end <= this.data.length) {
      if (this.at > this.size) this.data.fill(0, this.size, this.at);
      return;
    }
    const grown = new Uint8Array(Math.max(end, 2 * this.data.length, 64));
    grown.set(this.bytes());
    this.data = grown;
  }
  read(n: number): Value {
    this.check();
    const end = n < 0 ? this.size : Math.min(this.at + n, this.size);
    const out = this.data.slice(this.at, Math.max(this.at, end));
    this.at = Math.max(this.at, end);
    return new PyBytes(out);
  }
  readLine(n: number): Value {
    this.check();
    const i = this.bytes().indexOf(10, this.at);
    const length = (i < 0 ? this.size : i + 1) - this.at;
    return this.read(Math.max(0, n < 0 ? length : Math.min(n, length)));
  }
  truncate(n: number): void {
    if (n < this.size) this.size = n;
  }
}

/** `io.StringIO`. Positions count characters. */
export class PyStringIO extends MemoryFile {
  text = "";
  size = 0;
  newline: string | null = "\n";
  constructor(cls: PyType = stringIOType) {
    super(cls);
  }
  reset(initial: string): void {
    this.text = this.translate(initial);
    this.size = t.strLength(this.text);
    this.at = 0;
  }
  private translate(s: string): string {
    return this.newline === null ? s.replace(/\r\n?/g, "\n") : s;
  }
  write(v: Value): number {
    this.check();
    const given = r.stringOf(v);
    if (given === undefined) throw typeError(`string argument expected, got '${r.typeOf(v).name}'`);
    const s = this.translate(given), n = t.strLength(s);
    if (this.at === this.size) this.text += s;
    else {
      const before = t.strSlice(this.text, 0, Math.min(this.at, this.size));
      const after = this.at + n < this.size ? t.strSlice(this.text, this.at + n, this.size) : "";
      this.text = before + "\0".repeat(Math.max(0, this.at - this.size)) + s + after;
    }
    this.at += n;
    this.size = Math.max(this.size, this.at);
    return t.strLength(given);
  }
  read(n: number): Value {
    this.check();
    const end = n < 0 ? this.size : Math.min(this.at + n, this.size);
    const out = end > this.at ? t.strSlice(this.text, this.at, end) : "";
    this.at = Math.max(this.at, end);
    return out;
  }
  readLine(n: number): Value {
    this.check();
    const rest = this.at >= this.size ? "" : t.strSlice(this.text, this.at, this.size),
      i = rest.indexOf("\n");
    const length = t.strLength(i < 0 ? rest : rest.slice(0, i + 1));
    return this.read(n < 0 ? length : Math.min(n, length));
  }
  truncate(n: number): void {
    if (n < this.size) {
      this.text = t.strSlice(this.text, 0, n);
      this.size = n;
    }
  }
}

const bytesIOType = nativeType("BytesIO", {
  base: bufferedBaseType,
  alloc: (cls) => new PyBytesIO(cls),
  module: "_io",
  hasDict: true,
});
const stringIOType = nativeType("StringIO", {
  base: textBaseType,
  alloc: (cls) => new PyStringIO(cls),
  module: "_io",
  hasDict: true,
});

const count = (v: Value | undefined) => v === undefined || v === null ? -1 : r.smallIndex(v);

const shared: MethodTable = {
  read: ["size=-1, /", (f: MemoryFile, n?: Value) => f.read(count(n))],
  readline: ["size=-1, /", (f: MemoryFile, n?: Value) => f.readLine(count(n))],
  readlines: ["hint=None, /", (f: MemoryFile, hint?: Value) => {
    const out: Value[] = [], limit = count(hint);
    let total = 0;
    for (let l = f.step(); l !== undefined; l = f.step()) {
      out.push(l);
      total += r.length(l);
      if (limit > 0 && total >= limit) break;
    }
    return new PyList(out);
  }],
  write: ["s, /", (f: MemoryFile, v: Value) => f.write(v)],
  writelines: ["lines, /", (f: MemoryFile, lines: Value) => {
    for (const l of r.iterate(lines)) f.write(l);
    return null;
  }],
  seek: ["pos, whence=0, /", (f: MemoryFile, pos: Value, from?: Value) => {
    f.check();
    const n = r.smallIndex(pos), whence = from === undefined ? 0 : r.smallIndex(from);
    if (whence < 0 || whence > 2) throw valueError(`invalid whence (${whence}, should be 0, 1 or 2)`);
    if (whence === 0 && n < 0) {
      throw valueError(f instanceof PyStringIO ? `Negative seek position ${n}` : `negative seek value ${n}`);
    }
    if (f instanceof PyStringIO && whence > 0 && n !== 0) {
      throw r.raise(r.OSErrorType, "Can't do nonzero cur-relative seeks");
    }
    f.at = Math.max(0, whence === 1 ? f.at + n : whence === 2 ? f.size + n : n);
    return f.at;
  }],
  tell: ["", (f: MemoryFile) => {
    f.check();
    return f.at;
  }],
  truncate: ["size=None, /", (f: MemoryFile, n?: Value) => {
    f.check();
    const size = n === undefined || n === null ? f.at : r.smallIndex(n);
    if (size < 0) throw valueError(`negative size value ${size}`);
    f.truncate(size);
    return size;
  }],
  flush: ["", (f: MemoryFile) => {
    f.check();
    return null;
  }],
  close: ["", (f: MemoryFile) => {
    f.closed = true;
    return null;
  }],
  readable: ["", () => true],
  writable: ["", () => true],
  seekable: ["", () => true],
  isatty: ["", () => false],
  fileno: ["", () => {
    throw r.raise(unsupportedOperationType, "fileno");
  }],
  __enter__: ["", (f: MemoryFile) => {
    f.check();
    return f;
  }],
  __exit__: ["*args", (f: MemoryFile) => {
    r.callMethod(f, "close", []);
    return null;
  }],
};

for (const type of [bytesIOType, stringIOType]) {
  iteratorMethods(type);
  methods(type, shared);
  getset(type, "closed", (f: MemoryFile) => f.closed);
}
methods(bytesIOType, {
  __init__: ["initial_bytes=b''", (f: PyBytesIO, initial?: Value) => {
    f.reset(initial === undefined || initial === null ? new Uint8Array(0) : bytesLike(initial));
    return null;
  }],
  getvalue: ["", (f: PyBytesIO) => {
    f.check();
    return new PyBytes(f.bytes().slice());
  }],
  getbuffer: ["", (f: PyBytesIO) => {
    f.check();
    const bytes = f.bytes();
    return new PyMemoryView(bytes, new PyByteArray(bytes));
  }],
  read1: ["size=-1, /", (f: PyBytesIO, n?: Value) => f.read(count(n))],
  readinto: ["buffer, /", (f: PyBytesIO, into: Value) => {
    const target = bytesLike(into);
    const got = (f.read(target.length) as r.PyBytes).data;
    target.set(got);
    return got.length;
  }],
});
methods(stringIOType, {
  __init__: ["initial_value='', newline='\\n'", (f: PyStringIO, initial?: Value, newline?: Value) => {
    if (newline !== undefined) f.newline = newline === null ? null : r.stringOf(newline) ?? "\n";
    const text = initial === undefined || initial === null ? "" : r.stringOf(initial);
    if (text === undefined) {
      throw typeError(`initial_value must be str or None, not ${r.typeOf(initial as Value).name}`);
    }
    f.reset(text);
    return null;
  }],
  getvalue: ["", (f: PyStringIO) => {
    f.check();
    return f.text;
  }],
});
getset(stringIOType, "encoding", () => null);
getset(stringIOType, "errors", () => null);
getset(stringIOType, "newlines", () => null);
getset(stringIOType, "line_buffering", () => false);

registerModule("io", () =>
  moduleOf("io", {
    BytesIO: bytesIOType,
    StringIO: stringIOType,
    IOBase: baseType,
    RawIOBase: rawBaseType,
    BufferedIOBase: bufferedBaseType,
    TextIOBase: textBaseType,
    TextIOWrapper: textFileType,
    BufferedReader: binaryFileType,
    BufferedWriter: binaryFileType,
    BufferedRandom: binaryFileType,
    UnsupportedOperation: unsupportedOperationType,
    open,
    open_code: fn("open_code", "path", (path: Value) => r.call(open, [path, "rb"])),
    text_encoding: fn("text_encoding", "encoding, stacklevel=2, /", (e: Value) => e ?? "locale"),
    SEEK_SET: 0,
    SEEK_CUR: 1,
    SEEK_END: 2,
    DEFAULT_BUFFER_SIZE: 8192,
  }));
