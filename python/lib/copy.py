"""Shallow and deep copies."""

__all__ = ['Error', 'copy', 'deepcopy']


class Error(Exception):
    pass


error = Error
_function = type(lambda: None)
_ATOMIC = {type(None), int, float, bool, complex, bytes, str, type, range, type(...), type(NotImplemented), _function, type(len), property,
           type(list[int])}
_MISSING = object()


def copy(x):
    cls = type(x)
    if cls in _ATOMIC or cls is tuple or cls is frozenset or cls is slice or issubclass(cls, type):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy()
    own = getattr(cls, '__copy__', None)
    if own is not None:
        return own(x)
    return _rebuild(x, _reduced(x, cls), None)


def deepcopy(x, memo=None, _nil=[]):
    if memo is None:
        memo = {}
    key = id(x)
    found = memo.get(key, _MISSING)
    if found is not _MISSING:
        return found
    cls = type(x)
    if cls in _ATOMIC:
        return x
    if cls is list:
        y = memo[key] = []
        for a in x:
            y.append(deepcopy(a, memo))
    elif cls is dict:
        y = memo[key] = {}
        for k, v in x.items():
            y[deepcopy(k, memo)] = deepcopy(v, memo)
    elif cls is tuple:
        items = [deepcopy(a, memo) for a in x]
        # The tuple may have been met again inside itself.
        if key in memo:
            return memo[key]
        y = x
        for a, b in zip(x, items):
            if a is not b:
                y = tuple(items)
                break
    elif issubclass(cls, type):
        return x
    else:
        own = getattr(x, '__deepcopy__', None)
        if own is not None:
            y = own(memo)
        elif cls is _method:
            y = cls(x.__func__, deepcopy(x.__self__, memo))
        elif cls in (set, frozenset, bytearray):
            y = cls(deepcopy(a, memo) for a in x)
        else:
            y = _rebuild(x, _reduced(x, cls), memo)
    if y is not x:
        memo[key] = y
        # Keeps x alive as long as the memo, so that no other object takes its id.
        memo.setdefault(id(memo), []).append(x)
    return y


class _Bound:
    def method(self):
        pass


_method = type(_Bound().method)


def _reduced(x, cls):
    from copyreg import dispatch_table
    known = dispatch_table.get(cls)
    if known is not None:
        return known(x)
    reducer = getattr(cls, '__reduce_ex__', None)
    if reducer is not object.__reduce_ex__:
        return reducer(x, 4)
    reducer = getattr(cls, '__reduce__', None)
    if reducer is not None and reducer is not getattr(object, '__reduce__', None):
        return reducer(x)
    return _taken_apart(x, cls)


def _slots_of(cls):
    for base in cls.__mro__:
        names = base.__dict__.get('__slots__', ())
        for name in (names,) if isinstance(names, str) else names:
            if name not in ('__dict__', '__weakref__'):
                hidden = name.startswith('__') and not name.endswith('__')
                yield f"_{base.__name__.lstrip('_')}{name}" if hidden else name


def _taken_apart(x, cls):
    """What object.__reduce_ex__(4) says."""
    if cls.__module__ == 'builtins' and cls.__name__ in _UNCOPYABLE:
        raise TypeError(f"cannot pickle '{cls.__name__}' object")
    args = (cls,)
    if hasattr(cls, '__getnewargs_ex__'):
        positional, keywords = x.__getnewargs_ex__()
        from copyreg import __newobj_ex__
        make, args = __newobj_ex__, (cls, positional, keywords)
    else:
        make = _new
        if hasattr(cls, '__getnewargs__'):
            args += tuple(x.__getnewargs__())
        else:
            for base in (int, float, complex, str, bytes, tuple, frozenset):
                if isinstance(x, base):
                    args += (base(x),) if base is not str else (str.__str__(x),)
                    break
    getstate = getattr(cls, '__getstate__', None)
    if getstate is not None and getstate is not getattr(object, '__getstate__', None):
        state = getstate(x)
    else:
        state = getattr(x, '__dict__', None) or None
        slots = {n: getattr(x, n) for n in _slots_of(cls) if hasattr(x, n)}
        if slots:
            state = (state, slots)
    items = iter(x) if isinstance(x, (list, set)) else None
    pairs = iter(x.items()) if isinstance(x, dict) else None
    if isinstance(x, set):
        return make, args + (list(x),) if make is _new else args, state
    return make, args, state, items, pairs


_UNCOPYABLE = {'generator', 'module', 'frame', 'traceback', 'mappingproxy', 'list_iterator', 'method_descriptor'}


def _new(cls, *args):
    if issubclass(cls, set):
        made = cls.__new__(cls)
        made.update(args[0])
        return made
    return cls.__new__(cls, *args)


def _rebuild(x, reduced, memo):
    """The object that a `__reduce_ex__` tuple describes; its parts copied when there is a memo."""
    if isinstance(reduced, str):
        return x
    func, args, state, items, pairs = (tuple(reduced) + (None,) * 3)[:5]
    deep = memo is not None
    if deep and args:
        args = tuple(deepcopy(a, memo) for a in args)
    y = func(*args)
    if deep:
        memo[id(x)] = y
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(y, '__setstate__'):
            y.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                y.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(y, name, value)
    if items is not None:
        for item in items:
            y.append(deepcopy(item, memo) if deep else item)
    if pairs is not None:
        for name, value in pairs:
            if deep:
                name, value = deepcopy(name, memo), deepcopy(value, memo)
            y[name] = value
    return y
