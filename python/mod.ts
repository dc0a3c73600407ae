/**
 * The Python host: emit/ turns source into JavaScript, runtime/ is the object model, builtins/ the built-in types
 * and functions, stdlib/ (TypeScript) and lib/ (Python) the standard modules, torch/ `torch` as Python sees it.
 * runtime/mod.ts tells how native modules are written. Nothing here loads the standard modules' texts: the entry that
 * runs Python imports their tables.
 */
export { Host, type HostOptions, PythonError } from "./host.ts";
export * from "./runtime/mod.ts";
