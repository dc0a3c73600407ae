"""Functions that pickled objects name."""


def _rebuild_parameter(data, requires_grad, backward_hooks):
    """A Parameter of its parts, as pickles keep them."""
    from torch.nn import Parameter

    param = Parameter(data, requires_grad)
    param._backward_hooks = backward_hooks
    return param
