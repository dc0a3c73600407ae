/**
 * Python's text rules as pure functions: characters.ts (classes), str_methods.ts and str_case.ts (the methods of str),
 * str_repr.ts, encoding.ts (str to bytes and back), float_digits.ts and float_repr.ts (floats as text),
 * format_spec.ts (format()), percent_format.ts (`%`), str_format.ts (str.format).
 */
export * from "./str_methods.ts";
export * from "./str_case.ts";
export * from "./str_repr.ts";
export * from "./encoding.ts";
export * from "./float_repr.ts";
export * from "./format_spec.ts";
export * from "./percent_format.ts";
export * from "./str_format.ts";
