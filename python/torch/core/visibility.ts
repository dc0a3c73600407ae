/** Which operators Python sees where: some are functions of torch, some methods of Tensor, some of torch._C._nn alone. */

/** Operators that are no functions of the torch module. */
const NO_FUNCTION = new Set(
  `
  Bool Complex ComplexImplicit Delete Float FloatImplicit Int IntImplicit ScalarImplicit absolute_
  adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool2d adaptive_max_pool3d add_ addbmm_ addcdiv_
  addcmul_ addmm_ addr_ alias arctan2_ atan2_ avg_pool2d avg_pool3d backward baddbmm_ bernoulli_
  binary_cross_entropy bitwise_and_ bitwise_left_shift_ bitwise_not_ bitwise_or_ bitwise_right_shift_
  bitwise_xor_ cauchy cauchy_ ccol_indices clear coalesce col2im col_indices contiguous conv_depthwise3d
  convolution_backward_overrideable convolution_overrideable copy copy_ copy_sparse_to_sparse
  copy_sparse_to_sparse_ copysign_ count cross_entropy_loss crow_indices cumprod_ cumsum_ data dense_dim
  dict digamma_ dim div_ divide_ element_size elu elu_ embedding_renorm eq_ erfinv_ expand expand_as
  exponential exponential_ fake_quantize_per_channel_affine_cachemask
  fake_quantize_per_tensor_affine_cachemask fill_diagonal_ flatten_dense_tensors float_power_
  floor_divide_ fmod_ fractional_max_pool2d fractional_max_pool3d ge_ gelu gelu_ geometric geometric_ get
  get_gradients glu glu_backward_jvp glu_jvp grad greater_ greater_equal_ gt_ hardsigmoid hardsigmoid_
  hardswish hardswish_ hardtanh hardtanh_ heaviside_ huber_loss hypot_ igamma_ igammac_ im2col index
  index_add_ index_copy_ index_fill_ index_reduce_ indices is_coalesced is_contiguous is_leaf
  is_non_overlapping_and_dense is_pinned is_set_to is_strides_like_format item items keys l1_loss le_
  leaky_relu leaky_relu_ len lerp_ less_ less_equal_ lgamma_ lift lift_fresh lift_fresh_copy linear
  log_normal log_normal_ log_sigmoid log_sigmoid_forward logical_and_ logical_not_ logical_or_
  logical_xor_ lt_ mH mT masked_fill_ masked_scatter_ matrix_H max_pool2d_with_indices
  max_pool3d_with_indices max_unpool2d max_unpool3d mish mish_ mkldnn_linear mkldnn_linear_backward_input
  mkldnn_reorder_conv2d_weight mkldnn_reorder_conv3d_weight mse_loss mul_ multi_margin_loss
  multilabel_margin_loss multilabel_margin_loss_forward multiply_ mvlgamma_ ne_ nested_to_padded_tensor
  new_empty new_empty_strided new_full new_ones new_zeros nextafter_ nll_loss nll_loss2d
  nll_loss2d_forward nll_loss_forward nll_loss_nd nonzero_numpy normal_ normal_functional not_equal_
  numpy_T one_hot output_nr pad pad_sequence pin_memory polygamma_ pop popitem pow_ put_ random_
  record_stream reflection_pad1d reflection_pad2d reflection_pad3d relu6 relu6_ remainder_ remove renorm_
  repeat replication_pad1d replication_pad2d replication_pad3d requires_grad_ reshape_as resize resize_
  resize_as resize_as_sparse retain_grad retains_grad row_indices rrelu_with_noise rrelu_with_noise_
  rrelu_with_noise_functional scaled_dot_product_attention scatter_ scatter_add_ scatter_reduce_ set set_
  set_data setdefault sgn_ sign_ silu silu_ size slice slow_conv3d slow_conv3d_forward slow_conv_dilated2d
  slow_conv_dilated3d slow_conv_transpose2d slow_conv_transpose3d smooth_l1_loss soft_margin_loss softplus
  softshrink sorted sparse_dim sparse_mask sparse_resize sparse_resize_ sparse_resize_and_clear
  sparse_resize_and_clear_ sparse_sampled_addmm squeeze_ storage_offset stride sub_ subtract_ sum_to_size
  swapaxes_ swapdims_ sym_is_contiguous sym_numel sym_size sym_storage_offset sym_stride t_ thnn_conv2d to
  to_dense to_mkldnn to_padded_tensor to_sparse to_sparse_bsc to_sparse_bsr to_sparse_csc to_sparse_csr
  transpose_ tril_ triu_ true_divide_ type_as unflatten_dense_tensors unfold uniform uniform_ unique_dim
  unique_dim_consecutive unsqueeze_ update upsample_bicubic2d upsample_bilinear2d upsample_linear1d
  upsample_nearest1d upsample_nearest2d upsample_nearest3d upsample_trilinear3d values view view_as zero
`.split(/\s+/),
);

