/** Script classes: a ClassType with methods and properties, `__init__` compiled first because it declares attributes. */
import type { ClassType } from "../../core/class_type.ts";
import type { CompilationUnit, ScriptFunction } from "../../core/function.ts";
import { FunctionSchema } from "../../core/schema.ts";
import type { Value } from "../ir/graph.ts";
import { defineFunction } from "./define.ts";
import type { Defaults } from "./emit_definition.ts";
import type { Self } from "./emitter.ts";
import { independently, whole } from "./recovery.ts";
import type { Resolver } from "./resolver.ts";
import { SimpleValue } from "./simple_value.ts";
import type { Def } from "./tree.ts";

/** A method or an accessor of a property to be compiled. */
export interface MethodSource {
  readonly name: string;
  /** Makes the tree; throws what is wrong with the source. */
  readonly def: () => Def;
  readonly resolver: Resolver;
  readonly defaults?: Defaults;
}

export interface PropertySource {
  readonly name: string;
  readonly getter: MethodSource;
  readonly setter: MethodSource | undefined;
}

/** `self` of a script class: a plain value of the class's type. */
export class SimpleSelf implements Self {
  constructor(readonly classType: ClassType) {}
  makeSugared(v: Value): SimpleValue {
    return new SimpleValue(v.setType(this.classType));
  }
}

/**
 * Adds methods and properties to a class and compiles them all: `__init__` first, the rest in order. The class is
 * registered by the caller, so that methods may name it.
 */
export function defineMethods(
  unit: CompilationUnit,
  cls: ClassType,
  self: Self,
  properties: readonly PropertySource[],
  methods: readonly MethodSource[],
): void {
  const all: ScriptFunction[] = [];
  const add = (s: MethodSource): ScriptFunction => {
    const fn = defineFunction(unit, `${cls.name}.${s.name}`, s.def, s.resolver, { self });
    cls.methods.set(s.name, fn);
    all.push(fn);
    return fn;
  };
  for (const p of properties) {
    const getter = add(p.getter);
    cls.properties.set(p.name, { name: p.name, getter, setter: p.setter ? add(p.setter) : null });
  }
  for (const m of methods) add(m);
  // Without `__init__` nobody knows the attributes, so no other method can be judged.
  all.find((f) => f.name === "__init__")?.ensureDefined?.();
  whole(() => {
    for (const f of all) independently(() => f.ensureDefined?.());
  });
  // Only now: methods of one class that call each other do not know the defaults, in PyTorch as here.
  for (const m of methods) if (m.defaults) stitchDefaults(cls.methods.get(m.name)!, m.defaults);
}

/** Puts the defaults of the Python function into the schema of the compiled one. */
function stitchDefaults(fn: ScriptFunction, defaults: Defaults): void {
  const { name, overload, args, returns, isVararg } = fn.schema;
  const stitched = args.map((a) => {
    const defaultValue = defaults(a.name, a.type);
    return defaultValue === undefined ? a : { ...a, defaultValue };
  });
  fn.schema = new FunctionSchema(name, overload, stitched, returns, isVararg);
}
