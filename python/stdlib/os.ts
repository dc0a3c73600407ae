/** The `os` module: files, folders and the environment. Paths are POSIX ones; os.path is lib/posixpath.py. */
import { Float } from "../../core/scalar.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { fn, getset, methods } from "../runtime/native.ts";
import { moduleOf, type PyModule, registerModule } from "../runtime/module.ts";
import { importByName } from "../runtime/imports.ts";
import { interpreter } from "../runtime/interpreter.ts";
import { fileError, pathOf } from "../builtins/io.ts";
import { iteratorMethods } from "../builtins/iterators.ts";

const { nativeType, PyDict, PyList } = r;

/** The file name for Deno: relative ones start from the host's folder. */
function real(path: string): string {
  const { cwd } = interpreter();
  return path.startsWith("/") || cwd === "" ? path : `${cwd}/${path}`;
}

/** Runs a file operation on a path argument, turning failures into OSErrors. */
function onPath<T>(v: Value, body: (path: string) => T): T {
  const path = pathOf(v);
  try {
    return body(real(path));
  } catch (e) {
    if ((e as { code?: string })?.code === "ENOTEMPTY") {
      throw r.osError(r.OSErrorType, 39, "Directory not empty", path);
    }
    throw fileError(e, path);
  }
}

/** A function of one path that gives None. */
function action(name: string, body: (path: string) => void) {
  return fn(name, "path", (v: Value) => {
    onPath(v, body);
    return null;
  });
}

const STAT_FIELDS = [
  "st_mode",
  "st_ino",
  "st_dev",
  "st_nlink",
  "st_uid",
  "st_gid",
  "st_size",
  "st_atime",
  "st_mtime",
  "st_ctime",
];
class PyStat extends r.PyTuple {
  constructor(readonly info: Deno.FileInfo, cls: PyType = statType) {
    super([], cls);
    const seconds = (d: Date | null) => Math.floor((d?.getTime() ?? 0) / 1000);
    const { mode, ino, dev, nlink, uid, gid, size, atime, mtime } = info;
    this.items = [
      mode ?? 0,
      ino ?? 0,
      dev,
      nlink ?? 0,
      uid ?? 0,
      gid ?? 0,
      size,
      seconds(atime),
      seconds(mtime),
    ].concat(
      seconds(info.ctime ?? mtime),
    );
  }
}
const statType = nativeType("stat_result", { base: r.tupleType, module: "os" });
STAT_FIELDS.forEach((name, i) =>
  getset(statType, name, (s: PyStat) => {
    const time = name === "st_atime" ? s.info.atime : name === "st_mtime" ? s.info.mtime : undefined;
    if (time === undefined && name !== "st_ctime") return s.items[i];
    return new Float((time ?? s.info.ctime ?? s.info.mtime)?.getTime()! / 1000);
  })
);
getset(statType, "st_mtime_ns", (s: PyStat) => BigInt(s.info.mtime?.getTime() ?? 0) * 1_000_000n);
methods(statType, {
  __repr__: [
    "",
    (s: PyStat) => `os.stat_result(${STAT_FIELDS.map((n, i) => `${n}=${r.repr(s.items[i])}`).join(", ")})`,
  ],
});

class PyDirEntry extends r.PyObject {
  constructor(readonly folder: string, readonly entry: Deno.DirEntry) {
    super(dirEntryType);
  }
  get path(): string {
    return this.folder === "" ? this.entry.name : `${this.folder.replace(/\/$/, "")}/${this.entry.name}`;
  }
}
const dirEntryType = nativeType("DirEntry", { final: true, module: "posix" });
getset(dirEntryType, "name", (e: PyDirEntry) => e.entry.name);
getset(dirEntryType, "path", (e: PyDirEntry) => e.path);
methods(dirEntryType, {
  is_file: ["*, follow_symlinks=True", (e: PyDirEntry) => kind(e.path)?.isFile ?? false],
  is_dir: ["*, follow_symlinks=True", (e: PyDirEntry) => kind(e.path)?.isDirectory ?? false],
  is_symlink: ["", (e: PyDirEntry) => e.entry.isSymlink],
  stat: ["*, follow_symlinks=True", (e: PyDirEntry) => onPath(e.path, (p) => new PyStat(Deno.statSync(p)))],
  __fspath__: ["", (e: PyDirEntry) => e.path],
  __repr__: ["", (e: PyDirEntry) => `<DirEntry ${r.repr(e.entry.name)}>`],
});

