/** Values without identity: a tag and what it says. */
import { Device } from "../../core/device.ts";
import type { IValue } from "../../core/ivalue.ts";
import { Complex, Float, normInt } from "../../core/scalar.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { Tag } from "./layout.ts";
import type { StringTable } from "./strings.ts";

/** Writes a leaf; false when the value is none. */
export function writeLeaf(w: ByteWriter, strings: StringTable, v: IValue): boolean {
  if (v === null) w.byte(Tag.None);
  else if (typeof v === "boolean") w.byte(v ? Tag.True : Tag.False);
  else if (typeof v === "number") {
    w.byte(Tag.Int);
    w.signed(v);
  } else if (typeof v === "bigint") {
    w.byte(Tag.Long);
    w.int64(v);
  } else if (v instanceof Float) {
    w.byte(Tag.Float);
    w.float64(v.value);
  } else if (v instanceof Complex) {
    w.byte(Tag.Complex);
    w.float64(v.re);
    w.float64(v.im);
  } else if (typeof v === "string") {
    w.byte(Tag.Str);
    w.unsigned(strings.index(v));
  } else if (v instanceof Device) {
    w.byte(Tag.Device);
    w.unsigned(strings.index(v.type));
    w.unsigned(v.index === null ? 0 : v.index + 1);
  } else return false;
  return true;
}

/** The leaf of a tag that has been read already; undefined when the tag is no leaf's. */
export function leafOf(tag: number, r: ByteReader, strings: readonly string[]): IValue | undefined {
  switch (tag) {
    case Tag.None:
      return null;
    case Tag.True:
      return true;
    case Tag.False:
      return false;
    case Tag.Int:
      return r.signed();
    case Tag.Long:
      return normInt(r.int64());
    case Tag.Float:
      return new Float(r.float64());
    case Tag.Complex:
      return new Complex(r.float64(), r.float64());
    case Tag.Str:
      return strings[r.index(strings.length, "string")];
    case Tag.Device: {
      const type = strings[r.index(strings.length, "string")], index = r.unsigned();
      return Device.of(type, index === 0 ? null : index - 1);
    }
    default:
      return undefined;
  }
}

export function readLeaf(r: ByteReader, strings: readonly string[]): IValue {
  const tag = r.byte();
  const v = leafOf(tag, r, strings);
  return v === undefined ? r.fail(`tag ${tag} where a plain value is due`) : v;
}
