"""typing.NamedTuple, Literal and overload, parsed when first asked for."""
from typing import Generic, _GenericAlias, _SpecialForm, _caller, _convert


def _make_nmtuple(name, types, module, defaults=()):
    from collections import namedtuple
    types = {n: _convert(t, f'field {n} annotation must be a type') for n, t in types}
    made = namedtuple(name, list(types), defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = types
    return made


class _NamedTupleMeta(type):
    def __new__(meta, name, bases, namespace):
        extra = tuple(b for b in bases if b is not _NamedTuple)
        for b in extra:
            if b is not Generic:
                raise TypeError('can only inherit from a NamedTuple type and Generic')
        types = namespace.get('__annotations__', {})
        with_default = []
        for field in types:
            if field in namespace:
                with_default.append(field)
            elif with_default:
                raise TypeError(f"Non-default namedtuple field {field} cannot follow default "
                                f"field{'s' if len(with_default) > 1 else ''} {', '.join(with_default)}")
        made = _make_nmtuple(name, types.items(), namespace['__module__'], [namespace[n] for n in with_default])
        if extra:
            made = type(name, (made, Generic), {'__module__': made.__module__, '__annotations__': types, '__slots__': ()})
        for key in namespace:
            if key in ('__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults', '_field_types', '_make',
                       '_replace', '_asdict', '_source'):
                raise AttributeError('Cannot overwrite NamedTuple attribute ' + key)
            if key not in ('__module__', '__name__', '__annotations__', '__classcell__') and key not in made._fields:
                setattr(made, key, namespace[key])
        return made


_NamedTuple = type.__new__(_NamedTupleMeta, 'NamedTuple', (), {})


class _NamedTupleForm:
    """`class P(NamedTuple): ...` and `NamedTuple('P', [('x', int)])`."""
    __name__ = __qualname__ = 'NamedTuple'

    def __call__(self, typename, fields=None, /, **kwargs):
        if fields is None:
            fields = kwargs.items()
        elif kwargs:
            raise TypeError('Either list of fields or keywords can be provided to NamedTuple, not both')
        return _make_nmtuple(typename, list(fields), _caller())

    def __mro_entries__(self, bases):
        return (_NamedTuple,)

    def __repr__(self):
        return '<function NamedTuple>'


NamedTuple = _NamedTupleForm()
NamedTuple.__module__ = 'typing'


class _LiteralGenericAlias(_GenericAlias):
    def __eq__(self, other):
        if not isinstance(other, _LiteralGenericAlias):
            return NotImplemented
        return {(type(a), a) for a in self.__args__} == {(type(a), a) for a in other.__args__}

    def __hash__(self):
        return hash(frozenset((type(a), a) for a in self.__args__))

    def __repr__(self):
        return f"typing.Literal[{', '.join(repr(a) for a in self.__args__)}]"


def _literal(form, parameters):
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for p in parameters:
        flat.extend(p.__args__ if isinstance(p, _LiteralGenericAlias) else (p,))
    unique = []
    for a in flat:
        if not any(type(a) is type(b) and a == b for b in unique):
            unique.append(a)
    return _LiteralGenericAlias(form, tuple(unique), name='Literal')


Literal = _SpecialForm('Literal', _literal)
Literal.__module__ = 'typing'

_overloads = {}


def _overload_dummy(*args, **kwds):
    raise NotImplementedError('You should not call an overloaded function. A series of @overload-decorated functions '
                              'outside a stub module should always be followed by an implementation that is not @overload-ed.')


def overload(func):
    f = getattr(func, '__func__', func)
    try:
        _overloads.setdefault((f.__module__, f.__qualname__), []).append(func)
    except AttributeError:
        pass
    return _overload_dummy


def get_overloads(func):
    f = getattr(func, '__func__', func)
    return list(_overloads.get((f.__module__, f.__qualname__), ()))


def clear_overloads():
    _overloads.clear()
