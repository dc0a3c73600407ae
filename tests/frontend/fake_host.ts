/**
 * A host small enough to read at once: module level and `__init__` of literal assignments, parameters, buffers,
 * submodules and containers. It shows the compiler live objects without the real host.
 */
import type { ClassType, InterfaceType } from "../../core/class_type.ts";
import type { IValue } from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import type { Source } from "../../core/source.ts";
import { Tensor } from "../../core/tensor.ts";
import type * as py from "../../compiler/syntax/ast.ts";
import { parseModule } from "../../compiler/syntax/mod.ts";
import { operators } from "../../ops/registry.ts";
import type {
  BuiltinClass,
  ClassView,
  FunctionModifier,
  FunctionView,
  HostValue,
  MethodKind,
  ModuleView,
  ObjectView,
  SpecialForm,
  TypingForm,
} from "../../compiler/frontend/resolver.ts";

const BUILTIN_CLASSES = new Set([
  "int",
  "float",
  "bool",
  "complex",
  "str",
  "list",
  "tuple",
  "dict",
  "object",
]);
const CONTAINERS: Record<string, ModuleView["container"]> = {
  ModuleList: "list",
  Sequential: "list",
  ModuleDict: "dict",
  ParameterList: "parameter_list",
};
const FORMS = new Set(["List", "Dict", "Tuple", "Optional", "Union", "Final", "Any", "Future"]);

class View implements ObjectView {
  constructor(
    readonly object: unknown,
    readonly typeName: string,
    readonly value: () => HostValue,
    readonly attr: (name: string) => ObjectView | undefined = () => undefined,
  ) {}
  repr(): string {
    return String(this.object);
  }
  describe(): HostValue {
    return this.value();
  }
  getattr(name: string): ObjectView | undefined {
    return this.attr(name);
  }
}

const constantView = (value: IValue, typeName: string) =>
  new View(value, typeName, () => ({ kind: "constant", value }));

function torchModule(name: string): ObjectView {
  return new View(name, "module", () => ({ kind: "python_module", name }), (field) => {
    if (name === "torch" && field === "Tensor") return builtinClass("Tensor");
    if (name === "torch" && (field === "jit" || field === "nn")) return torchModule(`torch.${field}`);
    if (name === "torch.jit" && field === "Final") return typing("Final", undefined);
    if (name === "torch.jit" && (field === "annotate" || field === "isinstance" || field === "fork")) {
      return new View(field, "function", () => ({ kind: "special_form", form: field as SpecialForm }));
    }
    if (name === "torch.nn" && (field === "Module" || field === "functional")) {
      return torchModule(`torch.nn.${field}`);
    }
    const symbol = `aten::${field}`;
    return operators(symbol).length
      ? new View(symbol, "builtin", () => ({ kind: "builtin", symbol }))
      : undefined;
  });
}

function builtinClass(name: string): ObjectView {
  const cls = {
    object: name,
    name,
    builtin: name as BuiltinClass,
    isException: false,
    bases: [],
  } as unknown as ClassView;
  return new View(name, "type", () => ({ kind: "class", cls }));
}

function typing(form: string, args: readonly ObjectView[] | undefined): ObjectView {
  return new View(form, "typing", () => ({ kind: "typing", form: form as TypingForm, args }));
}

