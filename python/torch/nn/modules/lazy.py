"""Layers that would learn their sizes from the first input. None of them is implemented."""

from .module import Module

__all__ = []


class LazyModuleMixin:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError(
            f"torch.nn.{type(self).__name__} is not implemented; give the layer its input size instead"
        )


def _lazy(name):
    # A class of its own for each name, so that messages and isinstance tell them apart.
    return type(name, (LazyModuleMixin, Module), {"__module__": __name__})


LazyBatchNorm1d = _lazy("LazyBatchNorm1d")
LazyBatchNorm2d = _lazy("LazyBatchNorm2d")
LazyBatchNorm3d = _lazy("LazyBatchNorm3d")
LazyConv1d = _lazy("LazyConv1d")
LazyConv2d = _lazy("LazyConv2d")
LazyConv3d = _lazy("LazyConv3d")
LazyConvTranspose1d = _lazy("LazyConvTranspose1d")
LazyConvTranspose2d = _lazy("LazyConvTranspose2d")
LazyConvTranspose3d = _lazy("LazyConvTranspose3d")
LazyInstanceNorm1d = _lazy("LazyInstanceNorm1d")
LazyInstanceNorm2d = _lazy("LazyInstanceNorm2d")
LazyInstanceNorm3d = _lazy("LazyInstanceNorm3d")
