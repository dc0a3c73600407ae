"""torch.autograd: gradients of what was computed."""

import torch
from torch import Tensor
from torch._C import _autograd

from . import anomaly_mode, forward_ad, function, functional, grad_mode, graph  # noqa: F401
from .anomaly_mode import detect_anomaly, set_detect_anomaly  # noqa: F401
from .function import Function, NestedIOFunction  # noqa: F401
from .grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled  # noqa: F401
from .gradcheck import gradcheck, gradgradcheck  # noqa: F401

Variable = Tensor


def _as_tuple(v):
    return (v,) if isinstance(v, Tensor) else tuple(v)


def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, grad_variables=None, inputs=None):
    """Adds the gradients of the tensors to the .grad of the leaves they depend on, or of inputs alone."""
    if grad_variables is not None:
        if grad_tensors is not None:
            raise RuntimeError("`grad_tensors` and `grad_variables` (deprecated) arguments both passed to `backward()`. Please only use `grad_tensors`.")
        grad_tensors = grad_variables
    if inputs is not None and not isinstance(inputs, Tensor) and len(inputs) == 0:
        raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
    tensors = _as_tuple(tensors)
    grads = None if grad_tensors is None else _as_tuple(grad_tensors)
    if grads is not None and len(grads) != len(tensors):
        raise RuntimeError(f"got {len(tensors)} tensors and {len(grads)} gradients")
    _autograd.backward(tensors, grads, retain_graph, create_graph, None if inputs is None else _as_tuple(inputs))


def grad(
    outputs,
    inputs,
    grad_outputs=None,
    retain_graph=None,
    create_graph=False,
    only_inputs=True,
    allow_unused=None,
    is_grads_batched=False,
    materialize_grads=False,
):
    """The gradients of the outputs by the inputs, a tuple."""
    if materialize_grads and allow_unused is False:
        raise ValueError("Expected allow_unused to be True or not passed when materialize_grads=True, but got: allow_unused=False.")
    if allow_unused is None:
        allow_unused = materialize_grads
    outputs, inputs = _as_tuple(outputs), _as_tuple(inputs)
    grads = None if grad_outputs is None else _as_tuple(grad_outputs)
    if is_grads_batched:
        rows = [
            grad(outputs, inputs, tuple(g[i] for g in grads), True, create_graph, allow_unused=allow_unused)
            for i in range(grads[0].size(0))
        ]
        return tuple(None if column[0] is None else torch.stack(column) for column in zip(*rows))
    result = _autograd.grad(outputs, inputs, grads, retain_graph, create_graph, allow_unused)
    if materialize_grads:
        if any(g is None and not t.requires_grad for g, t in zip(result, inputs)):
            raise RuntimeError("materialize_grads cannot be used with inputs that do not require gradients")
        result = tuple(torch.zeros_like(t, requires_grad=create_graph) if g is None else g for g, t in zip(result, inputs))
    return result


def variable(data, *args, **kwargs):
    raise RuntimeError("torch.autograd.variable(...) is deprecated, use torch.tensor(...) instead")
