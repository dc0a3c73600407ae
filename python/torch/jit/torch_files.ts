/** Functions that PyTorch writes in Python run here without a Python frame; a trace shows one, at its file and line. */
import { Source } from "../../../core/source.ts";
import * as r from "../../runtime/mod.ts";

const codes = new Map<string, r.FunctionCode>();

function codeOf(file: string, name: string): r.FunctionCode {
  const key = `${file}:${name}`;
  let code = codes.get(key);
  if (!code) {
    const source = new Source("", file);
    code = new r.FunctionCode(name, name, 1, source, new Map(), null, 0, [], [], null, null, [], [], 0, null);
    codes.set(key, code);
  }
  return code;
}

/** Runs `f` in a frame of a file of torch, with variables that the tracer may find. */
export function inTorchFile<T>(
  file: string,
  name: string,
  line: number,
  variables: readonly (readonly [string, r.Value])[],
  f: () => T,
): T {
  const frame = r.enter(codeOf(file, name));
  frame.line = line;
  frame.locals = () => new Map(variables);
  try {
    return f();
  } finally {
    r.rt.depth--;
  }
}

/** The same in `torch/_tensor.py`, where methods of Tensor are. */
export function inTensorFile<T>(
  name: string,
  line: number,
  variables: readonly (readonly [string, r.Value])[],
  f: () => T,
): T {
  return inTorchFile("torch/_tensor.py", name, line, variables, f);
}
