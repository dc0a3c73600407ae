/** Matching arguments to schemas: keywords, defaults, type variables, implicit conversions; overloads in order. */
import type { Argument, FunctionSchema } from "../../core/schema.ts";
import type { SourceRange } from "../../core/source.ts";
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { evalTypeVariables, matchTypeVariables, type TypeEnv } from "../../core/unify.ts";
import { AnyTensorType, NoneType, StringType, type Type } from "../../core/types.ts";
import type { Graph, Node, Value } from "../ir/graph.ts";
import { emitOperator } from "./builtin_call.ts";
import { errorReport } from "./error_report.ts";
import { insertList, insertTuple, tupleElements } from "./ir_nodes.ts";
import { type Args, NamedValue } from "./sugared_value.ts";

export interface MatchedSchema {
  readonly inputs: readonly Value[];
  readonly returnTypes: readonly Type[];
  /** Names of the returns when all of them have one. */
  readonly returnNames: readonly string[] | undefined;
}

function unwrapOptional(t: Type): Type {
  return t.kind === "Optional" ? t.elem : t;
}

/** `int` for `int[N]`: one value stands for N equal ones. */
function isNumberUsedAsList(v: Value, arg: Argument): boolean {
  if (arg.broadcastSize === undefined || (v.type.kind !== "float" && v.type.kind !== "int")) return false;
  const t = unwrapOptional(arg.type);
  return t.kind === "List" && t.elem.kind === v.type.kind;
}

/** A tuple whose elements all fit the list's element type, or a subtype of the list. */
export function convertibleToList(t: Type, list: Type): boolean {
  if (list.kind !== "List") return false;
  if (isSubtypeOf(t, list)) return true;
  return t.kind === "Tuple" && t.elems.every((e) => isSubtypeOf(e, list.elem));
}

/** Applies the implicit conversions that turn `value` into `target`; the caller checks whether they were enough. */
export function tryConvertToType(
  range: SourceRange,
  g: Graph,
  target: Type,
  value: Value,
  allowConversions: boolean,
): Value {
  if (target.kind === "Optional" && value.type.kind !== "Optional" && !isSubtypeOf(value.type, NoneType)) {
    return tryConvertToType(range, g, target.elem, value, allowConversions);
  }
  if (value.node.kind === "prim::EmptyListLiteral" && target.kind === "List") {
    value = insertList(g, target.elem, []);
  }
  if (value.type.kind === "Tuple") {
    const list = unwrapOptional(target);
    if (list.kind === "List" && convertibleToList(value.type, list)) {
      value = insertList(g, list.elem, tupleElements(g, value));
    }
    if (
      target.kind === "Tuple" && value.type.kind === "Tuple" && !isSubtypeOf(value.type, target) &&
      target.elems.length === value.type.elems.length
    ) {
      const elements = tupleElements(g, value);
      value = insertTuple(
        g,
        elements.map((e, i) => tryConvertToType(range, g, target.elems[i], e, allowConversions)),
      );
    }
  }
  if (!allowConversions) return value;
  const insert = (op: string) => emitOperator(range, g, op, [new NamedValue(value)], []);
  if (isSubtypeOf(value.type, AnyTensorType)) {
    if (target.kind === "float") return insert("aten::FloatImplicit");
    if (target.kind === "complex") return insert("aten::ComplexImplicit");
    if (target.kind === "int") return insert("aten::IntImplicit");
    if (target.kind === "number") return insert("aten::ScalarImplicit");
  } else if (value.type.kind === "number") {
    if (target.kind === "float") return insert("aten::Float");
    if (target.kind === "complex") return insert("aten::Complex");
    if (target.kind === "int") return insert("aten::Int");
  } else if (value.type.kind === "bool") {
    if (target.kind === "float") return insert("aten::Float");
    if (target.kind === "int" || target.kind === "number") return insert("aten::Int");
  }
  if (isSubtypeOf(value.type, StringType) && target.kind === "Device") return insert("aten::device");
  return value;
}

