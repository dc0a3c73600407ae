/**
 * Damaged archives: every byte changed in turn, the file cut at every length. Whatever comes of it must be an error of
 * a known kind or an answer; with the checksums as they stand, the right one.
 */
import { ZipReader } from "../../archive/zip_reader.ts";
import { joinParts, writeZip, type ZipMember } from "../../archive/zip_writer.ts";
import { crc32 } from "../../archive/zlib.ts";
import { loadArchive, loadMobileArchive } from "../../archive/mod.ts";
import { Diagnostic, NotImplemented, RuntimeFault } from "../../core/errors.ts";
import { type IValue, ListValue, ScriptObject, TupleValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import { Tensor } from "../../core/tensor.ts";
import { Aborted, forward, OutOfFuel, ScriptError, WouldSuspend } from "../../vm/mod.ts";

/** Steps that a damaged model's run may take, and milliseconds. */
const FUEL = 20_000, TIMEOUT = 2_000;

export interface Target {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Reads the file as PyTorch's mobile runtime does, by its bytecode. */
  readonly mobile: boolean;
  readonly inputs: () => IValue[];
}

export interface Finding {
  readonly what: string;
  readonly error: unknown;
}

/** Loads and runs; the answer as text. */
export function answer(t: Target, bytes: Uint8Array): string {
  const { object } = (t.mobile ? loadMobileArchive : loadArchive)(bytes);
  const method = object.type.methods.get("forward");
  if (!method) return "no forward";
  method.ensureDefined?.();
  return text(forward(method, [object, ...t.inputs()], { fuel: FUEL, timeout: TIMEOUT }));
}

function text(v: IValue): string {
  if (v instanceof Tensor) return `${v.scalarType}[${v.sizes}][${v.strides}]${[...v.data()].join()}`;
  if (v instanceof ListValue || v instanceof TupleValue) return `[${v.items.map(text).join()}]`;
  if (v instanceof Float) return `${v.value}f`;
  return v instanceof ScriptObject ? v.type.name : String(v);
}

/** Errors that a file may cause. Anything else is our bug. */
function isTyped(e: unknown): boolean {
  return [RuntimeFault, Diagnostic, NotImplemented, ScriptError, OutOfFuel, Aborted, WouldSuspend]
    .some((c) => e instanceof c);
}

const KINDS = [
  "byte changed",
  "byte changed, checksums repaired",
  "cut",
  "byte of a member changed, packed again",
];

/** Every `stride`th damage from `first` on. `right` is the answer of the whole file. */
export function* damage(t: Target, right: string, stride: number, first = 0): Generator<Finding> {
  const { bytes } = t, members = placesOf(bytes), contents = contentsOf(bytes);
  const inside = contents.reduce((n, m) => n + m.data.length, 0);
  const total = bytes.length * 3 + inside;
  for (let i = first; i < total; i += stride) {
    const kind = Math.min(Math.floor(i / bytes.length), 3), at = i - kind * bytes.length;
    let copy: Uint8Array;
    if (kind === 3) copy = withChange(contents, at);
    else if (kind === 2) copy = bytes.slice(0, at);
    else {
      copy = bytes.slice();
      copy[at] ^= 1 + (at * 37 + 11) % 255;
      if (kind === 1) repair(copy, members);
    }
    const what = `${t.name}, ${KINDS[kind]} at ${at}`;
    const start = performance.now();
    try {
      const got = answer(t, copy);
      if (kind % 2 === 0 && got !== right) yield { what, error: `answers ${got} instead of ${right}` };
    } catch (error) {
      if (!isTyped(error)) yield { what, error };
    }
    if (performance.now() - start > 2 * TIMEOUT) yield { what, error: "took too long" };
  }
}

interface Place {
  /** Row of the central directory. */
  readonly row: number;
  readonly data: number;
  readonly packed: number;
  readonly deflated: boolean;
}

/** Where members and their checksums are, in a file that is whole. */
function placesOf(bytes: Uint8Array): Place[] {
  const v = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), out: Place[] = [];
  const end = bytes.length - 22, count = v.getUint16(end + 10, true);
  for (let i = 0, row = v.getUint32(end + 16, true); i < count; i++) {
    const local = v.getUint32(row + 42, true);
    const data = local + 30 + v.getUint16(local + 26, true) + v.getUint16(local + 28, true);
    out.push({ row, data, packed: v.getUint32(row + 20, true), deflated: v.getUint16(row + 10, true) === 8 });
    row += 46 + v.getUint16(row + 28, true) + v.getUint16(row + 30, true);
  }
  return out;
}

function contentsOf(bytes: Uint8Array): ZipMember[] {
  const zip = new ZipReader(bytes);
  return zip.names().map((name) => ({ name, data: zip.read(name) }));
}
/** The archive with one byte of its members' contents changed, counted over all of them. */
function withChange(members: readonly ZipMember[], at: number): Uint8Array {
  let left = at;
  const changed = members.map(({ name, data }) => {
    const mine = left >= 0 && left < data.length, place = left;
    left -= data.length;
    if (!mine) return { name, data };
    const copy = data.slice();
    copy[place] ^= 1 + (place * 37 + 11) % 255;
    return { name, data: copy };
  });
  return joinParts(writeZip("archive", changed));
}

/** Makes the stored members' checksums fit their contents; a deflated one's is left out. */
function repair(bytes: Uint8Array, members: readonly Place[]): void {
  const v = new DataView(bytes.buffer);
  for (const m of members) {
    const sum = m.deflated ? 0 : crc32(bytes.subarray(m.data, m.data + m.packed));
    v.setUint32(m.row + 16, sum, true);
  }
}
