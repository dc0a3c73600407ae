/**
 * Python's number rules as pure functions, for the host, the VM and the printers:
 * int.ts (unbounded ints), int64.ts (TorchScript's wrapping ints), float.ts, complex.ts, compare.ts (any mix, exactly),
 * hash.ts, parse.ts (texts to numbers), round.ts.
 * Conventions: an int is `Int`; a float goes in and comes out as a raw JS number, so the caller tags it.
 */
export * from "./int.ts";
export * from "./int64.ts";
export * from "./float.ts";
export * from "./complex.ts";
export * from "./compare.ts";
export * from "./hash.ts";
export * from "./parse.ts";
export * from "./round.ts";