export class FakeHost {
  readonly #classes = new Map<string, FakeClass>();
  readonly #functions = new Map<string, FunctionView>();
  constructor(readonly source: Source) {
    for (const s of parseModule(source).module.body) {
      if (s.kind === "ClassDef") this.#classes.set(s.name, new FakeClass(this, s));
      else if (s.kind === "FunctionDef") {
        this.#functions.set(s.name, this.functionView(s, `__torch__.${s.name}`));
      }
    }
  }
  readonly lookup = (name: string): ObjectView | undefined => {
    if (name === "torch") return torchModule("torch");
    if (name === "nn") return torchModule("torch.nn");
    if (name === "F") return torchModule("torch.nn.functional");
    if (name === "Tensor") return builtinClass("Tensor");
    if (FORMS.has(name)) return typing(name, undefined);
    if (BUILTIN_CLASSES.has(name)) return builtinClass(name);
    const fn = this.#functions.get(name);
    if (fn) return new View(fn.object, "function", () => ({ kind: "function", fn }));
    return this.#classes.get(name)?.view;
  };
  functionView(def: py.FunctionDef, qualifiedName: string): FunctionView {
    const decorators = def.decorator_list.map((d) =>
      d.kind === "Attribute" ? d.attr : d.kind === "Name" ? d.id : ""
    );
    const modifier = (["ignore", "unused", "export"] as FunctionModifier[]).find((m) =>
      decorators.includes(m)
    );
    return {
      object: def,
      name: def.name,
      qualifiedName,
      modifier: modifier ?? "default",
      definition: { def, source: this.source },
      defaults: () => {
        const names = def.args.args.map((a) => a.arg), first = names.length - def.args.defaults.length;
        return new Map(
          def.args.defaults.map((d, i) => [names[first + i], this.view(this.evaluate(d, new Map()))]),
        );
      },
      lookup: this.lookup,
      overloads: () => [],
      repr: () => `<function ${def.name}>`,
    };
  }

