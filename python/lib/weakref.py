"""
Weak references. This host cannot tell when an object is gone before its memory is taken back, so a reference made here
keeps its object: it never turns None and callbacks are not called.
"""
from collections.abc import MutableMapping, MutableSet

__all__ = [
    "ref", "proxy", "getweakrefcount", "WeakKeyDictionary", "WeakValueDictionary", "WeakSet", "WeakMethod", "ReferenceType",
    "finalize",
]
_WITHOUT = (int, float, complex, str, bytes, tuple, list, dict, type(None))


class ref:
    """Call it to get the object."""

    def __init__(self, ob, callback=None, /):
        if type(ob) in _WITHOUT:
            raise TypeError(f"cannot create weak reference to '{type(ob).__name__}' object")
        self._object, self.__callback__ = ob, callback

    def __call__(self):
        return self._object

    def __eq__(self, other):
        return self._object == other._object if isinstance(other, ref) else NotImplemented

    def __hash__(self):
        return hash(self._object)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    def __repr__(self):
        return f"<weakref at 0x{id(self):x}; to '{type(self._object).__name__}' at 0x{id(self._object):x}>"


ReferenceType = ref


class WeakMethod(ref):
    pass


def proxy(object, callback=None, /):
    if type(object) in _WITHOUT:
        raise TypeError(f"cannot create weak reference to '{type(object).__name__}' object")
    return object


def getweakrefcount(object):
    return 0


def getweakrefs(object):
    return []


class finalize:
    """Calls a function once; this host does so when asked, not when the object goes."""

    def __init__(self, obj, func, /, *args, **kwargs):
        self._call = (func, args, kwargs)

    @property
    def alive(self):
        return self._call is not None

    def detach(self):
        found, self._call = self._call, None
        return found

    def __call__(self, _=None):
        found = self.detach()
        return None if found is None else found[0](*found[1], **found[2])


class _Mapping(MutableMapping):
    def __init__(self, other=(), /, **kw):
        self.data = {}
        self.update(other, **kw)

    def __getitem__(self, key):
        return self.data[key]

    def __setitem__(self, key, value):
        self.data[key] = value

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(list(self.data))

    def __len__(self):
        return len(self.data)

    def copy(self):
        return type(self)(self.data)


class WeakValueDictionary(_Mapping):
    pass


class WeakKeyDictionary(_Mapping):
    pass


class WeakSet(MutableSet):
    def __init__(self, data=None):
        self.data = dict.fromkeys(data or ())

    def __contains__(self, item):
        return item in self.data

    def __iter__(self):
        return iter(list(self.data))

    def __len__(self):
        return len(self.data)

    def add(self, item):
        self.data[item] = None

    def discard(self, item):
        self.data.pop(item, None)
