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
    reducer = getattr(x, '__reduce_ex__', None)
    if reducer is not None:
        return reducer(4)
    reducer = getattr(x, '__reduce__', None)
    if reducer is None:
        raise Error('un(deep)copyable object of type %s' % cls)
    return reducer()


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
