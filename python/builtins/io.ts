/** Files: what open() gives, and the streams behind sys.stdout and sys.stderr. */
import * as t from "../../core/text/mod.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { fn, getset, methods } from "../runtime/native.ts";
import { interpreter, type TextSink } from "../runtime/interpreter.ts";
import { bytesLike } from "./bytes.ts";
import { iteratorMethods } from "./iterators.ts";

const { nativeType, PyBytes, PyList, typeError, valueError } = r;

/** An open file. The whole content is in memory: files that model code opens are small. */
export class PyFile extends r.PyIterator {
  closed = false;
  /** Content and position, in bytes; text files decode on reading. */
  data: Uint8Array = new Uint8Array(0);
  at = 0;
  private dirty = false;
  /** Text decoded from `data`, for text files opened for reading. */
  private text: string | null = null;

  constructor(
    readonly path: string,
    readonly mode: string,
    readonly encoding: string,
    readonly newline: string | null,
    cls: PyType,
  ) {
    super(cls);
  }
  get binary(): boolean {
    return this.mode.includes("b");
  }
  get readable(): boolean {
    return this.mode.includes("r") || this.mode.includes("+");
  }
  get writable(): boolean {
    return /[wax+]/.test(this.mode);
  }
  check(): void {
    if (this.closed) throw valueError("I/O operation on closed file.");
  }
  needReadable(): void {
    if (this.closed && this.binary) throw valueError("read of closed file");
    this.check();
    if (!this.readable) throw r.raise(unsupportedOperationType, "not readable");
  }
  write(v: Value): number {
    this.check();
    if (!this.writable) throw r.raise(unsupportedOperationType, "not writable");
    let bytes: Uint8Array, count: number;
    if (this.binary) {
      bytes = bytesLike(v);
      count = bytes.length;
    } else {
      const s = r.stringOf(v);
      if (s === undefined) throw typeError(`write() argument must be str, not ${r.typeOf(v).name}`);
      bytes = t.encodeStr(s, this.encoding);
      count = t.strLength(s);
    }
    if (this.mode.includes("a")) this.at = this.data.length;
    const end = this.at + bytes.length;
    if (end > this.data.length) {
      const grown = new Uint8Array(end);
      grown.set(this.data);
      this.data = grown;
    }
    this.data.set(bytes, this.at);
    this.at = end;
    this.dirty = true;
    this.text = null;
    return count;
  }
  flush(): void {
    if (!this.dirty) return;
    Deno.writeFileSync(this.path, this.data);
    this.dirty = false;
  }
  close(): void {
    if (this.closed) return;
    this.flush();
    this.closed = true;
  }
  /** Reads `n` bytes (or characters), all if negative. */
  read(n: number): Value {
    this.needReadable();
    if (this.binary) {
      const end = n < 0 ? this.data.length : Math.min(this.at + n, this.data.length);
      const out = this.data.slice(this.at, Math.max(this.at, end));
      this.at = Math.max(this.at, end);
      return new PyBytes(out);
    }
    const rest = this.rest();
    const out = n < 0 ? rest : t.strSlice(rest, 0, n);
    this.advance(out);
    return out;
  }
  readLine(): Value {
    this.needReadable();
    if (this.binary) {
      const i = this.data.indexOf(10, this.at);
      const end = i < 0 ? this.data.length : i + 1;
      const out = this.data.slice(this.at, end);
      this.at = end;
      return new PyBytes(out);
    }
    const rest = this.rest(), i = rest.indexOf("\n");
    const out = i < 0 ? rest : rest.slice(0, i + 1);
    this.advance(out);
    return out;
  }
  /** Undecoded position within the decoded text. */
  private offset = 0;
  private rest(): string {
    if (this.text === null) {
      const raw = t.decodeBytes(this.data.subarray(this.at), this.encoding);
      this.text = this.newline === "" ? raw : raw.replace(/\r\n?/g, "\n");
      this.offset = 0;
    }
    return this.text.slice(this.offset);
  }
  private advance(s: string): void {
    this.offset += s.length;
    if (this.offset === this.text!.length) {
      this.at = this.data.length;
    }
  }
  seek(n: number, whence: number): number {
    this.check();
    this.text = null;
    this.at = Math.max(0, whence === 1 ? this.at + n : whence === 2 ? this.data.length + n : n);
    return this.at;
  }
  tell(): number {
    if (this.text !== null) {
      return this.at === this.data.length
        ? this.at
        : this.at + t.encodeStr(this.text.slice(0, this.offset), this.encoding).length;
    }
    return this.at;
  }
  step(): Value | undefined {
    const line = this.readLine();
    return (typeof line === "string" ? line.length : (line as r.PyBytes).data.length) ? line : undefined;
  }
}

