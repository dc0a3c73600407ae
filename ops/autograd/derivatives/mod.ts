/** All rules, by family. */
import type { Rules } from "../rules.ts";
import { activations } from "./activations.ts";
import { convolutions } from "./convolution.ts";
import { indexing } from "./indexing.ts";
import { linearAlgebra } from "./linear_algebra.ts";
import { losses } from "./losses.ts";
import { matrixProducts } from "./matrix_products.ts";
import { normalization } from "./normalization.ts";
import { pointwiseBinary } from "./pointwise_binary.ts";
import { pointwiseUnary } from "./pointwise_unary.ts";
import { pooling } from "./pooling.ts";
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
  losses,
  convolutions,
  pooling,
  normalization,
  linearAlgebra,
];
