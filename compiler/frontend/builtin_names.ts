/** Python builtins that the emitter knows by name wherever the function comes from. */
import { AnyTensorType, BoolType, ComplexType, FloatType, IntType, StringType } from "../../core/types.ts";
import {
  BuiltinFunction,
  CastValue,
  type EmitterForm,
  ExceptionValue,
  MagicMethod,
  PrintValue,
  SpecialFormValue,
} from "./callable_values.ts";
import type { SugaredValue } from "./sugared_value.ts";

const builtin = (symbol: string) => new BuiltinFunction(symbol);
const magic = (name: string, base: SugaredValue) => new MagicMethod(name, base);
const form = (f: EmitterForm) => new SpecialFormValue(f);

let table: Map<string, SugaredValue> | undefined;

function make(): Map<string, SugaredValue> {
  return new Map<string, SugaredValue>(Object.entries({
    print: new PrintValue(),
    tuple: form("TupleConstruct"),
    float: magic("__float__", new CastValue(FloatType, "aten::Float")),
    complex: magic("__complex__", new CastValue(ComplexType, "aten::Complex")),
    int: magic("__int__", new CastValue(IntType, "aten::Int")),
    bool: magic("__bool__", new CastValue(BoolType, "aten::Bool")),
    str: magic("__str__", new CastValue(StringType, "aten::str")),
    getattr: form("GetAttr"),
    hasattr: form("HasAttr"),
    isinstance: form("isinstance"),
    _to_tensor: new CastValue(AnyTensorType, "prim::NumToTensor"),
    len: magic("__len__", builtin("aten::len")),
    hex: magic("__hex__", builtin("aten::hex")),
    oct: magic("__oct__", builtin("aten::oct")),
    round: magic("__round__", builtin("aten::round")),
    hash: builtin("aten::hash"),
    id: builtin("prim::id"),
    min: builtin("prim::min"),
    max: builtin("prim::max"),
    abs: builtin("prim::abs"),
    all: builtin("aten::all"),
    any: builtin("aten::any"),
    divmod: builtin("aten::divmod"),
    sum: builtin("aten::sum"),
    list: form("list"),
    dict: form("dict"),
    ord: builtin("aten::ord"),
    chr: builtin("aten::chr"),
    bin: builtin("aten::bin"),
    pow: builtin("aten::pow"),
    range: form("range"),
    zip: form("zip"),
    enumerate: form("enumerate"),
    rangelist: builtin("prim::rangelist"),
    sorted: builtin("aten::sorted"),
    AssertionError: new ExceptionValue("AssertionError"),
  }));
}

export function globalValue(name: string): SugaredValue | undefined {
  table ??= make();
  return table.get(name);
}