/** Operators on a tensor that are no methods of Tensor. */
const NO_METHOD = new Set(
  `
  adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool2d
  adaptive_max_pool3d alias alias_copy alpha_dropout_ as_strided_copy atleast_1d atleast_2d atleast_3d
  avg_pool1d avg_pool2d avg_pool3d binary_cross_entropy binary_cross_entropy_with_logits bucketize cauchy
  ccol_indices_copy celu celu_ channel_shuffle col2im col_indices_copy combinations constant_pad_nd
  conv_depthwise3d conv_tbc copy copy_sparse_to_sparse copy_sparse_to_sparse_ cross_entropy_loss
  crow_indices_copy cudnn_convolution cudnn_convolution_add_relu cudnn_convolution_relu
  cudnn_convolution_transpose cudnn_grid_sampler cudnn_is_acceptable detach_copy diagonal_copy dropout_
  elu elu_ embedding_renorm embedding_renorm_ empty_like expand_copy exponential
  fake_quantize_per_channel_affine fake_quantize_per_channel_affine_cachemask
  fake_quantize_per_tensor_affine fake_quantize_per_tensor_affine_cachemask feature_alpha_dropout_
  feature_dropout_ fill fractional_max_pool2d fractional_max_pool3d frobenius_norm full_like
  fused_moving_avg_obs_fake_quant gelu gelu_ geometric glu gradient hardsigmoid hardsigmoid_ hardswish
  hardswish_ hardtanh hardtanh_ hinge_embedding_loss histogramdd huber_loss im2col indices_copy
  is_non_overlapping_and_dense is_strides_like_format kl_div l1_loss leaky_relu leaky_relu_ lift
  lift_fresh lift_fresh_copy log_normal log_sigmoid log_sigmoid_forward matrix_H max_pool1d
  max_pool1d_with_indices max_pool2d max_pool2d_with_indices max_pool3d max_pool3d_with_indices
  max_unpool2d max_unpool3d miopen_convolution miopen_convolution_add_relu miopen_convolution_relu
  miopen_convolution_transpose miopen_depthwise_convolution mish mish_ mkldnn_adaptive_avg_pool2d
  mkldnn_convolution mkldnn_linear mkldnn_max_pool2d mkldnn_max_pool3d mkldnn_reorder_conv2d_weight
  mkldnn_reorder_conv3d_weight mse_loss multi_margin_loss multilabel_margin_loss
  multilabel_margin_loss_forward native_channel_shuffle native_norm nested_to_padded_tensor nll_loss
  nll_loss2d nll_loss2d_forward nll_loss_forward nll_loss_nd nonzero_numpy normal normal_functional
  nuclear_norm numpy_T one_hot ones_like pad pdist permute_copy pixel_shuffle pixel_unshuffle poisson
  quantize_per_channel quantize_per_tensor quantize_per_tensor_dynamic quantized_max_pool1d
  quantized_max_pool2d quantized_max_pool3d rand_like randint_like randn_like random reflection_pad1d
  reflection_pad2d reflection_pad3d relu6 relu6_ replication_pad1d replication_pad2d replication_pad3d
  resize_as_sparse row_indices_copy rrelu rrelu_ rrelu_with_noise rrelu_with_noise_
  rrelu_with_noise_functional rsub select_copy selu selu_ set set_data silu silu_ slice slice_copy
  slow_conv3d slow_conv3d_forward slow_conv_dilated2d slow_conv_dilated3d slow_conv_transpose2d
  slow_conv_transpose3d smooth_l1_loss soft_margin_loss softplus softshrink sparse_resize
  sparse_resize_and_clear sparse_sampled_addmm split_copy split_with_sizes_copy squeeze_copy std_mean
  sym_is_contiguous sym_numel sym_size sym_storage_offset sym_stride t_copy tensordot thnn_conv2d
  threshold threshold_ transpose_copy unbind_copy unfold_copy uniform unique_dim unique_dim_consecutive
  unsqueeze_copy upsample_bicubic2d upsample_bilinear2d upsample_linear1d upsample_nearest1d
  upsample_nearest2d upsample_nearest3d upsample_trilinear3d values_copy var_mean view_as_complex
  view_as_complex_copy view_as_real view_as_real_copy view_copy zero zeros_like
`.split(/\s+/),
);

/** Operators of derivatives are for autograd. */
function isDerivative(name: string): boolean {
  return name.endsWith("_backward");
}

/** Whether `torch.name` exists when `aten::name` does. */
export function isTorchFunction(name: string): boolean {
  return !NO_FUNCTION.has(name) && !isDerivative(name) && !/^(linalg|fft|special)_/.test(name);
}

/** Whether `Tensor.name` exists when `aten::name` takes a tensor first. */
export function isTensorMethod(name: string): boolean {
  return !NO_METHOD.has(name) && !isDerivative(name) && !/^(linalg|fft|special)_/.test(name);
}
