/**
 * The compiler's only view of the world outside: `Resolver` turns names in a function body into values and
 * types; `ObjectView` and its kin show live host objects (functions, classes, nn.Modules) without the compiler
 * knowing how the host represents them. `python/` implements the views, `archive/` a Resolver of its own.
 */
import type { ScriptFunction } from "../../core/function.ts";
import type { ClassType, InterfaceType } from "../../core/class_type.ts";
import type { FutureValue, IValue, ScriptObject } from "../../core/ivalue.ts";
import type { Source, SourceRange } from "../../core/source.ts";
import type { Tensor } from "../../core/tensor.ts";
import type { Type } from "../../core/types.ts";
import type { ClassDef, FunctionDef } from "../syntax/ast.ts";
import type { SugaredValue } from "./sugared_value.ts";

/** Names to things, for one function being compiled. */
export interface Resolver {
  /** The value that `name` stands for outside the function, or undefined when there is none. */
  resolveValue(name: string, method: MethodContext, range: SourceRange): SugaredValue | undefined;
  /**
   * The type that a name (`Tensor`, `Foo`) or dotted name (`torch.Tensor`, `collections.OrderedDict`) in an
   * annotation stands for. Undefined when the name is unknown or no type; the compiler handles subscripts.
   */
  resolveType(name: string, range: SourceRange): Type | undefined;
  /** What a name in subscript position (`List` of `List[int]`) constructs; undefined: go by the bare name. */
  resolveTypeConstructor?(name: string, range: SourceRange): TypingForm | undefined;
}

/** The function being compiled, as sugared values see it. */
export interface MethodContext {
  readonly fn: ScriptFunction;
  readonly graph: import("../ir/graph.ts").Graph;
}

/** Constructors of the typing module, under the names TorchScript knows them by. */
export type TypingForm =
  | "Tuple"
  | "List"
  | "Dict"
  | "Optional"
  | "Union"
  | "Future"
  | "RRef"
  | "Await"
  | "Final"
  | "Literal"
  | "BroadcastingList1"
  | "BroadcastingList2"
  | "BroadcastingList3"
  | "Callable"
  | "Annotated"
  | "ClassVar";

/** `@torch.jit.ignore`, `@torch.jit.unused`, `@torch.jit.export`, ... on a host function. */
export type FunctionModifier = "default" | "ignore" | "unused" | "export" | "drop" | "copy_to_script_wrapper";

/** A host object. Views are made on demand; `object` is the identity. */
export interface ObjectView {
  /** The host's own object, compared with ===. */
  readonly object: unknown;
  /** `torch.typename(type(obj))`: `int`, `list`, `__main__.Foo`, `collections.deque`. */
  readonly typeName: string;
  /** `repr(obj)`, for messages. */
  repr(): string;
  /** What it is. Cheap enough to be asked repeatedly. */
  describe(): HostValue;
  /** `getattr(obj, name)`, or undefined where Python raises AttributeError. */
  getattr(name: string): ObjectView | undefined;
}

