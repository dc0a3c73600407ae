/** Methods that PyTorch writes in its own `torch/_tensor.py` run here without a Python frame; a trace shows one. */
import { Source } from "../../../core/source.ts";
import * as r from "../../runtime/mod.ts";

const codes = new Map<string, r.FunctionCode>();

function codeOf(name: string): r.FunctionCode {
  let code = codes.get(name);
  if (!code) {
    const source = new Source("", "torch/_tensor.py");
    code = new r.FunctionCode(
      name,
      `Tensor.${name}`,
      1,
      source,
      new Map(),
      null,
      0,
      [],
      [],
      null,
      null,
      [],
      [],
      0,
      null,
    );
    codes.set(name, code);
  }
  return code;
}

/** Runs `f` in a frame of `torch/_tensor.py` at a line, with variables that the tracer may find. */
export function inTensorFile<T>(
  name: string,
  line: number,
  variables: readonly (readonly [string, r.Value])[],
  f: () => T,
): T {
  const frame = r.enter(codeOf(name));
  frame.line = line;
  frame.locals = () => new Map(variables);
  try {
    return f();
  } finally {
    r.rt.depth--;
  }
}
