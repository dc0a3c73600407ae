/** Annotations to types, and a function's header to its schema. */
import { Diagnostic } from "../../core/errors.ts";
import { type IValue, ListValue } from "../../core/ivalue.ts";
import { type Argument, FunctionSchema } from "../../core/schema.ts";
import type { SourceRange } from "../../core/source.ts";
import { Source } from "../../core/source.ts";
import * as T from "../../core/types.ts";
import type { Type } from "../../core/types.ts";
import { optionalOf, unionOf } from "../../core/unify.ts";
import { parseExpression } from "../syntax/mod.ts";
import { buildExpr } from "./build_expressions.ts";
import { errorReport } from "./error_report.ts";
import { SourceContext } from "./function_source.ts";
import { dictOf } from "./ir_nodes.ts";
import type { Resolver, TypingForm } from "./resolver.ts";
import type { Decl, Expr, Param, Subscript } from "./tree.ts";

/** Names that are types by themselves. */
const NAMED: Record<string, Type> = {
  Tensor: T.AnyTensorType,
  LongTensor: T.AnyTensorType,
  DoubleTensor: T.AnyTensorType,
  FloatTensor: T.AnyTensorType,
  IntTensor: T.AnyTensorType,
  ShortTensor: T.AnyTensorType,
  HalfTensor: T.AnyTensorType,
  CharTensor: T.AnyTensorType,
  ByteTensor: T.AnyTensorType,
  BoolTensor: T.AnyTensorType,
  int: T.IntType,
  float: T.FloatType,
  bool: T.BoolType,
  complex: T.ComplexType,
  str: T.StringType,
  Device: T.DeviceObjType,
  Generator: T.GeneratorType,
  Stream: T.StreamType,
  number: T.NumberType,
  None: T.NoneType,
  NoneType: T.NoneType,
  Any: T.AnyType,
  Capsule: T.CapsuleType,
  list: T.AnyListType,
  tuple: T.AnyTupleType,
};
/** Dotted names that hosts give the same meaning. */
const DOTTED: Record<string, Type> = {
  "torch.device": T.DeviceObjType,
  "torch.Generator": T.GeneratorType,
  "torch.Stream": T.StreamType,
  "torch.dtype": T.IntType,
  "torch.qscheme": T.IntType,
  "typing.Any": T.AnyType,
};
const FORMS: Record<string, TypingForm> = {
  Tuple: "Tuple",
  tuple: "Tuple",
  List: "List",
  list: "List",
  Dict: "Dict",
  dict: "Dict",
  Optional: "Optional",
  Union: "Union",
  Future: "Future",
  RRef: "RRef",
  Await: "Await",
  Final: "Final",
  "torch.jit.Final": "Final",
  "torch.jit.Future": "Future",
  "torch.futures.Future": "Future",
  Annotated: "Annotated",
};

const own = <V>(table: Record<string, V>, key: string): V | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** `a.b.c` of nested selects; undefined for anything else. */
export function dottedName(e: Expr): string | undefined {
  if (e.kind === "Var") return e.name;
  if (e.kind === "None") return "None";
  if (e.kind !== "Select") return undefined;
  const base = dottedName(e.value);
  return base === undefined ? undefined : `${base}.${e.selector.name}`;
}

export class ScriptTypeParser {
  constructor(readonly resolver: Resolver | undefined) {}

  /** The type an annotation spells. Throws at what is none. */
  parseType(e: Expr): Type {
    if (e.kind === "BinOp" && e.op === "|") return unionOf([this.parseType(e.lhs), this.parseType(e.rhs)]);
    if (e.kind === "Subscript") return this.#subscript(e);
    if (e.kind === "StringLiteral") return this.#text(e.text, e.range);
    const name = dottedName(e);
    if (name === undefined) {
      throw errorReport(e.range, `Expression of type ${kindName(e)} cannot be used in a type expression`);
    }
    const bare = name.startsWith("torch.") && own(NAMED, name.slice(6)) === T.AnyTensorType
      ? name.slice(6)
      : name;
    const known = own(NAMED, bare) ?? this.resolver?.resolveType(name, e.range) ?? own(DOTTED, name);
    if (!known) throw errorReport(e.range, `Unknown type name '${name}'`);
    return known;
  }

