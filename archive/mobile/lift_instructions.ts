/** What each mobile instruction without a jump becomes in the graph. */
import {
  AnyListType,
  AnyTensorType,
  AnyTupleType,
  AnyType,
  BoolType,
  ComplexType,
  FloatType,
  IntType,
  ListType,
  StringType,
  TupleType,
  type Type,
} from "../../core/types.ts";
import {
  evalTypeVariables,
  hasFreeVariables,
  matchTypeVariables,
  optionalOf,
  unshapedType,
} from "../../core/unify.ts";
import { findOperator } from "../../ops/registry.ts";
import { toIValue } from "../../compiler/ir/constants.ts";
import type { Value } from "../../compiler/ir/graph.ts";
import { valueOfNone } from "../upgraders.ts";
import { type MobileInstruction, PROMOTED } from "./instructions.ts";
import type { Lifter } from "./lift.ts";
import { coerce } from "./lift_values.ts";

let operatorOf: Map<string, string> | undefined;

export function liftInstruction(l: Lifter, i: MobileInstruction): void {
  const special = SPECIAL[i.op];
  if (special) return special(l, i);
  operatorOf ??= new Map(Object.entries(PROMOTED).map(([key, op]) => [op, key]));
  const key = operatorOf.get(i.op);
  if (key === undefined) throw l.fault(`${i.op} is not supported in mobile module.`);
  callOperator(l, key, -1);
}

/** The non-optional type behind what must not be None. */
function solid(t: Type): Type {
  return t.kind === "Optional" ? t.elem : t;
}

function construct(l: Lifter, kind: string, inputs: readonly Value[], type: Type): void {
  const n = l.graph.insert(kind, inputs);
  n.output.setType(type);
  l.push(n);
}

/** Values of code that cannot run, as where None was seen not to be None: it raises when it is reached after all. */
function impossible(l: Lifter, what: string, outputs: number): void {
  const message = l.constant(`${what} in mobile code`);
  l.graph.insert("prim::RaiseException", [message, l.constant(null)], 0).schemaKey = "prim::RaiseException";
  for (let i = 0; i < outputs; i++) construct(l, "prim::Uninitialized", [], AnyType);
}

/** Slots and methods are known by the class alone, so an object of unknown class cannot be used. */
function objectOf(l: Lifter, v: Value): Value {
  const t = solid(v.type);
  if (t.kind !== "Class") throw l.fault(`an object is wanted where a value of type ${v.type} is`);
  return coerce(l.graph, v, t);
}

function slot(l: Lifter, object: Value, x: number): { name: string; type: Type } {
  const { type } = object;
  if (type.kind !== "Class") throw l.fault("no object");
  if (x < 0 || x > 0xffff) throw l.fault(`slot ${x} is beyond any object`);
  // Objects that get their state from __setstate__ grow by what it sets.
  for (let k = type.attributes.length; k <= x && type.methods.has("__setstate__"); k++) {
    type.addAttribute(`slot_${k}`, AnyType);
  }
  const a = type.attributes[x];
  if (!a) throw l.fault(`${type.name} has no slot ${x}`);
  return a;
}

type Lift = (l: Lifter, i: MobileInstruction) => void;

