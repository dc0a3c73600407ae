/** All families of declarations, and second names. */
import { ALIASES } from "./aten/aliases.ts";
import { analysis } from "./aten/analysis.ts";
import { contractions } from "./aten/contractions.ts";
import { combining } from "./aten/combine.ts";
import { gradModes } from "./aten/grad_mode.ts";
import { indexing } from "./aten/indexing.ts";
import { indexedSlices } from "./aten/index_slices.ts";
import { creation } from "./aten/creation.ts";
import { memory } from "./aten/memory.ts";
import { ordering } from "./aten/ordering.ts";
import { orderStatistics } from "./aten/order_statistics.ts";
import { pointwiseBinary } from "./aten/pointwise_binary.ts";
import { pointwiseLogic } from "./aten/pointwise_logic.ts";
import { pointwiseSelect } from "./aten/pointwise_select.ts";
import { pointwiseUnary } from "./aten/pointwise_unary.ts";
import { reductions } from "./aten/reduction.ts";
import { views } from "./aten/view.ts";
import { matrixProducts } from "./aten/matrix_products.ts";
import { convolutions } from "./aten/nn_conv.ts";
import { normalization } from "./aten/nn_normalization.ts";
import { pooling } from "./aten/nn_pooling.ts";
import { randomness } from "./aten/random.ts";
import { embeddings } from "./aten/nn_embedding.ts";
import { recurrent } from "./aten/nn_recurrent.ts";
import { devices } from "./prim/device.ts";
import { losses } from "./aten/nn_loss.ts";
import { classLosses } from "./aten/nn_loss_classes.ts";
import { distances } from "./aten/nn_distance.ts";
import { attention } from "./aten/nn_attention.ts";
import { paddings } from "./aten/nn_padding.ts";
import { upsampling } from "./aten/nn_upsample.ts";
import { vision } from "./aten/nn_vision.ts";
import { linearAlgebra } from "./aten/linalg.ts";
import { matrixFactors } from "./aten/linalg_factors.ts";
import { decompositions } from "./aten/linalg_decompositions.ts";
import { fractionalPooling } from "./aten/nn_fractional_pooling.ts";
import { linalgEigen } from "./aten/linalg_eigen.ts";
import { calculus } from "./aten/calculus.ts";
import { fourier } from "./aten/fft.ts";
import { sequences } from "./aten/sequences.ts";
import { specialFunctions } from "./aten/special.ts";
import { specialPolynomials } from "./aten/special_polynomials.ts";
import { functionalForms } from "./aten/functional_forms.ts";
import { dicts } from "./prim/dict.ts";
import { lists } from "./prim/list.ts";
import { numbers } from "./prim/number.ts";
import { strings } from "./prim/string.ts";
import type { Family } from "./declaration.ts";

/** A function, so that a family's module may be the first to load: families call the dispatcher, which needs them. */
export const families = (): readonly Family[] => [
  analysis,
  contractions,
  combining,
  reductions,
  ordering,
  orderStatistics,
  indexing,
  indexedSlices,
  views,
  gradModes,
  memory,
  creation,
  pointwiseUnary,
  pointwiseBinary,
  pointwiseLogic,
  pointwiseSelect,
  numbers,
  lists,
  devices,
  dicts,
  strings,
  matrixProducts,
  convolutions,
  normalization,
  pooling,
  randomness,
  functionalForms,
  specialFunctions,
  specialPolynomials,
  sequences,
  fourier,
  calculus,
  decompositions,
  linalgEigen,
  fractionalPooling,
  linearAlgebra,
  matrixFactors,
  vision,
  upsampling,
  paddings,
  attention,
  distances,
  classLosses,
  losses,
  recurrent,
  embeddings,
];

/** `aten::mul` for `aten::multiply`, also in place; undefined when the name is no alias. */
export function aliasOf(name: string): string | undefined {
  if (!name.startsWith("aten::")) return undefined;
  const short = name.slice(6);
  const inPlace = short.endsWith("_") && !short.endsWith("__");
  const to = ALIASES[inPlace ? short.slice(0, -1) : short];
  return to && `aten::${to}${inPlace ? "_" : ""}`;
}
