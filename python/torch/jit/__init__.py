"""torch.jit: compiling Python to TorchScript."""

import os as _os

from torch._C import Future as _EagerFuture
from torch._C import ScriptFunction, _is_tracing, _jit
from torch._jit_types import Future  # noqa: F401
from torch._jit_internal import Final, export, ignore, is_scripting, unused  # noqa: F401
from torch._jit_internal import _overload, _overload_method  # noqa: F401


def _enabled_by(variable):
    """Whether the environment leaves the compiler on: PYTORCH_JIT=0 runs everything as plain Python."""
    value = _os.environ.get(variable, "1").lower()
    if value not in ("0", "1", "0v", "1v"):
        raise ValueError(f"Unknown value of {variable}. Try using 0 or 1.")
    return value[0] == "1"


_enabled = _enabled_by("PYTORCH_JIT")


class Error(Exception):
    """An exception that a compiled program raised."""


_jit.register_error(Error)


class Attribute:
    """A value with the type its attribute shall have."""

    def __init__(self, value, type):
        self.value = value
        self.type = type


def script(obj, optimize=None, _frames_up=0, _rcb=None, example_inputs=None):
    """Compiles a function, class or nn.Module."""
    return _jit.script(obj) if _enabled else obj


def interface(obj):
    """Declares a class as an interface that compiled classes and modules may implement."""
    return _jit.interface(obj)


def annotate(the_type, the_value):
    """Gives the compiler the type of a value; returns the value."""
    return the_value


def isinstance(obj, target_type):
    """isinstance for containers with element types."""
    return _isinstance(obj, target_type)


def _isinstance(obj, target):
    import builtins

    origin = getattr(target, "__origin__", None)
    args = getattr(target, "__args__", ())
    if builtins.isinstance(target, tuple):
        return any(_isinstance(obj, t) for t in target)
    if origin is list:
        return builtins.isinstance(obj, list) and all(_isinstance(x, args[0]) for x in obj)
    if origin is dict:
        return builtins.isinstance(obj, dict) and all(_isinstance(k, args[0]) and _isinstance(v, args[1]) for k, v in obj.items())
    if origin is tuple:
        return builtins.isinstance(obj, tuple) and len(obj) == len(args) and all(_isinstance(x, a) for x, a in zip(obj, args))
    if origin is not None and str(target).startswith(("typing.Union", "typing.Optional")):
        return any(_isinstance(obj, a) for a in args)
    return builtins.isinstance(obj, target)


def fork(func, *args, **kwargs):
    """Starts a function; `wait` gives its result. Outside scripts it runs at once."""
    future = _EagerFuture()
    future.set_result(func(*args, **kwargs))
    return future


def wait(future):
    """The result of a future."""
    return future.wait()


_jit.special_form("annotate", annotate)
_jit.special_form("isinstance", isinstance)
_jit.special_form("fork", fork)
_jit.special_form("wait", wait)
_fork, _wait = fork, wait


def _unwrap_optional(x):
    """The value of an optional; an error when it is None."""
    assert x is not None, "Unwrapping null optional"
    return x


class ScriptWarning(Warning):
    """What the compiler warns of."""


def is_tracing():
    """Whether a trace is being recorded."""
    if is_scripting():
        return False
    return _is_tracing()


def save(m, f, _extra_files=None):
    """Writes a compiled module to a file."""
    return m.save(f) if _extra_files is None else m.save(f, _extra_files=_extra_files)


def load(f, map_location=None, _extra_files=None, _restore_shapes=False):
    """Reads a compiled module from a file."""
    return _jit.load(f, map_location, _extra_files)


def _unsupported(name):
    def stop(*args, **kwargs):
        _jit.not_implemented("torch.jit." + name)

    stop.__name__ = name
    return stop


# Loaded when first asked for.
_TRACING = {
    "trace",
    "trace_module",
    "script_if_tracing",
    "_script_if_tracing",
    "TracedModule",
    "TopLevelTracedModule",
    "TracerWarning",
    "TracingCheckError",
    "_get_trace_graph",
}


_FREEZING = {"freeze", "run_frozen_optimizations", "optimize_for_inference"}
_FUSION = {
    "set_fusion_strategy",
    "enable_onednn_fusion",
    "onednn_fusion_enabled",
    "strict_fusion",
    "optimized_execution",
    "fuser",
}
_SCRIPTING = {"ScriptModule", "RecursiveScriptModule", "RecursiveScriptClass", "CompilationUnit", "script_method"}


def __getattr__(name):
    if name in _SCRIPTING and name != "CompilationUnit" and not _enabled:
        from torch.jit import _disabled

        return getattr(_disabled, name)
    if name in _SCRIPTING:
        from torch.jit import _script

        return getattr(_script, name)
    if name in _FREEZING:
        from torch.jit import _freeze

        return getattr(_freeze, name)
    if name in _FUSION:
        from torch.jit import _fusion

        return getattr(_fusion, name)
    if name in _TRACING:
        from torch.jit import _trace

        return getattr(_trace, name)
    raise AttributeError(f"module 'torch.jit' has no attribute '{name}'")
