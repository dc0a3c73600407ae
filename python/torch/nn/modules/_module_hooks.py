"""Registration of hooks on Module: the functions become methods of Module in module.py."""

from collections import OrderedDict

from torch.utils.hooks import RemovableHandle

__name__ = "torch.nn.modules.module"

# Hooks that every module runs, in PyTorch's names.
_global_backward_pre_hooks = OrderedDict()
_global_backward_hooks = OrderedDict()
_global_forward_pre_hooks = OrderedDict()
_global_forward_hooks = OrderedDict()
_global_forward_hooks_always_called = OrderedDict()
_global_forward_hooks_with_kwargs = OrderedDict()
_global_buffer_registration_hooks = OrderedDict()
_global_module_registration_hooks = OrderedDict()
_global_parameter_registration_hooks = OrderedDict()


def _add(hooks, hook, extra=None):
    handle = RemovableHandle(hooks, extra_dict=extra)
    hooks[handle.id] = hook
    return handle


def register_module_buffer_registration_hook(hook):
    """Calls hook(module, name, buffer) at each register_buffer; a result other than None replaces the buffer."""
    return _add(_global_buffer_registration_hooks, hook)


def register_module_module_registration_hook(hook):
    """Calls hook(module, name, submodule) at each registration of a submodule."""
    return _add(_global_module_registration_hooks, hook)


def register_module_parameter_registration_hook(hook):
    """Calls hook(module, name, param) at each register_parameter."""
    return _add(_global_parameter_registration_hooks, hook)


def register_module_forward_pre_hook(hook):
    """Calls hook(module, args) before every module's forward."""
    return _add(_global_forward_pre_hooks, hook)


def register_module_forward_hook(hook, *, with_kwargs=False, always_call=False):
    """Calls hook(module, args, output) after every module's forward."""
    handle = _add(
        _global_forward_hooks, hook, [_global_forward_hooks_with_kwargs, _global_forward_hooks_always_called]
    )
    if with_kwargs:
        _global_forward_hooks_with_kwargs[handle.id] = True
    if always_call:
        _global_forward_hooks_always_called[handle.id] = True
    return handle


def register_module_full_backward_pre_hook(hook):
    """Calls hook(module, grad_output) before the gradients of every module's inputs are computed."""
    return _add(_global_backward_pre_hooks, hook)


def register_module_full_backward_hook(hook):
    """Calls hook(module, grad_input, grad_output) each time gradients of a module's inputs are computed."""
    return _add(_global_backward_hooks, hook)


def _has_any_global_hook():
    return (
        _global_backward_pre_hooks
        or _global_backward_hooks
        or _global_forward_pre_hooks
        or _global_forward_hooks
        or _global_forward_hooks_always_called
        or _global_forward_hooks_with_kwargs
    )


# What follows takes a module as self.


def register_full_backward_pre_hook(self, hook, prepend=False):
    """Registers hook(module, grad_output), called before the module's input gradients are computed."""
    handle = _add(self._backward_pre_hooks, hook)
    if prepend:
        self._backward_pre_hooks.move_to_end(handle.id, last=False)
    return handle


def register_backward_hook(self, hook):
    """Registers a backward hook of the old kind; use register_full_backward_hook instead."""
    if self._is_full_backward_hook is True:
        raise RuntimeError(
            "Cannot use both regular backward hooks and full backward hooks on a single Module. Please use only one "
            "of them."
        )
    self._is_full_backward_hook = False
    return _add(self._backward_hooks, hook)


def register_full_backward_hook(self, hook, prepend=False):
    """Registers hook(module, grad_input, grad_output), called when the input gradients are computed."""
    if self._is_full_backward_hook is False:
        raise RuntimeError(
            "Cannot use both regular backward hooks and full backward hooks on a single Module. Please use only one "
            "of them."
        )
    self._is_full_backward_hook = True
    handle = _add(self._backward_hooks, hook)
    if prepend:
        self._backward_hooks.move_to_end(handle.id, last=False)
    return handle


