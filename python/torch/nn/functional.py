"""The functions of torch.nn without state. A name is looked up in its file on first use."""

import sys

# Names that are operators, by the namespace they are taken from.
_OPERATORS = {
    "torch": (
        "conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d conv_tbc avg_pool1d "
        "adaptive_avg_pool1d relu_ celu_ selu_ rrelu_ threshold_ prelu hardshrink bilinear cosine_similarity "
        "pairwise_distance pdist pixel_shuffle pixel_unshuffle channel_shuffle native_channel_shuffle"
    ),
    "torch._C._nn": (
        "linear avg_pool2d avg_pool3d gelu softplus softshrink one_hot scaled_dot_product_attention "
        "hardtanh_ elu_ leaky_relu_ log_sigmoid"
    ),
}

# The files of torch.nn._functional with the names they define.
_FILES = {
    "activation": (
        "threshold _threshold relu relu6 glu hardtanh elu selu celu leaky_relu rrelu tanhshrink softsign tanh "
        "sigmoid hardsigmoid silu mish hardswish"
    ),
    "softmax": "_get_softmax_dim softmin softmax gumbel_softmax log_softmax",
    "dropout": "dropout alpha_dropout dropout1d dropout2d dropout3d feature_alpha_dropout",
    "max_pooling": (
        "max_pool1d max_pool2d max_pool3d _max_pool1d _max_pool2d _max_pool3d max_pool1d_with_indices "
        "max_pool2d_with_indices max_pool3d_with_indices _unpool_output_size max_unpool1d max_unpool2d max_unpool3d "
        "_check_unpool_output_size"
    ),
    "pooling": (
        "lp_pool1d lp_pool2d lp_pool3d fractional_max_pool2d fractional_max_pool3d _fractional_max_pool2d "
        "_fractional_max_pool3d fractional_max_pool2d_with_indices fractional_max_pool3d_with_indices "
        "adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d _adaptive_max_pool1d _adaptive_max_pool2d "
        "_adaptive_max_pool3d adaptive_max_pool1d_with_indices adaptive_max_pool2d_with_indices "
        "adaptive_max_pool3d_with_indices adaptive_avg_pool2d adaptive_avg_pool3d"
    ),
    "normalization": (
        "_verify_batch_size _verify_spatial_size batch_norm instance_norm layer_norm rms_norm group_norm "
        "local_response_norm normalize"
    ),
    "sparse": "_no_grad_embedding_renorm_ embedding embedding_bag",
    "loss": (
        "ctc_loss nll_loss poisson_nll_loss gaussian_nll_loss kl_div cross_entropy binary_cross_entropy "
        "binary_cross_entropy_with_logits"
    ),
    "regression_loss": "smooth_l1_loss huber_loss l1_loss mse_loss",
    "margin_loss": (
        "margin_ranking_loss hinge_embedding_loss multilabel_margin_loss soft_margin_loss "
        "multilabel_soft_margin_loss cosine_embedding_loss multi_margin_loss triplet_margin_loss "
        "triplet_margin_with_distance_loss"
    ),
    "padding": "pad assert_int_or_pair unfold fold",
    "upsampling": "interpolate upsample upsample_nearest upsample_bilinear _is_integer",
    "vision": "grid_sample affine_grid GRID_SAMPLE_INTERPOLATION_MODES GRID_SAMPLE_PADDING_MODES",
    "attention": (
        "_in_projection_packed _in_projection _mha_shape_check _canonical_mask _none_or_dtype "
        "_check_key_padding_mask multi_head_attention_forward"
    ),
}

# Names that differ from the operator's.
_RENAMED = {"logsigmoid": "log_sigmoid"}

_homes = {name: file for file, names in _FILES.items() for name in names.split()}
_operators = {name: space for space, names in _OPERATORS.items() for name in names.split()}

__all__ = sorted([*_homes, *_operators, *_RENAMED])


def __getattr__(name):
    if name in _homes:
        full = __package__ + "._functional." + _homes[name]
        __import__(full)
        value = getattr(sys.modules[full], name)
    elif name in _operators or name in _RENAMED:
        op = _RENAMED.get(name, name)
        import torch

        value = getattr(torch if _operators[op] == "torch" else torch._C._nn, op)
    else:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
