/** A module or function as a `.wick` file. */
import type { ClassType } from "../../core/class_type.ts";
import { codeOf, type ScriptFunction } from "../../core/function.ts";
import { ScriptObject } from "../../core/ivalue.ts";
import type { Code } from "../code.ts";
import { decode } from "../decoder.ts";
import { ByteWriter } from "./byte_writer.ts";
import { CodeTable, writeSchema } from "./codes.ts";
import {
  ALIGNMENT,
  HEADER_BYTES,
  MAGIC,
  SECTION_ROW_BYTES,
  type SectionName,
  sectionNumber,
  SECTIONS,
  VERSION_MAJOR,
  VERSION_MINOR,
} from "./layout.ts";
import { PlaceTable } from "./places.ts";
import { StringTable } from "./strings.ts";
import { TypeTable } from "./types.ts";
import { ValuePool } from "./values.ts";
import { xxhash32 } from "./xxhash32.ts";

export interface WickOptions {
  /** Without sources and line numbers: smaller, and errors name functions only. */
  readonly stripPlaces?: boolean;
}

/** Methods that are looked up by name while a model runs, beside those that CALLI names. */
const LOOKED_UP = ["__enter__", "__exit__", "__lt__"];

/**
 * The file's bytes. Of the module's class all methods are written, of other classes those that running code can look
 * up. Throws a TypeError fault saying what cannot be kept in a file (ignored Python functions, futures, other devices).
 */
export function writeWick(model: ScriptObject | ScriptFunction, options: WickOptions = {}): Uint8Array {
  const strings = new StringTable(), types = new TypeTable(strings), values = new ValuePool(strings, types);
  const codes = new CodeTable(strings, types, values);
  const entry = new ByteWriter();
  const methods = new Map<ClassType, Map<string, number>>();
  if (model instanceof ScriptObject) {
    entry.byte(0);
    entry.unsigned(values.index(model));
    methods.set(model.type, methodsOf(model.type, [...model.type.methods.keys()], codes));
  } else {
    entry.byte(1);
    entry.unsigned(codes.index(codeOf(model) as Code));
  }
  const section = (write: (w: ByteWriter) => void) => {
    const w = new ByteWriter();
    write(w);
    return w.bytes();
  };
  const reached = reach(codes, types, values, methods);
  const valueBytes = section((w) => values.write(w));
  const classBytes = section((w) => {
    w.unsigned(types.classes.length);
    for (const c of types.classes) {
      const own = reached.get(c) ?? new Map<string, number>();
      w.unsigned(own.size);
      for (const [name, code] of own) {
        w.unsigned(strings.index(name));
        w.unsigned(code);
      }
    }
    w.unsigned(types.interfaces.length);
    for (const t of types.interfaces) {
      w.unsigned(t.methods.size);
      for (const [name, s] of t.methods) {
        w.unsigned(strings.index(name));
        writeSchema(w, s, strings, types, values);
      }
    }
  });
  const parts = new Map<SectionName, Uint8Array>([
    ["values", valueBytes],
    ["codes", section((w) => codes.write(w))],
    ["classes", classBytes],
    ["entry", entry.bytes()],
    ["operators", section((w) => codes.writeOperators(w))],
  ]);
  if (!options.stripPlaces) {
    parts.set(
      "places",
      section((w) => new PlaceTable(strings).write(w, codes.codes)),
    );
  }
  let dataBytes = 0;
  parts.set("storages", section((w) => dataBytes = values.writeStorages(w)));
  parts.set("types", section((w) => types.write(w)));
  // Every other part may add strings, so they are written last.
  parts.set("strings", section((w) => strings.write(w)));
  return assemble(parts, values, dataBytes);
}

function methodsOf(c: ClassType, names: Iterable<string>, codes: CodeTable): Map<string, number> {
  const out = new Map<string, number>();
  for (const name of names) {
    const fn = c.methods.get(name);
    if (fn) out.set(name, codes.index(codeOf(fn) as Code));
  }
  return out;
}

/** Adds methods until nothing new can be called: code brings in classes and names, classes bring in code. */
function reach(
  codes: CodeTable,
  types: TypeTable,
  values: ValuePool,
  methods: Map<ClassType, Map<string, number>>,
): ReadonlyMap<ClassType, ReadonlyMap<string, number>> {
  const called = new Set<string>(LOOKED_UP);
  let before = -1;
  const state = () => codes.codes.length * 1e6 + types.classes.length;
  while (state() !== before) {
    before = state();
    // Objects in the pool and attributes of classes bring in classes.
    values.write(new ByteWriter());
    types.write(new ByteWriter());
    for (const c of codes.codes) for (const name of calledNames(c)) called.add(name);
    for (let i = 0; i < types.classes.length; i++) {
      const c = types.classes[i];
      const own = methods.get(c) ?? new Map<string, number>();
      for (const [name, code] of methodsOf(c, called, codes)) own.set(name, code);
      methods.set(c, own);
    }
  }
  return methods;
}

function calledNames(code: Code): string[] {
  const out: string[] = [];
  for (let at = 0; at < code.words.length;) {
    const ins = decode(code.words, at);
    if (ins.name === "CALLI") out.push(code.objects[ins.operands[1].value as number] as string);
    at += ins.length;
  }
  return out;
}

const align = (n: number, to: number) => Math.ceil(n / to) * to;

function assemble(parts: Map<SectionName, Uint8Array>, values: ValuePool, dataBytes: number): Uint8Array {
  const present = SECTIONS.filter((s) => s === "data" || parts.has(s));
  const tableEnd = HEADER_BYTES + SECTION_ROW_BYTES * present.length;
  let end = tableEnd;
  const rows = present.map((s) => {
    const offset = align(end, s === "data" ? ALIGNMENT : 8);
    const length = s === "data" ? dataBytes : parts.get(s)!.length;
    end = offset + length;
    return { s, offset, length };
  });
  const file = new Uint8Array(end), view = new DataView(file.buffer);
  for (const { s, offset } of rows) {
    if (s !== "data") file.set(parts.get(s)!, offset);
    else {
      let at = offset;
      for (const storage of values.storages) {
        file.set(storage.bytes(), at);
        at = align(at + storage.nbytes - offset, ALIGNMENT) + offset;
      }
    }
  }
  view.setUint32(0, MAGIC, true);
  view.setUint16(8, VERSION_MAJOR, true);
  view.setUint16(10, VERSION_MINOR, true);
  view.setUint32(12, rows.length, true);
  view.setBigUint64(16, BigInt(end), true);
  rows.forEach(({ s, offset, length }, i) => {
    const at = HEADER_BYTES + SECTION_ROW_BYTES * i;
    view.setUint32(at, sectionNumber(s), true);
    view.setUint32(at + 4, xxhash32(file.subarray(offset, offset + length)), true);
    view.setBigUint64(at + 8, BigInt(offset), true);
    view.setBigUint64(at + 16, BigInt(length), true);
  });
  view.setUint32(4, xxhash32(file.subarray(8, tableEnd)), true);
  return file;
}
