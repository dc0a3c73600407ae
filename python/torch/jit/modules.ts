/** The modules `torch.jit` and its kin, and what `torch._C` has for them. */
import { hostCompiler, recursiveCompiler } from "../../../compiler/mod.ts";
import type { HostValue, SpecialForm } from "../../../compiler/frontend/resolver.ts";
import { NotImplemented } from "../../../core/errors.ts";
import type { ScriptObject } from "../../../core/ivalue.ts";
import * as r from "../../runtime/mod.ts";
import { interpreter } from "../../runtime/interpreter.ts";
import { importByName } from "../../runtime/imports.ts";
import { ScriptError } from "../../../vm/mod.ts";
import { deviceType, PyNumbered } from "../core/objects.ts";
import { symbolOf } from "../mod.ts";
import { HostClass } from "./class_view.ts";
import { HostFunctionView } from "./function_view.ts";
import { connectHost } from "./mod.ts";
import { HostModule } from "./module_view.ts";
import {
  graphType,
  pyFunction,
  pyObject,
  PyScriptFunction,
  PyScriptMethod,
  PyScriptObject,
  saving,
  scriptFunctionType,
  scriptMethodType,
} from "./script_types.ts";
import { readArchive, saveArchive } from "./files.ts";
import { wrappers } from "./convert.ts";
import { addDescriber, viewOf as view } from "./views.ts";

/** Names that the compiler treats by itself. */
const FORMS: Readonly<Record<string, SpecialForm>> = {
  fork: "fork",
  annotate: "annotate",
  isinstance: "isinstance",
  wait: "wait_future",
  _fork: "fork",
  _wait: "wait_future",
};

const forms = new WeakMap<object, SpecialForm>();

function describeTorch(v: r.Value): HostValue | undefined {
  if (typeof v !== "object" || v === null) return undefined;
  if (v instanceof PyNumbered) return { kind: "numbered", what: v.what, value: v.value };
  if (v instanceof PyScriptFunction) return { kind: "script_function", fns: [v.fn] };
  if (v instanceof PyScriptObject) return { kind: "script_object", value: v.object };
  if (v === deviceType) return { kind: "class", cls: new HostClass(deviceType) };
  if (v instanceof r.PyType && v.lookup("_member_map_") !== undefined) {
    enumClasses.set(new HostClass(v).qualifiedName, v);
  }
  const form = forms.get(v);
  if (form) return { kind: "special_form", form };
  if (v instanceof r.PyFunction) {
    const key = `${r.str(v.module)}.${v.name}`;
    if (Object.hasOwn(FUNCTION_OPERATORS, key)) return { kind: "builtin", symbol: FUNCTION_OPERATORS[key] };
    const dispatch = booleanDispatch(v);
    if (dispatch) return dispatch;
  }
  const symbol = symbolOf(v);
  if (symbol) return { kind: "builtin", symbol };
  if (v instanceof r.PyBuiltin && v.self === undefined) return hostBuiltin(v);
  if (v instanceof r.PyObject) {
    const c = v.attrs?.get("_c");
    if (c instanceof PyScriptObject) return { kind: "script_object", value: c.object };
    if (v.cls.name === "Attribute" && v.cls.module === "torch.jit") {
      const value = r.findattr(v, "value"), type = r.findattr(v, "type");
      if (value !== undefined && type !== undefined) {
        return { kind: "attribute", value: view(value), type: view(type) };
      }
    }
  }
  return undefined;
}

function isMath(v: r.PyBuiltin): boolean {
  return r.findattr(importByName("math"), v.name) === v;
}

/** `boolean_dispatch` of torch._jit_internal: two functions chosen by a constant flag. */
function booleanDispatch(v: r.PyFunction): HostValue | undefined {
  const internal = interpreter().modules.get("torch._jit_internal");
  const table = internal === undefined ? undefined : r.findattr(internal, "boolean_dispatched");
  const entry = table === undefined ? undefined : r.callMethod(table, "get", [v]);
  if (!(entry instanceof r.PyDict)) return undefined;
  const at = (k: string) => entry.get(k) ?? null;
  return {
    kind: "boolean_dispatch",
    argName: String(at("arg_name")),
    index: Number(at("index")),
    default: at("default") === true,
    ifTrue: view(at("if_true")),
    ifFalse: view(at("if_false")),
  };
}

/** Python functions of torch.nn that are operators in scripts, by module and name. */
const FUNCTION_OPERATORS: Readonly<Record<string, string>> = {
  "torch.nn.modules.utils._single": "aten::_single",
  "torch.nn.modules.utils._pair": "aten::_pair",
  "torch.nn.modules.utils._triple": "aten::_triple",
  "torch.nn.modules.utils._quadruple": "aten::_quadruple",
  "torch.nn.modules.utils._list_with_default": "aten::list_with_default",
  "torch.nn.functional.assert_int_or_pair": "aten::_assert_int_or_pair",
  "torch.nn.functional._no_grad_embedding_renorm_": "aten::_no_grad_embedding_renorm_",
  "torch.nn.init._no_grad_uniform_": "aten::_no_grad_uniform_",
  "torch.nn.init._no_grad_normal_": "aten::_no_grad_normal_",
  "torch.nn.init._no_grad_fill_": "aten::_no_grad_fill_",
  "torch.nn.init._no_grad_zero_": "aten::_no_grad_zero_",
};

/** `math.sqrt` and the like are operators of the same name. */
function hostBuiltin(v: r.PyBuiltin): HostValue | undefined {
  if (isMath(v)) return { kind: "builtin", symbol: `aten::${v.name}` };
  const torchName = r.findattr(importByName("torch"), v.name);
  if (torchName === v) return { kind: "builtin", symbol: `aten::${v.name}` };
  return undefined;
}

