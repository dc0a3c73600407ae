/**
 * The command line. `main.ts` finds the command and turns failures into exit codes; each command is a file; `usage.ts`
 * has what they say about themselves; `inputs.ts` reads arguments of a model; `progress.ts` and `table.ts` print.
 */
export { main } from "./main.ts";
