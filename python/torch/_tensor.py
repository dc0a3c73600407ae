"""How tensors are taken apart for pickles and put together again, and methods that are Python around functions."""

from collections import OrderedDict

import torch
from torch import Tensor  # noqa: F401


def _parts(self):
    """The function that rebuilds a plain tensor, and its arguments."""
    if self.device.type == "meta":
        return torch._utils._rebuild_meta_tensor_no_storage, (self.dtype, tuple(self.size()), self.stride(), self.requires_grad)
    storage = torch.storage.TypedStorage(wrap_storage=self.untyped_storage(), dtype=self.dtype, _internal=True)
    args = (storage, self.storage_offset(), tuple(self.size()), self.stride(), self.requires_grad, OrderedDict())
    return torch._utils._rebuild_tensor_v2, args


def _reduce_ex(self, proto):
    rebuild, args = _parts(self)
    state = dict(self.__dict__)
    if type(self) is Tensor and not state:
        return rebuild, args
    return _rebuild_from_type_v2, (rebuild, type(self), args, state)


def _rebuild_from_type_v2(func, new_type, args, state):
    made = func(*args)
    if type(made) is not new_type:
        made = made.as_subclass(new_type)
    setstate = getattr(new_type, "__setstate__", None)
    if setstate is not None and setstate is not getattr(Tensor, "__setstate__", None):
        made.__setstate__(state)
    else:
        torch._utils._set_obj_state(made, state)
    return made


def _rebuild_from_type(func, type, args, dict):
    if type is Tensor:
        return func(*args)
    made = func(*args).as_subclass(type)
    made.__dict__ = dict
    return made


def norm(self, p="fro", dim=None, keepdim=False, dtype=None):
    """torch.norm."""
    return torch.norm(self, p, dim, keepdim, dtype=dtype)


def lu(self, pivot=True, get_infos=False):
    """torch.lu without its out argument."""
    factors, pivots, infos = torch._lu_with_info(self, pivot=pivot, check_errors=(not get_infos))
    if get_infos:
        return factors, pivots, infos
    return factors, pivots


def stft(
    self,
    n_fft,
    hop_length=None,
    win_length=None,
    window=None,
    center=True,
    pad_mode="reflect",
    normalized=False,
    onesided=None,
    return_complex=None,
    align_to_window=None,
):
    """torch.stft."""
    return torch.stft(
        self, n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex, align_to_window
    )


def istft(
    self,
    n_fft,
    hop_length=None,
    win_length=None,
    window=None,
    center=True,
    normalized=False,
    onesided=None,
    length=None,
    return_complex=False,
):
    """torch.istft."""
    return torch.istft(
        self, n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex=return_complex
    )


def unique(self, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """torch.unique."""
    return torch.unique(
        self, sorted=sorted, return_inverse=return_inverse, return_counts=return_counts, dim=dim
    )


def unique_consecutive(self, return_inverse=False, return_counts=False, dim=None):
    """torch.unique_consecutive."""
    return torch.unique_consecutive(self, return_inverse=return_inverse, return_counts=return_counts, dim=dim)


def apply_(self, callable):
    """Replaces every element by callable of it, in place."""
    flat = [callable(v) for v in self.flatten().tolist()]
    return self.copy_(torch.tensor(flat, dtype=self.dtype).reshape(self.shape))


def map_(self, tensor, callable):
    """Replaces every element by callable of it and tensor's, in place."""
    other = tensor.expand_as(self).flatten().tolist()
    flat = [callable(v, w) for v, w in zip(self.flatten().tolist(), other)]
    return self.copy_(torch.tensor(flat, dtype=self.dtype).reshape(self.shape))


def where(self, condition, other):
    """torch.where with the condition first."""
    return torch.where(condition, self, other)


def polygamma(self, n):
    """torch.polygamma with the order first."""
    return torch.polygamma(n, self)


def is_shared(self):
    """Whether other processes see the memory: never here."""
    return False


def dim_order(self, *, ambiguity_check=False):
    """Dimensions from the outermost in memory to the innermost."""
    return tuple(sorted(range(self.dim()), key=lambda d: (-self.stride(d), -self.size(d))))


def new(self, *args, dtype=None, device=None):
    """A tensor of this dtype from sizes or data, in the oldest spelling."""
    if len(args) == 1 and isinstance(args[0], (list, tuple)) and not isinstance(args[0], torch.Size):
        return torch.tensor(args[0], dtype=self.dtype)
    if len(args) == 1 and isinstance(args[0], Tensor):
        return args[0].to(self.dtype)
    sizes = args[0] if len(args) == 1 and isinstance(args[0], torch.Size) else args
    return torch.empty(tuple(sizes) if sizes else (0,), dtype=self.dtype)
