/**
 * `export --target edge`: a model as a folder that runs without Wick: `model.wick`, one JavaScript file with the VM and
 * just the operators the model uses, its types, the kernels it needs as one WebAssembly module, and a page that runs it.
 *
 * - `used_operators.ts` which schemas and declarations a model needs
 * - `prune.ts` module texts without the declarations that are not needed
 * - `bundle.ts` the bundler's part, until nothing more is asked for
 * - `page.ts` the page, the types and the worker's lines
 */
export { bundleModel, type BundleReport } from "./bundle.ts";
export { modelTypes, pageText, workerText } from "./page.ts";