/** `torch.jit.script` on a function, class or module; an object that is compiled already comes back. */
function script(obj: r.Value): r.Value {
  connectHost();
  if (obj instanceof PyScriptFunction || obj instanceof PyScriptMethod || obj instanceof PyScriptObject) {
    return obj;
  }
  if (obj instanceof r.PyFunction) {
    return pyFunction(hostCompiler().compileFunction(new HostFunctionView(obj)));
  }
  if (obj instanceof r.PyType) {
    const cls = new HostClass(obj);
    if (cls.isModule) {
      throw r.runtimeError(
        `Type '${obj}' cannot be compiled since it inherits from nn.Module, consider passing an instance instead`,
      );
    }
    if (cls.enumMembers) {
      hostCompiler().enumType(cls);
      return obj;
    }
    hostCompiler().compileClass(cls);
    return obj;
  }
  if (obj instanceof r.PyObject) {
    if (obj.attrs?.get("_c") instanceof PyScriptObject) return obj;
    const cls = new HostClass(obj.cls);
    if (cls.isModule) {
      const { object } = recursiveCompiler().scriptModule(new HostModule(obj, cls));
      return r.call(r.getattr(importByName("torch.jit._script"), "RecursiveScriptModule"), [
        pyObject(object),
        obj,
      ]);
    }
  }
  throw r.runtimeError(`Could not compile object of type ${r.typeOf(obj).fullName}`);
}

saving.save = (f, to, extra) => saveArchive((f as PyScriptFunction).fn, to, extra);

wrappers.object = (o: ScriptObject) => {
  if (!o.type.isModule) return pyObject(o);
  return r.call(r.getattr(importByName("torch.jit._script"), "RecursiveScriptModule"), [pyObject(o)]);
};

/** Python's Enum classes by the name their script type has. */
const enumClasses = new Map<string, r.PyType>();
wrappers.enumMember = (e) => {
  const cls = enumClasses.get(e.type.name);
  const members = cls?.lookup("_member_map_");
  const member = members instanceof r.PyDict ? members.get(e.name) : undefined;
  if (member === undefined) {
    throw r.runtimeError(`the class of the enum member ${e.type.name}.${e.name} is not known here`);
  }
  return member;
};

const tupleClasses = new Map<string, r.Value>();

// A NamedTuple that comes out of a script is a namedtuple of its own making, as in PyTorch.
wrappers.namedTuple = (name, fields, items) => {
  const key = `${name}:${fields.join()}`;
  let cls = tupleClasses.get(key);
  if (cls === undefined) {
    const make = r.getattr(importByName("collections"), "namedtuple");
    cls = r.call(make, [name.slice(name.lastIndexOf(".") + 1), new r.PyList([...fields])]);
    tupleClasses.set(key, cls);
  }
  return r.call(cls, items);
};

/** `torch.jit.Error`, once torch.jit has defined it. */
let jitError: r.PyType | undefined;

// What a script raised is a torch.jit.Error to its callers.
r.translateErrors((e) =>
  e instanceof ScriptError && e.raised !== undefined && jitError ? r.raise(jitError, e.message) : undefined
);

function native(): r.PyModule {
  return r.moduleOf("torch._C._jit", {
    script: r.fn("script", "obj", script),
    interface: r.fn("interface", "cls", (cls: r.PyType) => {
      cls.setOwn("__torch_script_interface__", true);
      hostCompiler().compileInterface(new HostClass(cls));
      return cls;
    }),
    wrap_module: r.fn(
      "wrap_module",
      "c, original=None",
      (c: r.Value, original: r.Value) =>
        r.call(r.getattr(importByName("torch.jit._script"), "RecursiveScriptModule"), [c, original ?? null]),
    ),
    python_side: r.fn(
      "python_side",
      "self, original, name",
      (self: r.Value, original: r.Value, name: string) => {
        const raw = r.typeOf(original).lookup(name);
        if (raw instanceof r.PyFunction) return new r.PyTuple([new r.PyBoundMethod(raw, self)]);
        const own = original instanceof r.PyObject ? original.attrs?.get(name) : undefined;
        return own === undefined ? null : new r.PyTuple([own]);
      },
    ),
    register_error: r.fn("register_error", "cls", (cls: r.PyType) => {
      jitError = cls;
      return null;
    }),
    special_form: r.fn("special_form", "name, fn", (name: string, fn: r.Value) => {
      if (typeof fn === "object" && fn !== null) forms.set(fn, FORMS[name]);
      return fn;
    }),
    save: r.fn("save", "module, f, extra=None", (module: r.Value, f: r.Value, extra: r.Value) => {
      const c = module instanceof PyScriptObject ? module : r.getattr(module, "_c");
      saveArchive((c as PyScriptObject).object, f, extra ?? null);
      return null;
    }),
    load: r.fn("load", "f, map_location=None, extra=None", (f: r.Value, _map: r.Value, extra: r.Value) => {
      connectHost();
      return wrappers.object(readArchive(f, extra ?? null));
    }),
    trace: r.fn("trace", "*args, **kwargs", () => {
      throw new NotImplemented("torch.jit.trace");
    }),
    not_implemented: r.fn("not_implemented", "name", (name: string) => {
      throw new NotImplemented(name);
    }),
  });
}

export const jitModules = {
  /** What `torch._C` holds of the jit. */
  core(): Record<string, r.Value> {
    return { ScriptFunction: scriptFunctionType, ScriptMethod: scriptMethodType, Graph: graphType };
  },
  register(): void {
    addDescriber(describeTorch);
    r.registerModule("torch._C._jit", native);
  },
};