const SPECIAL: Readonly<Record<string, Lift>> = {
  LOAD: (l, { x }) => void l.stack.push(l.register(x)),
  // Whether a register is cleared does not show: nothing reads it afterwards.
  MOVE: (l, { x }) => void l.stack.push(l.register(x)),
  STORE: (l, { x }) => l.setRegister(x, l.pop()),
  STOREN: (l, { x, n }) => l.popMany(n).forEach((v, k) => l.setRegister(x + k, v)),
  DROP: (l) => void l.pop(),
  DROPR: () => {},
  LOADC: (l, { x }) => void l.stack.push(l.tableConstant(x)),
  OP: (l, { x }) => {
    const row = l.fn.operators[x];
    if (!row) throw l.fault(`operator ${x} is beyond the table`);
    callOperator(l, row.overload ? `${row.name}.${row.overload}` : row.name, row.specified);
  },
  OPN: (l, { x, n }) => {
    const row = l.fn.operators[x];
    if (!row) throw l.fault(`operator ${x} is beyond the table`);
    vararg(l, row.overload ? `${row.name}.${row.overload}` : row.name, n);
  },
  GET_ATTR: (l, { x }) => {
    if (l.stack.at(-1)?.type.kind === "None") {
      l.pop();
      return impossible(l, "None has no attributes", 1);
    }
    const object = objectOf(l, l.pop()), { name, type } = slot(l, object, x);
    const n = l.graph.insert("prim::GetAttr", [object]).set("name", { kind: "s", value: name });
    n.output.setType(type);
    l.push(n);
  },
  SET_ATTR: (l, { x }) => {
    const v = l.pop(), object = objectOf(l, l.pop()), { name, type } = slot(l, object, x);
    l.graph.insert("prim::SetAttr", [object, coerce(l.graph, v, type)], 0).set("name", {
      kind: "s",
      value: name,
    });
  },
  LIST_UNPACK: (l, { x }) => {
    if (x < 0 || x > 0xffff) throw l.fault(`a list of ${x} items`);
    const list = l.popAs(AnyListType);
    const elem = list.type.kind === "List" ? list.type.elem : AnyType;
    const n = l.graph.insert("prim::ListUnpack", [list], x);
    for (const o of n.outputs) o.setType(elem);
    l.push(n);
  },
  TUPLE_CONSTRUCT: (l, { x }) => {
    const items = l.popMany(x);
    construct(l, "prim::TupleConstruct", items, new TupleType(items.map((v) => unshapedType(v.type))));
  },
  NAMED_TUPLE_CONSTRUCT: (l, { x, n }) => {
    const t = l.typeAt(x), items = l.popMany(n);
    if (t.kind !== "Tuple" || t.elems.length !== n) throw l.fault(`${t} is no NamedTuple of ${n} fields`);
    construct(l, "prim::TupleConstruct", items.map((v, k) => coerce(l.graph, v, t.elems[k])), t);
  },
  LIST_CONSTRUCT: (l, { x, n }) => {
    const t = l.typeAt(x);
    if (t.kind !== "List") throw l.fault(`${t} is no list`);
    construct(l, "prim::ListConstruct", l.popMany(n).map((v) => coerce(l.graph, v, t.elem)), t);
  },
  DICT_CONSTRUCT: (l, { x, n }) => {
    const t = l.typeAt(x);
    if (t.kind !== "Dict" || n % 2) throw l.fault(`${t} is no dict, or a key has no value`);
    const items = l.popMany(n).map((v, k) => coerce(l.graph, v, k % 2 ? t.value : t.key));
    construct(l, "prim::DictConstruct", items, t);
  },
  CREATE_OBJECT: (l, { x }) => {
    throw l.fault(`a new object of ${l.typeAt(x)}, whose class is not in the archive`);
  },
  ISINSTANCE: (l, { x, n }) => {
    const types = Array.from({ length: n }, (_, k) => l.typeAt(x + k));
    const node = l.graph.insert("prim::isinstance", [l.pop()]).set("types", { kind: "tys", value: types });
    node.output.setType(BoolType);
    l.push(node);
  },
  TUPLE_SLICE: (l, { x, n }) => {
    const tuple = l.pop(), t = solid(tuple.type);
    if (t.kind !== "Tuple" || x < 0 || x + n > t.elems.length) {
      throw l.fault(`${tuple.type} has no items ${x} to ${x + n}`);
    }
    const node = l.graph.insert("prim::TupleSlice", [coerce(l.graph, tuple, t)]);
    node.set("beg", { kind: "i", value: x }).set("end", { kind: "i", value: x + n });
    node.output.setType(new TupleType(t.elems.slice(x, x + n)));
    l.push(node);
  },
  TUPLE_INDEX: (l) => tupleIndex(l),
  RAISE_EXCEPTION: (l) => {
    const [message, cls] = l.popMany(2);
    const inputs = [coerce(l.graph, message, StringType), coerce(l.graph, cls, optionalOf(StringType))];
    l.graph.insert("prim::RaiseException", inputs, 0).schemaKey = "prim::RaiseException";
  },
  UNCHECKED_CAST: (l) => void l.stack.push(l.pop()),
  UN_INITIALIZED: (l) => construct(l, "prim::Uninitialized", [], AnyType),
  FORMAT: (l, { x }) => vararg(l, "aten::format", x),
  TO_LIST: (l) => {
    const [tensor, dim, kind] = l.popMany(3);
    const depth = toIValue(dim), which = toIValue(kind);
    const elem = typeof which === "number" ? [IntType, FloatType, BoolType, ComplexType][which] : undefined;
    if (!elem || typeof depth !== "number" || depth < 0 || depth > 64) {
      throw l.fault("TO_LIST of no known type");
    }
    let t: Type = elem;
    for (let k = 0; k < depth; k++) t = new ListType(t);
    construct(l, "prim::tolist", [coerce(l.graph, tensor, AnyTensorType)], t);
  },
  WARN: (l, { x }) => {
    const [message, level] = l.popMany(2);
    const n = l.graph.insert("aten::warn", [
      coerce(l.graph, message, StringType),
      coerce(l.graph, level, IntType),
    ], 0);
    n.schemaKey = "aten::warn";
    n.set("warn_id", { kind: "i", value: x });
  },
  INTERFACE_CALL: (l, { x, n }) => {
    const name = toIValue(l.tableConstant(x)), [self, ...args] = l.popMany(n);
    if (!self || typeof name !== "string") throw l.fault("a call of no method");
    const object = objectOf(l, self), method = object.type.kind === "Class" && object.type.methods.get(name);
    if (!method) throw l.fault(`${object.type} has no method ${name}`);
    const formals = method.schema.args.slice(1);
    if (formals.length !== args.length) {
      throw l.fault(`${name} takes ${formals.length} arguments, not ${args.length}`);
    }
    const given = args.map((v, k) => coerce(l.graph, v, formals[k].type));
    const node = l.graph.insert("prim::CallMethod", [object, ...given]).set("name", {
      kind: "s",
      value: name,
    });
    node.output.setType(method.schema.returns[0]?.type ?? AnyType);
    l.push(node);
  },
};