export const unsupportedOperationType = r.newException("UnsupportedOperation", r.OSErrorType, "io");
export const textFileType = nativeType("TextIOWrapper", { module: "_io", final: true, hasDict: true });
export const binaryFileType = nativeType("BufferedReader", { module: "_io", final: true, hasDict: true });

const count = (v: Value | undefined) => v === undefined || v === null ? -1 : r.smallIndex(v);
for (const type of [textFileType, binaryFileType]) {
  iteratorMethods(type);
  methods(type, {
    read: ["size=-1, /", (f: PyFile, n?: Value) => f.read(count(n))],
    readline: ["size=-1, /", (f: PyFile) => f.readLine()],
    readlines: ["hint=-1, /", (f: PyFile) => {
      const out: Value[] = [];
      for (let l = f.step(); l !== undefined; l = f.step()) out.push(l);
      return new PyList(out);
    }],
    write: ["s, /", (f: PyFile, v: Value) => f.write(v)],
    writelines: ["lines, /", (f: PyFile, lines: Value) => {
      for (const l of r.iterate(lines)) f.write(l);
      return null;
    }],
    flush: ["", (f: PyFile) => {
      f.flush();
      return null;
    }],
    close: ["", (f: PyFile) => {
      f.close();
      return null;
    }],
    seek: [
      "offset, whence=0, /",
      (f: PyFile, n: Value, w?: Value) => f.seek(r.smallIndex(n), w === undefined ? 0 : r.smallIndex(w)),
    ],
    tell: ["", (f: PyFile) => f.tell()],
    truncate: ["size=None, /", (f: PyFile, n?: Value) => {
      f.data = f.data.slice(0, n === undefined || n === null ? f.at : r.smallIndex(n));
      f.write(f.binary ? new PyBytes(new Uint8Array(0)) : "");
      return f.data.length;
    }],
    readable: ["", (f: PyFile) => f.readable],
    writable: ["", (f: PyFile) => f.writable],
    seekable: ["", () => true],
    isatty: ["", () => false],
    fileno: ["", () => {
      throw r.raise(unsupportedOperationType, "fileno");
    }],
    __enter__: ["", (f: PyFile) => {
      f.check();
      return f;
    }],
    __exit__: ["*args", (f: PyFile) => {
      f.close();
      return null;
    }],
    __repr__: [
      "",
      (f: PyFile) =>
        `<_io.${f.cls.name} name=${r.repr(f.path)} mode=${r.repr(f.mode)}${
          f.binary ? "" : ` encoding=${r.repr(f.encoding)}`
        }>`,
    ],
  });
  getset(type, "name", (f: PyFile) => f.path);
  getset(type, "mode", (f: PyFile) => f.mode);
  getset(type, "closed", (f: PyFile) => f.closed);
  getset(type, "encoding", (f: PyFile) => f.encoding);
}

/** The Python exception for a failed file operation. */
export function fileError(e: unknown, path: string): unknown {
  if (e instanceof Deno.errors.NotFound) {
    return r.osError(r.FileNotFoundErrorType, 2, "No such file or directory", path);
  }
  if (e instanceof Deno.errors.PermissionDenied) {
    return r.osError(r.PermissionErrorType, 13, "Permission denied", path);
  }
  if (e instanceof Deno.errors.NotCapable) {
    return r.osError(r.PermissionErrorType, 13, "Permission denied", path);
  }
  if (e instanceof Deno.errors.AlreadyExists) {
    return r.osError(r.FileExistsErrorType, 17, "File exists", path);
  }
  const code = (e as { code?: string })?.code;
  if (e instanceof Deno.errors.IsADirectory || code === "EISDIR") {
    return r.osError(r.IsADirectoryErrorType, 21, "Is a directory", path);
  }
  if (e instanceof Deno.errors.NotADirectory || code === "ENOTDIR") {
    return r.osError(r.NotADirectoryErrorType, 20, "Not a directory", path);
  }
  return e;
}

