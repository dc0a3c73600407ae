"""How tensors are taken apart for pickles and put together again."""

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
