/** A `.wick` file as a module or function that the VM can run. Nothing in the file is trusted. */
import type { ClassType } from "../../core/class_type.ts";
import { CompilationUnit, ScriptFunction } from "../../core/function.ts";
import { ScriptObject } from "../../core/ivalue.ts";
import { MemoryBudget } from "../../core/memory_budget.ts";
import type { Code } from "../code.ts";
import { ByteReader, refuse } from "./byte_reader.ts";
import { readCodes, readOperators, readSchema } from "./codes.ts";
import {
  HEADER_BYTES,
  MAGIC,
  MAX_SECTIONS,
  SECTION_ROW_BYTES,
  type SectionName,
  SECTIONS,
  VERSION_MAJOR,
} from "./layout.ts";
import { readPlaces } from "./places.ts";
import { readStrings } from "./strings.ts";
import { readTypes } from "./types.ts";
import { readStorages, ValueReader } from "./values.ts";
import { xxhash32 } from "./xxhash32.ts";

/** What a file holds: a module, or one function; and every code, for tools. */
export interface WickModel {
  readonly root: ScriptObject | ScriptFunction;
  readonly codes: readonly Code[];
  /** Schemas of the operators it calls. */
  readonly operators: readonly string[];
}

/** Whether the bytes begin as a `.wick` file does. */
export function isWick(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === MAGIC;
}

/** Reads a file. Throws RuntimeFault naming section and offset when it is damaged or of another version. */
export function readWick(bytes: Uint8Array): WickModel {
  const sections = openSections(bytes);
  const budget = new MemoryBudget(bytes.length);
  const reader = (s: SectionName) =>
    new ByteReader(s, sections.get(s) ?? refuse("header", 0, `there is no section ${s}`), budget);
  const whole = <T>(s: SectionName, read: (r: ByteReader) => T): T => {
    const r = reader(s), v = read(r);
    r.end();
    return v;
  };
  const unit = new CompilationUnit();
  const strings = whole("strings", readStrings);
  const types = whole("types", (r) => readTypes(r, strings, unit));
  const operators = whole("operators", (r) => readOperators(r, strings));
  const storages = whole("storages", (r) => readStorages(r, reader("data").bytes));
  const values = new ValueReader(strings, types, storages);
  whole("values", (r) => values.readPool(r));
  const codes = whole("codes", (r) => readCodes(r, values, operators));
  whole("classes", (r) => {
    if (r.count() !== types.classes.length) r.fail(`there are ${types.classes.length} classes`);
    for (const c of types.classes) readMethods(r, c, strings, codes);
    if (r.count() !== types.interfaces.length) r.fail(`there are ${types.interfaces.length} interfaces`);
    for (const t of types.interfaces) {
      const n = r.count(3);
      for (let i = 0; i < n; i++) {
        const name = strings[r.index(strings.length, "string")];
        t.methods.set(name, readSchema(r, values));
      }
    }
  });
  if (sections.has("places")) whole("places", (r) => readPlaces(r, strings, codes));
  const root = whole("entry", (r) => {
    if (r.byte() === 1) return asFunction(codes[r.index(codes.length, "function")], undefined);
    const v = values.pooled(r);
    return v instanceof ScriptObject ? v : r.fail("the entry is no module");
  });
  return { root, codes, operators: operators.map((o) => o.text) };
}

function asFunction(code: Code, owner: ClassType | undefined): ScriptFunction {
  const fn = new ScriptFunction(code.name, owner);
  if (code.schema) fn.schema = code.schema;
  fn.code = code;
  fn.state = "defined";
  return fn;
}

function readMethods(r: ByteReader, c: ClassType, strings: readonly string[], codes: readonly Code[]): void {
  const n = r.count(2);
  for (let i = 0; i < n; i++) {
    const name = strings[r.index(strings.length, "string")];
    c.methods.set(name, asFunction(codes[r.index(codes.length, "function")], c));
  }
}

/** Sections by name, lengths and checksums proved. Unknown numbers, of a later minor version, are passed over. */
function openSections(bytes: Uint8Array): Map<SectionName, Uint8Array> {
  const fail = (at: number, what: string): never => refuse("header", at, what);
  if (bytes.length < HEADER_BYTES) fail(0, "the file is too short to be a .wick file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) fail(0, "this is no .wick file");
  const major = view.getUint16(8, true);
  if (major !== VERSION_MAJOR) fail(8, `version ${major}; this reader knows version ${VERSION_MAJOR}`);
  const count = view.getUint32(12, true), tableEnd = HEADER_BYTES + SECTION_ROW_BYTES * count;
  if (count > MAX_SECTIONS || tableEnd > bytes.length) fail(12, `${count} sections`);
  if (view.getBigUint64(16, true) !== BigInt(bytes.length)) {
    fail(16, `the file says it has ${view.getBigUint64(16, true)} bytes, there are ${bytes.length}`);
  }
  if (view.getUint32(4, true) !== xxhash32(bytes.subarray(8, tableEnd))) {
    fail(4, "the checksum does not match");
  }
  const sections = new Map<SectionName, Uint8Array>();
  for (let i = 0; i < count; i++) {
    const at = HEADER_BYTES + SECTION_ROW_BYTES * i;
    const name = SECTIONS[view.getUint32(at, true) - 1];
    const offset = view.getBigUint64(at + 8, true), length = view.getBigUint64(at + 16, true);
    if (offset + length > BigInt(bytes.length)) fail(at, "a section reaches beyond the end of the file");
    const body = bytes.subarray(Number(offset), Number(offset + length));
    if (view.getUint32(at + 4, true) !== xxhash32(body)) {
      refuse(name ?? "?", 0, "the checksum does not match");
    }
    if (name === undefined) continue;
    if (sections.has(name)) fail(at, `section ${name} is there twice`);
    sections.set(name, body);
  }
  return sections;
}