/** A path argument: str, bytes or an object with `__fspath__`. */
export function pathOf(v: Value): string {
  const s = r.stringOf(v);
  if (s !== undefined) return s;
  const b = r.bytesOf(v);
  if (b) return new TextDecoder().decode(b);
  const p = r.callSpecial(v, "__fspath__");
  const text = p === undefined ? undefined : r.stringOf(p);
  if (text === undefined) {
    throw typeError(`expected str, bytes or os.PathLike object, not ${r.typeOf(v).name}`);
  }
  return text;
}

export const open = fn(
  "open",
  "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None",
  (file: Value, modeValue?: Value, _b?: Value, encoding?: Value, _e?: Value, newline?: Value) => {
    const path = pathOf(file), mode = modeValue === undefined ? "r" : r.stringOf(modeValue) ?? "";
    const main = mode.replace(/[bt+U]/g, "");
    if (/^[rwax]{2,}$/.test(main)) throw valueError("must have exactly one of create/read/write/append mode");
    if (!/^[rwax]$/.test(main) || (mode.includes("b") && mode.includes("t"))) {
      throw valueError(`invalid mode: '${mode}'`);
    }
    if (mode.includes("b") && encoding !== undefined && encoding !== null) {
      throw valueError("binary mode doesn't take an encoding argument");
    }
    const full = path.startsWith("/") || interpreter().cwd === "" ? path : `${interpreter().cwd}/${path}`;
    const f = new PyFile(
      full,
      mode,
      r.stringOf(encoding) ?? "utf-8",
      r.stringOf(newline) ?? null,
      mode.includes("b") ? binaryFileType : textFileType,
    );
    try {
      if (main === "r") f.data = Deno.readFileSync(full);
      else if (main === "x") Deno.writeFileSync(full, new Uint8Array(0), { createNew: true });
      else if (main === "w") Deno.writeFileSync(full, new Uint8Array(0));
      else {
        Deno.writeFileSync(full, new Uint8Array(0), { append: true });
        f.data = Deno.readFileSync(full);
        f.at = f.data.length;
      }
    } catch (e) {
      throw fileError(e, path);
    }
    return f;
  },
);

// --- sys.stdout ---

export const streamType = nativeType("TextIOWrapper", { module: "_io", final: true, hasDict: true });

/** A stream of the process. */
export class PyStream extends r.PyObject {
  constructor(readonly name: string, readonly sink: TextSink) {
    super(streamType);
  }
}
methods(streamType, {
  write: ["s, /", (s: PyStream, v: Value) => {
    const text = r.stringOf(v);
    if (text === undefined) throw typeError(`write() argument must be str, not ${r.typeOf(v).name}`);
    s.sink.write(text);
    return t.strLength(text);
  }],
  writelines: ["lines, /", (s: PyStream, lines: Value) => {
    for (const l of r.iterate(lines)) s.sink.write(r.str(l));
    return null;
  }],
  flush: ["", (s: PyStream) => {
    s.sink.flush();
    return null;
  }],
  isatty: ["", () => false],
  writable: ["", () => true],
  readable: ["", () => false],
  fileno: ["", (s: PyStream) => s.name === "<stderr>" ? 2 : 1],
  __repr__: ["", (s: PyStream) => `<_io.TextIOWrapper name='${s.name}' mode='w' encoding='utf-8'>`],
});
getset(streamType, "name", (s: PyStream) => s.name);
getset(streamType, "encoding", () => "utf-8");
getset(streamType, "closed", () => false);

const inputType = nativeType("TextIOWrapper", { module: "_io", final: true });

/** `sys.stdin`, read a line at a time. */
export class PyInput extends r.PyIterator {
  constructor() {
    super(inputType);
  }
  step(): Value | undefined {
    return interpreter().readLine() || undefined;
  }
}
iteratorMethods(inputType);
methods(inputType, {
  readline: ["size=-1, /", () => interpreter().readLine()],
  readlines: ["", (s: PyInput) => {
    const lines: Value[] = [];
    for (let l; (l = s.step()) !== undefined;) lines.push(l);
    return new PyList(lines);
  }],
  read: ["", (s: PyInput) => {
    let all = "";
    for (let l; (l = s.step()) !== undefined;) all += l;
    return all;
  }],
  isatty: ["", () => Deno.stdin.isTerminal()],
  readable: ["", () => true],
  writable: ["", () => false],
  fileno: ["", () => 0],
  close: ["", () => null],
  __repr__: ["", () => "<_io.TextIOWrapper name='<stdin>' mode='r' encoding='utf-8'>"],
});
getset(inputType, "encoding", () => "utf-8");
getset(inputType, "name", () => "<stdin>");
getset(inputType, "closed", () => false);