function tupleIndex(l: Lifter): void {
  const [tuple, index] = l.popMany(2), t = solid(tuple.type), at = toIValue(index);
  if (t.kind === "None") return impossible(l, "None has no items", 1);
  if (t.kind !== "Tuple" || typeof at !== "number") {
    throw l.fault(`the items of ${tuple.type} are not known before the code runs`);
  }
  const elem = t.elems.at(at);
  if (!elem || at < -t.elems.length) throw l.fault(`${t} has no item ${at}`);
  construct(l, "prim::TupleIndex", [coerce(l.graph, tuple, t), index], elem);
}

function tupleUnpack(l: Lifter): void {
  const tuple = l.pop(), t = solid(tuple.type);
  if (t.kind === "None") {
    const next = l.following;
    return impossible(l, "None has no items", next?.op === "STOREN" ? next.n : 1);
  }
  // Where the type does not say how many there are, the code that stores them does.
  const next = l.following;
  const count = t.kind === "Tuple"
    ? t.elems.length
    : next?.op === "STOREN"
    ? next.n
    : next?.op === "STORE"
    ? 1
    : -1;
  if (count < 0) throw l.fault("a tuple of unknown size is unpacked");
  const whole = t.kind === "Tuple" ? t : new TupleType(Array.from({ length: count }, () => AnyType));
  const n = l.graph.insert("prim::TupleUnpack", [
    coerce(l.graph, tuple.type.kind === "Any" ? coerce(l.graph, tuple, AnyTupleType) : tuple, whole),
  ], count);
  n.outputs.forEach((o, k) => o.setType(whole.elems[k]));
  l.push(n);
}

