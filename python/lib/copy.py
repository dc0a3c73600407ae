"""Shallow and deep copies."""


class Error(Exception):
    pass


error = Error

_SAME = {
    type(None), bool, int, float, complex, str, bytes, type, type(...), type(NotImplemented), range, slice, property,
    type(lambda: 0), type(len), frozenset, type(abs),
}
_MISSING = object()


def copy(x):
    """A new object with the same contents."""
    cls = type(x)
    if cls in _SAME or cls is tuple or isinstance(x, type):
        return x
    if cls is list or cls is dict or cls is set or cls is bytearray:
        return x.copy()
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    return _reconstruct(x, _reduced(x, cls), None)


def deepcopy(x, memo=None, _nil=_MISSING):
    """A new object whose contents are copies too. Objects met twice are copied once; `memo` remembers them by id."""
    cls = type(x)
    if memo is None:
        memo = {}
    if cls in _SAME and cls is not frozenset and cls is not slice:
        return x
    key = id(x)
    known = memo.get(key, _MISSING)
    if known is not _MISSING:
        return known
    if cls is list:
        made = memo[key] = []
        for item in x:
            made.append(deepcopy(item, memo))
    elif cls is dict:
        made = memo[key] = {}
        for name, value in x.items():
            made[deepcopy(name, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        items = [deepcopy(item, memo) for item in x]
        if key in memo:
            return memo[key]
        # A tuple of things that cannot change stays itself.
        made = x if all(a is b for a, b in zip(items, x)) else tuple(items)
        memo[key] = made
    elif cls is set:
        made = memo[key] = {deepcopy(item, memo) for item in x}
    elif cls is frozenset:
        made = memo[key] = frozenset([deepcopy(item, memo) for item in x])
    elif cls is slice:
        return x
    elif cls is bytearray:
        made = memo[key] = x.copy()
    elif isinstance(x, type):
        return x
    else:
        copier = getattr(x, "__deepcopy__", None)
        if copier is not None:
            made = copier(memo)
        elif cls is _method:
            made = _method(x.__func__, deepcopy(x.__self__, memo))
        else:
            reduced = _reduced(x, cls)
            made = x if isinstance(reduced, str) else _reconstruct(x, reduced, memo)
        if made is not x:
            memo[key] = made
    if made is not x:
        # The original must live as long as the memo, for ids to stay its own.
        memo.setdefault(id(memo), []).append(x)
    return made


class _Probe:
    def method(self):
        pass


_method = type(_Probe().method)


def _reduced(x, cls):
    from copyreg import dispatch_table

    reducer = dispatch_table.get(cls)
    if reducer is not None:
        return reducer(x)
    return x.__reduce_ex__(4)


def _reconstruct(x, reduced, memo):
    if isinstance(reduced, str):
        return x
    func, args, state, items, pairs = (tuple(reduced) + (None,) * 5)[:5]
    deep = memo is not None
    if deep and args:
        args = tuple([deepcopy(a, memo) for a in args])
    made = func(*args)
    if deep:
        memo[id(x)] = made
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(made, "__setstate__"):
            made.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                made.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(made, name, value)
    if items is not None:
        for item in items:
            made.append(deepcopy(item, memo) if deep else item)
    if pairs is not None:
        for name, value in pairs:
            if deep:
                name, value = deepcopy(name, memo), deepcopy(value, memo)
            made[name] = value
    return made
