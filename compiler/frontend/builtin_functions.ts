/**
 * Operators that PyTorch defines by TorchScript source: numbers with a tensor on the right, tensor properties.
 * Calls of them are inlined, and their nodes show places in these texts, so the line numbers matter.
 */
import { CompilationUnit, type ScriptFunction } from "../../core/function.ts";
import { Source } from "../../core/source.ts";
import type { FunctionDef } from "../syntax/ast.ts";
import { parseModule } from "../syntax/mod.ts";
import { buildDef } from "./build_definition.ts";
import { defineFunction } from "./define.ts";
import { SourceContext } from "./function_source.ts";
import { NATIVE_RESOLVER } from "./native_resolver.ts";

const arithmetic = (scalar: string) => `
def mul(a : ${scalar}, b : Tensor) -> Tensor:
  return b * a
def add(a : ${scalar}, b : Tensor) -> Tensor:
  return b + a
def ne(a : ${scalar}, b : Tensor) -> Tensor:
  return b != a
def eq(a : ${scalar}, b : Tensor) -> Tensor:
  return b == a
def sub(a : ${scalar}, b : Tensor) -> Tensor:
  return torch.neg(b) + a
def div(a : ${scalar}, b : Tensor) -> Tensor:
  return torch.reciprocal(b) * a
`;

const ordering = (scalar: string) => `
def lt(a : ${scalar}, b : Tensor) -> Tensor:
  return b > a
def le(a : ${scalar}, b : Tensor) -> Tensor:
  return b >= a
def gt(a : ${scalar}, b : Tensor) -> Tensor:
  return b < a
def ge(a : ${scalar}, b : Tensor) -> Tensor:
  return b <= a
`;

const ntuple = (name: string, length: number, scalar: string) => `
def _${name}(x: BroadcastingList${length}[${scalar}]) -> List[${scalar}]:
  return x
`;

const floordiv = (rhs: string) => `
def floordiv(self : Tensor, other : ${rhs}) -> Tensor:
  return torch.floor_divide(self, other)
`;

const PROPERTIES = `
def ndim(a : Tensor) -> int:
  return a.dim()
def T(a : Tensor) -> Tensor:
  return a.numpy_T()
def H(a : Tensor) -> Tensor:
  return a.matrix_H()
def mT(a : Tensor) -> Tensor:
  return a.mT
def mH(a : Tensor) -> Tensor:
  return a.mH
def shape(a : Tensor) -> List[int]:
  return a.size()
`;

const ATEN = `
def _assert_int_or_pair(vals: List[int], name: str, message: str):
  pass
def list_with_default(out_size: List[int], defaults: List[int]):
  assert len(defaults) > len(out_size)
  return out_size
def _assert(condition : bool, message : str):
  assert condition, message
def type(self: Tensor, dtype: int, non_blocking: bool=False, copy: bool=False) -> Tensor:
  return self.to(dtype, non_blocking, copy)
`;

const ATEN_MORE = `
def _assert(condition : Tensor, message : str):
  assert bool(condition), message
def __contains__(self: str, key: str):
    return self.find(key, 0, len(self)) != -1
`;

function sources(): [namespace: string, text: string][] {
  const out: [string, string][] = [];
  for (const s of ["float", "int", "complex"]) out.push(["aten", arithmetic(s)]);
  for (const s of ["float", "int"]) out.push(["aten", ordering(s)]);
  for (const s of ["float", "int"]) {
    ["single", "pair", "triple", "quadruple"].forEach((n, i) => out.push(["aten", ntuple(n, i + 1, s)]));
  }
  for (const rhs of ["number", "Tensor"]) out.push(["aten", floordiv(rhs)]);
  out.push(["aten", ATEN], ["aten", ATEN_MORE], ["prim", PROPERTIES]);
  return out;
}

let byName: Map<string, ScriptFunction[]> | undefined;
let compiling = false;
const NONE: readonly ScriptFunction[] = [];

/** Functions that overload the operator `name` after its own variants. None while one of them is compiled. */
export function builtinFunctions(name: string): readonly ScriptFunction[] {
  if (compiling) return NONE;
  byName ??= load();
  return byName.get(name) ?? NONE;
}

function load(): Map<string, ScriptFunction[]> {
  const table = new Map<string, ScriptFunction[]>();
  for (const [namespace, text] of sources()) {
    const source = new Source(text, "<string>");
    const unit = new CompilationUnit();
    for (const def of parseModule(source).module.body as FunctionDef[]) {
      const context = new SourceContext(source, 0, def.name, true);
      const fn = defineFunction(unit, def.name, () => buildDef(source, def, { context }), NATIVE_RESOLVER);
      const define = fn.ensureDefined!;
      fn.ensureDefined = () => {
        const was = compiling;
        compiling = true;
        try {
          define();
        } finally {
          compiling = was;
        }
      };
      const key = `${namespace}::${def.name}`;
      table.set(key, [...table.get(key) ?? [], fn]);
    }
  }
  return table;
}