function mismatch(arg: Argument, actual: Type): string {
  let text = `Expected a value of type '${
    reprStr(arg.type)
  }' for argument '${arg.name}' but instead found type '${reprStr(actual)}'.\n`;
  if (arg.type.kind === "Tensor" && arg.type.facts.inferred) {
    text +=
      `Inferred '${arg.name}' to be of type 'Tensor' because it was not annotated with an explicit type.\n`;
  }
  if (actual.kind === "Tensor" && actual.facts.inferred) {
    text += `Inferred the value for argument '${arg.name}' to be of type 'Tensor' ` +
      "because it was not annotated with an explicit type.\n";
  }
  if (actual.kind === "List" && isSubtypeOf(actual.elem, AnyTensorType)) {
    text +=
      "Empty lists default to List[Tensor]. Add a variable annotation to the assignment to create an empty " +
      "list of another type (torch.jit.annotate(List[T, []]) where T is the type of elements in the list for " +
      "Python 2)\n";
  }
  return text;
}

/** The value to pass for `arg`, or undefined with the reason added to `failures`. */
function tryMatchArgument(
  arg: Argument,
  g: Graph,
  range: SourceRange,
  actual: NamedValue,
  failures: ((text: string) => void) | undefined,
  allowConversions: boolean,
  env: TypeEnv,
): Value | undefined {
  let value = actual.value(g);
  if (isNumberUsedAsList(value, arg)) {
    value = insertList(g, value.type, new Array(arg.broadcastSize!).fill(value));
  }
  const reason = matchTypeVariables(arg.type, value.type, env);
  if (reason !== undefined) {
    failures?.(
      `Could not match type ${reprStr(value.type)} to ${
        reprStr(arg.type)
      } in argument '${arg.name}': ${reason}.\n`,
    );
    return undefined;
  }
  const concrete = evalTypeVariables(arg.type, env);
  if (!concrete) {
    failures?.(
      `Type variables in type ${reprStr(arg.type)} could not be inferred from actual type ${
        reprStr(value.type)
      }`,
    );
    return undefined;
  }
  value = tryConvertToType(range, g, concrete, value, allowConversions);
  const why: string[] = [];
  if (!isSubtypeOf(value.type, concrete, failures ? why : undefined)) {
    failures?.(mismatch(arg, value.type) + why.join(""));
    return undefined;
  }
  return value;
}

/** Position of the keyword for a parameter; operators also take `input` for `self`. */
export function findInputWithName(name: string, kwargs: Args, isAten = false): number {
  return kwargs.findIndex((k) => k.name === name || (isAten && name === "self" && k.name === "input"));
}

function varargsCanBeUsedAsList(schema: FunctionSchema, i: number, arg: Argument): boolean {
  const last = i + 1 === schema.args.length || schema.args[i + 1].kwargOnly;
  return last && arg.type.kind === "List" && arg.type.elem.kind !== "Var" && arg.broadcastSize === undefined;
}

