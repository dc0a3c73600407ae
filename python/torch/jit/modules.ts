/** The modules `torch.jit` and its kin, and what `torch._C` has for them. */
import {
  collectErrors,
  defineModuleMethods,
  diagnosticText,
  hostCompiler,
  recursiveCompiler,
  TextUnit,
} from "../../../compiler/mod.ts";
import type { HostValue, SpecialForm } from "../../../compiler/frontend/resolver.ts";
import { Diagnostic, NotImplemented } from "../../../core/errors.ts";
import { ScriptObject } from "../../../core/ivalue.ts";
import { Generator } from "../../../ops/random/mod.ts";
import * as r from "../../runtime/mod.ts";
import { interpreter } from "../../runtime/interpreter.ts";
import { importByName } from "../../runtime/imports.ts";
import { ScriptError } from "../../../vm/mod.ts";
import { deviceType, PyNumbered } from "../core/objects.ts";
import { symbolOf } from "../mod.ts";
import { HostClass, pythonClass } from "./class_view.ts";
import { functionOverloads, HostFunctionView, modifierOf } from "./function_view.ts";
import { graphFunctions } from "./graph_functions.ts";
import { graphPasses } from "./graph_passes.ts";
import { graphClasses } from "./graph_types.ts";
import { connectHost } from "./mod.ts";
import { HostModule } from "./module_view.ts";
import {
  pyFunction,
  pyObject,
  PyScriptFunction,
  PyScriptMethod,
  PyScriptObject,
  saving,
  scriptFunctionType,
  scriptMethodType,
  scriptObjectType,
  setSlot,
} from "./script_types.ts";
import { futureType, PyFuture, pyFuture } from "./future.ts";
import { jitError, setJitError } from "./jit_error.ts";
import { archiveModule, readArchive, saveArchive } from "./files.ts";
import { toPython, wrappers } from "./convert.ts";
import {
  PyScriptDict,
  PyScriptList,
  scriptDict,
  scriptDictType,
  scriptList,
  scriptListType,
} from "./script_containers.ts";
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
  if (v instanceof Generator) return { kind: "generator", value: v };
  if (v instanceof PyScriptFunction) return { kind: "script_function", fns: [v.fn] };
  if (v instanceof PyScriptObject) return { kind: "script_object", value: v.object };
  if (v instanceof PyScriptList || v instanceof PyScriptDict) {
    return { kind: "script_container", value: v.value, type: v.type };
  }
  if (v === deviceType) return { kind: "class", cls: new HostClass(deviceType) };
  if (v instanceof r.PyType) {
    const known = torchClass(v);
    if (known) return known;
  }
  if (v instanceof r.PyType && v.lookup("_member_map_") !== undefined) {
    enumClasses.set(new HostClass(v).qualifiedName, v);
  }
  if (v instanceof PyFuture && v.future) return { kind: "future", value: v.future };
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
    const c = compiledHalf(v);
    if (c) return { kind: "script_object", value: c.object };
    if (v.cls.name === "Attribute" && v.cls.module === "torch.jit") {
      const value = r.findattr(v, "value"), type = r.findattr(v, "type");
      if (value !== undefined && type !== undefined) {
        return { kind: "attribute", value: view(value), type: view(type) };
      }
    }
  }
  return undefined;
}

/** A class in torch's own namespace is an operator in a script, but for no_grad, which is a context there too. */
function torchClass(v: r.PyType): HostValue | undefined {
  if (v.fullName === "collections.OrderedDict") {
    return { kind: "class", cls: new HostClass(v), operator: "aten::dict" };
  }
  if (!v.module.startsWith("torch") || r.findattr(importByName("torch"), v.name) !== v) return undefined;
  if (v.name !== "no_grad") return { kind: "class", cls: new HostClass(v), operator: `aten::${v.name}` };
  const scriptable = r.getattr(importByName("torch.jit._grad_mode"), "no_grad");
  return { kind: "class", cls: new HostClass(scriptable as r.PyType) };
}

/** The compiled object inside a script module, an old-style ScriptModule or a RecursiveScriptClass. */
function compiledHalf(v: r.PyObject): PyScriptObject | undefined {
  const actual = v.attrs?.get("_actual_script_module");
  const c = (actual instanceof r.PyObject ? actual : v).attrs?.get("_c");
  return c instanceof PyScriptObject ? c : undefined;
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
  "torch._jit_internal.is_scripting": "aten::is_scripting",
  "torch.jit._unwrap_optional": "aten::_unwrap_optional",
  "torch.functional.atleast_1d": "aten::atleast_1d",
  "torch.functional.atleast_2d": "aten::atleast_2d",
  "torch.functional.atleast_3d": "aten::atleast_3d",
  "torch.functional.chain_matmul": "aten::chain_matmul",
  "torch.functional.unravel_index": "aten::unravel_index",
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
  if (isMath(v) || v.name === "_get_tracing_state") return { kind: "builtin", symbol: `aten::${v.name}` };
  const torchName = r.findattr(importByName("torch"), v.name);
  if (torchName === v) return { kind: "builtin", symbol: `aten::${v.name}` };
  return undefined;
}

