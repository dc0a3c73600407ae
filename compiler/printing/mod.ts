/**
 * Graphs back to Python: `python_print.ts` writes functions and methods statement by statement, `expressions.ts` the
 * right-hand sides, `inlining.ts` decides which values become part of their user's expression, `class_print.ts`
 * writes the classes of an archive, `constant_text.ts` and `type_text.ts` literals and annotations.
 */
export { functionCode, methodCode, type PrintContext, PythonPrint } from "./python_print.ts";
export { printNamedType } from "./class_print.ts";
export { ConstantTable } from "./constant_text.ts";