/** What a host object is, as far as the compiler cares; the first row that fits, in this order. */
export type HostValue =
  /** None, bool, int, float, complex, str, torch.device: the IValue itself (floats as Float). */
  | { kind: "constant"; value: IValue }
  /** torch.dtype, torch.layout, torch.memory_format, torch.qscheme: scripts see its number. */
  | { kind: "numbered"; what: "dtype" | "layout" | "memory_format" | "qscheme"; value: number }
  | { kind: "tensor"; value: Tensor }
  | { kind: "generator"; value: IValue }
  /** A namedtuple instance carries its class. */
  | { kind: "tuple"; items: readonly ObjectView[]; cls?: ClassView }
  | { kind: "list"; items: readonly ObjectView[] }
  | { kind: "dict"; entries: readonly (readonly [ObjectView, ObjectView])[] }
  /** A member of an Enum class. */
  | { kind: "enum"; cls: ClassView; name: string }
  /** Compiled already: ScriptFunction (one per overload). */
  | { kind: "script_function"; fns: readonly ScriptFunction[] }
  /** A ScriptModule, or an instance of a scripted class (RecursiveScriptClass). */
  | { kind: "script_object"; value: ScriptObject; concreteType?: unknown }
  /** A list or dict that `torch.jit.script` made: scripts share it instead of copying. */
  | { kind: "script_container"; value: IValue; type: Type }
  /** What a fork in a script gave to the host. */
  | { kind: "future"; value: FutureValue }
  /** A Python module such as `torch`, `math`, `torch.nn.functional`. */
  | { kind: "python_module"; name: string }
  /** torch.jit.annotate, fork, wait, ... and builtins that the emitter treats by itself. */
  | { kind: "special_form"; form: SpecialForm }
  /** A function that is an operator: `torch.add` -> `aten::add`, `math.sqrt` -> `aten::sqrt`. */
  | { kind: "builtin"; symbol: string }
  /** torch.FloatTensor and its kin. */
  | { kind: "legacy_tensor"; scalarType: number }
  /** torch._jit_internal.boolean_dispatch: two functions chosen by a constant flag. */
  | {
    kind: "boolean_dispatch";
    argName: string;
    index: number;
    default: boolean;
    ifTrue: ObjectView;
    ifFalse: ObjectView;
  }
  | { kind: "function"; fn: FunctionView }
  /** A bound method; `self` is what it is bound to. */
  | { kind: "method"; fn: FunctionView; self: ObjectView }
  /** A function or type implemented by the host itself with no Python source (`len`, `sorted`, `os.getcwd`). */
  | { kind: "builtin_function"; name: string }
  | { kind: "module"; module: ModuleView }
  /** A typing construct: `List` (no args), `List[int]`, `Optional[Tensor]`, `X | Y`. Any is form "Any". */
  | { kind: "typing"; form: TypingForm | "Any" | "NamedTuple"; args: readonly ObjectView[] | undefined }
  /** A string annotation or typing.ForwardRef. */
  | { kind: "forward_ref"; text: string }
  /** `operator` when a call of it in a script is a call of an operator: `torch.Size`, `torch.Generator`. */
  | { kind: "class"; cls: ClassView; operator?: string }
  /** `torch.jit.Attribute(value, type)`. */
  | { kind: "attribute"; value: ObjectView; type: ObjectView }
  /** An instance of an ordinary class. */
  | { kind: "instance"; cls: ClassView }
  | { kind: "other" };

export type SpecialForm =
  | "fork"
  | "annotate"
  | "isinstance"
  | "awaitable"
  | "wait_future"
  | "uninitialized"
  | "unchecked_cast"
  | "slice";

/** Classes that types know by themselves, whatever module they were imported from. */
export type BuiltinClass =
  | "int"
  | "float"
  | "bool"
  | "complex"
  | "str"
  | "NoneType"
  | "list"
  | "tuple"
  | "dict"
  | "object"
  | "Tensor"
  | "device"
  | "Generator"
  | "Stream"
  | "dtype"
  | "layout"
  | "memory_format"
  | "qscheme"
  | "Size"
  | "SymInt";

/** A Python function with source. */
export interface FunctionView {
  readonly object: unknown;
  /** `__name__`. */
  readonly name: string;
  /** `torch._jit_internal._qualified_name`: `__torch__.f`, `__torch__.pkg.mod.f`. */
  readonly qualifiedName: string;
  readonly modifier: FunctionModifier;
  /** Its `def` and the file it stands in; undefined when there is no source (a lambda, exec'd text). */
  readonly definition: { def: FunctionDef; source: Source } | undefined;
  /** `file:line` of a lambda, which has no `def`. */
  readonly lambdaLine?: string;
  /** `repr(fn)`, for messages. */
  repr(): string;
  /** Values of defaults, by parameter name. */
  defaults(): ReadonlyMap<string, ObjectView>;
  /** Closure cells, then globals, then builtins. */
  lookup(name: string): ObjectView | undefined;
  /** Functions registered with torch.jit._overload for this one, oldest first. */
  overloads(): readonly FunctionView[];
}

export interface DataclassField {
  readonly name: string;
  readonly type: ObjectView;
  readonly default: ObjectView | undefined;
  readonly init: boolean;
  readonly repr: boolean;
  readonly compare: boolean;
  readonly keywordOnly: boolean;
  readonly hasFactory: boolean;
  /** An attribute, a parameter of `__init__` alone (InitVar), or a class variable. */
  readonly kind: "field" | "init" | "class";
}