/** An operator that takes any number of values. */
function vararg(l: Lifter, key: string, count: number): void {
  const op = findOperator(key);
  if (!op) throw l.fault(`there is no operator ${key}`);
  const inputs = l.popMany(count);
  op.schema.args.forEach((a, k) => {
    if (!inputs[k]) throw l.fault(`${key} lacks its ${a.name}`);
    inputs[k] = coerce(l.graph, inputs[k], a.type);
  });
  const n = l.graph.insert(op.name, inputs, op.schema.returns.length);
  n.schemaKey = key;
  n.outputs.forEach((o, k) => o.setType(op.schema.returns[k].type));
  l.push(n);
}

/** A call with `specified` arguments on the stack (all, when negative); the schema's defaults make up the rest. */
function callOperator(l: Lifter, key: string, specified: number): void {
  switch (key) {
    case "prim::TupleUnpack":
      return tupleUnpack(l);
    case "prim::TupleIndex":
      return tupleIndex(l);
    case "prim::unchecked_cast":
      return;
    case "prim::RaiseException":
    case "prim::Uninitialized":
      return SPECIAL[PROMOTED[key]](l, { op: key, x: 0, n: 0 });
    case "aten::warn":
      return SPECIAL.WARN(l, { op: key, x: 0, n: 0 });
  }
  const op = findOperator(key);
  if (!op) throw l.fault(`there is no operator ${key}`);
  const { args, returns } = op.schema;
  const outs = args.filter((a) => a.isOut).length, plain = args.length - outs;
  const count = specified < 0 ? args.length : specified;
  if (count > args.length || count < outs) {
    throw l.fault(`${key} takes ${args.length} arguments, not ${count}`);
  }
  const given = l.popMany(count), front = given.slice(0, count - outs);
  for (let k = front.length; k < plain; k++) {
    const { defaultValue } = args[k];
    if (defaultValue === undefined) throw l.fault(`${key} lacks its ${args[k].name}`);
    front.push(l.constant(defaultValue, defaultValue === null ? undefined : unshapedType(args[k].type)));
  }
  const inputs = [...front, ...given.slice(count - outs)];
  const env = new Map<string, Type>();
  inputs.forEach((given, k) => {
    const formal = args[k].type;
    const instead = given.type.kind === "None" ? valueOfNone(op.name, k, l.host.version) : undefined;
    const v = instead === undefined ? given : l.constant(instead);
    if (hasFreeVariables(formal)) {
      inputs[k] = matchVariables(l, v, formal, env);
    } else inputs[k] = coerce(l.graph, v, formal);
  });
  const n = l.graph.insert(op.name, inputs, returns.length);
  n.schemaKey = key;
  n.outputs.forEach((o, k) => o.setType(evalTypeVariables(returns[k].type, env) ?? AnyType));
  l.push(n);
}

/** A value for a formal like `t[]`: the container must be one, its elements say what `t` is. */
function matchVariables(l: Lifter, v: Value, formal: Type, env: Map<string, Type>): Value {
  if (formal.kind === "List" && v.type.kind !== "List") {
    const known = solid(v.type);
    return matched(l, known.kind === "List" ? coerce(l.graph, v, known) : untypedList(l, v), formal, env);
  }
  if (formal.kind === "Dict" && v.type.kind !== "Dict") {
    const known = solid(v.type);
    if (known.kind !== "Dict") throw l.fault(`a dict is wanted where a value of type ${v.type} is`);
    return matched(l, coerce(l.graph, v, known), formal, env);
  }
  return matched(l, v, formal, env);
}

function untypedList(l: Lifter, v: Value): Value {
  const list = coerce(l.graph, v, AnyListType);
  const cast = l.graph.insert("prim::unchecked_cast", [list]);
  cast.schemaKey = "prim::unchecked_cast";
  return cast.output.setType(new ListType(AnyType));
}

function matched(l: Lifter, v: Value, formal: Type, env: Map<string, Type>): Value {
  // An item that is pushed onto a list must be of the list's type.
  const bound = formal.kind === "Var" ? env.get(formal.name) : undefined;
  if (bound) return coerce(l.graph, v, bound);
  const problem = matchTypeVariables(formal, unshapedType(v.type), env);
  if (problem) throw l.fault(problem);
  return v;
}
