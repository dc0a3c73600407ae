/**
 * Operators as older files mean them. A call in code of an old file becomes a call of a function that does what the
 * operator did then, written in TorchScript and compiled when first needed; what saves it saves it under its new name.
 */
import type { ScriptFunction } from "../core/function.ts";
import { FunctionValue, type IValue } from "../core/ivalue.ts";
import { compileSource } from "../compiler/mod.ts";
import { createConstant } from "../compiler/ir/constants.ts";
import type { Graph, Node } from "../compiler/ir/graph.ts";

interface Upgrader {
  /** PyTorch's name: operator, overload, first and last version that it is for. */
  readonly name: string;
  readonly source: string;
  fn?: ScriptFunction;
}

/** Before version 4 a division without a float in it truncated. */
function division(overload: string, other: string, isFloat: string, inPlace: string): Upgrader {
  const name = `div${inPlace}_${overload}_0_3`;
  return {
    name,
    source: `def ${name}(self: Tensor, other: ${other}) -> Tensor:
    if self.is_floating_point() or self.is_complex() or ${isFloat}:
        return self.true_divide${inPlace}(other)
    return self.divide${inPlace}(other, rounding_mode="trunc")
`,
  };
}
const OF_TENSOR = "other.is_floating_point() or other.is_complex()";
const OF_SCALAR = "isinstance(other, float)";

/** By schema key and the version before which they serve. */
const UPGRADERS: Readonly<Record<string, readonly [before: number, upgrader: Upgrader]>> = {
  "aten::div.Tensor": [4, division("Tensor", "Tensor", OF_TENSOR, "")],
  "aten::div.Scalar": [4, division("Scalar", "number", OF_SCALAR, "")],
  "aten::div_.Tensor": [4, division("Tensor", "Tensor", OF_TENSOR, "_")],
  "aten::div_.Scalar": [4, division("Scalar", "number", OF_SCALAR, "_")],
  "aten::div.out": [4, {
    name: "div_out_0_3",
    source: `def div_out_0_3(self: Tensor, other: Tensor, out: Tensor) -> Tensor:
    if self.is_floating_point() or other.is_floating_point() or out.is_floating_point():
        return torch.true_divide(self, other, out=out)
    return torch.divide(self, other, rounding_mode="trunc", out=out)
`,
  }],
  // Without a dtype `full` made floats.
  "aten::full": [5, {
    name: "full_0_4",
    source: `def full_0_4(size: List[int], fill_value: number, dtype: Optional[int], layout: Optional[int],
             device: Optional[Device], pin_memory: Optional[bool]) -> Tensor:
    if dtype is None:
        return torch.full(size, float(fill_value), dtype=dtype, layout=layout, device=device, pin_memory=pin_memory)
    return torch.full(size, fill_value, dtype=dtype, layout=layout, device=device, pin_memory=pin_memory)
`,
  }],
};
/** Files from this version on need no other operator functions. */
const UPGRADED_SINCE = 5;

/** Replaces the calls whose operators meant something else in files of that version. */
export function upgradeGraph(graph: Graph, version: number): void {
  if (version >= UPGRADED_SINCE) return;
  for (const n of graph.allNodes()) {
    const found = n.schemaKey === undefined ? undefined : UPGRADERS[n.schemaKey];
    if (found && version < found[0]) replace(n, functionOf(found[1]));
  }
}

function functionOf(u: Upgrader): ScriptFunction {
  return u.fn ??= compileSource(u.source, { entry: u.name, filename: `<upgrader ${u.name}>` });
}

function replace(n: Node, fn: ScriptFunction): void {
  const { graph } = n;
  const callee = createConstant(graph, new FunctionValue(fn), n.range).insertBefore(n);
  const call = graph.create("prim::CallFunction", [callee.output, ...n.inputs]).insertBefore(n);
  call.range = n.range;
  call.output.copyMetadata(n.output);
  n.output.replaceAllUsesWith(call.output);
  n.destroy();
}

/** Number of steps that `None` stood for in `linspace` before version 8 and in `logspace` before version 9. */
const STEPS: IValue = 100;
const OPTIONAL_STEPS: Readonly<Record<string, number>> = { "aten::linspace": 8, "aten::logspace": 9 };
/** Files from this version on give the steps. */
export const STEPS_SINCE = 9;

/** What argument `index` of an operator is in a file of that version when it is None; undefined when it stays so. */
export function valueOfNone(symbol: string, index: number, version: number): IValue | undefined {
  return index === 2 && version < (OPTIONAL_STEPS[symbol] ?? 0) ? STEPS : undefined;
}