def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
    """Registers hook(module, args), run before forward; what it returns replaces the arguments.

    with_kwargs: the hook takes (module, args, kwargs) and returns None or (args, kwargs).
    """
    handle = _add(self._forward_pre_hooks, hook, self._forward_pre_hooks_with_kwargs)
    if with_kwargs:
        self._forward_pre_hooks_with_kwargs[handle.id] = True
    if prepend:
        self._forward_pre_hooks.move_to_end(handle.id, last=False)
    return handle


def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
    """Registers hook(module, args, output), run after forward; what it returns replaces the output.

    with_kwargs: the hook takes (module, args, kwargs, output). always_call: it runs when forward raises, too.
    """
    handle = _add(
        self._forward_hooks, hook, [self._forward_hooks_with_kwargs, self._forward_hooks_always_called]
    )
    if with_kwargs:
        self._forward_hooks_with_kwargs[handle.id] = True
    if always_call:
        self._forward_hooks_always_called[handle.id] = True
    if prepend:
        self._forward_hooks.move_to_end(handle.id, last=False)
    return handle


def _run_forward_pre_hooks(self, args, kwargs):
    """Runs the pre hooks in order (global ones first) and returns the arguments they leave."""
    for hook_id, hook in (*_global_forward_pre_hooks.items(), *self._forward_pre_hooks.items()):
        if hook_id in self._forward_pre_hooks_with_kwargs:
            changed = hook(self, args, kwargs)
            if changed is not None:
                if not (isinstance(changed, tuple) and len(changed) == 2):
                    raise RuntimeError(
                        f"forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got {changed}."
                    )
                args, kwargs = changed
        else:
            changed = hook(self, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
    return args, kwargs


def _run_forward_hook(self, hook_id, hook, args, kwargs, result):
    if hook_id in self._forward_hooks_with_kwargs or hook_id in _global_forward_hooks_with_kwargs:
        return hook(self, args, kwargs, result)
    return hook(self, args, result)


def _call_with_hooks(self, forward_call, args, kwargs):
    """forward with every hook around it: what _call_impl does when at least one hook is registered."""
    result = None
    called_always = set()
    try:
        args, kwargs = _run_forward_pre_hooks(self, args, kwargs)
        backward = self._backward_hooks or self._backward_pre_hooks or _global_backward_hooks
        if backward or _global_backward_pre_hooks:
            from torch.nn.modules._backward_hooks import call_with_backward_hooks

            result = call_with_backward_hooks(self, forward_call, args, kwargs)
        else:
            result = forward_call(*args, **kwargs)
        for hook_id, hook in (*_global_forward_hooks.items(), *self._forward_hooks.items()):
            if hook_id in self._forward_hooks_always_called or hook_id in _global_forward_hooks_always_called:
                called_always.add(hook_id)
            changed = _run_forward_hook(self, hook_id, hook, args, kwargs, result)
            if changed is not None:
                result = changed
        return result
    except Exception:
        # Hooks registered with always_call still run; their own failures must not hide the first one.
        _run_skipped_hooks(self, called_always, args, kwargs, result)
        raise


def _run_skipped_hooks(self, called_always, args, kwargs, result):
    import warnings

    for hook_id, hook in (*_global_forward_hooks.items(), *self._forward_hooks.items()):
        is_global = hook_id in _global_forward_hooks_always_called
        if hook_id in called_always or not (is_global or hook_id in self._forward_hooks_always_called):
            continue
        try:
            changed = _run_forward_hook(self, hook_id, hook, args, kwargs, result)
            if changed is not None:
                result = changed
        except Exception as e:
            kind = "global module" if is_global else "module"
            warnings.warn(
                f"{kind} forward hook with ``always_call=True`` raised an exception that was silenced as another "
                f"error was raised in forward: {e}"
            )