class ScanIterator extends r.JsIterator {}
const scanType = nativeType("ScandirIterator", { final: true, module: "posix" });
iteratorMethods(scanType);
methods(scanType, {
  __enter__: ["", (s: ScanIterator) => s],
  __exit__: ["*args", () => null],
  close: ["", () => null],
});

/** What the path is, links followed; undefined if there is nothing. */
function kind(path: string, link = false): Deno.FileInfo | undefined {
  try {
    return link ? Deno.lstatSync(real(path)) : Deno.statSync(real(path));
  } catch {
    return undefined;
  }
}

function entries(v: Value | undefined): { folder: string; list: Deno.DirEntry[] } {
  const folder = v === undefined || v === null ? "." : pathOf(v);
  return { folder, list: onPath(folder, (p) => [...Deno.readDirSync(p)]) };
}

function makedirs(v: Value, existOk: boolean): Value {
  const path = pathOf(v), there = kind(path);
  if (there && !(existOk && there.isDirectory)) {
    throw r.osError(r.FileExistsErrorType, 17, "File exists", path);
  }
  onPath(v, (p) => Deno.mkdirSync(p, { recursive: true }));
  return null;
}

function environment(): Value {
  const names = new PyDict();
  try {
    for (const [k, v] of Object.entries(Deno.env.toObject()).sort()) names.set(k, v);
  } catch { /* not allowed to look: an empty environment */ }
  return names;
}

const text = (v: Value | undefined) => v === undefined || v === null ? null : v;

