"""Objects to bytes and back. Reading a pickle can run any code: trust where it comes from."""

import copyreg
import io
import sys

import _pickle
from copy import _taken_apart

__all__ = [
    'PickleError', 'PicklingError', 'UnpicklingError', 'Pickler', 'Unpickler', 'dump', 'dumps', 'load', 'loads',
    'HIGHEST_PROTOCOL', 'DEFAULT_PROTOCOL',
]

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
format_version = '4.0'
compatible_formats = ['1.0', '1.1', '1.2', '1.3', '2.0', '3.0', '4.0', '5.0']


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


# Names of Python 2 that protocols up to 2 write, and what they are today.
_OLD_MODULES = {
    '__builtin__': 'builtins', 'copy_reg': 'copyreg', 'Queue': 'queue', 'SocketServer': 'socketserver',
    'ConfigParser': 'configparser', 'repr': 'reprlib', 'cPickle': 'pickle', 'StringIO': 'io', 'cStringIO': 'io',
    'itertools': 'itertools', 'UserDict': 'collections', 'UserList': 'collections', 'UserString': 'collections',
}
_NEW_MODULES = {'builtins': '__builtin__', 'copyreg': 'copy_reg'}
_OLD_NAMES = {
    ('__builtin__', 'xrange'): ('builtins', 'range'), ('__builtin__', 'unicode'): ('builtins', 'str'),
    ('__builtin__', 'long'): ('builtins', 'int'), ('__builtin__', 'unichr'): ('builtins', 'chr'),
    ('__builtin__', 'reduce'): ('functools', 'reduce'),
}
_NEW_NAMES = {
    ('builtins', 'range'): ('__builtin__', 'xrange'), ('functools', 'reduce'): ('__builtin__', 'reduce'),
    ('builtins', 'int'): ('__builtin__', 'long'), ('builtins', 'str'): ('__builtin__', 'unicode'),
    ('builtins', 'chr'): ('__builtin__', 'unichr'),
}


def _encode(text, encoding):
    return text.encode(encoding)


_encode.__module__ = '_codecs'
_encode.__qualname__ = _encode.__name__ = 'encode'


def _attribute(module, name):
    found = module
    for part in name.split('.'):
        if part == '<locals>':
            raise AttributeError(f"Can't get local attribute {name!r} on {module!r}")
        found = getattr(found, part)
    return found


# Built-in types that say nothing of themselves.
_BUILT_IN = {
    bytearray: lambda obj, proto: (bytearray, (bytes(obj),) if obj else ()),
    range: lambda obj, proto: (range, (obj.start, obj.stop, obj.step)),
    slice: lambda obj, proto: (slice, (obj.start, obj.stop, obj.step)),
    type(NotImplemented): lambda obj, proto: 'NotImplemented',
    type(...): lambda obj, proto: 'Ellipsis',
}


def _no_persistent_id(self, obj):
    return None


class Pickler:
    """Writes objects to a file. Subclasses say with `persistent_id` what is kept elsewhere."""

    persistent_id = _no_persistent_id

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f'pickle protocol must be <= {HIGHEST_PROTOCOL}')
        if not hasattr(file, 'write'):
            raise TypeError("file must have a 'write' attribute")
        # What older protocols cannot say, this one says; every reader of today takes it.
        self.proto = max(int(protocol), 2)
        self.fix_imports = fix_imports and self.proto < 3
        self._write = file.write

    def dump(self, obj):
        self._write(_pickle.dump(self, obj, self.proto))

    def _reduce(self, obj):
        override = getattr(self, 'reducer_override', None)
        if override is not None:
            reduced = override(obj)
            if reduced is not NotImplemented:
                return reduced
        cls = type(obj)
        table = getattr(self, 'dispatch_table', copyreg.dispatch_table)
        known = table.get(cls)
        if known is not None:
            return known(obj)
        if issubclass(cls, type):
            return self._name_of(obj)
        if cls in _BUILT_IN:
            return _BUILT_IN[cls](obj, self.proto)
        reducer = getattr(cls, '__reduce_ex__', None)
        if reducer is not None and reducer is not object.__reduce_ex__:
            return obj.__reduce_ex__(self.proto)
        reducer = getattr(cls, '__reduce__', None)
        if reducer is not None and reducer is not getattr(object, '__reduce__', None):
            return obj.__reduce__()
        make, args, *rest = _taken_apart(obj, cls)
        if isinstance(obj, (set, frozenset)):
            return (cls, tuple(args[1:]) or (list(obj),), *rest)
        return (copyreg.__newobj__, args, *rest)

    def _name_of(self, obj):
        return getattr(obj, '__qualname__', None) or obj.__name__

    def _global_name(self, obj, name):
        if obj is _encode:
            return '_codecs', 'encode'
        if name is None:
            name = self._name_of(obj)
        module = getattr(obj, '__module__', None)
        if module is None:
            module = _module_with(obj, name)
        if '<locals>' in name.split('.'):
            raise AttributeError(f"Can't pickle local object {name!r}")
        try:
            __import__(module)
            found = _attribute(sys.modules[module], name)
        except (ImportError, KeyError, AttributeError):
            if '<lambda>' in name or not module:
                raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module} failed") from None
            raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module} failed") from None
        if found is not obj and found != obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module}.{name}")
        if self.fix_imports:
            if (module, name) in _NEW_NAMES:
                return _NEW_NAMES[module, name]
            module = _NEW_MODULES.get(module, module)
        return module, name


def _module_with(obj, name):
    """The module that has a nameless one's object, else __main__."""
    for module_name, module in list(sys.modules.items()):
        if module_name in ('__main__', '__mp_main__') or module is None:
            continue
        try:
            if _attribute(module, name) is obj:
                return module_name
        except AttributeError:
            pass
    return '__main__'


class Unpickler:
    """Reads objects from a file."""

    def __init__(self, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
        if not hasattr(file, 'read') or not hasattr(file, 'readline'):
            raise TypeError("file must have 'read' and 'readline' attributes")
        self._file = file
        self._encoding = encoding
        self.fix_imports = fix_imports

    def load(self):
        file = self._file
        start = file.tell() if hasattr(file, 'tell') else None
        value, used = _pickle.load(self, bytes(file.read()))
        if start is not None:
            file.seek(start + used)
        return value

    def find_class(self, module, name):
        if self.fix_imports:
            if (module, name) in _OLD_NAMES:
                module, name = _OLD_NAMES[module, name]
            else:
                module = _OLD_MODULES.get(module, module)
        if (module, name) == ('_codecs', 'encode'):
            return _encode
        __import__(module)
        try:
            return _attribute(sys.modules[module], name)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {name!r} on {sys.modules[module]!r}") from None

    def persistent_load(self, pid):
        raise UnpicklingError('A load persistent id instruction was encountered, but no persistent_load function was specified.')


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    file = io.BytesIO()
    dump(obj, file, protocol, fix_imports=fix_imports)
    return file.getvalue()


def load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors).load()


def loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return load(io.BytesIO(data), fix_imports=fix_imports, encoding=encoding, errors=errors)
