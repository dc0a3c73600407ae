"""Gradients against differences."""

import torch


class GradcheckError(RuntimeError):
    """A gradient that differs from what the differences give."""


def _tensors(v):
    return (v,) if isinstance(v, torch.Tensor) else tuple(v)


def _numerical(fn, inputs, which, out_index, eps):
    """The Jacobian of one output by one real input, from central differences: (input elements, output elements)."""
    x = inputs[which]
    rows = []
    flat = x.detach().reshape(-1)
    for i in range(flat.numel()):
        results = []
        for step in (eps, -eps):
            moved = flat.clone()
            moved[i] += step
            args = list(inputs)
            args[which] = moved.reshape(x.shape)
            with torch.no_grad():
                results.append(_tensors(fn(*args))[out_index].clone().reshape(-1))
        rows.append((results[0] - results[1]) / (2 * eps))
    return torch.stack(rows) if rows else flat.new_zeros(0, 0)


def _analytical(out, x, fast=False, create_graph=False):
    rows = []
    for j in range(out.numel()):
        g = torch.zeros_like(out).reshape(-1)
        g[j] = 1
        (d,) = torch.autograd.grad(out, x, g.reshape(out.shape), retain_graph=True, create_graph=create_graph, allow_unused=True)
        rows.append(torch.zeros_like(x).reshape(-1) if d is None else d.reshape(-1))
    return torch.stack(rows, 1) if rows else x.new_zeros(x.numel(), 0)


def gradcheck(
    func,
    inputs,
    *,
    eps=1e-6,
    atol=1e-5,
    rtol=1e-3,
    raise_exception=True,
    nondet_tol=0.0,
    check_undefined_grad=True,
    check_grad_dtypes=False,
    check_batched_grad=False,
    check_batched_forward_grad=False,
    check_forward_ad=False,
    check_backward_ad=True,
    fast_mode=False,
    masked=None,
):
    """Whether gradients by backward agree with differences, for real inputs that require gradients."""
    inputs = _tensors(inputs)
    wanted = [i for i, x in enumerate(inputs) if isinstance(x, torch.Tensor) and x.requires_grad]
    if not wanted:
        raise ValueError("gradcheck expects at least one input tensor to require gradient, but none of the them have requires_grad=True.")
    outputs = _tensors(func(*inputs))
    for o, out in enumerate(outputs):
        if not out.requires_grad:
            continue
        for i in wanted:
            n = _numerical(func, inputs, i, o, eps)
            a = _analytical(out, inputs[i])
            if not torch.allclose(a.detach(), n, rtol, atol):
                if not raise_exception:
                    return False
                raise GradcheckError(
                    f"Jacobian mismatch for output {o} with respect to input {i},\nnumerical:{n}\nanalytical:{a}\n"
                )
    return True


def gradgradcheck(func, inputs, grad_outputs=None, *, eps=1e-6, atol=1e-5, rtol=1e-3, gen_non_contig_grad_outputs=False,
                  raise_exception=True, nondet_tol=0.0, **kwargs):
    """As gradcheck, of the gradients themselves."""
    inputs = _tensors(inputs)
    outputs = _tensors(func(*inputs))
    if grad_outputs is None:
        grads = tuple(torch.randn_like(o).requires_grad_() for o in outputs)
    else:
        grads = _tensors(grad_outputs)
    count = len(grads)

    def derivative(*args):
        gs, xs = args[-count:], args[:-count]
        xs = tuple(x.detach().requires_grad_() if isinstance(x, torch.Tensor) and not x.requires_grad else x for x in xs)
        wanted = tuple(x for x in xs if isinstance(x, torch.Tensor) and x.requires_grad)
        with torch.enable_grad():
            outs = _tensors(func(*xs))
            return torch.autograd.grad(outs, wanted, gs, create_graph=True, allow_unused=True)

    return gradcheck(derivative, inputs + grads, eps=eps, atol=atol, rtol=rtol, raise_exception=raise_exception)