export type MethodKind = "instance" | "class" | "static";

export interface ClassView {
  readonly object: unknown;
  /** `__name__`. */
  readonly name: string;
  /** `__torch__.Net`, `__torch__.torch.nn.modules.linear.Linear`. */
  readonly qualifiedName: string;
  /** When it is one of the classes with a TorchScript type of its own. */
  readonly builtin: BuiltinClass | undefined;
  /** Python's `slice`. */
  readonly isSlice: boolean;
  readonly isModule: boolean;
  readonly isException: boolean;
  readonly isDataclass: boolean;
  /** Decorated with @torch.jit.interface. */
  readonly isInterface: boolean;
  /** Field names, types and defaults (right-aligned) of a namedtuple class. */
  readonly namedTuple:
    | {
      fields: readonly string[];
      types: readonly (ObjectView | undefined)[];
      defaults: readonly ObjectView[];
    }
    | undefined;
  /** Members in definition order, of an Enum class. */
  readonly enumMembers: readonly { name: string; value: ObjectView }[] | undefined;
  /** Compiled by torch.jit.script already, or an interface. */
  readonly scripted: ClassType | InterfaceType | undefined;
  /** Set by the compiler once the class is scripted; undefined when that failed. */
  setScripted(type: ClassType | InterfaceType | undefined): void;
  /** Its `class` statement and file; undefined when it has no Python source. */
  readonly definition: { def: ClassDef; source: Source } | undefined;
  /** Names of direct bases that are not `object`, for the check that script classes have none. */
  readonly bases: readonly ClassView[];
  /** Functions in the class's own `__dict__`, sorted by name as inspect.getmembers gives them. */
  methods(): readonly { name: string; kind: MethodKind; fn: FunctionView }[];
  /** Properties visible on the class, sorted by name, with the class's `__jit_unused_properties__` left out. */
  properties(): readonly { name: string; getter: FunctionView; setter: FunctionView | undefined }[];
  /** `getattr(cls, name)`: methods come back as plain functions. */
  getattr(name: string): ObjectView | undefined;
  /** How `name` is stored in the class or its bases. */
  methodKind(name: string): MethodKind | undefined;
  /** `__annotations__` of the class, else of the nearest base that has any; values evaluated. */
  annotations(): ReadonlyMap<string, ObjectView>;
  /** Dataclass fields in order, pseudo-fields (InitVar, ClassVar) too. */
  dataclassFields(): readonly DataclassField[];
  /** Names of the methods that the dataclass decorator wrote. */
  generatedMethods(): readonly string[];
  /** Names visible in the module the class was defined in. */
  lookup(name: string): ObjectView | undefined;
}

/** A live nn.Module. */
export interface ModuleView {
  readonly object: unknown;
  readonly cls: ClassView;
  /** False when `super().__init__()` was not called. */
  readonly initialized: boolean;
  /** `isinstance` of Sequential/ModuleList, ModuleDict, ParameterList, ParameterDict. */
  readonly container: "list" | "dict" | "parameter_list" | "parameter_dict" | undefined;
  /** `_parameters`, `_buffers`, `_modules` in order; values may be None. */
  parameters(): Iterable<readonly [string, ObjectView]>;
  buffers(): Iterable<readonly [string, ObjectView]>;
  modules(): Iterable<readonly [string, ObjectView]>;
  /** `__dict__`, in order, without the bookkeeping entries of nn.Module. `training` is among them. */
  attributes(): Iterable<readonly [string, ObjectView]>;
  /** `getattr(module, name)`. */
  getattr(name: string): ObjectView | undefined;
  /** `__constants__`, `__jit_ignored_attributes__`, `__overloads__`-independent. */
  readonly constants: readonly string[];
  readonly ignoredAttributes: readonly string[];
  /** Names of methods marked @torch.jit.export, in dir() order. */
  exportedMethods(): readonly string[];
  /** The function behind method `name`, bound to this module. */
  method(name: string): FunctionView | undefined;
  /** Overloads registered with torch.jit._overload_method, by method name. */
  methodOverloads(): ReadonlyMap<string, readonly FunctionView[]>;
  forwardHooks(): readonly FunctionView[];
  forwardPreHooks(): readonly FunctionView[];
}
