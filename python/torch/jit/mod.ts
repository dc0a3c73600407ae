/**
 * `torch.jit`: `views.ts` and its kin show live objects to the compiler, `convert.ts` moves values over the border,
 * `script_types.ts` has Python's types for compiled things, `_script.py` the script modules, `forms.ts` the names.
 */
import { ConversionError, graphToString } from "../../../compiler/mod.ts";
import "../../../compiler/lowering/mod.ts";
import { type HostHooks, setHostHooks } from "../../../vm/mod.ts";
import { HostFunction } from "../../../compiler/lowering/callees.ts";
import { interpreter } from "../../runtime/interpreter.ts";
import * as r from "../../runtime/mod.ts";
import { RuntimeFault } from "../../../core/errors.ts";
import type { IValue } from "../../../core/ivalue.ts";
import { AnyType, type Type } from "../../../core/types.ts";
import { printText } from "../../../vm/format.ts";
import { toPython, toScript } from "./convert.ts";

export { addDescriber } from "./views.ts";
export { graphToString };

const hooks: HostHooks = {
  print: (values) => interpreter().stdout.write(printText(values) + "\n"),
  call: (callee, args) => {
    const f = callee instanceof HostFunction ? callee.callable : callee;
    const type = callee instanceof HostFunction ? callee.returnType : AnyType;
    try {
      return returned(r.call(f as r.Value, args.map(toPython)), type);
    } catch (e) {
      if (!(e instanceof r.PyBaseException) || e.cls.mro.includes(scriptStopType)) throw e;
      throw new RuntimeFault("RuntimeError", hostErrorText(e));
    }
  },
};

/** What the host gave back, as a value of the type that the script was compiled with. */
function returned(v: r.Value, type: Type): IValue {
  try {
    return toScript(v, type);
  } catch (e) {
    if (!(e instanceof ConversionError)) throw e;
    throw new RuntimeFault(
      "RuntimeError",
      ` expected value of type ${type} for return value but instead got value of type ${r.typeOf(v).name}.` +
        `\nValue: ${r.repr(v)}\nCast error details: ${e.message}`,
    );
  }
}

const scriptStopType = r.exceptionTypes.get("KeyboardInterrupt")!;

/** A Python exception as a script's caller reads it: what it says, then the Python frames, innermost first. */
function hostErrorText(e: r.PyBaseException): string {
  const says = r.str(e);
  const frames: string[] = [];
  for (let t = e.traceback; t !== null; t = t.next) frames.unshift(frameText(t.code, t.line));
  for (let back = 0, f = r.currentFrame(back); f; f = r.currentFrame(++back)) {
    frames.push(frameText(f.code, f.line));
  }
  return `${e.cls.qualname}: ${says}\n\nAt:\n${frames.join("\n")}\n`;
}

function frameText(code: r.FunctionCode, line: number): string {
  return `  ${code.source.filename}(${line}): ${code.name}`;
}

/** Connects the VM to the running host: `print` goes to its stdout, ignored functions run in it. */
export function connectHost(): void {
  setHostHooks(hooks);
}
