/**
 * The frontend: Python functions, classes and modules to graphs. In the order things happen:
 *
 * - `resolver.ts`: what the compiler asks of the host (`Resolver`, `ObjectView` and kin). `standalone*.ts` answers
 *   from source text alone; `host_*.ts`, `python_resolver.ts`, `recursive_module.ts`, `concrete_module_type.ts` and
 *   `script_class.ts` turn live objects into compiled functions, classes and modules.
 * - `build_*.ts` make TorchScript's `tree.ts` from Python's AST; `function_source.ts` gives ranges.
 * - `define.ts` compiles one function: `emitter.ts` holds the state, `emit_*.ts` the rules by node kind,
 *   `environment.ts` the variables, `refinements.ts` what conditions say of types.
 * - `sugared_value.ts` and `*_value(s).ts`: what names and expressions stand for while compiling.
 * - `schema_matching.ts`, `builtin_call.ts`, `builtin_functions.ts`: choosing overloads and emitting operators.
 * - `convert_to_ssa.ts`, `inline_loop_condition.ts`, `exit_transforms.ts`, `canonicalize_modified_loops.ts`,
 *   `fork_closures.ts`, `erase_list_literals.ts`: from what was emitted to SSA, before `passes/` clean up.
 * - `text_definitions.ts`: functions and methods that a program gives as TorchScript text.
 * - `error_report.ts`: errors with excerpts and the chain of compilations; `hints.ts` what to write instead.
 */
export { ConcreteModuleType } from "./concrete_module_type.ts";
export { diagnosticText } from "./error_report.ts";
export { collectErrors, independently } from "./recovery.ts";
export { HostCompiler, hostCompiler } from "./host_compiler.ts";
export { ConversionError, hostIValue } from "./host_ivalues.ts";
export { annotationType, inferType } from "./host_types.ts";
export {
  RecursiveCompiler,
  recursiveCompiler,
  resetCompilers,
  type ScriptedModule,
} from "./recursive_module.ts";
export type {
  ClassView,
  FunctionView,
  HostValue,
  MethodContext,
  ModuleView,
  ObjectView,
  Resolver,
} from "./resolver.ts";
export { defineModuleMethods, TextUnit } from "./text_definitions.ts";
export { StandaloneModuleSource } from "./standalone.ts";
export { onWarning } from "./warnings.ts";
