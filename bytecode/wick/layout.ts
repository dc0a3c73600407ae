/** The file's fixed numbers: header, sections, tags. Appended to, never renumbered: files store them. */

/** "WICK" in the file's first four bytes. */
export const MAGIC = 0x4b434957;
/** A reader takes files of its own major version; a higher minor one adds sections that may be skipped. */
export const VERSION_MAJOR = 1;
export const VERSION_MINOR = 0;
/** Magic, version, section count, file length, checksum of the header and section table. */
export const HEADER_BYTES = 32;
/** Number, checksum, offset, length of a section. */
export const SECTION_ROW_BYTES = 24;
/** Weights begin at multiples of this in the file, so that a mapped file can be used where it lies. */
export const ALIGNMENT = 64;
/** More sections than any version has. */
export const MAX_SECTIONS = 64;

/** Sections in the order they are read. */
export const SECTIONS = [
  "strings",
  "types",
  "operators",
  "storages",
  "values",
  "codes",
  "classes",
  "entry",
  "places",
  "data",
] as const;
export type SectionName = typeof SECTIONS[number];
/** A section's number in the table: its place in `SECTIONS`, from 1. */
export const sectionNumber = (s: SectionName): number => SECTIONS.indexOf(s) + 1;

/** First byte of a value. */
export const Tag = {
  None: 0,
  True: 1,
  False: 2,
  /** A safe integer, zigzag varint. */
  Int: 3,
  /** An integer beyond the safe ones, 8 bytes. */
  Long: 4,
  Float: 5,
  Complex: 6,
  Str: 7,
  Device: 8,
  /** A value of the pool, by index. */
  Pooled: 9,
  /** A register's raw float. */
  Raw: 10,
  /** A register that is empty when its frame starts. */
  Empty: 11,
} as const;

/** Kinds of pooled values: those with identity, and tuples. */
export const Pool = { Tensor: 0, List: 1, Dict: 2, Tuple: 3, Object: 4, Enum: 5 } as const;

/** Kinds of a code's objects. */
export const Obj = { Null: 0, Operator: 1, Str: 2, Type: 3, Types: 4, Code: 5 } as const;

/** Kinds of type rows, by the type's own `kind`. */
export const TYPE_KINDS = [
  "Tensor",
  "int",
  "float",
  "bool",
  "complex",
  "str",
  "None",
  "Any",
  "number",
  "Device",
  "Generator",
  "Stream",
  "Storage",
  "Capsule",
  "PyObject",
  "AnyList",
  "AnyTuple",
  "AnyClass",
  "AnyEnum",
  "ScalarType",
  "Layout",
  "MemoryFormat",
  "List",
  "Dict",
  "Tuple",
  "NamedTuple",
  "Optional",
  "Union",
  "Future",
  "Await",
  "RRef",
  "Class",
  "Interface",
  "Enum",
  "Function",
  "Var",
] as const;
