"""Decorators and helpers that mark Python functions for the compiler.

Each decorator only tags the function (`_torchscript_modifier`, in PyTorch's words) or notes it in a
table; the compiler reads the tags and the tables.
"""

from typing import Final

from torch._jit_types import (  # noqa: F401  (PyTorch's code imports these names from here)
    BroadcastingList1,
    BroadcastingList2,
    BroadcastingList3,
    BroadcastingList4,
    BroadcastingList5,
    BroadcastingList6,
    BroadcastingListCls,
    Future,
    RRef,
    is_dict,
    is_final,
    is_future,
    is_list,
    is_optional,
    is_tuple,
    is_union,
)


class FunctionModifiers:
    """What the compiler does with a function: the value of its _torchscript_modifier."""

    UNUSED = "unused (ignored and replaced with raising of an exception)"
    IGNORE = "ignore (leave as a call to Python, cannot be torch.jit.save'd)"
    EXPORT = "export (compile this function even if nothing calls it)"
    DEFAULT = "default (compile if called from an exported function / forward)"
    COPY_TO_SCRIPT_WRAPPER = "if this method is not scripted, copy the python method onto the scripted model"
    _DROP = "_drop (function is fully ignored, declaration can be unscriptable)"


def export(fn):
    """Marks a method of an nn.Module to be compiled although forward does not call it."""
    fn._torchscript_modifier = FunctionModifiers.EXPORT
    return fn


def unused(fn):
    """Marks a function or property that the compiler replaces by a raise of RuntimeError."""
    if isinstance(fn, property):
        prop = fn
        setattr(prop.fget, "_torchscript_modifier", FunctionModifiers.UNUSED)
        if prop.fset:
            setattr(prop.fset, "_torchscript_modifier", FunctionModifiers.UNUSED)
        return prop
    fn._torchscript_modifier = FunctionModifiers.UNUSED
    return fn


