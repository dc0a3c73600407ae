/** Operators whose results never have a gradient. */
export const CONSTANT: ReadonlySet<string> = new Set(
  `detach data zeros_like ones_like empty_like full_like rand_like randn_like randint_like requires_grad_ sign_bit
  signbit eq ne lt le gt ge isnan isinf isfinite isposinf isneginf isreal isclose allclose equal argmax argmin
  argsort logical_and logical_or logical_xor logical_not bitwise_and bitwise_or bitwise_xor bitwise_not nonzero
  nonzero_numpy bucketize searchsorted count_nonzero any all nextafter heaviside floor_divide bincount histc one_hot
  is_nonzero multinomial set_ set_data size stride numel dim item _local_scalar_dense retain_grad is_leaf output_nr
  _version isin unique_dim _unique2 unique_consecutive matrix_rank linalg_matrix_rank result_type shape_as_tensor
  _shape_as_tensor Int Float Bool Complex _is_zerotensor is_same_size is_set_to numel len histogramdd
  embedding_renorm_ _no_grad_embedding_renorm_ _no_grad_uniform_ _no_grad_normal_ _no_grad_fill_ _no_grad_zero_
  poisson bernoulli frexp_exponent hash format str list device set_grad_enabled backward grad`.split(/\s+/),
);
