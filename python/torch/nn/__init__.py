"""torch.nn: layers, containers, losses and the functions behind them. Names load their file on first use."""

import sys

from . import modules
from .parameter import Buffer, Parameter, UninitializedBuffer, UninitializedParameter

_SUBMODULES = ("functional", "init", "utils", "modules", "parameter", "_reduction", "common_types", "grad")

__all__ = [*modules.__all__, "Parameter", "Buffer", "UninitializedParameter", "UninitializedBuffer"]


def factory_kwargs(kwargs):
    """The device, dtype and memory_format of kwargs, for the constructors of tensors; others are refused."""
    if kwargs is None:
        return {}
    simple_keys = {"device", "dtype", "memory_format"}
    expected_keys = simple_keys | {"factory_kwargs"}
    if not kwargs.keys() <= expected_keys:
        raise TypeError(f"unexpected kwargs {kwargs.keys() - expected_keys}")
    result = dict(kwargs.get("factory_kwargs", {}))
    for key in simple_keys:
        if key in kwargs:
            if key in result:
                raise TypeError(f"{key} specified twice, in **kwargs and in factory_kwargs")
            result[key] = kwargs[key]
    return result


def __getattr__(name):
    if name in modules._homes:
        value = getattr(modules, name)
    elif name in _SUBMODULES:
        full = __name__ + "." + name
        __import__(full)
        value = sys.modules[full]
    else:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__, *_SUBMODULES})