let lastFailure: { object: r.Value; error: Diagnostic } | undefined;

/** `torch.jit.script`, which remembers what it failed on. */
function script(obj: r.Value): r.Value {
  try {
    return scriptValue(obj);
  } catch (e) {
    if (e instanceof Diagnostic) lastFailure = { object: obj, error: e };
    throw e;
  }
}

/** The errors besides `first` of the compilation that it ended; what they need is compiled again. */
function furtherErrors(first: Diagnostic): Diagnostic[] {
  if (lastFailure?.error !== first) return [];
  const { object } = lastFailure;
  const key = (d: Diagnostic) => `${d.range} ${d.text}`;
  return collectErrors(() => void scriptValue(object)).filter((d) => key(d) !== key(first));
}

/** `torch.jit.script` on a function, class, module, instance, list or dict; what is compiled already comes back. */
function scriptValue(obj: r.Value): r.Value {
  connectHost();
  if (obj instanceof PyScriptFunction || obj instanceof PyScriptMethod || obj instanceof PyScriptObject) {
    return obj;
  }
  if (obj instanceof r.PyBoundMethod && obj.func instanceof r.PyFunction) return scriptValue(obj.func);
  if (obj instanceof r.PyFunction) return scriptFunction(obj);
  if (obj instanceof r.PyType) return scriptClass(obj);
  if (obj instanceof r.PyList) return scriptList(obj);
  if (obj instanceof r.PyDict) return scriptDict(obj);
  if (obj instanceof r.PyObject && obj.cls.heap) {
    if (compiledHalf(obj)) return obj;
    const cls = new HostClass(obj.cls);
    return cls.isModule ? scriptModule(obj, cls) : scriptInstance(obj, cls);
  }
  throw r.typeError(`<class '${r.typeOf(obj).fullName}'> is a built-in class`);
}

function scriptFunction(f: r.PyFunction): r.Value {
  const view = new HostFunctionView(f);
  if (functionOverloads(f).length) {
    throw r.runtimeError(
      `Function ${view.qualifiedName} cannot be directly compiled because it is overloaded. It must be used in a ` +
        "context of a function where its inputs can determine which overload to call.",
    );
  }
  return pyFunction(hostCompiler().compileFunction(view));
}

function scriptClass(type: r.PyType): r.Value {
  const cls = new HostClass(type);
  if (cls.isModule) {
    throw r.runtimeError(
      `Type '${r.repr(type)}' cannot be compiled since it inherits from nn.Module, pass an instance instead`,
    );
  }
  if (cls.enumMembers) {
    hostCompiler().enumType(cls);
    return type;
  }
  if (type.mro.length > 2) {
    throw r.runtimeError(
      "TorchScript classes does not support inheritance yet. Please directly inherit from 'object'.",
    );
  }
  if (!type.heap) throw r.typeError(`<class '${type.fullName}'> is a built-in class`);
  hostCompiler().compileClass(cls);
  return type;
}

function scriptModule(obj: r.PyObject, cls: HostClass): r.Value {
  const prepared = prepareScriptable(obj);
  if (prepared !== obj) return scriptValue(prepared);
  const { object } = recursiveCompiler().scriptModule(new HostModule(obj, cls));
  return wrapModule(pyObject(object), obj);
}

/** What a module's `__prepare_scriptable__` puts in its place. */
function prepareScriptable(obj: r.PyObject): r.Value {
  const prepare = r.findattr(obj, "__prepare_scriptable__");
  return prepare === undefined ? obj : r.call(prepare, []);
}

/** An instance of a class, as an object of the compiled class that holds its attributes. */
function scriptInstance(obj: r.PyObject, cls: HostClass): r.Value {
  const type = hostCompiler().compileClass(cls);
  const made = pyObject(new ScriptObject(type));
  for (const [name, v] of obj.attrs ?? []) setSlot(made, String(name), v);
  return wrapObject(made);
}

function wrapModule(c: r.Value, original: r.Value = null): r.Value {
  return r.call(r.getattr(importByName("torch.jit._script"), "RecursiveScriptModule"), [c, original]);
}
function wrapObject(c: PyScriptObject): r.Value {
  return r.call(r.getattr(importByName("torch.jit._script"), "RecursiveScriptClass"), [c]);
}

saving.save = (f, to, extra) => saveArchive((f as PyScriptFunction).fn, to, extra);

