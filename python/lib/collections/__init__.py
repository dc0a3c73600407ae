"""Containers beyond the built-in ones. Counter, ChainMap and the User classes are parsed when first asked for."""
from _collections import OrderedDict, defaultdict, deque, namedtuple

__all__ = ['ChainMap', 'Counter', 'OrderedDict', 'UserDict', 'UserList', 'UserString', 'defaultdict', 'deque', 'namedtuple']


def __getattr__(name):
    if name in ('ChainMap', 'Counter', 'UserDict', 'UserList', 'UserString'):
        import _collections_more
        value = getattr(_collections_more, name)
        globals()[name] = value
        return value
    if name == 'abc':
        import collections.abc
        return collections.abc
    raise AttributeError(f"module 'collections' has no attribute '{name}'")
