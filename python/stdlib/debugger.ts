/** `_debugger`: the stack of running frames and the hook that pdb.py stops the program by. */
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";

/** Files that a debugger does not stop in or show: those that come with Wick. */
function isOwn(f: r.Frame): boolean {
  const { filename } = f.code.source;
  return !filename.startsWith("<wick>") && !filename.startsWith("torch/");
}

/** (file, line, function, locals or None at module level, globals, parameters, first line) of a frame. */
function describe(f: r.Frame): Value {
  const { code } = f;
  const locals = f.locals?.();
  const names = [...code.positional, ...code.kwonly];
  if (code.vararg !== null) names.push(code.vararg);
  if (code.kwarg !== null) names.push(code.kwarg);
  return new r.PyTuple([
    code.source.filename,
    f.line,
    code.name,
    locals instanceof Map ? new r.PyDict(locals) : null,
    r.dictOver(code.globals),
    new r.PyTuple(names),
    code.firstLine,
  ]);
}

function ownFrames(): r.Frame[] {
  return r.rt.frames.slice(0, r.rt.depth + 1).filter(isOwn);
}

registerModule("_debugger", () =>
  moduleOf("_debugger", {
    frames: fn("frames", "", () => new r.PyList(ownFrames().map(describe))),
    depth: fn("depth", "", () => ownFrames().length),
    assign: fn("assign", "frame, name, value, /", (index: Value, name: string, value: Value) => {
      return ownFrames()[Number(index)].assign?.(name, value) ?? false;
    }),
    /** Calls `hook(event, value)` at every call, line and return; None takes it away. */
    set_hook: fn("set_hook", "hook, /", (hook: Value) => {
      r.rt.lineHook = hook === null ? null : (f, event, value) => {
        const before = r.rt.lineHook;
        // What the debugger itself runs is not debugged.
        r.rt.lineHook = null;
        try {
          const next = r.call(hook, [event, value, f.code.source.filename, f.line]);
          r.rt.lineHook = r.truth(next) ? before : null;
        } catch (e) {
          r.rt.lineHook = null;
          throw e;
        }
      };
      return null;
    }),
  }));