  /** A string annotation: its text is an expression of the same kind. */
  #text(text: string, range: SourceRange): Type {
    const direct = this.resolver?.resolveType(text, range);
    if (direct) return direct;
    let e: Expr;
    try {
      const source = new Source(text, "<string>");
      e = buildExpr(new SourceContext(source, 0, ""), parseExpression(source));
    } catch {
      throw errorReport(range, `Unknown type name '${text}'`);
    }
    try {
      return this.parseType(e);
    } catch (error) {
      if (!(error instanceof Diagnostic) || !error.text.startsWith("Unknown type name")) throw error;
      throw errorReport(range, `Unknown type name '${text}'`);
    }
  }

  #subscript(e: Subscript): Type {
    const name = dottedName(e.value);
    if (name === undefined) throw errorReport(e.value.range, "Subscripted type must be a type identifier");
    const items = e.subscripts.items;
    const form = own(FORMS, name) ?? own(FORMS, name.replace(/^typing\./, "")) ??
      this.resolver?.resolveTypeConstructor?.(name, e.range);
    const only = () => {
      if (items.length !== 1) {
        throw errorReport(e.range, ` expected exactly one element type but found ${items.length}`);
      }
      return this.parseType(items[0]);
    };
    switch (form) {
      case "Tuple": {
        if (items.length === 1 && items[0].kind === "TupleLiteral") {
          if (items[0].inputs.items.length) {
            throw errorReport(
              items[0].range,
              "Tuple literal in Tuple type annotation must not have any elements!",
            );
          }
          return new T.TupleType([]);
        }
        return new T.TupleType(items.map((i) => this.parseType(i)));
      }
      case "List":
        return new T.ListType(only());
      case "Optional":
        return optionalOf(only());
      case "Future":
        return new T.FutureType(only());
      case "RRef":
        return new T.RRefType(only());
      case "Await":
        return new T.AwaitType(only());
      case "Final":
        return only();
      case "Annotated":
        return this.parseType(items[0]);
      case "Union":
        return unionOf(items.map((i) => this.parseType(i)));
      case "Dict":
        if (items.length !== 2) {
          throw errorReport(e.range, ` expected exactly 2 element types but found ${items.length}`);
        }
        return dictOf(this.parseType(items[0]), this.parseType(items[1]));
      default:
        throw errorReport(e.range, `Unknown type constructor ${name}`);
    }
  }

  /** `BroadcastingList2[int]`, alone or optional: the list type and its size. */
  parseBroadcastList(e: Expr): { type: Type; size: number } | undefined {
    if (e.kind === "Var") {
      const m = /^_size_(\d)_t$/.exec(e.name);
      return m ? { type: new T.ListType(T.IntType), size: Number(m[1]) } : undefined;
    }
    if (e.kind !== "Subscript" || e.value.kind !== "Var") return undefined;
    const items = e.subscripts.items;
    if (e.value.name === "Optional") {
      const inner = this.parseBroadcastList(items[0]);
      return inner && { type: optionalOf(inner.type), size: inner.size };
    }
    const m = /^BroadcastingList(\d+)$/.exec(e.value.name);
    if (!m) return undefined;
    if (items.length !== 1 || items[0].kind !== "Var") {
      throw errorReport(e.value.range, "Subscripted type must be a type identifier");
    }
    if (items[0].name !== "int" && items[0].name !== "float") {
      throw errorReport(e.value.range, "Broadcastable lists only supported for int or float");
    }
    return { type: new T.ListType(NAMED[items[0].name]), size: Number(m[1]) };
  }

  #argument(p: Param, defaultValue: IValue | undefined): Argument {
    const base = { name: p.ident.name, kwargOnly: p.kwargOnly, isOut: false, defaultValue };
    if (!p.type) return { ...base, type: INFERRED_TENSOR };
    const list = this.parseBroadcastList(p.type);
    if (list) return { ...base, type: list.type, broadcastSize: list.size };
    return { ...base, type: this.parseType(p.type) };
  }

  /** The schema a header declares; no returns when the return type is not annotated. */
  parseSchema(
    name: string,
    decl: Decl,
    skipSelf: boolean,
    defaults?: (name: string, t: Type) => IValue | undefined,
  ): FunctionSchema {
    const args = decl.params.slice(skipSelf ? 1 : 0).map((p) => {
      const a = this.#argument(p, undefined);
      return { ...a, defaultValue: defaults && defaultOf(a, defaults) };
    });
    const returns: Argument[] = [];
    if (decl.returnType) {
      if (this.parseBroadcastList(decl.returnType)) {
        throw errorReport(decl.returnType.range, "Broadcastable lists cannot appear as a return type");
      }
      returns.push({ name: "", type: this.parseType(decl.returnType), kwargOnly: false, isOut: false });
    }
    return new FunctionSchema(name, "", args, returns);
  }
}

/** The default of a parameter; one number stands for a whole broadcasting list. */
function defaultOf(a: Argument, defaults: (name: string, t: Type) => IValue | undefined): IValue | undefined {
  if (a.broadcastSize === undefined || a.type.kind !== "List") return defaults(a.name, a.type);
  const { elem } = a.type;
  let one: IValue | undefined;
  try {
    one = defaults(a.name, elem);
  } catch (e) {
    if (!(e instanceof Diagnostic)) throw e;
    return defaults(a.name, a.type);
  }
  return one === undefined ? undefined : new ListValue(elem, new Array<IValue>(a.broadcastSize).fill(one));
}

/** Tensor because nothing else was said. */
export const INFERRED_TENSOR: Type = new T.TensorType({ inferred: true });

function kindName(e: Expr): string {
  switch (e.kind) {
    case "Const":
      return "const";
    case "Apply":
      return "apply";
    case "TupleLiteral":
      return "tuple_literal";
    case "ListLiteral":
      return "list literal";
    case "DictLiteral":
      return "dict_literal";
    case "Dots":
      return "dots";
    case "True":
      return "True";
    case "False":
      return "False";
    default:
      return e.kind.toLowerCase();
  }
}