function match(
  schema: FunctionSchema,
  range: SourceRange,
  g: Graph,
  args: Args,
  kwargs: Args,
  self: NamedValue | undefined,
  failures: string[] | undefined,
  allowConversions: boolean,
): MatchedSchema | undefined {
  // Scripts see a dtype as an int, so `x.view(1)` could mean it.
  if (schema.name === "aten::view" && schema.overload === "dtype") return undefined;
  const fail = failures ? (text: string) => void failures.push(`\n${schema}:\n${text}`) : undefined;
  const env: TypeEnv = new Map();
  const inputs: Value[] = [];
  const usedKwarg = new Array<boolean>(kwargs.length).fill(false);
  const isAten = schema.name.startsWith("aten::");
  let used = 0;
  for (let i = 0; i < schema.args.length; i++) {
    const arg = schema.args[i];
    let actual: NamedValue;
    let k: number;
    if (self && arg.name === "self") {
      actual = self;
      self = undefined;
    } else if (!arg.kwargOnly && used < args.length) {
      if (allowConversions && varargsCanBeUsedAsList(schema, i, arg)) {
        const t = args[used].type;
        if (t.kind !== "List" && !convertibleToList(t, arg.type)) {
          const elem = (arg.type as { elem: Type }).elem;
          const elemArg: Argument = { name: "<varargs>", type: elem, kwargOnly: false, isOut: false };
          const items: Value[] = [];
          for (const a of args.slice(used)) {
            const v = tryMatchArgument(elemArg, g, range, a, fail, allowConversions, env);
            if (!v) return undefined;
            items.push(v);
          }
          used = args.length;
          inputs.push(insertList(g, elem, items));
          continue;
        }
      }
      actual = args[used++];
    } else if ((k = findInputWithName(arg.name, kwargs, isAten)) >= 0) {
      if (usedKwarg[k]) {
        fail?.(`Argument ${kwargs[k].name} specified twice in schema, submit a bug report!\n`);
        return undefined;
      }
      usedKwarg[k] = true;
      actual = kwargs[k];
    } else if (arg.defaultValue !== undefined) {
      actual = NamedValue.constant(arg.defaultValue);
    } else {
      fail?.(`Argument ${arg.name} not provided.\n`);
      return undefined;
    }
    const v = tryMatchArgument(arg, g, range, actual, fail, allowConversions, env);
    if (!v) return undefined;
    inputs.push(v);
  }
  if (self) fail?.("Provided self argument not used in schema.\n");
  if (schema.isVararg) { for (; used < args.length; used++) inputs.push(args[used].value(g)); }
  if (used < args.length) {
    fail?.(`Expected at most ${used} arguments but found ${args.length} positional arguments.\n`);
    return undefined;
  }
  for (let k = 0; k < kwargs.length; k++) {
    if (usedKwarg[k]) continue;
    const { name } = kwargs[k];
    fail?.(
      schema.argIndex(name) < 0
        ? `Keyword argument ${name} unknown.\n`
        : `Keyword argument ${name} specified twice.\n`,
    );
    return undefined;
  }
  return {
    inputs,
    returnTypes: schema.returns.map((r) => evalTypeVariables(r.type, env)!),
    returnNames: schema.returns.every((r) => r.name) ? schema.returns.map((r) => r.name) : undefined,
  };
}

/** As `match`, leaving no nodes behind when it fails. */
function tryMatchSchema(...p: Parameters<typeof match>): MatchedSchema | undefined {
  const g = p[2];
  const at = g.insertPoint, before = at.prev!;
  const result = match(...p);
  if (result) return result;
  for (let n: Node = at.prev!; n !== before;) {
    const prev = n.prev!;
    n.destroy();
    n = prev;
  }
  return undefined;
}

/** Matches the only schema there is; throws with the reason. */
export function matchSchema(
  schema: FunctionSchema,
  range: SourceRange,
  g: Graph,
  args: Args,
  kwargs: Args,
  self?: NamedValue,
): MatchedSchema {
  const failures: string[] = [];
  const result = tryMatchSchema(schema, range, g, args, kwargs, self, failures, true);
  if (result) return result;
  throw errorReport(range, failures.join(""));
}

/** The first schema that fits, tried without conversions before with them. Returns its index too. */
export function matchSchemas(
  schemas: readonly FunctionSchema[],
  range: SourceRange,
  g: Graph,
  args: Args,
  kwargs: Args,
  self?: NamedValue,
): [index: number, matched: MatchedSchema] {
  if (schemas.length === 1) return [0, matchSchema(schemas[0], range, g, args, kwargs, self)];
  for (const allowConversions of [false, true]) {
    for (let i = 0; i < schemas.length; i++) {
      const m = tryMatchSchema(schemas[i], range, g, args, kwargs, self, undefined, allowConversions);
      if (m) return [i, m];
    }
  }
  const failures: string[] = [];
  for (const s of schemas) tryMatchSchema(s, range, g, args, kwargs, self, failures, true);
  const listing = failures.join("").replace(/^(?=[^])/gm, "  ");
  throw errorReport(
    range,
    `Arguments for call are not valid.\nThe following variants are available:\n${listing}\nThe original call is`,
  );
}
