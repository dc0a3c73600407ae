"""Parameter and Buffer: tensors that a Module registers when they are assigned to it."""

from collections import OrderedDict

import torch


class _ParameterMeta(type(torch.Tensor)):
    # A tensor of another class, marked with _is_param, counts as a Parameter too.
    def __instancecheck__(self, instance):
        if self is Parameter and isinstance(instance, torch.Tensor):
            if getattr(instance, "_is_param", False):
                return True
        return super().__instancecheck__(instance)


class Parameter(torch.Tensor, metaclass=_ParameterMeta):
    """A tensor that is a module parameter.

    data: the tensor whose storage the parameter shares (an empty tensor when None);
    requires_grad: whether gradients are kept for it.
    """

    def __new__(cls, data=None, requires_grad=True):
        if data is None:
            data = torch.empty(0)
        if type(data) is torch.Tensor or type(data) is Parameter:
            return torch.Tensor._make_subclass(cls, data, requires_grad)
        # A custom tensor class keeps its class and only carries the mark.
        t = data.detach().requires_grad_(requires_grad)
        if type(t) is not type(data):
            raise RuntimeError(
                f"Creating a Parameter from an instance of type {type(data).__name__} requires that detach() "
                "returns an instance of the same type, but return type "
                f"{type(t).__name__} was found instead. To use the type as a "
                "Parameter, please correct the detach() semantics defined by "
                "its __torch_dispatch__() implementation."
            )
        t._is_param = True
        return t

    def __deepcopy__(self, memo):
        if id(self) in memo:
            return memo[id(self)]
        result = type(self)(self.data.clone(memory_format=torch.preserve_format), self.requires_grad)
        memo[id(self)] = result
        return result

    def __repr__(self):
        return "Parameter containing:\n" + super().__repr__()

    def __reduce_ex__(self, proto):
        return (torch._utils._rebuild_parameter, (self.data, self.requires_grad, OrderedDict()))


class _BufferMeta(type(torch.Tensor)):
    # A Buffer is an ordinary tensor with a mark, so the class answers for the mark.
    def __instancecheck__(self, instance):
        if self is Buffer and isinstance(instance, torch.Tensor):
            if getattr(instance, "_is_buffer", False):
                return True
        return super().__instancecheck__(instance)


class Buffer(torch.Tensor, metaclass=_BufferMeta):
    """A tensor that a module registers as a buffer on assignment; `persistent` puts it in the state_dict."""

    def __new__(cls, data=None, *, persistent=True):
        if data is None:
            data = torch.empty(0)
        t = data.detach().requires_grad_(data.requires_grad)
        t.persistent = persistent
        t._is_buffer = True
        return t


def is_lazy(param):
    """Whether `param` waits for its shape. Lazy parameters are not implemented, so it never does."""
    return False


def _no_lazy(name):
    def __new__(cls, *args, **kwargs):
        raise NotImplementedError(f"torch.nn.parameter.{name}: lazy parameters are not implemented")

    return __new__


class UninitializedTensorMixin:
    __new__ = _no_lazy("UninitializedTensorMixin")


class UninitializedParameter:
    __new__ = _no_lazy("UninitializedParameter")


class UninitializedBuffer:
    __new__ = _no_lazy("UninitializedBuffer")
