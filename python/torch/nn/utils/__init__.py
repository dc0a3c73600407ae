"""Helpers for parameters and sequences; a name is looked up in its file on first use."""

import sys

_FILES = {
    "clip_grad": (
        "clip_grad_norm clip_grad_norm_ clip_grad_value_ clip_grads_with_norm_ get_total_norm"
    ),
    "convert_parameters": "parameters_to_vector vector_to_parameters",
    "weight_norm": "weight_norm remove_weight_norm",
    "spectral_norm": "spectral_norm remove_spectral_norm",
    "fusion": "fuse_conv_bn_eval fuse_conv_bn_weights fuse_linear_bn_eval fuse_linear_bn_weights",
    "init": "skip_init",
}

_homes = {name: file for file, names in _FILES.items() for name in names.split()}
_SUBMODULES = ("rnn", "clip_grad", "convert_parameters", "fusion", "parametrize", "parametrizations", "stateless")

__all__ = sorted(_homes) + ["rnn"]


def __getattr__(name):
    # A function comes before the file of the same name.
    if name in _homes:
        full = __name__ + "." + _homes[name]
        __import__(full)
        value = getattr(sys.modules[full], name)
    elif name in _SUBMODULES:
        full = __name__ + "." + name
        __import__(full)
        value = sys.modules[full]
    else:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
