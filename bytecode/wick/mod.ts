/**
 * The `.wick` file: register bytecode, constants, types, schemas and 64-byte aligned weights in one flat, versioned,
 * checksummed file. `docs/wick_format.md` specifies it field by field. Both directions of each part stand together:
 *
 * - `layout.ts` header, section numbers and limits; `xxhash32.ts` the checksum
 * - `byte_writer.ts`, `byte_reader.ts` varints, numbers and strings; a reader's refusals name section and offset
 * - `types.ts`, `values.ts`, `codes.ts`, `places.ts` the parts; `writer.ts` and `reader.ts` the file
 */
export { isWick, readWick, type WickModel } from "./reader.ts";
export { type WickOptions, writeWick } from "./writer.ts";
