"""Reading pickles that can hold nothing but plain data, tensors and what a program said it trusts."""

import collections
import pickle
from pickle import UnpicklingError

import torch

_BLOCKED_MODULES = ["sys", "os", "posix", "nt"]

_marked = {}


def _add_safe_globals(safe_globals):
    for entry in safe_globals:
        if isinstance(entry, tuple):
            if len(entry) != 2 or not isinstance(entry[1], str):
                raise ValueError(f"Expected item in tuple to be (callable, str), but got {entry}")
            _marked[entry[1]] = entry[0]
        elif callable(entry):
            _marked[f"{entry.__module__}.{entry.__qualname__}"] = entry
        else:
            raise ValueError(f"Expected object to be a callable or tuple, got {type(entry)}")


def _get_safe_globals():
    return list(_marked.values())


def _clear_safe_globals():
    _marked.clear()


def _remove_safe_globals(globals_to_remove):
    for entry in globals_to_remove:
        value = entry[0] if isinstance(entry, tuple) else entry
        for name in [n for n, v in _marked.items() if v is value]:
            del _marked[name]


_allowed = {}


def _get_allowed_globals():
    """Names that need nobody's leave."""
    if _allowed:
        return _allowed
    encode = pickle._encode
    _allowed.update({
        "collections.OrderedDict": collections.OrderedDict,
        "collections.Counter": collections.Counter,
        "torch.nn.parameter.Parameter": torch.nn.Parameter,
        "torch.serialization._get_layout": torch.serialization._get_layout,
        "torch.Size": torch.Size,
        "torch.Tensor": torch.Tensor,
        "torch.device": torch.device,
        "_codecs.encode": encode,
        "builtins.bytearray": bytearray,
        "builtins.set": set,
        "builtins.complex": complex,
        "torch.storage.UntypedStorage": torch.storage.UntypedStorage,
        "torch.storage.TypedStorage": torch.storage.TypedStorage,
        "torch.storage._load_from_bytes": _no_load_from_bytes,
        "torch._tensor._rebuild_from_type_v2": torch._tensor._rebuild_from_type_v2,
    })
    for name in torch._C._dtype_names():
        _allowed[f"torch.{name}"] = getattr(torch, name)
    for name, cls in torch.storage._classes.items():
        _allowed[f"torch.{name}"] = cls
    for name in (
        "_rebuild_parameter", "_rebuild_parameter_with_state", "_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3",
        "_rebuild_sparse_tensor", "_rebuild_meta_tensor_no_storage",
    ):
        _allowed[f"torch._utils.{name}"] = getattr(torch._utils, name)
    return _allowed


def _no_load_from_bytes(b):
    return torch.load(__import__("io").BytesIO(b), weights_only=True)


class Unpickler(pickle.Unpickler):
    """Opcodes that build plain data, and a closed list of names."""

    def find_class(self, module, name):
        if module == "__builtin__":
            module = "builtins"
        full = f"{module}.{name}"
        if module.split(".")[0] in _BLOCKED_MODULES:
            raise UnpicklingError(f"Trying to load unsupported GLOBAL {full} whose module {module} is blocked.")
        found = _get_allowed_globals().get(full)
        if found is None:
            found = _marked.get(full)
        if found is None:
            shown = name if module == "builtins" else full
            raise UnpicklingError(
                f"Unsupported global: GLOBAL {shown} was not an allowed global by default. Please use "
                f"`torch.serialization.add_safe_globals([{shown}])` or the `torch.serialization.safe_globals([{shown}])` "
                "context manager to allowlist this global if you trust this class/function."
            )
        return found

    def _allow(self, what, f):
        marked = _marked.values()
        if what == "REDUCE":
            if not any(f is v for v in _get_allowed_globals().values()) and not any(f is v for v in marked):
                raise UnpicklingError(f"Trying to call reduce for unrecognized function {f}")
        elif what == "NEWOBJ":
            if f not in (torch.nn.Parameter, collections.OrderedDict, collections.Counter) and not any(f is v for v in marked):
                raise UnpicklingError(f"Trying to create new object for unrecognized class {f}")
        else:
            kind = type(f)
            plain = kind in (torch.Tensor, torch.nn.Parameter, collections.OrderedDict, collections.Counter)
            if not plain and not any(kind is v for v in marked):
                raise UnpicklingError(
                    "Can only build Tensor, Parameter, OrderedDict or types allowlisted via `add_safe_globals`, "
                    f"but got {kind}"
                )

    def _bad_opcode(self, op):
        return UnpicklingError(f"\n\nUnsupported operand {op}")
