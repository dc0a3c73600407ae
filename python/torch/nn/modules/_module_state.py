"""state_dict and load_state_dict of Module: the functions become methods of Module in module.py."""

import itertools
import warnings
from collections import OrderedDict, namedtuple
from collections.abc import Mapping

import torch

from torch.nn.parameter import Parameter, is_lazy

__name__ = "torch.nn.modules.module"

# The key under which a module's get_extra_state() is kept.
_EXTRA_STATE_KEY_SUFFIX = "_extra_state"


class _IncompatibleKeys(namedtuple("IncompatibleKeys", ["missing_keys", "unexpected_keys"])):
    """What load_state_dict returns: the keys that did not match, in both directions."""

    __slots__ = ()

    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return super().__repr__()

    __str__ = __repr__


class _WrappedHook:
    """A load_state_dict pre hook, with the module it is registered on where the hook wants it."""

    def __init__(self, hook, module=None):
        self.hook = hook
        self.module = module
        self.with_module = module is not None

    def __call__(self, *args, **kwargs):
        if self.with_module:
            return self.hook(self.module, *args, **kwargs)
        return self.hook(*args, **kwargs)


def _handle(hooks, hook):
    from torch.utils.hooks import RemovableHandle

    handle = RemovableHandle(hooks)
    hooks[handle.id] = hook
    return handle


def _register_state_dict_hook(self, hook):
    """Registers hook(module, state_dict, prefix, local_metadata), which may return another state_dict."""
    if getattr(hook, "_from_public_api", False):
        raise RuntimeError(
            "Cannot register the same function as the state dict post hook that was "
            "previously registered via register_state_dict_post_hook"
        )
    return _handle(self._state_dict_hooks, hook)


def register_state_dict_post_hook(self, hook):
    """Registers hook(module, state_dict, prefix, local_metadata), which changes the state_dict in place."""
    hook._from_public_api = True
    return _handle(self._state_dict_hooks, hook)


def register_state_dict_pre_hook(self, hook):
    """Registers hook(module, prefix, keep_vars), run before state_dict is built."""
    return _handle(self._state_dict_pre_hooks, hook)


def _save_to_state_dict(self, destination, prefix, keep_vars):
    """Puts this module's own parameters, persistent buffers and extra state into destination."""
    for name, param in self._parameters.items():
        if param is not None:
            destination[prefix + name] = param if keep_vars else param.detach()
    for name, buf in self._buffers.items():
        if buf is not None and name not in self._non_persistent_buffers_set:
            destination[prefix + name] = buf if keep_vars else buf.detach()
    from torch.nn.modules.module import Module

    if getattr(self.__class__, "get_extra_state", Module.get_extra_state) is not Module.get_extra_state:
        destination[prefix + _EXTRA_STATE_KEY_SUFFIX] = self.get_extra_state()


def state_dict(self, *args, destination=None, prefix="", keep_vars=False):
    """All parameters and persistent buffers by their dotted names, as an ordered dictionary.

    The tensors share storage with the module; they are detached unless keep_vars is true.
    """
    if len(args) > 0:
        warnings.warn(
            "Positional args are being deprecated, use kwargs instead. Refer to "
            "https://pytorch.org/docs/main/generated/torch.nn.Module.html#torch.nn.Module.state_dict"
            " for details.",
            FutureWarning,
            stacklevel=2,
        )
        if destination is None:
            destination = args[0]
        if len(args) > 1 and prefix == "":
            prefix = args[1]
        if len(args) > 2 and keep_vars is False:
            keep_vars = args[2]

    if destination is None:
        destination = OrderedDict()
        destination._metadata = OrderedDict()
    local_metadata = dict(version=self._version)
    if hasattr(destination, "_metadata"):
        destination._metadata[prefix[:-1]] = local_metadata

    for hook in self._state_dict_pre_hooks.values():
        hook(self, prefix, keep_vars)
    self._save_to_state_dict(destination, prefix, keep_vars)
    for name, module in self._modules.items():
        if module is not None:
            module.state_dict(destination=destination, prefix=prefix + name + ".", keep_vars=keep_vars)
    for hook in self._state_dict_hooks.values():
        result = hook(self, destination, prefix, local_metadata)
        if getattr(hook, "_from_public_api", False):
            if result is not None:
                raise RuntimeError("state_dict post-hook must return None")
        elif result is not None:
            destination = result
    return destination


def _register_load_state_dict_pre_hook(self, hook, with_module=False):
    return _handle(self._load_state_dict_pre_hooks, _WrappedHook(hook, self if with_module else None))


def register_load_state_dict_pre_hook(self, hook):
    """Registers hook(module, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs)."""
    return self._register_load_state_dict_pre_hook(hook, with_module=True)


def register_load_state_dict_post_hook(self, hook):
    """Registers hook(module, incompatible_keys), run after load_state_dict; it may change the two lists."""
    return _handle(self._load_state_dict_post_hooks, hook)


def _shape_problem(key, input_param, param):
    return (
        f"size mismatch for {key}: copying a param with shape {input_param.shape} from checkpoint, "
        f"the shape in current model is {param.shape}."
    )


