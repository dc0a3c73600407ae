"""Functions with derivatives of their own."""

import functools

import torch
from torch._C import _autograd


class FunctionCtx:
    """What forward leaves for backward."""

    def save_for_backward(self, *tensors):
        self.to_save = tensors

    def save_for_forward(self, *tensors):
        self.saved_for_forward = tensors

    def mark_dirty(self, *args):
        self.dirty_tensors = args

    def mark_non_differentiable(self, *args):
        self.non_differentiable = args

    def set_materialize_grads(self, value):
        self.materialize_grads = value

    @property
    def saved_tensors(self):
        return _autograd.unpack_saved(self)

    @property
    def saved_variables(self):
        return self.saved_tensors


class Function(FunctionCtx):
    """Subclasses give forward and backward as static methods and are called by apply."""

    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *args, **kwargs):
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. "
            "Please use new-style autograd function with static forward method. "
            "(Example: https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
        )

    @staticmethod
    def forward(*args, **kwargs):
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @staticmethod
    def setup_context(ctx, inputs, output):
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx, *grad_outputs):
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom autograd.Function to use it with backward mode AD."
        )

    vjp = backward

    @staticmethod
    def jvp(ctx, *grad_inputs):
        raise NotImplementedError("You must implement the jvp function for custom autograd.Function to use it with forward mode AD.")

    @classmethod
    def apply(cls, *args, **kwargs):
        ctx = _context_class(cls)()
        ctx.needs_input_grad = tuple(_autograd.requires_grad(a) for a in args)
        with torch.no_grad():
            if cls.setup_context is not Function.setup_context:
                outputs = cls.forward(*args, **kwargs)
                cls.setup_context(ctx, args, outputs)
            else:
                outputs = cls.forward(ctx, *args, **kwargs)
        derivative = cls.backward if cls.backward is not Function.backward else cls.vjp
        return _autograd.record_function(cls.__name__ + "Backward", ctx, derivative, args, outputs)


_contexts = {}


def _context_class(cls):
    if cls not in _contexts:
        _contexts[cls] = type(cls.__name__ + "Backward", (FunctionCtx,), {"_forward_cls": cls})
    return _contexts[cls]


class NestedIOFunction(Function):
    pass


def once_differentiable(fn):
    """A derivative that is not itself differentiated."""

    @functools.wraps(fn)
    def wrapper(ctx, *args):
        with torch.no_grad():
            return fn(ctx, *args)

    return wrapper
