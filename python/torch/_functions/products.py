"""torch.tensordot and torch.cdist."""

from typing import List, Optional  # noqa: F401

import torch
from torch import _VF, Tensor  # noqa: F401
from torch._jit_internal import _overload

__name__ = "torch.functional"


@_overload
def tensordot(a, b, dims=2, out=None):  # noqa: F811
    # type: (Tensor, Tensor, int, Optional[Tensor]) -> Tensor
    pass


@_overload
def tensordot(a, b, dims, out=None):  # noqa: F811
    # type: (Tensor, Tensor, Tuple[List[int], List[int]], Optional[Tensor]) -> Tensor
    pass


@_overload
def tensordot(a, b, dims, out=None):  # noqa: F811
    # type: (Tensor, Tensor, List[List[int]], Optional[Tensor]) -> Tensor
    pass


@_overload
def tensordot(a, b, dims, out=None):  # noqa: F811
    # type: (Tensor, Tensor, Tensor, Optional[Tensor]) -> Tensor
    pass


def tensordot(a, b, dims=2, out=None):  # noqa: F811
    """Sum of products over pairs of dimensions: two lists of them, or how many at a's end and b's start."""
    if not isinstance(dims, (tuple, list, torch.Tensor, int)):
        raise RuntimeError(
            "tensordot expects dims to be int or tuple[list[int], list[int]] or list[list[int]] containing two lists, "
            + f"but got dims={dims}"
        )

    dims_a: List[int] = []
    dims_b: List[int] = []

    if isinstance(dims, (tuple, list)):
        dims_a, dims_b = dims

    if isinstance(dims, torch.Tensor):
        num_elements = dims.numel()
        if num_elements > 1:
            if dims.size()[0] != 2:
                raise AssertionError(f"dims tensor must have size 2 in first dimension, got {dims.size()[0]}")
            dims_a = torch.jit.annotate(List[int], dims[0].tolist())
            dims_b = torch.jit.annotate(List[int], dims[1].tolist())
        else:
            dims_val = int(dims.item())
            if dims_val < 0:
                raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
            dims_a = list(range(-dims_val, 0))
            dims_b = list(range(dims_val))

    if isinstance(dims, int):
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        if dims > min(a.dim(), b.dim()):
            raise RuntimeError(f"tensordot expects dims < ndim_a or ndim_b, but got dims={dims}")
        dims_a = list(range(-dims, 0))
        dims_b = list(range(dims))

    if out is None:
        return _VF.tensordot(a, b, dims_a, dims_b)
    else:
        return _VF.tensordot(a, b, dims_a, dims_b, out=out)


def cdist(x1, x2, p=2.0, compute_mode="use_mm_for_euclid_dist_if_necessary"):
    # type: (Tensor, Tensor, float, str) -> (Tensor)
    """Distances in the p-norm between every row of x1 and every row of x2."""
    if compute_mode == "use_mm_for_euclid_dist_if_necessary":
        return _VF.cdist(x1, x2, p, None)
    elif compute_mode == "use_mm_for_euclid_dist":
        return _VF.cdist(x1, x2, p, 1)
    elif compute_mode == "donot_use_mm_for_euclid_dist":
        return _VF.cdist(x1, x2, p, 2)
    else:
        raise ValueError(f"{compute_mode} is not a valid value for compute_mode")
