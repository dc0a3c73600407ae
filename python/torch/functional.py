"""Functions of torch that are Python around operators; those that scripts compile have files in torch._functions."""

import torch
from torch._functions.decompositions import istft, lu, stft  # noqa: F401
from torch._functions.norms import norm  # noqa: F401
from torch._functions.products import cdist, tensordot  # noqa: F401
from torch._functions.uniqueness import unique, unique_consecutive  # noqa: F401

__all__ = [
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "broadcast_shapes",
    "broadcast_tensors",
    "cartesian_prod",
    "block_diag",
    "cdist",
    "chain_matmul",
    "einsum",
    "istft",
    "lu",
    "norm",
    "meshgrid",
    "split",
    "stft",
    "tensordot",
    "unique",
    "unique_consecutive",
    "unravel_index",
]


def chain_matmul(*matrices, out=None):
    """Product of several matrices."""
    if len(matrices) == 1 and isinstance(matrices[0], (list, tuple)):
        matrices = matrices[0]
    if out is None:
        return torch._VF.chain_matmul(list(matrices))
    return torch._VF.chain_matmul(list(matrices), out=out)


def unravel_index(indices, shape):
    """Coordinates, a tensor a dimension of shape, of positions in a flattened tensor of that shape."""
    if indices.is_complex() or indices.is_floating_point() or indices.dtype == torch.bool:
        raise TypeError(f"expected 'indices' to be integer dtype, but got {indices.dtype}")
    if isinstance(shape, int):
        shape = (shape,)
    elif not isinstance(shape, (list, tuple)):
        raise TypeError(f"expected 'shape' to be int or sequence of ints, but got {type(shape)}")
    for size in shape:
        if not isinstance(size, int):
            raise TypeError(f"expected 'shape' sequence to only contain ints, but got {type(size)}")
    if any(size < 0 for size in shape):
        raise ValueError(f"'shape' cannot have negative values, but got {tuple(shape)}")
    strides = [1]
    for size in reversed(shape[1:]):
        strides.append(strides[-1] * size)
    strides.reverse()
    steps = torch.tensor(strides, device=indices.device, dtype=torch.int64)
    sizes = torch.tensor(shape, device=indices.device, dtype=torch.int64)
    return (indices.unsqueeze(-1).floor_divide(steps) % sizes).unbind(-1)


def _each(name):
    def apply(*tensors):
        if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
            tensors = tensors[0]
        op = getattr(torch._VF, name)
        return op(tensors[0]) if len(tensors) == 1 else op(list(tensors))

    apply.__name__ = name
    return apply


atleast_1d = _each("atleast_1d")
atleast_2d = _each("atleast_2d")
atleast_3d = _each("atleast_3d")


def __getattr__(name):
    if name in __all__:
        return getattr(torch, name)
    raise AttributeError(f"module 'torch.functional' has no attribute '{name}'")
