/**
 * `torch.jit`: `views.ts` and its kin show live objects to the compiler, `convert.ts` moves values over the border,
 * `script_types.ts` has Python's types for compiled things, `_script.py` the script modules, `forms.ts` the names.
 */
import { graphToString } from "../../../compiler/mod.ts";
import "../../../compiler/lowering/mod.ts";
import { type HostHooks, setHostHooks } from "../../../vm/mod.ts";
import { HostFunction } from "../../../compiler/lowering/callees.ts";
import { interpreter } from "../../runtime/interpreter.ts";
import * as r from "../../runtime/mod.ts";
import { AnyType } from "../../../core/types.ts";
import { printText } from "../../../vm/format.ts";
import { toPython, toScript } from "./convert.ts";

export { addDescriber } from "./views.ts";
export { graphToString };

const hooks: HostHooks = {
  print: (values) => interpreter().stdout.write(printText(values) + "\n"),
  call: (callee, args) => {
    const f = callee instanceof HostFunction ? callee.callable : callee;
    return toScript(r.call(f as r.Value, args.map(toPython)), AnyType);
  },
};

/** Connects the VM to the running host: `print` goes to its stdout, ignored functions run in it. */
export function connectHost(): void {
  setHostHooks(hooks);
}
