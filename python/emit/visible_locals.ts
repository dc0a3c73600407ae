/**
 * Functions emitted a second time, with frames that show their variables. Only a tracer wants that, to give values of
 * the graph the names they have in the program; in the usual form a variable that nobody captures stays cheap.
 */
import type { Cell, FunctionCode, Impl } from "../runtime/function.ts";
import type { Unit } from "./context.ts";
import { support, SUPPORT_NAMES } from "./support.ts";

/** Compiles the JS function that `emit` writes; the result makes it for the cells of a closure. */
export function emitVisible(
  original: Unit,
  code: FunctionCode,
  free: readonly string[],
  emit: (unit: Unit) => string,
): (cells: readonly Cell[]) => Impl {
  const unit: Unit = { ...original, codes: [code], constants: [], constantIndex: new Map(), nodes: [] };
  const js = emit(unit);
  const names = (list: readonly unknown[], to: string) => list.map((_, i) => `${to}${i} = $${to}[${i}]`);
  const known = [...names(unit.codes, "C"), ...names(unit.constants, "K")].join(", ");
  const text = `"use strict"; const {${SUPPORT_NAMES.join(", ")}} = $R; const ${known};
const $global = globalLoader(G);
return ($cells) => { const [${free.map((n) => `c_${n}`).join(", ")}] = $cells; return ${js}; };
//# sourceURL=${code.filename.replace(/[\r\n]/g, "")}`;
  const make = new Function("$R", "G", "$C", "$K", "$N", "$S", text);
  return make(support, unit.globals, unit.codes, unit.constants, unit.nodes, unit.source);
}
