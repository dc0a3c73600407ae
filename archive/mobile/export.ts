/** `bytecode.pkl`: which functions a module's mobile form has, and the nested tuples that hold them. */
import type { ClassType } from "../../core/class_type.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { DictValue, type IValue, ListValue, ScriptObject, TupleValue } from "../../core/ivalue.ts";
import type { Argument } from "../../core/schema.ts";
import type { Type } from "../../core/types.ts";
import type { Graph } from "../../compiler/ir/graph.ts";
import { prepare } from "../../compiler/lowering/prepare.ts";
import { type TypeNamer, typeText } from "../../compiler/printing/type_text.ts";
import { type MobileCode, MobileEmitter } from "./emit.ts";
import { someType } from "./type_text.ts";
import { ExportRefusal } from "./export_refusal.ts";

/** What is written; readers take 4 to 9. */
export const WRITTEN_VERSION = 8;

/** The value of `bytecode.pkl` for a module. Throws ExportRefusal for what the mobile runtime does not take. */
export function bytecodeOf(root: ScriptObject, nameOf: TypeNamer): TupleValue {
  const functions: IValue[] = [WRITTEN_VERSION];
  const done = new Set<ScriptFunction>();
  const objects = objectsBelow(root);
  const add = (fn: ScriptFunction) => {
    if (done.has(fn)) return;
    done.add(fn);
    fn.ensureDefined?.();
    checkSignature(fn);
    const emitter = new MobileEmitter(prepare(fn.graph as Graph), nameOf);
    functions.push(functionTuple(fn, emitter.run(), nameOf));
    for (const call of emitter.interfaceCalls) called.push(call);
  };
  const called: { readonly type: Type; readonly method: string }[] = [];
  const names = [...root.type.methods.keys()].filter((n) => n !== "forward").sort();
  if (root.type.methods.has("forward")) names.unshift("forward");
  for (const n of names) add(root.type.methods.get(n)!);
  const classes = new Set(objects.map((o) => o.type));
  for (const c of classes) {
    const state = ["__setstate__", "__getstate__"].map((n) => c.methods.get(n));
    if (state.every((m) => m !== undefined)) { for (const m of state) add(m!); }
  }
  for (let i = 0; i < called.length; i++) {
    const { type, method } = called[i];
    for (const c of classes) if (type === c || implementsInterface(c, type)) add(c.methods.get(method)!);
  }
  return new TupleValue(functions);
}

function implementsInterface(c: ClassType, t: Type): boolean {
  return t.kind === "Interface" && [...t.methods.keys()].every((m) => c.methods.has(m));
}

/** What only shows when the runtime loads or calls the function. */
function checkSignature(fn: ScriptFunction): void {
  for (const a of [...fn.schema.args, ...fn.schema.returns]) {
    if (!someType(a.type, (t) => t.kind === "Union")) continue;
    // PyTorch exports these, and its runtime crashes when it checks the arguments of a call.
    throw new ExportRefusal(
      `Union types are not supported in mobile module: ${fn.name} has ${a.name || "a result"} of type ` +
        a.type.annotation(),
      (fn.graph as Graph).block.first.range,
    );
  }
  for (const r of fn.schema.returns) {
    const t = r.type, elem = t.kind === "List" ? t.elem : t.kind === "Dict" ? t.value : undefined;
    if (elem?.kind !== "Class") continue;
    throw new ExportRefusal(
      "Returning a list or dictionary with pytorch class type is not supported in mobile module " +
        "(List[Foo] or Dict[int, Foo] for class Foo(torch.nn.Module)). Workaround: instead of using pytorch class as " +
        "their element type, use a combination of list, dictionary, and single types.",
      (fn.graph as Graph).block.ret.range,
    );
  }
}

function objectsBelow(root: IValue, found: Set<ScriptObject> = new Set()): ScriptObject[] {
  if (root instanceof ScriptObject) {
    if (found.has(root)) return [];
    found.add(root);
    for (const v of root.slots) objectsBelow(v, found);
  } else if (root instanceof ListValue || root instanceof TupleValue) {
    for (const v of root.items) objectsBelow(v, found);
  } else if (root instanceof DictValue) {
    for (const [, v] of root.entries()) objectsBelow(v, found);
  }
  return [...found];
}

const tuple = (...items: IValue[]) => new TupleValue(items);
/** `((name, value), ...)`, by which the reader finds its way. */
function rows(table: Readonly<Record<string, IValue>>): TupleValue {
  return tuple(...Object.entries(table).map(([name, value]) => tuple(name, value)));
}

function functionTuple(fn: ScriptFunction, code: MobileCode, nameOf: TypeNamer): TupleValue {
  const name = fn.owner ? `${nameOf(fn.owner)}.${fn.name}` : fn.qualifiedName;
  const argument = (a: Argument) =>
    rows({ name: a.name, type: typeText(a.type, nameOf), default_value: a.defaultValue ?? null });
  return tuple(
    name,
    rows({
      instructions: tuple(...code.instructions.map((i) => tuple(i.op, i.x, i.n))),
      operators: tuple(...code.operators.map((o) => tuple(o.name, o.overload, o.specified))),
      constants: tuple(...code.constants),
      types: tuple(...code.types),
      register_size: code.registerSize,
    }),
    rows({
      arguments: tuple(...fn.schema.args.map(argument)),
      returns: tuple(...fn.schema.returns.map(argument)),
    }),
  );
}
