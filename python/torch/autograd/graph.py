"""The backward graph: its nodes and what is seen of them."""

from collections import namedtuple

from torch._C import _autograd

Node = _autograd.Node
GradientEdge = namedtuple("GradientEdge", ("node", "output_nr"))


def get_gradient_edge(tensor):
    if not tensor.requires_grad:
        raise RuntimeError("It is not possible to get the gradient edge for a Tensor that does not require gradients")
    return GradientEdge(*_autograd.gradient_edge(tensor))
