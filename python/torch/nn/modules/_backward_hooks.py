"""The gradients at a module's border, for its backward hooks. Read only where such hooks are registered."""

import warnings

import torch

from torch.nn.modules._module_hooks import _global_backward_hooks, _global_backward_pre_hooks

__name__ = "torch.nn.modules.module"


class _Border(torch.autograd.Function):
    """Identity; in the backward pass the gradients go through on_gradients."""

    @staticmethod
    def forward(ctx, on_gradients, *tensors):
        ctx.on_gradients = on_gradients
        ctx.mark_non_differentiable(*[t for t in tensors if not t.requires_grad])
        return tuple(t.view_as(t) for t in tensors)

    @staticmethod
    def backward(ctx, *grads):
        return (None, *ctx.on_gradients(grads))


def _through_border(on_gradients, values):
    """values with its tensors sent through a border; None when no tensor in it asks for gradients."""
    places = [i for i, v in enumerate(values) if isinstance(v, torch.Tensor)]
    wanted = torch.is_grad_enabled() and any(values[i].requires_grad for i in places)
    if not wanted:
        return None

    def received(grads):
        whole = [None] * len(values)
        for i, grad in zip(places, grads):
            whole[i] = grad
        whole = on_gradients(tuple(whole))
        return [whole[i] for i in places]

    passed = _Border.apply(received, *[values[i] for i in places])
    values = list(values)
    for i, tensor in zip(places, passed):
        values[i] = tensor
    return tuple(values)


class _Crossing:
    """One call of a module: runs the hooks when the gradients have come to its output and its input."""

    def __init__(self, module, hooks, pre_hooks):
        self.module = module
        self.hooks = hooks
        self.pre_hooks = pre_hooks
        self.grad_outputs = None
        self.n_inputs = -1
        self.inputs_have_grad = False

    def enter(self, args):
        self.n_inputs = len(args)
        if not self.hooks:
            return args
        passed = _through_border(self.at_input, args)
        self.inputs_have_grad = passed is not None
        return args if passed is None else passed

    def leave(self, result):
        single = isinstance(result, torch.Tensor)
        if not single and not isinstance(result, (tuple, list)):
            warnings.warn(
                "For backward hooks to be called, module output should be a Tensor or a tuple of Tensors"
                f" but received {type(result)}"
            )
            return result
        passed = _through_border(self.at_output, (result,) if single else tuple(result))
        if passed is None:
            return result
        return passed[0] if single else type(result)(passed)

    def at_output(self, grads):
        for hook in self.pre_hooks:
            result = hook(self.module, grads)
            if result is not None:
                grads = self.replaced(grads, result, "Backward pre hook")
        self.grad_outputs = grads
        if self.hooks and not self.inputs_have_grad:
            warnings.warn(
                "Full backward hook is firing when gradients are computed "
                "with respect to module outputs since no inputs require gradients. See "
                "https://docs.pytorch.org/docs/main/generated/torch.nn.Module.html#torch.nn.Module.register_full_backward_hook "
                "for more details.",
                stacklevel=5,
            )
            # Nothing comes to the input, so this is the end of the module's backward.
            nothing = tuple(None for _ in range(self.n_inputs))
            for hook in self.hooks:
                if hook(self.module, nothing, grads) is not None:
                    raise RuntimeError(
                        "Backward hook for Modules where no input requires "
                        "gradient should always return None or None for all gradients."
                    )
            self.grad_outputs = None
        return grads

    def at_input(self, grads):
        if self.grad_outputs is None:
            # The gradient did not pass through the output.
            return grads
        for hook in self.hooks:
            result = hook(self.module, grads, self.grad_outputs)
            if result is not None:
                grads = self.replaced(grads, result, "Backward hook")
        self.grad_outputs = None
        return grads

    @staticmethod
    def replaced(grads, result, kind):
        result = result if isinstance(result, tuple) else (result,)
        if len(result) != len(grads):
            raise RuntimeError(
                f"{kind} returned an invalid number of grad_input, got {len(result)}, but expected {len(grads)}"
            )
        return result


def call_with_backward_hooks(self, forward_call, args, kwargs):
    """forward of module self, with the borders that its backward hooks and pre hooks need."""
    if self._is_full_backward_hook is False:
        raise NotImplementedError(
            "torch.nn.Module.register_backward_hook is not implemented; use register_full_backward_hook"
        )
    hooks = [*_global_backward_hooks.values(), *self._backward_hooks.values()]
    pre_hooks = [*_global_backward_pre_hooks.values(), *self._backward_pre_hooks.values()]
    crossing = _Crossing(self, hooks, pre_hooks)
    args = crossing.enter(args)
    return crossing.leave(forward_call(*args, **kwargs))
