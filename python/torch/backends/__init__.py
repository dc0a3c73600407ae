"""What there is to ask about the libraries behind the operators."""

import sys

_SUBMODULES = ("cudnn", "mha", "cuda", "mps", "mkldnn")


def __getattr__(name):
    if name in _SUBMODULES:
        full = __name__ + "." + name
        __import__(full)
        return sys.modules[full]
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
