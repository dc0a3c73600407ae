"""Type parameters and aliases of the syntax `def f[T]`, `class C[T]`, `type X[T] = ...`."""
from typing import Generic, ParamSpec, TypeVar, TypeVarTuple, Union, Unpack, _GenericAlias


class _InferredTypeVar(TypeVar):
    """A TypeVar whose bound is computed when it is asked for."""

    __module__ = 'typing'

    def __init__(self, name, compute):
        self.__name__ = name
        self._compute = compute
        self.__covariant__ = self.__contravariant__ = False
        self.__infer_variance__ = True

    def _evaluated(self):
        if self._compute is not None:
            self._value = self._compute()
            self._compute = None
        return self.__dict__.get('_value')

    @property
    def __bound__(self):
        value = self._evaluated()
        return None if isinstance(value, tuple) else value

    @property
    def __constraints__(self):
        value = self._evaluated()
        return value if isinstance(value, tuple) else ()

    def __repr__(self):
        return self.__name__


_InferredTypeVar.__name__ = _InferredTypeVar.__qualname__ = 'TypeVar'


class _InferredParamSpec(ParamSpec):
    __module__ = 'typing'

    def __repr__(self):
        return self.__name__


_InferredParamSpec.__name__ = _InferredParamSpec.__qualname__ = 'ParamSpec'


def type_param(kind, name, compute):
    if kind == 'TypeVar':
        return _InferredTypeVar(name, compute)
    return _InferredParamSpec(name) if kind == 'ParamSpec' else TypeVarTuple(name)


def generic_base(params):
    """The base `Generic[T, ...]` that a class statement with parameters gets."""
    return Generic[tuple(Unpack[p] if isinstance(p, TypeVarTuple) else p for p in params)]


class TypeAliasType:
    """What a `type` statement binds."""

    __module__ = 'typing'

    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__type_params__ = self.__parameters__ = tuple(type_params)
        self._found = (value,)

    @property
    def __value__(self):
        if self._found is None:
            self._found = (self._compute(),)
        return self._found[0]

    def __getitem__(self, params):
        if not self.__type_params__:
            raise TypeError('Only generic type aliases are subscriptable')
        return _GenericAlias(self, params if isinstance(params, tuple) else (params,))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return self.__name__


def type_alias(name, params, compute):
    alias = TypeAliasType(name, None, type_params=params)
    alias._found = None
    alias._compute = compute
    return alias