function make(): PyModule {
  const environ = environment() as r.PyDict;
  const rename = fn("rename", "src, dst", (a: Value, b: Value) => {
    const to = real(pathOf(b));
    onPath(a, (p) => Deno.renameSync(p, to));
    return null;
  });
  const remove = (path: string) => {
    if (Deno.lstatSync(path).isDirectory) throw new Deno.errors.IsADirectory(path);
    Deno.removeSync(path);
  };
  return moduleOf("os", {
    name: "posix",
    sep: "/",
    altsep: null,
    extsep: ".",
    pathsep: ":",
    linesep: "\n",
    curdir: ".",
    pardir: "..",
    devnull: "/dev/null",
    F_OK: 0,
    R_OK: 4,
    W_OK: 2,
    X_OK: 1,
    error: r.OSErrorType,
    environ,
    stat_result: statType,
    DirEntry: dirEntryType,
    getenv: fn("getenv", "key, default=None", (k: Value, d?: Value) => environ.get(k) ?? text(d)),
    putenv: fn("putenv", "name, value, /", (k: Value, v: Value) => {
      environ.set(k, v);
      return null;
    }),
    getcwd: fn("getcwd", "", () => interpreter().cwd || Deno.cwd()),
    chdir: fn("chdir", "path", (v: Value) => {
      onPath(v, (p) => {
        if (!Deno.statSync(p).isDirectory) throw new Deno.errors.NotADirectory(p);
        interpreter().cwd = Deno.realPathSync(p);
      });
      return null;
    }),
    listdir: fn("listdir", "path=None", (v?: Value) => new PyList(entries(v).list.map((e) => e.name))),
    scandir: fn("scandir", "path=None", (v?: Value) => {
      const { folder, list } = entries(v);
      const shown = v === undefined || v === null ? "." : folder;
      return new ScanIterator(list.map((e) => new PyDirEntry(shown, e)).values(), scanType);
    }),
    mkdir: fn("mkdir", "path, mode=511", (v: Value) => {
      onPath(v, (p) => Deno.mkdirSync(p));
      return null;
    }),
    makedirs: fn(
      "makedirs",
      "name, mode=511, exist_ok=False",
      (v: Value, _mode?: Value, ok?: Value) => makedirs(v, ok !== undefined && r.truth(ok)),
    ),
    remove: action("remove", remove),
    unlink: action("unlink", remove),
    rmdir: action("rmdir", (p) => {
      if (!Deno.lstatSync(p).isDirectory) throw new Deno.errors.NotADirectory(p);
      Deno.removeSync(p);
    }),
    rename,
    replace: rename,
    _remove_tree: action("_remove_tree", (p) => Deno.removeSync(p, { recursive: true })),
    _copy_file: fn("_copy_file", "src, dst, /", (a: Value, b: Value) => {
      const to = real(pathOf(b));
      onPath(a, (p) => Deno.copyFileSync(p, to));
      return null;
    }),
    _make_temp_dir: fn(
      "_make_temp_dir",
      "prefix, suffix, dir, /",
      (prefix: string, suffix: string, dir: Value) =>
        onPath(
          dir ?? "/",
          (p) => Deno.makeTempDirSync({ prefix, suffix, dir: dir === null ? undefined : p }),
        ),
    ),
    _make_temp_file: fn(
      "_make_temp_file",
      "prefix, suffix, dir, /",
      (prefix: string, suffix: string, dir: Value) =>
        onPath(
          dir ?? "/",
          (p) => Deno.makeTempFileSync({ prefix, suffix, dir: dir === null ? undefined : p }),
        ),
    ),
    _kind: fn("_kind", "path, link, /", (v: Value, link: Value) => {
      const i = kind(pathOf(v), r.truth(link));
      return i === undefined
        ? ""
        : i.isFile
        ? "file"
        : i.isDirectory
        ? "dir"
        : i.isSymlink
        ? "link"
        : "other";
    }),
    _real_path: fn("_real_path", "path, /", (v: Value) => {
      try {
        return Deno.realPathSync(real(pathOf(v)));
      } catch {
        return null;
      }
    }),
    stat: fn(
      "stat",
      "path, *, follow_symlinks=True",
      (v: Value) => onPath(v, (p) => new PyStat(Deno.statSync(p))),
    ),
    lstat: fn("lstat", "path", (v: Value) => onPath(v, (p) => new PyStat(Deno.lstatSync(p)))),
    access: fn("access", "path, mode", (v: Value) => kind(pathOf(v)) !== undefined),
    fspath: fn("fspath", "path", (v: Value) => r.bytesOf(v) && !(r.stringOf(v)) ? v : pathOf(v)),
    fsencode: fn("fsencode", "filename", (v: Value) => new r.PyBytes(new TextEncoder().encode(pathOf(v)))),
    fsdecode: fn("fsdecode", "filename", (v: Value) => pathOf(v)),
    getpid: fn("getpid", "", () => Deno.pid),
    getppid: fn("getppid", "", () => Deno.ppid),
    cpu_count: fn("cpu_count", "", () => navigator.hardwareConcurrency),
    urandom: fn("urandom", "size, /", (n: Value) => {
      const out = new Uint8Array(r.smallIndex(n));
      for (let i = 0; i < out.length; i += 65536) crypto.getRandomValues(out.subarray(i, i + 65536));
      return new r.PyBytes(out);
    }),
    _exit: fn("_exit", "status", (status: Value) => {
      throw r.raise(r.SystemExitType, status);
    }),
    __getattr__: fn("__getattr__", "name", late),
    __dir__: fn("__dir__", "", () => {
      const own = (interpreter().modules.get("os") as PyModule).attrs;
      return new PyList([
        ...new Set<Value>([...own.keys() as Iterable<Value>, "path", ...WRITTEN_IN_PYTHON]),
      ]);
    }),
  });
}

const WRITTEN_IN_PYTHON = ["walk", "PathLike"];

/** Parts that are written in Python: few programs that import os need them all, and each takes a while to compile. */
function late(name: Value): Value {
  const os = interpreter().modules.get("os") as PyModule, key = String(name);
  let found: Value;
  if (key === "path") found = importByName("os.path");
  else if (WRITTEN_IN_PYTHON.includes(key)) found = r.getattr(importByName("_os_walk"), key);
  else throw r.raise(r.AttributeErrorType, `module 'os' has no attribute '${key}'`);
  os.attrs.set(key, found);
  return found;
}

registerModule("os.path", () => importByName("posixpath") as PyModule);

registerModule("os", make);
