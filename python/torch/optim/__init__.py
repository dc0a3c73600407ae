"""Optimizers; a name is looked up in its file on first use."""

import sys

_HOMES = {
    "Optimizer": "optimizer",
    "SGD": "sgd",
    "Adam": "adam",
    "AdamW": "adam",
    "RMSprop": "rmsprop",
    "Adagrad": "adagrad",
}

__all__ = [*_HOMES, "lr_scheduler"]


def __getattr__(name):
    if name in ("lr_scheduler", "optimizer"):
        full = __name__ + "." + name
        __import__(full)
        return sys.modules[full]
    if name in _HOMES:
        full = __name__ + "." + _HOMES[name]
        __import__(full)
        value = getattr(sys.modules[full], name)
        globals()[name] = value
        return value
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def __dir__():
    return sorted({*globals(), *__all__})