def _load_from_state_dict(
    self, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs
):
    """Copies this module's own entries from state_dict; problems go into the three lists, nothing is raised."""
    for hook in self._load_state_dict_pre_hooks.values():
        hook(state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs)

    persistent_buffers = {k: v for k, v in self._buffers.items() if k not in self._non_persistent_buffers_set}
    local_state = {
        k: v for k, v in itertools.chain(self._parameters.items(), persistent_buffers.items()) if v is not None
    }
    assign_to_params_buffers = local_metadata.get("assign_to_params_buffers", False)

    for name, param in local_state.items():
        key = prefix + name
        if key not in state_dict:
            if strict:
                missing_keys.append(key)
            continue
        input_param = state_dict[key]
        if not isinstance(input_param, torch.Tensor):
            error_msgs.append(
                f'While copying the parameter named "{key}", '
                "expected torch.Tensor or Tensor-like object from checkpoint but "
                f"received {type(input_param)}"
            )
            continue
        # Checkpoints of version 0.3 keep 0-dimensional tensors as one-element vectors.
        if not is_lazy(param) and len(param.shape) == 0 and len(input_param.shape) == 1:
            input_param = input_param[0]
        if not is_lazy(param) and input_param.shape != param.shape:
            error_msgs.append(_shape_problem(key, input_param, param))
            continue
        try:
            with torch.no_grad():
                if assign_to_params_buffers:
                    if isinstance(param, Parameter):
                        if not isinstance(input_param, Parameter):
                            input_param = Parameter(input_param, requires_grad=param.requires_grad)
                        else:
                            input_param.requires_grad_(param.requires_grad)
                    setattr(self, name, input_param)
                else:
                    param.copy_(input_param)
        except Exception as ex:
            error_msgs.append(
                f'While copying the parameter named "{key}", '
                f"whose dimensions in the model are {param.size()} and "
                f"whose dimensions in the checkpoint are {input_param.size()}, "
                f"an exception occurred : {ex.args}."
            )

    extra_state_key = prefix + _EXTRA_STATE_KEY_SUFFIX
    from torch.nn.modules.module import Module

    if getattr(self.__class__, "set_extra_state", Module.set_extra_state) is not Module.set_extra_state:
        if extra_state_key in state_dict:
            self.set_extra_state(state_dict[extra_state_key])
        elif strict:
            missing_keys.append(extra_state_key)
    elif strict and (extra_state_key in state_dict):
        unexpected_keys.append(extra_state_key)

    if strict:
        for key in state_dict.keys():
            if key.startswith(prefix) and key != extra_state_key:
                parts = key[len(prefix) :].split(".", 1)
                # A child's key is the child's to judge; here only names that are nobody's count.
                if len(parts) > 1:
                    if parts[0] not in self._modules:
                        unexpected_keys.append(key)
                elif parts[0] not in local_state:
                    unexpected_keys.append(key)


def _load_children(module, local_state_dict, prefix, state):
    local_metadata = {} if state.metadata is None else state.metadata.get(prefix[:-1], {})
    if state.assign:
        local_metadata["assign_to_params_buffers"] = state.assign
    module._load_from_state_dict(
        local_state_dict, prefix, local_metadata, True, state.missing_keys, state.unexpected_keys, state.error_msgs
    )
    for name, child in module._modules.items():
        if child is not None:
            child_prefix = prefix + name + "."
            child_state_dict = {k: v for k, v in local_state_dict.items() if k.startswith(child_prefix)}
            _load_children(child, child_state_dict, child_prefix, state)

    incompatible_keys = _IncompatibleKeys(state.missing_keys, state.unexpected_keys)
    for hook in module._load_state_dict_post_hooks.values():
        if hook(module, incompatible_keys) is not None:
            raise AssertionError(
                "Hooks registered with ``register_load_state_dict_post_hook`` are not"
                "expected to return new values, if incompatible_keys need to be modified,"
                "it should be done inplace."
            )


_Loading = namedtuple("_Loading", ["metadata", "assign", "missing_keys", "unexpected_keys", "error_msgs"])


def load_state_dict(self, state_dict, strict=True, assign=False):
    """Copies parameters and buffers from state_dict into the module and its children.

    strict: keys must match exactly. assign: the tensors of state_dict take the place of the module's.
    Returns (missing_keys, unexpected_keys); raises RuntimeError with every problem listed.
    """
    if not isinstance(state_dict, Mapping):
        raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
    metadata = getattr(state_dict, "_metadata", None)
    state_dict = OrderedDict(state_dict)
    if metadata is not None:
        state_dict._metadata = metadata
    state = _Loading(metadata, assign, [], [], [])
    _load_children(self, state_dict, "", state)

    if strict:
        if len(state.unexpected_keys) > 0:
            keys = ", ".join(f'"{k}"' for k in state.unexpected_keys)
            state.error_msgs.insert(0, f"Unexpected key(s) in state_dict: {keys}. ")
        if len(state.missing_keys) > 0:
            keys = ", ".join(f'"{k}"' for k in state.missing_keys)
            state.error_msgs.insert(0, f"Missing key(s) in state_dict: {keys}. ")
    if len(state.error_msgs) > 0:
        raise RuntimeError(
            "Error(s) in loading state_dict for {}:\n\t{}".format(
                self.__class__.__name__, "\n\t".join(state.error_msgs)
            )
        )
    return _IncompatibleKeys(state.missing_keys, state.unexpected_keys)
