"""Errors of the frontend, under the names that programs catch them by, and what Python code asks it about functions."""

from torch._jit_internal import FunctionModifiers, should_drop  # noqa: F401

# Names that TorchScript keeps for itself.
_reserved_prefix = "__jit"
_reserved_names = {"print"}


def is_reserved_name(name):
    """Whether TorchScript keeps a name for itself."""
    return name.startswith(_reserved_prefix) or name in _reserved_names


class FrontendError(Exception):
    """What the frontend refuses; the text ends in the excerpt of the source."""

    def __init__(self, source_range, msg=None):
        super().__init__(source_range, msg) if msg is not None else super().__init__(source_range)
        self.source_range = None if msg is None else source_range
        self.msg = source_range if msg is None else msg

    def __str__(self):
        return str(self.msg)


class NotSupportedError(FrontendError):
    """Python that scripts may not use."""


class UnsupportedNodeError(NotSupportedError):
    """A kind of statement or expression that scripts lack."""


class FrontendTypeError(FrontendError):
    """A type that does not fit."""


def get_default_args(fn):
    """Default values of a function's parameters by name."""
    import inspect

    if fn is None:
        return {}
    return {k: p.default for k, p in inspect.signature(fn).parameters.items() if p.default is not inspect.Parameter.empty}


def get_qualified_name(func):
    """The name of a function with its module's."""
    return func.__name__ if func.__module__ == "__main__" else f"{func.__module__}.{func.__name__}"
