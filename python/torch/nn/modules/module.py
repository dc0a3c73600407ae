"""Module, the base class of every layer and model."""

from collections import OrderedDict
from typing import Any, Callable, Dict, Optional, Set

import torch

from ..parameter import Buffer, Parameter
from . import _module_convert, _module_hooks, _module_state
from ._module_hooks import (
    _call_with_hooks,
    _global_backward_hooks,
    _global_backward_pre_hooks,
    _global_buffer_registration_hooks,
    _global_forward_hooks,
    _global_forward_hooks_always_called,
    _global_forward_hooks_with_kwargs,
    _global_forward_pre_hooks,
    _global_module_registration_hooks,
    _global_parameter_registration_hooks,
    _has_any_global_hook,
    register_module_buffer_registration_hook,
    register_module_forward_hook,
    register_module_forward_pre_hook,
    register_module_full_backward_hook,
    register_module_full_backward_pre_hook,
    register_module_module_registration_hook,
    register_module_parameter_registration_hook,
)
from ._module_state import _EXTRA_STATE_KEY_SUFFIX, _IncompatibleKeys, _WrappedHook

__all__ = [
    "Module",
    "register_module_forward_hook",
    "register_module_forward_pre_hook",
    "register_module_full_backward_hook",
    "register_module_full_backward_pre_hook",
    "register_module_buffer_registration_hook",
    "register_module_module_registration_hook",
    "register_module_parameter_registration_hook",
]


def _addindent(s_, numSpaces):
    """Indents every line of s_ but the first."""
    lines = s_.split("\n")
    if len(lines) == 1:
        return s_
    pad = numSpaces * " "
    return lines[0] + "\n" + "\n".join(pad + line for line in lines[1:])


def _forward_unimplemented(self, *input: Any) -> None:
    """What a call runs when a subclass defines no forward."""
    raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')


_type = type
# Attribute storage of object, past Module.__setattr__.
_set = object.__setattr__


