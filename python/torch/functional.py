"""Functions of torch that are Python around operators."""

import torch

__all__ = ["unique", "unique_consecutive", "norm", "tensordot", "cdist", "chain_matmul", "atleast_1d", "atleast_2d", "atleast_3d"]


def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """Distinct elements (or slices along dim), with where each came from and how often when asked."""
    if dim is None:
        out, inverse, counts = torch._unique2(input, sorted, return_inverse, return_counts)
    else:
        out, inverse, counts = torch._VF.unique_dim(input, dim, sorted, return_inverse, return_counts)
    return _chosen(out, inverse, counts, return_inverse, return_counts)


def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    """Elements without their immediate repetitions."""
    out, inverse, counts = torch._VF.unique_consecutive(input, return_inverse, return_counts, dim)
    return _chosen(out, inverse, counts, return_inverse, return_counts)


def _chosen(out, inverse, counts, return_inverse, return_counts):
    if return_inverse and return_counts:
        return out, inverse, counts
    if return_inverse:
        return out, inverse
    if return_counts:
        return out, counts
    return out


def norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None):
    """Vector or matrix norm in the old spelling of linalg's functions."""
    if dim is not None and not isinstance(dim, (list, tuple)):
        dim = [dim]
    if p == "nuc":
        return torch.linalg.matrix_norm(input, "nuc", dim if dim is not None else (-2, -1), keepdim, dtype=dtype)
    if p == "fro":
        p = 2
    return torch.linalg.vector_norm(input, p if p is not None else 2, dim, keepdim, dtype=dtype)


def tensordot(a, b, dims=2, out=None):
    """Sum of products over pairs of dimensions."""
    if isinstance(dims, torch.Tensor):
        dims = dims.tolist() if dims.numel() > 1 else int(dims.item())
    if isinstance(dims, int):
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        if dims > min(a.dim(), b.dim()):
            raise RuntimeError(f"tensordot expects dims < ndim_a or ndim_b, but got dims={dims}")
        dims_a, dims_b = list(range(-dims, 0)), list(range(dims))
    else:
        dims_a, dims_b = dims
        dims_a = list(dims_a) if isinstance(dims_a, (list, tuple)) else [dims_a]
        dims_b = list(dims_b) if isinstance(dims_b, (list, tuple)) else [dims_b]
    return torch._VF.tensordot(a, b, dims_a, dims_b)


def cdist(x1, x2, p=2.0, compute_mode="use_mm_for_euclid_dist_if_necessary"):
    """Distances between every two rows."""
    return torch._VF.cdist(x1, x2, p, None)


def chain_matmul(*matrices, out=None):
    """Product of several matrices."""
    if len(matrices) == 1 and isinstance(matrices[0], (list, tuple)):
        matrices = matrices[0]
    return torch._VF.chain_matmul(list(matrices))


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