class _IgnoreContextManager:
    """`with torch.jit._IgnoreContextManager(a="inp:Tensor", b="out:Tensor")`: the body stays Python."""

    def __init__(self, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        pass


def ignore(drop=False, **kwargs):
    """Marks a function that stays a call to Python; `@ignore(drop=True)` makes the call raise once saved."""
    if callable(drop):
        # Used without parentheses: what came in is the function.
        fn = drop
        fn._torchscript_modifier = FunctionModifiers.IGNORE
        return fn
    if not isinstance(drop, bool):
        raise RuntimeError(f"Argument to @torch.jit.ignore must be a bool or a function but got {drop}")
    drop_on_export = kwargs.pop("drop_on_export", None)
    if drop_on_export:
        import warnings

        warnings.warn(
            "ignore(drop_on_export=True) has been deprecated. TorchScript will now drop the function "
            "call on compilation. Use torch.jit.unused now. {}",
            category=FutureWarning,
            stacklevel=2,
        )
        drop = drop_on_export
    elif drop:
        import warnings

        warnings.warn(
            "ignore(True) has been deprecated. TorchScript will now drop the function "
            "call on compilation. Use torch.jit.unused now. {}",
            category=FutureWarning,
            stacklevel=2,
        )

    def decorator(fn):
        fn._torchscript_modifier = FunctionModifiers.UNUSED if drop else FunctionModifiers.IGNORE
        return fn

    return decorator


def _drop(fn):
    fn._torchscript_modifier = FunctionModifiers._DROP
    return fn


def _copy_to_script_wrapper(fn):
    fn._torchscript_modifier = FunctionModifiers.COPY_TO_SCRIPT_WRAPPER
    return fn


def get_torchscript_modifier(fn):
    """The tag of a function or bound method; DEFAULT without one, None for what is no callable."""
    if not callable(fn):
        return None
    if hasattr(fn, "__func__"):
        fn = fn.__func__
    return getattr(fn, "_torchscript_modifier", FunctionModifiers.DEFAULT)


def copy_torchscript_modifier(orig, new):
    """Gives new the tag of orig."""
    attr = get_torchscript_modifier(orig)
    if attr is not None:
        new._torchscript_modifier = attr


def module_has_exports(mod):
    """Whether a method of mod is marked with export."""
    for name in dir(mod):
        if hasattr(mod, name):
            item = getattr(mod, name)
            if callable(item) and get_torchscript_modifier(item) is FunctionModifiers.EXPORT:
                return True
    return False


def should_drop(fn):
    """Whether calls of fn become a raise."""
    return get_torchscript_modifier(fn) in (FunctionModifiers.UNUSED, FunctionModifiers._DROP)


def is_ignored_fn(fn):
    """Whether fn is never compiled."""
    return get_torchscript_modifier(fn) in (
        FunctionModifiers.UNUSED,
        FunctionModifiers.IGNORE,
        FunctionModifiers._DROP,
    )


def _is_drop_fn(fn):
    return get_torchscript_modifier(fn) is FunctionModifiers._DROP


def is_scripting():
    """False in Python; the compiler puts True in its place."""
    return False


def _qualified_name(obj, mangle_name=True):
    """The dotted name of a class or function as it stands in compiled code: __torch__.pkg.mod.Name."""
    if hasattr(obj, "_jit_override_qualname"):
        return obj._jit_override_qualname
    if hasattr(obj, "qualified_name"):
        return obj.qualified_name
    name = obj.__name__
    if name == "<lambda>":
        name = "_lambda"
    module_name = obj.__module__
    if module_name is None:
        raise RuntimeError(f"Could not get qualified name for class '{name}': __module__ can't be None.")
    if module_name == "__main__":
        module_name = "__torch__"
    else:
        module_name = "__torch__." + module_name
    if "." in name:
        raise RuntimeError(f"Could not get qualified name for class '{name}': '{name}' is not a valid identifier")
    return module_name + "." + name


# Functions that stand for two, chosen by a boolean argument that must be constant in compiled code.
boolean_dispatched = {}


def boolean_dispatch(arg_name, arg_index, default, if_true, if_false, module_name, func_name):
    """A function that calls if_true or if_false by the value of one argument.

    arg_index: the argument's position; default: its value where it is not given. The compiler finds
    both functions in boolean_dispatched and picks one at compile time.
    """

    def fn(*args, **kwargs):
        dispatch_flag = default
        if arg_name in kwargs:
            dispatch_flag = kwargs[arg_name]
        elif arg_index < len(args):
            dispatch_flag = args[arg_index]
        if dispatch_flag:
            return if_true(*args, **kwargs)
        return if_false(*args, **kwargs)

    if if_true.__doc__ is None and if_false.__doc__ is not None:
        doc = if_false.__doc__
        if_true.__doc__ = doc
    elif if_false.__doc__ is None and if_true.__doc__ is not None:
        doc = if_true.__doc__
        if_false.__doc__ = doc
    elif if_false.__doc__ is None and if_true.__doc__ is None:
        doc = None
    else:
        raise RuntimeError("only one function can have a docstring")
    fn.__doc__ = doc
    if module_name is not None:
        fn.__module__ = module_name
    if func_name is not None:
        fn.__name__ = func_name
    boolean_dispatched[fn] = {
        "if_true": if_true,
        "if_false": if_false,
        "index": arg_index,
        "default": default,
        "arg_name": arg_name,
    }
    return fn


# Overloads: the declarations by qualified name, until the compiler asks for them.
_overloaded_fns = {}
_overloaded_methods = {}
_overloaded_method_class_fileno = {}


def _overload(func):
    """Declares one signature of a function whose body follows under the same name."""
    _overloaded_fns.setdefault(_qualified_name(func), []).append(func)
    return func


def _get_fn_overloads(qual_name):
    return _overloaded_fns.get(qual_name)


def _clear_fn_overloads(qual_name):
    del _overloaded_fns[qual_name]


def _overload_method(func):
    """The same for methods: tables by qualified name, then by class."""
    qual_name = _qualified_name(func)
    by_class = _overloaded_methods.setdefault(qual_name, {})
    class_name = func.__qualname__.rpartition(".")[0]
    by_class.setdefault(class_name, []).append(func)
    return func


def _get_overloaded_methods(method, mod_class):
    """The declared signatures of a method of mod_class, or None."""
    if not hasattr(method, "__name__"):
        return None
    by_class = _overloaded_methods.get(_qualified_name(method))
    if by_class is None:
        return None
    return by_class.get(mod_class.__qualname__)


def get_overload_no_implementation_error_message(kind, obj):
    """What to say where an overload declaration has no body after it."""
    return (
        f"Overloads are not useable when a module is redeclared within the same file or "
        f"{kind} {getattr(obj, '__name__', obj)} has no implementation after its overload declarations."
    )


def _disable_emit_hooks_decorator(fn):
    import functools

    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    return wrapper


def _isinstance(obj, target_type):
    """isinstance that understands List[int], Dict[str, int], Optional[T] and unions."""
    from torch._jit_types import matches

    return matches(obj, target_type)
