/** Python's types for compiled things: ScriptFunction, ScriptMethod, and the native half of script modules (`_c`). */
import type { Graph } from "../../../compiler/ir/graph.ts";
import { ConversionError } from "../../../compiler/mod.ts";
import { recordCall, recordMethodCall, tracing } from "../../../compiler/tracing/mod.ts";
import { inline } from "../../../compiler/passes/inliner.ts";
import { functionCode, methodCode } from "../../../compiler/printing/mod.ts";
import { InternalError } from "../../../core/errors.ts";
import type { ScriptFunction } from "../../../core/function.ts";
import { type IValue, ScriptObject } from "../../../core/ivalue.ts";
import { forward } from "../../../vm/mod.ts";
import * as r from "../../runtime/mod.ts";
import { graphType, pyGraph, pyType } from "./graph_types.ts";
import { pySchema } from "./schema_types.ts";
import { bindCall, toPython, toScript, wrappers } from "./convert.ts";

export const scriptFunctionType: r.PyType = r.nativeType("ScriptFunction", {
  module: "torch.jit",
  hasDict: true,
});
// PyTorch names the class so, whatever its module.
scriptFunctionType.attrs.set("__qualname__", "torch.jit.ScriptFunction");
export const scriptMethodType: r.PyType = r.nativeType("ScriptMethod", { module: "torch" });
export const scriptObjectType: r.PyType = r.nativeType("ScriptObject", { module: "torch", hasDict: true });

export { graphType };

/** A compiled function as a Python object. */
export class PyScriptFunction extends r.PyObject {
  override attrs: r.Attrs = new Map();
  constructor(readonly fn: ScriptFunction) {
    super(scriptFunctionType);
  }
}

/** A method of a script object, bound. */
export class PyScriptMethod extends r.PyObject {
  constructor(readonly fn: ScriptFunction, readonly self: ScriptObject) {
    super(scriptMethodType);
  }
}

/** A script object or module as Python holds it: torch._C.ScriptModule / ScriptObject. */
export class PyScriptObject extends r.PyObject {
  override attrs: r.Attrs = new Map();
  constructor(readonly object: ScriptObject) {
    super(scriptObjectType);
  }
}

/** Saving, which the archive's side fills in. */
export const saving: { save: ((what: r.Value, to: r.Value, extra: r.Value) => void) | undefined } = {
  save: undefined,
};
function archive(): { save(what: r.Value, to: r.Value, extra: r.Value): void } {
  if (!saving.save) throw new InternalError("no archive is loaded");
  return { save: saving.save };
}

const functions = new WeakMap<ScriptFunction, PyScriptFunction>();

/** The Python object of a function, the same one each time. */
export function pyFunction(fn: ScriptFunction): PyScriptFunction {
  let f = functions.get(fn);
  if (!f) functions.set(fn, f = new PyScriptFunction(fn));
  return f;
}

/** Calls compiled code with Python values. */
export function callScript(
  fn: ScriptFunction,
  args: readonly r.Value[],
  kwargs: r.Kwargs,
  self?: IValue,
): r.Value {
  fn.ensureDefined?.();
  const bound = bindCall(fn.schema, args, kwargs, self);
  const run = () => forward(fn, bound);
  const { state } = tracing;
  if (!state) return toPython(run());
  return toPython((self === undefined ? recordCall : recordMethodCall)(state, fn, bound, run));
}

function graphOf(fn: ScriptFunction): Graph {
  fn.ensureDefined?.();
  return fn.graph as Graph;
}
function inlined(fn: ScriptFunction): Graph {
  const g = graphOf(fn).copy();
  inline(g, "print");
  return g;
}

/** Properties that functions and methods share. */
function describe(t: r.PyType, of: (self: any) => ScriptFunction): void {
  r.getset(t, "code", (self: r.Value) => of(self).owner ? methodCode(of(self)) : functionCode(of(self)));
  r.getset(t, "graph", (self: r.Value) => pyGraph(graphOf(of(self))));
  r.getset(t, "inlined_graph", (self: r.Value) => pyGraph(inlined(of(self))));
  r.getset(t, "schema", (self: r.Value) => {
    const fn = of(self);
    fn.ensureDefined?.();
    return pySchema(fn.schema);
  });
  r.getset(t, "name", (self: r.Value) => of(self).name);
  r.getset(t, "__name__", (self: r.Value) => t === scriptFunctionType ? "ScriptFunction" : of(self).name);
  r.getset(t, "qualified_name", (self: r.Value) => of(self).qualifiedName);
}

