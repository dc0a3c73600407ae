/**
 * What one nn.Module instance looks like to the compiler: typed attributes, constants, submodules. Instances of a
 * class that look the same share one ConcreteModuleType, hence one ClassType and its compiled methods.
 */
import type { ClassType, InterfaceType } from "../../core/class_type.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { type Type, typeEquals } from "../../core/types.ts";
import type { ClassView } from "./resolver.ts";

export interface ConcreteAttribute {
  readonly type: Type;
  readonly kind: "parameter" | "buffer" | "attribute";
}

export type ContainerKind = "list" | "dict" | "parameter_list" | "parameter_dict" | undefined;

export class ConcreteModuleType {
  readonly attributes: Map<string, ConcreteAttribute> = new Map();
  readonly constants: Map<string, IValue> = new Map();
  readonly modules: Map<string, ConcreteModuleType> = new Map();
  readonly functions: Map<string, readonly ScriptFunction[]> = new Map();
  readonly builtins: Map<string, string> = new Map();
  readonly overloads: Map<string, readonly string[]> = new Map();
  /** Attributes that could not become script values, with the hint for whoever uses them. */
  readonly failed: Map<string, string> = new Map();
  readonly ignored: Set<string> = new Set();
  /** Identities of hook functions. */
  readonly hooks: unknown[] = [];
  readonly preHooks: unknown[] = [];
  /** Set once the type is made. */
  jitType!: ClassType | InterfaceType;
  methodsCompiled = false;

  constructor(readonly cls: ClassView | undefined, readonly container: ContainerKind) {}

  /** Of a module that is known by its script type alone: an interface, a loaded ScriptModule. */
  static fromJitType(type: ClassType | InterfaceType): ConcreteModuleType {
    const c = new ConcreteModuleType(undefined, undefined);
    c.jitType = type;
    c.methodsCompiled = true;
    if (type.kind === "Class") {
      for (const a of type.attributes) {
        const t = a.type;
        if ((t.kind === "Class" || t.kind === "Interface") && t.isModule) {
          c.modules.set(a.name, ConcreteModuleType.fromJitType(t));
        }
      }
    }
    return c;
  }

  /** Whether an instance that looks like `o` can have this type. */
  equals(o: ConcreteModuleType): boolean {
    return this.cls?.object === o.cls?.object && this.container === o.container &&
      sameMap(this.attributes, o.attributes, (a, b) => a.kind === b.kind && typeEquals(a.type, b.type)) &&
      sameMap(this.constants, o.constants, sameConstant) &&
      sameMap(this.modules, o.modules, (a, b) => a === b || a.jitType === b.jitType) &&
      sameMap(this.functions, o.functions, (a, b) => a[0] === b[0]) &&
      sameMap(this.builtins, o.builtins, Object.is) &&
      sameMap(this.overloads, o.overloads, (a, b) => a.join() === b.join()) &&
      this.hooks.length === o.hooks.length && this.hooks.every((h, i) => h === o.hooks[i]) &&
      this.preHooks.length === o.preHooks.length && this.preHooks.every((h, i) => h === o.preHooks[i]);
  }
}

function sameMap<V>(a: Map<string, V>, b: Map<string, V>, same: (x: V, y: V) => boolean): boolean {
  if (a.size !== b.size) return false;
  const keys = [...b.keys()];
  let i = 0;
  for (const [k, v] of a) {
    if (k !== keys[i++]) return false;
    if (!same(v, b.get(k)!)) return false;
  }
  return true;
}

function sameConstant(a: IValue, b: IValue): boolean {
  if (a === b) return true;
  if (a instanceof Float && b instanceof Float) return Object.is(a.value, b.value);
  if (a instanceof Complex && b instanceof Complex) return a.re === b.re && a.im === b.im;
  if (
    (a instanceof TupleValue && b instanceof TupleValue) || (a instanceof ListValue && b instanceof ListValue)
  ) {
    return a.items.length === b.items.length && a.items.every((x, i) => sameConstant(x, b.items[i]));
  }
  return false;
}