  /** Builds an instance of a class with the given arguments. */
  instantiate(name: string, args: readonly unknown[] = []): FakeModule {
    return new FakeModule(this, this.#classes.get(name)!, args);
  }

  evaluate(e: py.Expr, env: Map<string, unknown>): unknown {
    switch (e.kind) {
      case "Constant":
        if (e.value.type === "float") return new Float(e.value.value);
        if (e.value.type === "complex") return new Complex(0, e.value.value);
        return e.value.type === "none" ? null : (e.value as { value: unknown }).value;
      case "Name":
        return env.get(e.id);
      case "List":
        return e.elts.map((x) => this.evaluate(x, env));
      case "Tuple":
        return { tuple: e.elts.map((x) => this.evaluate(x, env)) };
      case "Set":
        return { opaque: "set" };
      case "Dict":
        return new Map(e.keys.map((k, i) => [this.evaluate(k!, env), this.evaluate(e.values[i], env)]));
      case "Call": {
        const name = e.func.kind === "Attribute" ? e.func.attr : (e.func as py.Name).id;
        const args = e.args.map((a) => this.evaluate(a, env));
        if (name === "Parameter") return args[0];
        if (name === "ones" || name === "zeros" || name === "rand") {
          return Tensor.zeros(args as number[], ScalarType.Float);
        }
        if (Object.hasOwn(CONTAINERS, name)) return new FakeModule(this, undefined, args, name);
        return this.instantiate(name, args);
      }
      default:
        throw new Error(`the fake host does not evaluate ${e.kind}`);
    }
  }

  view(v: unknown): ObjectView {
    if (v === null) return constantView(null, "NoneType");
    if (typeof v === "number" || typeof v === "bigint") return constantView(v, "int");
    if (typeof v === "string") return constantView(v, "str");
    if (typeof v === "boolean") return constantView(v, "bool");
    if (v instanceof Float) return constantView(v, "float");
    if (v instanceof Tensor) return new View(v, "Tensor", () => ({ kind: "tensor", value: v }));
    if (v instanceof FakeModule) return new View(v, v.cls.name, () => ({ kind: "module", module: v }));
    if (Array.isArray(v)) {
      return new View(v, "list", () => ({
        kind: "list",
        items: v.map((x) => this.view(x)),
      }));
    }
    if (v instanceof Map) {
      const entries = [...v].map(([k, x]) => [this.view(k), this.view(x)] as const);
      return new View(v, "dict", () => ({ kind: "dict", entries }));
    }
    const o = v as { tuple?: unknown[]; opaque?: string };
    if (o.tuple) {
      return new View(v, "tuple", () => ({
        kind: "tuple",
        items: o.tuple!.map((x) => this.view(x)),
      }));
    }
    return new View(v, o.opaque ?? "object", () => ({ kind: "other" }));
  }
  annotation(e: py.Expr): ObjectView {
    if (e.kind === "Subscript") {
      const head = this.annotation(e.value).describe();
      const items = e.slice.kind === "Tuple" ? e.slice.elts : [e.slice];
      return typing(head.kind === "typing" ? head.form : "List", items.map((i) => this.annotation(i)));
    }
    if (e.kind === "Attribute") return this.annotation(e.value).getattr(e.attr)!;
    if (e.kind === "Name") return this.lookup(e.id)!;
    return constantView(null, "NoneType");
  }
}

class FakeClass implements ClassView {
  readonly object = this;
  readonly builtin = undefined;
  readonly isException = false;
  readonly isDataclass = false;
  readonly isInterface = false;
  readonly namedTuple = undefined;
  readonly enumMembers = undefined;
  scripted: ClassType | InterfaceType | undefined;
  constructor(readonly host: FakeHost, readonly def: py.ClassDef, readonly module = "") {}
  get name() {
    return this.def.name;
  }
  get qualifiedName() {
    return `__torch__.${this.module}${this.def.name}`;
  }
  readonly isSlice = false;
  get isModule() {
    return this.def.bases.length > 0;
  }
  get bases(): ClassView[] {
    return [];
  }
  get definition() {
    return { def: this.def, source: this.host.source };
  }
  get view(): ObjectView {
    return new View(this, "type", () => ({ kind: "class", cls: this }), (n) => this.getattr(n));
  }
  setScripted(t: ClassType | InterfaceType | undefined) {
    this.scripted = t;
  }
  #defs(): py.FunctionDef[] {
    return this.def.body.filter((s): s is py.FunctionDef => s.kind === "FunctionDef");
  }
  #decorated(d: py.FunctionDef, name: string): boolean {
    return d.decorator_list.some((x) =>
      (x.kind === "Name" && x.id === name) || (x.kind === "Attribute" && x.attr === name)
    );
  }
  fn(d: py.FunctionDef): FunctionView {
    return this.host.functionView(d, `${this.qualifiedName}.${d.name}`);
  }
  find(name: string): py.FunctionDef | undefined {
    return this.#defs().find((d) => d.name === name && !this.#decorated(d, "property"));
  }
  methods() {
    return this.#defs().filter((d) => !this.#decorated(d, "property")).map((d) => ({
      name: d.name,
      kind: this.methodKind(d.name)!,
      fn: this.fn(d),
    })).sort((a, b) => a.name < b.name ? -1 : 1);
  }
  properties() {
    return this.#defs().filter((d) => this.#decorated(d, "property")).map((d) => ({
      name: d.name,
      getter: this.fn(d),
      setter: undefined,
    }));
  }
  getattr(name: string): ObjectView | undefined {
    const d = this.find(name);
    if (!d) return undefined;
    const fn = this.fn(d);
    return new View(d, "function", () => ({ kind: "function", fn }));
  }
  methodKind(name: string): MethodKind | undefined {
    const d = this.find(name);
    return d && (this.#decorated(d, "staticmethod") ? "static" : "instance");
  }
  annotations(): ReadonlyMap<string, ObjectView> {
    const own = this.def.body.filter((s): s is py.AnnAssign => s.kind === "AnnAssign");
    if (own.length) {
      return new Map(own.map((s) => [(s.target as py.Name).id, this.host.annotation(s.annotation)]));
    }
    return new Map([["training", builtinClass("bool")], [
      "_is_full_backward_hook",
      typing("Optional", [builtinClass("bool")]),
    ]]);
  }
  dataclassFields() {
    return [];
  }
  generatedMethods() {
    return [];
  }
  lookup(name: string) {
    return this.host.lookup(name);
  }
}

const CONTAINER_CLASS = new Map<string, FakeClass>();