describe(scriptFunctionType, (f: PyScriptFunction) => f.fn);
describe(scriptMethodType, (m: PyScriptMethod) => m.fn);
r.methods(scriptFunctionType, {
  __call__: [
    "*args, **kwargs",
    (self: PyScriptFunction, args: r.Value[], kwargs: r.Kwargs) => callScript(self.fn, args, kwargs),
  ],
  save: ["f, _extra_files=None", (self: PyScriptFunction, f: r.Value, extra: r.Value) => {
    archive().save(self, f, extra ?? null);
    return null;
  }],
});
r.methods(scriptMethodType, {
  __call__: [
    "*args, **kwargs",
    (self: PyScriptMethod, args: r.Value[], kwargs: r.Kwargs) => callScript(self.fn, args, kwargs, self.self),
  ],
});

/** Writes an attribute; PyTorch's messages for one that is missing or of another type. */
export function setSlot(self: PyScriptObject, name: string, value: r.Value): void {
  const a = self.object.type.findAttribute(name);
  if (!a) throw r.attributeError(`'${self.object.type.name}' object has no attribute '${name}'`, self, name);
  try {
    self.object.setAttr(name, toScript(value, a.type));
  } catch (e) {
    if (!(e instanceof ConversionError)) throw e;
    throw r.runtimeError(`Could not cast attribute '${name}' to type ${a.type.annotation()}: ${e.message}`);
  }
}

/** Slots of a script object by name; a missing name gives undefined. */
function slot(o: ScriptObject, name: string): r.Value | undefined {
  return o.type.hasAttribute(name) ? toPython(o.getAttr(name)) : undefined;
}

r.methods(scriptObjectType, {
  hasattr: ["name", (self: PyScriptObject, name: string) => self.object.type.hasAttribute(name)],
  getattr: ["name", (self: PyScriptObject, name: string) => {
    const v = slot(self.object, name);
    if (v === undefined) {
      throw r.attributeError(`'${self.object.type.name}' object has no attribute '${name}'`, self, name);
    }
    return v;
  }],
  setattr: ["name, value", (self: PyScriptObject, name: string, value: r.Value) => {
    setSlot(self, name, value);
    return null;
  }],
  /** (name, kind) of every slot: "parameter", "buffer", "module" or "attribute". */
  slots: ["", (self: PyScriptObject) =>
    new r.PyList(self.object.type.attributes.map((a) => {
      const module = a.type.kind === "Class" && a.type.isModule;
      return new r.PyTuple([a.name, module ? "module" : a.kind]);
    }))],
  /** A submodule's native half. */
  child: ["name", (self: PyScriptObject, name: string) => {
    const v = self.object.getAttr(name);
    return v instanceof ScriptObject ? pyObject(v) : null;
  }],
  method_names: ["", (self: PyScriptObject) => new r.PyList([...self.object.type.methods.keys()])],
  has_method: ["name", (self: PyScriptObject, name: string) => self.object.type.methods.has(name)],
  /** The class; look-alike modules share one. */
  _type: ["", (self: PyScriptObject) => pyType(self.object.type)],
  _has_method: ["name", (self: PyScriptObject, name: string) => self.object.type.methods.has(name)],
  _method_names: ["", (self: PyScriptObject) => new r.PyList([...self.object.type.methods.keys()])],
  property_names: ["", (self: PyScriptObject) => new r.PyList([...self.object.type.properties.keys()])],
  find_method: ["name", (self: PyScriptObject, name: string) => {
    const fn = self.object.type.methods.get(name);
    return fn ? new PyScriptMethod(fn, self.object) : null;
  }],
  constant: ["name", (self: PyScriptObject, name: string) => {
    const c = self.object.type.constants.get(name);
    return c ? new r.PyTuple([toPython(c.value)]) : null;
  }],
});
r.getset(scriptObjectType, "qualified_name", (self: PyScriptObject) => self.object.type.name);

// Instances of compiled classes: attributes and methods by name, and the operators that the class defines.
const className = (o: PyScriptObject) => o.object.type.name.split(".").pop();
r.methods(scriptObjectType, {
  __getattr__: ["name", (self: PyScriptObject, name: string) => {
    const v = slot(self.object, name);
    if (v !== undefined) return v;
    const fn = self.object.type.methods.get(name);
    if (fn) return new PyScriptMethod(fn, self.object);
    const property = self.object.type.properties.get(name);
    if (property) return callScript(property.getter, [], null, self.object);
    throw r.attributeError(`'${className(self)}' object has no attribute '${name}'`, self, name);
  }],
  __setattr__: ["name, value", (self: PyScriptObject, name: string, value: r.Value) => {
    const property = self.object.type.properties.get(name);
    if (property?.setter) callScript(property.setter, [value], null, self.object);
    else setSlot(self, name, value);
    return null;
  }],
});
r.methods(scriptObjectType, { __hash__: ["", (self: PyScriptObject) => r.identity(self)] });

const objects = new WeakMap<ScriptObject, PyScriptObject>();

/** The native half of a script object, the same one each time. */
export function pyObject(o: ScriptObject): PyScriptObject {
  let p = objects.get(o);
  if (!p) objects.set(o, p = new PyScriptObject(o));
  return p;
}

wrappers.fn = pyFunction;
