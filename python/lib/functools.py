"""Functions that work on functions. partial, reduce and the cache itself are native."""
from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering', 'cache', 'cmp_to_key', 'lru_cache',
           'reduce', 'partial', 'partialmethod', 'singledispatch', 'singledispatchmethod', 'cached_property']

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# How each missing comparison follows from the one that is there: (negate, combine with equality).
def _derived(root, negate, other):
    def compare(self, that):
        result = getattr(type(self), root)(self, that)
        if result is NotImplemented:
            return result
        if other == 'or ==':
            return (not result if negate else result) or self == that
        if other == 'and !=':
            return (not result if negate else result) and self != that
        return not result
    return compare


_DERIVED = {
    '__lt__': {'__gt__': (True, 'and !='), '__le__': (False, 'or =='), '__ge__': (True, '')},
    '__le__': {'__ge__': (True, 'or =='), '__lt__': (False, 'and !='), '__gt__': (True, '')},
    '__gt__': {'__lt__': (True, 'and !='), '__ge__': (False, 'or =='), '__le__': (True, '')},
    '__ge__': {'__le__': (True, 'or =='), '__gt__': (False, 'and !='), '__lt__': (True, '')},
}


def total_ordering(cls):
    roots = [op for op in ('__lt__', '__gt__', '__le__', '__ge__') if getattr(cls, op, None) is not getattr(object, op, None)]
    if not roots:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = roots[0] if '__lt__' not in roots else '__lt__'
    for name, (negate, other) in _DERIVED[root].items():
        if name not in roots:
            made = _derived(root, negate, other)
            made.__name__ = name
            setattr(cls, name, made)
    return cls


class _CacheInfo(tuple):
    __slots__ = ()
    _fields = ('hits', 'misses', 'maxsize', 'currsize')

    def __new__(cls, hits, misses, maxsize, currsize):
        return tuple.__new__(cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return 'CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)' % tuple(self)


def lru_cache(maxsize=128, typed=False):
    def decorate(func, limit=maxsize):
        wrapper = _lru_cache_wrapper(func, limit, typed, _CacheInfo)
        wrapper.cache_parameters = lambda: {'maxsize': limit, 'typed': typed}
        return update_wrapper(wrapper, func)
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
        return lambda func: decorate(func, maxsize)
    if callable(maxsize) and isinstance(typed, bool):
        func, maxsize = maxsize, 128
        return decorate(func, 128)
    if maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')
    return decorate


def cache(user_function, /):
    return lru_cache(maxsize=None)(user_function)


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args), *(f'{k}={v!r}' for k, v in self.keywords.items())]
        return f"{type(self).__module__}.{type(self).__qualname__}({', '.join(parts)})"

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        _method._partialmethod = self
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, '__get__', None)
        if get is not None:
            bound = get(obj, cls)
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._make_unbound_method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)


_MISSING = object()


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError('Cannot assign the same cached_property to two different names '
                            f'({self.attrname!r} and {name!r}).')

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        try:
            kept = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache "
                            f'{self.attrname!r} property.') from None
        value = kept.get(self.attrname, _MISSING)
        if value is _MISSING:
            value = kept[self.attrname] = self.func(instance)
        return value


def _find_implementation(cls, registry):
    for base in cls.__mro__:
        if base in registry:
            return registry[base]
        # An abstract class that `cls` only registered with comes before what its next bases say.
        for candidate in registry:
            if candidate not in cls.__mro__ and candidate is not object and issubclass(cls, candidate) \
                    and not any(issubclass(b, candidate) for b in cls.__mro__[cls.__mro__.index(base) + 1:]):
                return registry[candidate]
    return registry[object]


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        return _find_implementation(cls, registry)

    def register(cls, func=None):
        union = type(int | str)
        if isinstance(cls, (type, union)):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f'Invalid first argument to `register()`. {cls!r} is not a class or union type.')
            annotations = getattr(cls, '__annotations__', {})
            if not annotations:
                raise TypeError(f'Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` or '
                                'plain `@register` on an annotated function.')
            func = cls
            from typing import get_type_hints
            argname, cls = next(iter(get_type_hints(func).items()))
            if not isinstance(cls, (type, union)) and not hasattr(cls, '__args__'):
                raise TypeError(f'Invalid annotation for {argname!r}. {cls!r} is not a class.')
        if isinstance(cls, type):
            registry[cls] = func
        else:
            for one in cls.__args__:
                registry[one] = func
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{getattr(func, '__name__', 'singledispatch function')} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    wrapper._clear_cache = lambda: None
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    def __init__(self, func):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        _method.register = self.register
        return update_wrapper(_method, self.func)
