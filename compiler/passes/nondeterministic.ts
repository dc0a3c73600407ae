/** Whether running a node again may give something else: it draws random numbers. */
import { findOperator } from "../../ops/registry.ts";
import { toIValue } from "../ir/constants.ts";
import type { Node } from "../ir/graph.ts";

/** Operators that PyTorch names, in the forms without a generator too. */
const RANDOM = new Set(
  `dropout _fused_dropout _standard_gamma bernoulli multinomial native_dropout normal poisson binomial rrelu
   rrelu_with_noise rand rand_like randint randint_like randn randn_like randperm`.split(/\s+/).map((n) =>
    `aten::${n}`
  ),
);

/** Dropout counts only while it trains. */
export function isNondeterministic(n: Node): boolean {
  if (!RANDOM.has(n.kind)) return false;
  if (n.kind !== "aten::dropout") return true;
  const schema = n.schemaKey ? findOperator(n.schemaKey)?.schema : undefined;
  const train = n.inputs[schema?.argIndex("train") ?? 2];
  return !(train && toIValue(train) === false);
}