class Module:
    """A part of a model: parameters, buffers, submodules and a forward method.

    Assigning a Parameter or a Module to an attribute registers it; register_buffer adds tensors that
    are state but no parameters.
    """

    dump_patches: bool = False
    _version: int = 1
    training: bool
    _parameters: Dict[str, Optional[Parameter]]
    _buffers: Dict[str, Optional[torch.Tensor]]
    _non_persistent_buffers_set: Set[str]
    _is_full_backward_hook: Optional[bool]
    _modules: Dict[str, Optional["Module"]]
    call_super_init: bool = False
    _compiled_call_impl = None

    def __init__(self, *args, **kwargs):
        if self.call_super_init is False and bool(kwargs):
            raise TypeError(
                f"{_type(self).__name__}.__init__() got an unexpected keyword argument '{next(iter(kwargs))}'"
            )
        if self.call_super_init is False and bool(args):
            raise TypeError(
                f"{_type(self).__name__}.__init__() takes 1 positional argument but {len(args) + 1} were given"
            )
        _set(self, "training", True)
        _set(self, "_parameters", {})
        _set(self, "_buffers", {})
        _set(self, "_non_persistent_buffers_set", set())
        _set(self, "_backward_pre_hooks", OrderedDict())
        _set(self, "_backward_hooks", OrderedDict())
        _set(self, "_is_full_backward_hook", None)
        _set(self, "_forward_hooks", OrderedDict())
        _set(self, "_forward_hooks_with_kwargs", OrderedDict())
        _set(self, "_forward_hooks_always_called", OrderedDict())
        _set(self, "_forward_pre_hooks", OrderedDict())
        _set(self, "_forward_pre_hooks_with_kwargs", OrderedDict())
        _set(self, "_state_dict_hooks", OrderedDict())
        _set(self, "_state_dict_pre_hooks", OrderedDict())
        _set(self, "_load_state_dict_pre_hooks", OrderedDict())
        _set(self, "_load_state_dict_post_hooks", OrderedDict())
        _set(self, "_modules", {})
        if self.call_super_init:
            super().__init__(*args, **kwargs)

    forward: Callable[..., Any] = _forward_unimplemented

    # Registration.

    def register_buffer(self, name, tensor, persistent=True):
        """Adds a tensor that is part of the state but not a parameter; persistent ones are in state_dict."""
        if persistent is False and isinstance(self, torch.jit.ScriptModule):
            raise RuntimeError("ScriptModule does not support non-persistent buffers")
        if "_buffers" not in self.__dict__:
            raise AttributeError("cannot assign buffer before Module.__init__() call")
        if not isinstance(name, str):
            raise TypeError(f"buffer name should be a string. Got {torch.typename(name)}")
        if "." in name:
            raise KeyError('buffer name can\'t contain "."')
        if name == "":
            raise KeyError('buffer name can\'t be empty string ""')
        if hasattr(self, name) and name not in self._buffers:
            raise KeyError(f"attribute '{name}' already exists")
        if tensor is not None and not isinstance(tensor, torch.Tensor):
            raise TypeError(
                f"cannot assign '{torch.typename(tensor)}' object to buffer '{name}' (torch Tensor or None required)"
            )
        for hook in _global_buffer_registration_hooks.values():
            output = hook(self, name, tensor)
            if output is not None:
                tensor = output
        self._buffers[name] = tensor
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def register_parameter(self, name, param):
        """Adds a parameter (or None, which reserves the name) to the module."""
        if "_parameters" not in self.__dict__:
            raise AttributeError("cannot assign parameter before Module.__init__() call")
        if not isinstance(name, str):
            raise TypeError(f"parameter name should be a string. Got {torch.typename(name)}")
        if "." in name:
            raise KeyError('parameter name can\'t contain "."')
        if name == "":
            raise KeyError('parameter name can\'t be empty string ""')
        if hasattr(self, name) and name not in self._parameters:
            raise KeyError(f"attribute '{name}' already exists")
        if param is None:
            self._parameters[name] = None
            return
        if not isinstance(param, Parameter):
            raise TypeError(
                f"cannot assign '{torch.typename(param)}' object to parameter '{name}' "
                "(torch.nn.Parameter or None required)"
            )
        if param.grad_fn:
            raise ValueError(
                f"Cannot assign non-leaf Tensor to parameter '{name}'. Model "
                f"parameters must be created explicitly. To express '{name}' "
                "as a function of another Tensor, compute the value in "
                "the forward() method."
            )
        for hook in _global_parameter_registration_hooks.values():
            output = hook(self, name, param)
            if output is not None:
                param = output
        self._parameters[name] = param

    def add_module(self, name, module):
        """Adds a child module (or None) under name."""
        if not isinstance(module, Module) and module is not None:
            raise TypeError(f"{torch.typename(module)} is not a Module subclass")
        if not isinstance(name, str):
            raise TypeError(f"module name should be a string. Got {torch.typename(name)}")
        if hasattr(self, name) and name not in self._modules:
            raise KeyError(f"attribute '{name}' already exists")
        if "." in name:
            raise KeyError(f'module name can\'t contain ".", got: {name}')
        if name == "":
            raise KeyError('module name can\'t be empty string ""')
        self._modules[name] = _run_module_registration_hooks(self, name, module)

    def register_module(self, name, module):
        """The same as add_module."""
        self.add_module(name, module)

    def get_extra_state(self):
        """Override to add a picklable value to state_dict."""
        raise RuntimeError(
            "Reached a code path in Module.get_extra_state() that should never be called. "
            "Please file an issue at https://github.com/pytorch/pytorch/issues/new?template=bug-report.yml "
            "to report this bug."
        )

    def set_extra_state(self, state):
        """Override to take back what get_extra_state returned."""
        raise RuntimeError(
            "Reached a code path in Module.set_extra_state() that should never be called. "
            "Please file an issue at https://github.com/pytorch/pytorch/issues/new?template=bug-report.yml "
            "to report this bug."
        )

    get_submodule = _module_convert.get_submodule
    set_submodule = _module_convert.set_submodule
    get_parameter = _module_convert.get_parameter
    get_buffer = _module_convert.get_buffer

    _apply = _module_convert._apply
    apply = _module_convert.apply
    cuda = _module_convert.cuda
    cpu = _module_convert.cpu
    type = _module_convert.type
    float = _module_convert.float
    double = _module_convert.double
    half = _module_convert.half
    bfloat16 = _module_convert.bfloat16
    to_empty = _module_convert.to_empty
    to = _module_convert.to
    requires_grad_ = _module_convert.requires_grad_
    zero_grad = _module_convert.zero_grad

    register_full_backward_pre_hook = _module_hooks.register_full_backward_pre_hook
    register_backward_hook = _module_hooks.register_backward_hook
    register_full_backward_hook = _module_hooks.register_full_backward_hook
    register_forward_pre_hook = _module_hooks.register_forward_pre_hook
    register_forward_hook = _module_hooks.register_forward_hook

    _register_state_dict_hook = _module_state._register_state_dict_hook
    register_state_dict_post_hook = _module_state.register_state_dict_post_hook
    register_state_dict_pre_hook = _module_state.register_state_dict_pre_hook
    _save_to_state_dict = _module_state._save_to_state_dict
    state_dict = _module_state.state_dict
    _register_load_state_dict_pre_hook = _module_state._register_load_state_dict_pre_hook
    register_load_state_dict_pre_hook = _module_state.register_load_state_dict_pre_hook
    register_load_state_dict_post_hook = _module_state.register_load_state_dict_post_hook
    _load_from_state_dict = _module_state._load_from_state_dict
    load_state_dict = _module_state.load_state_dict

    # Calling.

    def _slow_forward(self, *input, **kwargs):
        tracing_state = torch._C._get_tracing_state()
        if not tracing_state or isinstance(self.forward, torch._C.ScriptMethod):
            return self.forward(*input, **kwargs)
        # While tracing, the scope names of the nodes come from the attribute path of the module.
        recording_scopes = torch.jit._trace._trace_module_map is not None
        if recording_scopes:
            name = torch.jit._trace._trace_module_map.get(self)
            if name:
                tracing_state.push_scope(name)
            else:
                recording_scopes = False
        try:
            return self.forward(*input, **kwargs)
        finally:
            if recording_scopes:
                tracing_state.pop_scope()

    def _wrapped_call_impl(self, *args, **kwargs):
        return self._call_impl(*args, **kwargs)

    def _call_impl(self, *args, **kwargs):
        forward_call = self._slow_forward if torch._C._get_tracing_state() else self.forward
        if not (
            self._backward_hooks
            or self._backward_pre_hooks
            or self._forward_hooks
            or self._forward_pre_hooks
            or _global_backward_pre_hooks
            or _global_backward_hooks
            or _global_forward_hooks
            or _global_forward_pre_hooks
        ):
            return forward_call(*args, **kwargs)
        return _call_with_hooks(self, forward_call, args, kwargs)

    __call__: Callable[..., Any] = _wrapped_call_impl

    def compile(self, *args, **kwargs):
        raise NotImplementedError("torch.nn.Module.compile is not implemented; use torch.jit.script instead")

    def share_memory(self):
        raise NotImplementedError("torch.nn.Module.share_memory is not implemented")

    # Attributes.

    def __getstate__(self):
        state = self.__dict__.copy()
        state.pop("_compiled_call_impl", None)
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        # Objects pickled by older versions lack the newer hook tables.
        for name in _LATER_TABLES:
            if name not in self.__dict__:
                self.__dict__[name] = OrderedDict()
        if "_non_persistent_buffers_set" not in self.__dict__:
            self._non_persistent_buffers_set = set()
        if "_is_full_backward_hook" not in self.__dict__:
            self._is_full_backward_hook = None

    def __getattr__(self, name):
        tables = self.__dict__
        if "_parameters" in tables:
            found = tables["_parameters"]
            if name in found:
                return found[name]
        if "_buffers" in tables:
            found = tables["_buffers"]
            if name in found:
                return found[name]
        if "_modules" in tables:
            found = tables["_modules"]
            if name in found:
                return found[name]
        raise AttributeError(f"'{_type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name, value):
        tables = self.__dict__
        params = tables.get("_parameters")
        if isinstance(value, Parameter):
            if params is None:
                raise AttributeError("cannot assign parameters before Module.__init__() call")
            _forget(name, tables, tables["_buffers"], tables["_modules"], tables["_non_persistent_buffers_set"])
            self.register_parameter(name, value)
            return
        if params is not None and name in params:
            if value is not None:
                raise TypeError(
                    f"cannot assign '{torch.typename(value)}' as parameter '{name}' "
                    "(torch.nn.Parameter or None expected)"
                )
            self.register_parameter(name, value)
            return
        modules = tables.get("_modules")
        if isinstance(value, Module):
            if modules is None:
                raise AttributeError("cannot assign module before Module.__init__() call")
            _forget(name, tables, params, tables["_buffers"], tables["_non_persistent_buffers_set"])
            modules[name] = _run_module_registration_hooks(self, name, value)
            return
        if modules is not None and name in modules:
            if value is not None:
                raise TypeError(
                    f"cannot assign '{torch.typename(value)}' as child module '{name}' (torch.nn.Module or None expected)"
                )
            modules[name] = _run_module_registration_hooks(self, name, value)
            return
        buffers = tables.get("_buffers")
        if isinstance(value, Buffer) or (buffers is not None and name in buffers):
            _assign_buffer(self, name, value, tables, buffers)
            return
        super().__setattr__(name, value)

    def __delattr__(self, name):
        if name in self._parameters:
            del self._parameters[name]
        elif name in self._buffers:
            del self._buffers[name]
            self._non_persistent_buffers_set.discard(name)
        elif name in self._modules:
            del self._modules[name]
        else:
            super().__delattr__(name)

    # Walking.

    def _named_members(self, get_members_fn, prefix="", recurse=True, remove_duplicate=True):
        memo = set()
        if recurse:
            modules = self.named_modules(prefix=prefix, remove_duplicate=remove_duplicate)
        else:
            modules = [(prefix, self)]
        for module_prefix, module in modules:
            for k, v in get_members_fn(module):
                if v is None or v in memo:
                    continue
                if remove_duplicate:
                    memo.add(v)
                yield (module_prefix + "." + k if module_prefix else k), v

    def parameters(self, recurse=True):
        """The parameters of the module and its children, each once."""
        for _, param in self.named_parameters(recurse=recurse):
            yield param

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        """Pairs (dotted name, parameter)."""
        yield from self._named_members(
            lambda module: module._parameters.items(),
            prefix=prefix,
            recurse=recurse,
            remove_duplicate=remove_duplicate,
        )

    def buffers(self, recurse=True):
        """The buffers of the module and its children, each once."""
        for _, buf in self.named_buffers(recurse=recurse):
            yield buf

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        """Pairs (dotted name, buffer)."""
        yield from self._named_members(
            lambda module: module._buffers.items(),
            prefix=prefix,
            recurse=recurse,
            remove_duplicate=remove_duplicate,
        )

    def children(self):
        """The immediate child modules, each once."""
        for _, module in self.named_children():
            yield module

    def named_children(self):
        """Pairs (name, child)."""
        memo = set()
        for name, module in self._modules.items():
            if module is not None and module not in memo:
                memo.add(module)
                yield name, module

    def modules(self, remove_duplicate=True):
        """The module itself and every module below it."""
        for _, module in self.named_modules(remove_duplicate=remove_duplicate):
            yield module

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        """Pairs (dotted name, module), the module itself first under prefix."""
        if memo is None:
            memo = set()
        if self not in memo:
            if remove_duplicate:
                memo.add(self)
            yield prefix, self
            for name, module in self._modules.items():
                if module is None:
                    continue
                submodule_prefix = prefix + ("." if prefix else "") + name
                yield from module.named_modules(memo, submodule_prefix, remove_duplicate)

    def train(self, mode=True):
        """Sets training of the module and all its children; returns self."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        """The same as train(False)."""
        return self.train(False)

    # Printing.

    def _get_name(self):
        return self.__class__.__name__

    def extra_repr(self):
        """Override to add text between the parentheses of repr."""
        return ""

    def __repr__(self):
        extra_repr = self.extra_repr()
        extra_lines = extra_repr.split("\n") if extra_repr else []
        child_lines = [
            "(" + key + "): " + _addindent(repr(module), 2) for key, module in self._modules.items()
        ]
        lines = extra_lines + child_lines
        main_str = self._get_name() + "("
        if lines:
            if len(extra_lines) == 1 and not child_lines:
                main_str += extra_lines[0]
            else:
                main_str += "\n  " + "\n  ".join(lines) + "\n"
        return main_str + ")"

    def __dir__(self):
        keys = dir(self.__class__) + list(self.__dict__.keys())
        keys += list(self._parameters.keys()) + list(self._modules.keys()) + list(self._buffers.keys())
        return sorted(key for key in keys if not key[0].isdigit())


_LATER_TABLES = (
    "_forward_pre_hooks",
    "_forward_pre_hooks_with_kwargs",
    "_forward_hooks_with_kwargs",
    "_forward_hooks_always_called",
    "_state_dict_hooks",
    "_state_dict_pre_hooks",
    "_load_state_dict_pre_hooks",
    "_load_state_dict_post_hooks",
    "_backward_pre_hooks",
)


def _forget(name, *tables):
    """Takes name out of the tables in which it must not stay when it becomes something else."""
    for table in tables:
        if table is not None and name in table:
            if isinstance(table, dict):
                del table[name]
            else:
                table.discard(name)


def _run_module_registration_hooks(self, name, module):
    for hook in _global_module_registration_hooks.values():
        output = hook(self, name, module)
        if output is not None:
            module = output
    return module


def _assign_buffer(self, name, value, tables, buffers):
    if value is not None and not isinstance(value, torch.Tensor):
        raise TypeError(
            f"cannot assign '{torch.typename(value)}' as buffer '{name}' "
            "(torch.nn.Buffer, torch.Tensor or None expected)"
        )
    if isinstance(value, Buffer):
        if buffers is None:
            raise AttributeError("cannot assign buffer before Module.__init__() call")
        # A Buffer says itself whether it is persistent; re-assignment of a plain tensor changes nothing.
        _forget(name, tables, tables.get("_parameters"), tables.get("_modules"))
        self.register_buffer(name, value, value.persistent)
        return
    for hook in _global_buffer_registration_hooks.values():
        output = hook(self, name, value)
        if output is not None:
            value = output
    buffers[name] = value