// A module comes out of a script as itself; an object of a class as an instance of the Python class, attributes
// copied, which PyTorch does too.
wrappers.object = (o: ScriptObject) => {
  if (o.type.isModule) return wrapModule(pyObject(o));
  const cls = pythonClass(o.type.name);
  if (!cls) {
    throw r.runtimeError(
      `Unknown reference to ScriptClass ${o.type.name}. (Did you forget to import it?)`,
    );
  }
  const made = r.call(r.getattr(cls, "__new__"), [cls]);
  for (const a of o.type.attributes) r.setattr(made, a.name, toPython(o.getAttr(a.name)));
  return made;
};

wrappers.future = pyFuture;

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

r.diagnosticText.render = diagnosticText;
r.diagnosticText.further = furtherErrors;

// What a script raised is a torch.jit.Error to its callers; what the frontend refuses is an exception of its own.
r.translateErrors((e) => {
  if (e instanceof ScriptError) return e.raised === undefined ? undefined : jitError(e.message);
  if (!(e instanceof Diagnostic) || !/^(Frontend|NotSupported|UnsupportedNode)Error$/.test(e.pythonType)) {
    return undefined;
  }
  const cls = r.getattr(importByName("torch.jit.frontend"), e.pythonType);
  return r.call(cls, [diagnosticText(e)]) as r.PyBaseException;
});

/** What `torch.jit.CompilationUnit` is made of. */
class PyTextUnit extends r.PyObject {
  readonly inner: TextUnit = new TextUnit();
  constructor() {
    super(textUnitType);
  }
}
const textUnitType: r.PyType = r.nativeType("_TextUnit", { module: "torch._C" });

function nothing(): undefined {
  return undefined;
}

function native(): r.PyModule {
  return r.moduleOf("torch._C._jit", {
    script: r.fn("script", "obj", script),
    interface: r.fn("interface", "cls", (cls: r.PyType) => {
      cls.setOwn("__torch_script_interface__", true);
      hostCompiler().compileInterface(new HostClass(cls));
      return cls;
    }),
    wrap_module: r.fn("wrap_module", "c, original=None", wrapModule),
    python_side: r.fn(
      "python_side",
      "self, original, name",
      (self: r.Value, original: r.Value, name: string) => {
        const raw = r.typeOf(original).lookup(name);
        if (raw instanceof r.PyFunction) {
          const modifier = modifierOf(raw);
          if (modifier === "ignore" || modifier === "copy_to_script_wrapper") {
            return new r.PyTuple([new r.PyBoundMethod(raw, self)]);
          }
        }
        if (!(original instanceof r.PyObject)) return null;
        const own = original.attrs?.get(name);
        const ignored = r.findattr(original, "__jit_ignored_attributes__");
        const isIgnored = ignored !== undefined && ignored !== null && r.collect(ignored).includes(name);
        return own === undefined || !isIgnored ? null : new r.PyTuple([own]);
      },
    ),
    /** Compiles the functions of a text into a unit; the unit's own functions come back. */
    define_functions: r.fn("define_functions", "unit, text", (unit: PyTextUnit, text: string) => {
      connectHost();
      return new r.PyList(unit.inner.define(text, nothing).map(pyFunction));
    }),
    text_unit: r.fn("text_unit", "", () => new PyTextUnit()),
    define_methods: r.fn("define_methods", "c, text", (c: PyScriptObject, text: string) => {
      defineModuleMethods(c.object.type, text, nothing);
      return null;
    }),
    /** The old API: a ScriptModule whose `script_method`s are compiled once its `__init__` has run. */
    script_methods: r.fn("script_methods", "module, names", (module: r.PyObject, names: r.Value) => {
      connectHost();
      const view = new HostModule(module, new HostClass(module.cls));
      const { object } = recursiveCompiler().scriptModule(view, r.collect(names).map(String));
      return pyObject(object);
    }),
    register_error: r.fn("register_error", "cls", (cls: r.PyType) => {
      setJitError(cls);
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

let graphNames: Record<string, r.Value> | undefined;

export const jitModules = {
  /** What `torch._C` holds of the jit. */
  core(): Record<string, r.Value> {
    return {
      ScriptFunction: scriptFunctionType,
      ScriptMethod: scriptMethodType,
      ScriptObject: scriptObjectType,
      ScriptList: scriptListType,
      ScriptDict: scriptDictType,
      Future: futureType,
    };
  },
  /** What torch._C holds for graphs, by name; undefined for other names. */
  graphs(name: string): r.Value | undefined {
    graphNames ??= { ...graphClasses(), ...graphPasses(), ...graphFunctions() };
    return Object.hasOwn(graphNames, name) ? graphNames[name] : undefined;
  },
  register(): void {
    addDescriber(describeTorch);
    r.registerModule("torch._C._jit", native);
    r.registerModule("torch._C._archives", archiveModule);
  },
};
