"""Helpers that stand beside torch proper."""

import sys

_SUBMODULES = ("hooks", "backend_registration")


def __getattr__(name):
    if name in _SUBMODULES:
        full = __name__ + "." + name
        __import__(full)
        return sys.modules[full]
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
