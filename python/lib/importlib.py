"""Importing by name."""
import sys


def import_module(name, package=None):
    """The module of that (possibly relative) name."""
    level = len(name) - len(name.lstrip("."))
    if level:
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        parts = package.split(".")
        if level > len(parts):
            raise ImportError("attempted relative import beyond top-level package")
        name = ".".join(parts[:len(parts) - level + 1] + [name[level:]]).rstrip(".")
    __import__(name)
    return sys.modules[name]


def invalidate_caches():
    pass


def reload(module):
    """Imports a module anew; its object stays, with the new contents."""
    name = module.__name__
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    del sys.modules[name]
    try:
        __import__(name)
        module.__dict__.update(sys.modules[name].__dict__)
    finally:
        sys.modules[name] = module
    return module
