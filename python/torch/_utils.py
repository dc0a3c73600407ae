"""Functions that pickled objects name."""

import torch


def _rebuild_tensor(storage, storage_offset, size, stride):
    """A strided tensor over a typed storage."""
    return torch._C._tensor_over(storage._untyped_storage, storage.dtype, storage_offset, size, stride)


def _rebuild_tensor_v2(storage, storage_offset, size, stride, requires_grad, backward_hooks, metadata=None):
    tensor = _rebuild_tensor(storage, storage_offset, size, stride)
    tensor.requires_grad = requires_grad
    if metadata and metadata.get("conj"):
        tensor = torch.conj_physical(tensor)
    if metadata and metadata.get("neg"):
        tensor = torch.neg(tensor)
    return tensor


def _rebuild_tensor_v3(storage, storage_offset, size, stride, requires_grad, backward_hooks, dtype, metadata=None):
    tensor = torch._C._tensor_over(storage._untyped_storage, dtype, storage_offset, size, stride)
    tensor.requires_grad = requires_grad
    return tensor


def _rebuild_meta_tensor_no_storage(dtype, size, stride, requires_grad):
    return torch.empty_strided(size, stride, dtype=dtype, device="meta", requires_grad=requires_grad)


def _rebuild_sparse_tensor(layout, data):
    if layout == torch.sparse_coo:
        indices, values, size, *_ = data
        return torch.sparse_coo_tensor(indices, values, size)
    raise NotImplementedError(f"rebuilding sparse tensor for layout {layout}")


def _rebuild_parameter(data, requires_grad, backward_hooks):
    """A Parameter of its parts, as pickles keep them."""
    from torch.nn import Parameter

    param = Parameter(data, requires_grad)
    param._backward_hooks = backward_hooks
    return param


def _rebuild_parameter_with_state(data, requires_grad, backward_hooks, state):
    return _set_obj_state(_rebuild_parameter(data, requires_grad, backward_hooks), state)


def _get_obj_state(obj):
    return obj.__dict__


def _set_obj_state(obj, state):
    """Gives an object its attributes: a dict, or a pair of a dict and of slots."""
    if isinstance(state, tuple):
        if len(state) != 2:
            raise RuntimeError(f"Invalid serialized state: {state}")
        attributes, slots = state
    else:
        attributes, slots = state, None
    for part in (attributes, slots):
        for name, value in (part or {}).items():
            setattr(obj, name, value)
    return obj
