/** Gives operators that have several names their usual one, as PyTorch does before it prints. */
import type { Graph } from "../ir/graph.ts";

const ALIASES: Record<string, string> = {
  absolute: "abs",
  absolute_: "abs_",
  clip: "clamp",
  clip_: "clamp_",
  det: "linalg_det",
  inverse: "linalg_inv",
  ger: "outer",
  arccos: "acos",
  arccos_: "acos_",
  arcsin: "asin",
  arcsin_: "asin_",
  arctan: "atan",
  arctan_: "atan_",
  arctan2: "atan2",
  arctan2_: "atan2_",
  arccosh: "acosh",
  arccosh_: "acosh_",
  arcsinh: "asinh",
  arcsinh_: "asinh_",
  arctanh: "atanh",
  arctanh_: "atanh_",
  fix: "trunc",
  fix_: "trunc_",
  negative: "neg",
  negative_: "neg_",
  greater: "gt",
  greater_: "gt_",
  greater_equal: "ge",
  greater_equal_: "ge_",
  less: "lt",
  less_: "lt_",
  less_equal: "le",
  less_equal_: "le_",
  not_equal: "ne",
  not_equal_: "ne_",
  divide: "div",
  divide_: "div_",
  multiply: "mul",
  multiply_: "mul_",
  subtract: "sub",
  subtract_: "sub_",
  true_divide: "div",
  true_divide_: "div_",
  concat: "cat",
  concatenate: "cat",
  row_stack: "vstack",
  swapdims: "transpose",
  swapdims_: "transpose_",
  swapaxes: "transpose",
  swapaxes_: "transpose_",
  moveaxis: "movedim",
  special_erf: "erf",
  special_erfc: "erfc",
  special_erfinv: "erfinv",
  special_exp2: "exp2",
  special_expm1: "expm1",
  special_expit: "sigmoid",
  special_gammaln: "lgamma",
  special_digamma: "digamma",
  special_psi: "digamma",
  special_i0: "i0",
  special_logit: "logit",
  special_log1p: "log1p",
  special_round: "round",
  special_sinc: "sinc",
  special_xlogy: "xlogy",
  special_logsumexp: "logsumexp",
  special_log_softmax: "log_softmax",
  special_softmax: "softmax",
  special_polygamma: "polygamma",
  special_multigammaln: "mvlgamma",
  orgqr: "linalg_householder_product",
  matrix_power: "linalg_matrix_power",
  linalg_matmul: "matmul",
  __and_: "__and__",
  __or_: "__or__",
};

/** The usual name of an aten operator (`aten::mul` for `aten::multiply`). */
export function normalizedName(kind: string): string {
  if (!kind.startsWith("aten::")) return kind;
  const to = Object.hasOwn(ALIASES, kind.slice(6)) ? ALIASES[kind.slice(6)] : undefined;
  return to ? "aten::" + to : kind;
}

export function normalizeOps(graph: Graph): void {
  for (const n of graph.allNodes()) {
    const kind = normalizedName(n.kind);
    if (kind === n.kind) continue;
    const copy = graph.create(kind, n.inputs, 0).insertBefore(n);
    copy.range = n.range;
    copy.callStack = n.callStack;
    copy.schemaKey = n.schemaKey?.replace(n.kind, kind);
    for (const [k, a] of n.attributes) copy.set(k, a);
    for (const o of n.outputs) {
      const to = copy.addOutput().copyMetadata(o);
      o.replaceAllUsesWith(to);
    }
    n.destroy();
  }
}
