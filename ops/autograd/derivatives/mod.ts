/** All rules, by family. */
import type { Rules } from "../rules.ts";
import { activations } from "./activations.ts";
import { indexing } from "./indexing.ts";
import { matrixProducts } from "./matrix_products.ts";
import { pointwiseBinary } from "./pointwise_binary.ts";
import { pointwiseUnary } from "./pointwise_unary.ts";
import { reductions } from "./reductions.ts";
import { views } from "./views.ts";

export const derivatives = (): readonly Rules[] => [
  pointwiseBinary,
  pointwiseUnary,
  views,
  reductions,
  indexing,
  matrixProducts,
  activations,
];
