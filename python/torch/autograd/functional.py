"""Jacobians, Hessians and products with them."""

import torch


def _tuple(v):
    return (v,) if isinstance(v, torch.Tensor) else tuple(v)


def _untuple(values, single):
    return values[0] if single else tuple(values)


def _prepared(inputs, create_graph):
    made = []
    for x in _tuple(inputs):
        made.append(x.view_as(x) if create_graph and x.requires_grad else x.detach().requires_grad_())
    return tuple(made)


def _zeros_for(grads, inputs):
    return tuple(torch.zeros_like(x) if g is None else g for g, x in zip(grads, inputs))


def _finished(values, create_graph):
    return values if create_graph else tuple(v.detach() for v in values)


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """The outputs, and the product of v with the Jacobian."""
    single = isinstance(inputs, torch.Tensor)
    with torch.enable_grad():
        xs = _prepared(inputs, create_graph)
        result = func(*xs)
        single_out = isinstance(result, torch.Tensor)
        outs = _tuple(result)
        if v is None:
            if len(outs) != 1 or outs[0].nelement() != 1:
                raise RuntimeError("The vector v can only be None if the user-provided function returns a single Tensor with a single element.")
            vs = (torch.ones_like(outs[0]),)
        else:
            vs = _tuple(v)
        grads = torch.autograd.grad(outs, xs, vs, create_graph=create_graph, allow_unused=True)
    grads = _zeros_for(grads, xs)
    return _untuple(_finished(outs, create_graph), single_out), _untuple(_finished(grads, create_graph), single)


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    """The outputs, and the product of the Jacobian with v, by differentiating twice."""
    with torch.enable_grad():
        xs = _prepared(inputs, create_graph)
        if v is None:
            if len(xs) != 1 or xs[0].nelement() != 1:
                raise RuntimeError("The vector v can only be None if the input to the user-provided function is a single Tensor with a single element.")
            vs = (torch.ones_like(xs[0]),)
        else:
            vs = _tuple(v)
        result = func(*xs)
        single_out = isinstance(result, torch.Tensor)
        outs = _tuple(result)
        dummies = tuple(torch.zeros_like(o, requires_grad=True) for o in outs)
        grads = torch.autograd.grad(outs, xs, dummies, create_graph=True, allow_unused=True)
        grads = _zeros_for(grads, xs)
        products = torch.autograd.grad(grads, dummies, vs, create_graph=create_graph, allow_unused=True)
    products = _zeros_for(products, outs)
    return _untuple(_finished(outs, create_graph), single_out), _untuple(_finished(products, create_graph), single_out)


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy="reverse-mode"):
    """The derivative of each output element by each input element: shape output + input."""
    single = isinstance(inputs, torch.Tensor)
    with torch.enable_grad():
        xs = _prepared(inputs, create_graph)
        result = func(*xs)
        single_out = isinstance(result, torch.Tensor)
        outs = _tuple(result)
        table = []
        for out in outs:
            columns = [[] for _ in xs]
            for j in range(out.nelement()):
                grads = torch.autograd.grad((out.reshape(-1)[j],), xs, retain_graph=True, create_graph=create_graph, allow_unused=True) \
                    if out.requires_grad else (None,) * len(xs)
                for column, g, x in zip(columns, grads, xs):
                    column.append(torch.zeros_like(x) if g is None else g)
            row = []
            for column, x in zip(columns, xs):
                stacked = torch.stack(column, 0) if column else x.new_zeros((0,) + x.shape)
                row.append(stacked.view(out.size() + x.size()))
            table.append(_finished(tuple(row), create_graph))
    rows = [_untuple(row, single) for row in table]
    return _untuple(rows, single_out)


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy="reverse-mode"):
    """The second derivatives of a function with one element."""
    single = isinstance(inputs, torch.Tensor)

    def gradient(*xs):
        out = func(*xs)
        if not isinstance(out, torch.Tensor):
            raise RuntimeError(f"The function given to hessian should return a single Tensor, got {type(out)}")
        if out.nelement() != 1:
            raise RuntimeError("The Tensor returned by the function given to hessian should contain a single element")
        grads = torch.autograd.grad(out.squeeze(), xs, create_graph=True, allow_unused=True)
        return _zeros_for(grads, xs)

    table = jacobian(gradient, inputs if single else tuple(inputs), create_graph=create_graph)
    return table[0] if single else table


def vhp(func, inputs, v=None, create_graph=False, strict=False):
    """The output, and the product of v with the Hessian."""
    single = isinstance(inputs, torch.Tensor)
    with torch.enable_grad():
        xs = _prepared(inputs, create_graph)
        vs = (torch.ones_like(xs[0]),) if v is None else _tuple(v)
        out = func(*xs)
        grads = _zeros_for(torch.autograd.grad(out, xs, create_graph=True, allow_unused=True), xs)
        products = torch.autograd.grad(grads, xs, vs, create_graph=create_graph, allow_unused=True) \
            if any(g.requires_grad for g in grads) else (None,) * len(xs)
    products = _zeros_for(products, xs)
    return (out if create_graph else out.detach()), _untuple(_finished(products, create_graph), single)


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    """As vhp: the Hessian is symmetric."""
    return vhp(func, inputs, v, create_graph, strict)