class FakeModule implements ModuleView {
  readonly object = this;
  readonly initialized = true;
  readonly cls: ClassView;
  readonly container: ModuleView["container"];
  readonly constants: string[] = [];
  readonly ignoredAttributes: string[] = [];
  readonly #parameters = new Map<string, unknown>();
  readonly #buffers = new Map<string, unknown>();
  readonly #modules = new Map<string, unknown>();
  readonly #attributes = new Map<string, unknown>([["training", true], ["_is_full_backward_hook", null]]);
  constructor(
    readonly host: FakeHost,
    cls: FakeClass | undefined,
    args: readonly unknown[],
    container?: string,
  ) {
    if (cls) {
      this.cls = cls;
      const constants = cls.def.body.find((s): s is py.Assign =>
        s.kind === "Assign" && (s.targets[0] as py.Name).id === "__constants__"
      );
      if (constants) this.constants.push(...host.evaluate(constants.value, new Map()) as string[]);
      this.#init(cls.find("__init__"), args);
      return;
    }
    const name = container!;
    this.container = CONTAINERS[name];
    this.cls = containerClass(host, name);
    const items = name === "Sequential" ? args : args[0];
    const entries: [string, unknown][] = items instanceof Map
      ? [...items] as [string, unknown][]
      : (items as unknown[]).map((v, i) => [String(i), v]);
    const into = name === "ParameterList" ? this.#parameters : this.#modules;
    for (const [k, v] of entries) into.set(k, v);
  }
  #init(def: py.FunctionDef | undefined, args: readonly unknown[]): void {
    if (!def) return;
    const env = new Map<string, unknown>(def.args.args.slice(1).map((a, i) => [a.arg, args[i]]));
    for (const s of def.body) {
      if (s.kind === "Assign" || s.kind === "AnnAssign") {
        const target = (s.kind === "Assign" ? s.targets[0] : s.target) as py.Attribute;
        this.#set(target.attr, this.host.evaluate(s.value!, env), s.value!);
      } else if (
        s.kind === "Expr" && s.value.kind === "Call" &&
        (s.value.func as py.Attribute).attr === "register_buffer"
      ) {
        const [name, value] = s.value.args.map((a) => this.host.evaluate(a, env));
        this.#buffers.set(name as string, value);
      }
    }
  }
  #set(name: string, v: unknown, e: py.Expr): void {
    if (v instanceof FakeModule) this.#modules.set(name, v);
    else if (v instanceof Tensor && e.kind === "Call" && (e.func as py.Attribute).attr === "Parameter") {
      this.#parameters.set(name, v);
    } else this.#attributes.set(name, v);
  }
  *#views(m: Map<string, unknown>): Iterable<readonly [string, ObjectView]> {
    for (const [k, v] of m) yield [k, this.host.view(v)];
  }
  parameters = () => this.#views(this.#parameters);
  buffers = () => this.#views(this.#buffers);
  modules = () => this.#views(this.#modules);
  attributes = () => this.#views(this.#attributes);
  getattr(name: string): ObjectView | undefined {
    for (const m of [this.#parameters, this.#buffers, this.#modules, this.#attributes]) {
      if (m.has(name)) return this.host.view(m.get(name));
    }
    return this.cls.getattr(name);
  }
  exportedMethods(): string[] {
    return this.cls.methods().filter((m) => m.fn.modifier === "export").map((m) => m.name);
  }
  method(name: string): FunctionView | undefined {
    return this.cls.methods().find((m) => m.name === name)?.fn;
  }
  methodOverloads(): ReadonlyMap<string, readonly FunctionView[]> {
    return new Map();
  }
  forwardHooks(): FunctionView[] {
    return [];
  }
  forwardPreHooks(): FunctionView[] {
    return [];
  }
}

const SEQUENTIAL =
  "class Sequential(Module):\n    def forward(self, input):\n        for module in self:\n            input = module(input)\n        return input\n";

function containerClass(host: FakeHost, name: string): FakeClass {
  let cls = CONTAINER_CLASS.get(name);
  if (!cls) {
    const text = name === "Sequential" ? SEQUENTIAL : `class ${name}(Module):\n    pass\n`;
    const source = new (host.source.constructor as typeof Source)(text, "container.py");
    cls = new FakeClass(
      new FakeHost(source),
      parseModule(source).module.body[0] as py.ClassDef,
      "torch.nn.modules.container.",
    );
    CONTAINER_CLASS.set(name, cls);
  }
  return cls;
}
