"""The parts of typing that few files use; typing imports this when one is asked for."""
import sys
import abc
from typing import (Any, ClassVar, Final, ForwardRef, Generic, NotRequired, Required, TypeVar, Union, _BaseAlias, _GenericAlias,
                    _SpecialForm, _builtin_alias, _convert, _type_repr, _union_type, _NoneType, _function, _caller)


def evaluate(ref, globalns, localns, guard):
    """The value of a forward reference in the given namespaces."""
    name = ref.__forward_arg__
    if name in guard:
        return ref
    if globalns is None and localns is None:
        globalns = localns = {}
    elif globalns is None:
        globalns = localns
    elif localns is None:
        localns = globalns
    value = eval(name, globalns, localns)
    value = _eval(_convert(value, 'Forward references must evaluate to types.'), globalns, localns, guard | {name})
    ref.__forward_evaluated__, ref.__forward_value__ = True, value
    return value


def _eval(t, globalns, localns, guard=frozenset()):
    """Evaluates the forward references inside a hint."""
    if isinstance(t, ForwardRef):
        return evaluate(t, globalns, localns, guard)
    if isinstance(t, (_GenericAlias, _builtin_alias, _union_type)):
        args = tuple(ForwardRef(a) if isinstance(t, _builtin_alias) and isinstance(a, str) else a for a in t.__args__)
        new = tuple(_eval(a, globalns, localns, guard) for a in args)
        if new == t.__args__:
            return t
        if isinstance(t, _builtin_alias):
            return t.__origin__[new]
        if isinstance(t, _union_type):
            return Union[new]
        return t._with(new)
    return t


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    if getattr(obj, '__no_type_check__', None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            space = globalns
            if space is None:
                space = getattr(sys.modules.get(base.__module__, None), '__dict__', {})
            own = dict(vars(base)) if localns is None else localns
            annotations = base.__dict__.get('__annotations__', {})
            if not isinstance(annotations, dict):
                continue
            for name, value in annotations.items():
                hints[name] = _hint(value, space, own)
    else:
        if globalns is None:
            if hasattr(obj, '__dict__') and not hasattr(obj, '__globals__') and type(obj).__name__ == 'module':
                globalns = obj.__dict__
            else:
                inner = obj
                while hasattr(inner, '__wrapped__'):
                    inner = inner.__wrapped__
                inner = getattr(inner, '__func__', inner)
                globalns = getattr(inner, '__globals__', {})
        if localns is None:
            localns = globalns
        annotations = getattr(obj, '__annotations__', None)
        if annotations is None:
            if callable(obj):
                return {}
            raise TypeError(f'{obj!r} is not a module, class, method, or function.')
        for name, value in annotations.items():
            hints[name] = _hint(value, globalns, localns)
    return hints if include_extras else {k: _strip(v) for k, v in hints.items()}


def _hint(value, globalns, localns):
    if value is None:
        return _NoneType
    if isinstance(value, str):
        value = ForwardRef(value)
    return _eval(value, globalns, localns)


def _strip(t):
    """A hint without Annotated, Required and NotRequired."""
    if isinstance(t, _AnnotatedAlias):
        return _strip(t.__origin__)
    if getattr(t, '__origin__', None) in (Required, NotRequired):
        return _strip(t.__args__[0])
    if isinstance(t, (_GenericAlias, _builtin_alias, _union_type)):
        new = tuple(_strip(a) for a in t.__args__)
        if new != t.__args__:
            return t._with(new) if isinstance(t, _GenericAlias) else t.__origin__[new] if isinstance(t, _builtin_alias) else Union[new]
    return t


class _AnnotatedAlias(_GenericAlias):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata, origin = origin.__metadata__ + metadata, origin.__origin__
        super().__init__(origin, (origin,), name='Annotated')
        self.__metadata__ = metadata

    def _with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {', '.join(repr(a) for a in self.__metadata__)}]"

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))


def _annotated(form, params):
    if not isinstance(params, tuple) or len(params) < 2:
        raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
    return _AnnotatedAlias(_convert(params[0]), tuple(params[1:]))


class _AnnotatedForm(_SpecialForm):
    def __repr__(self):
        return "<class 'typing.Annotated'>"


Annotated = _AnnotatedForm('Annotated', _annotated)


class _ConcatenateGenericAlias(_GenericAlias):
    pass


def _concatenate(form, params):
    params = params if isinstance(params, tuple) else (params,)
    return _ConcatenateGenericAlias(form, tuple(p if p is ... else _convert(p) for p in params), name='Concatenate')


Concatenate = _SpecialForm('Concatenate', _concatenate)


class _ParamSpecPart:
    def __init__(self, origin, part):
        self.__origin__ = origin
        self._part = part

    def __repr__(self):
        return f'{self.__origin__.__name__}.{self._part}'

    def __eq__(self, other):
        return isinstance(other, _ParamSpecPart) and (self.__origin__, self._part) == (other.__origin__, other._part)

    def __hash__(self):
        return hash((self.__origin__, self._part))


class ParamSpec:
    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__bound__ = bound
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant

    def __typing_subst__(self, arg):
        return arg

    @property
    def args(self):
        return _ParamSpecPart(self, 'args')

    @property
    def kwargs(self):
        return _ParamSpecPart(self, 'kwargs')

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__


class TypeVarTuple:
    def __init__(self, name):
        self.__name__ = name

    def __typing_subst__(self, arg):
        raise TypeError('Substitution of bare TypeVarTuple is not supported')

    def __iter__(self):
        from typing import Unpack
        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class NewType:
    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[-1]
        self.__supertype__ = tp
        self.__module__ = _caller()

    def __call__(self, x):
        return x

    def __mro_entries__(self, bases):
        raise TypeError('Cannot subclass an instance of NewType.')

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'


_PROTOCOL_OWN = {'__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__', '__module__', '__new__', '__slots__',
                 '__subclasshook__', '__weakref__', '__class_getitem__', '__parameters__', '__orig_bases__', '__orig_class__',
                 '_is_protocol', '_is_runtime_protocol', '__init_subclass__', '_abc_impl', '__qualname__', '__firstlineno__',
                 '__static_attributes__', '__match_args__', '_abc_registry'}


def _protocol_members(cls):
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ('Protocol', 'Generic'):
            continue
        for n in list(base.__dict__) + list(base.__dict__.get('__annotations__', {})):
            if n not in _PROTOCOL_OWN and not n.startswith('_abc_'):
                names.add(n)
    return names


class _ProtocolMeta(abc.ABCMeta):
    def __instancecheck__(cls, instance):
        if getattr(cls, '_is_protocol', False):
            if not getattr(cls, '_is_runtime_protocol', False):
                raise TypeError('Instance and class checks can only be used with @runtime_checkable protocols')
            if super().__instancecheck__(instance):
                return True
            return all(hasattr(instance, n) and not (callable(getattr(cls, n, None)) and getattr(instance, n) is None)
                       for n in _protocol_members(cls))
        return super().__instancecheck__(instance)

    def __subclasscheck__(cls, other):
        if getattr(cls, '_is_protocol', False) and cls is not Protocol and cls.__dict__.get('_is_runtime_protocol') \
                and isinstance(other, type):
            if not all(callable(getattr(cls, n, None)) for n in _protocol_members(cls)):
                raise TypeError("Protocols with non-method members don't support issubclass()")
            if all(any(n in b.__dict__ and b.__dict__[n] is not None for b in other.__mro__) for n in _protocol_members(cls)):
                return True
        return super().__subclasscheck__(other)


def _no_init(self, *args, **kwargs):
    if type(self)._is_protocol:
        raise TypeError('Protocols cannot be instantiated')


class Protocol(Generic, metaclass=_ProtocolMeta):
    __slots__ = ()
    __module__ = 'typing'
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if '_is_protocol' not in cls.__dict__:
            cls._is_protocol = any(b is Protocol for b in cls.__bases__)
        if cls._is_protocol:
            for base in cls.__bases__:
                if not (base in (object, Generic) or getattr(base, '_is_protocol', False) or base.__module__ == 'collections.abc'):
                    raise TypeError(f'Protocols can only inherit from other protocols, got {base!r}')
            if '__init__' not in cls.__dict__:
                cls.__init__ = _no_init
        elif cls.__init__ is _no_init:
            # A class that implements the protocol takes the first real __init__ behind it.
            for base in cls.__mro__[1:]:
                init = base.__dict__.get('__init__')
                if init is not None and init is not _no_init:
                    cls.__init__ = init
                    break


def runtime_checkable(cls):
    if not getattr(cls, '_is_protocol', False):
        raise TypeError(f'@runtime_checkable can be only applied to protocol classes, got {cls!r}')
    cls._is_runtime_protocol = True
    return cls


def _supports(name, method):
    @abc.abstractmethod
    def required(self):
        pass
    required.__name__ = method
    made = _ProtocolMeta(name, (Protocol,), {method: required, '__module__': 'typing', '__slots__': (), '_is_protocol': True})
    return runtime_checkable(made)


SupportsInt = _supports('SupportsInt', '__int__')
SupportsFloat = _supports('SupportsFloat', '__float__')
SupportsComplex = _supports('SupportsComplex', '__complex__')
SupportsBytes = _supports('SupportsBytes', '__bytes__')
SupportsIndex = _supports('SupportsIndex', '__index__')
SupportsAbs = _supports('SupportsAbs', '__abs__')
SupportsRound = _supports('SupportsRound', '__round__')


class _TypedDictMeta(type):
    def __new__(meta, name, bases, namespace, total=True):
        annotations = {n: _convert(t) for n, t in namespace.get('__annotations__', {}).items()}
        made = type.__new__(_TypedDictMeta, name, (dict,) if bases else (), dict(namespace))
        hints, required, optional = {}, set(), set()
        for base in bases:
            hints.update(base.__dict__.get('__annotations__', {}))
            required.update(base.__dict__.get('__required_keys__', ()))
            optional.update(base.__dict__.get('__optional_keys__', ()))
        for key, t in annotations.items():
            origin = getattr(t, '__origin__', None)
            (required if origin is Required or total and origin is not NotRequired else optional).add(key)
        hints.update(annotations)
        made.__annotations__ = hints
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__total__ = total
        return made

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, other):
        raise TypeError('TypedDict does not support instance and class checks')

    def __subclasscheck__(cls, other):
        raise TypeError('TypedDict does not support instance and class checks')


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {})


class _TypedDictForm:
    __name__ = __qualname__ = 'TypedDict'

    def __call__(self, typename, fields=None, /, *, total=True, **kwargs):
        if fields is None:
            fields = kwargs
        return _TypedDictMeta(typename, (_TypedDict,), {'__annotations__': dict(fields), '__module__': _caller()}, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDict,)


TypedDict = _TypedDictForm()
TypedDict.__module__ = 'typing'


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


def assert_never(arg):
    raise AssertionError(f'Expected code to be unreachable, but got: {arg!r:.100}')


def assert_type(val, typ):
    return val


def reveal_type(obj):
    print(f'Runtime type is {type(obj).__name__!r}', file=sys.stderr)
    return obj


def dataclass_transform(**options):
    def decorate(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = options
        return cls_or_fn
    return decorate


def final(f):
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def no_type_check(arg):
    arg.__no_type_check__ = True
    return arg


def no_type_check_decorator(decorator):
    def wrapped(*args, **kwargs):
        made = decorator(*args, **kwargs)
        made.__no_type_check__ = True
        return made
    return wrapped


_AnyText = TypeVar('AnyStr', bytes, str)


class IO(Generic[_AnyText]):
    __module__ = 'typing'
    __slots__ = ()


class BinaryIO(IO[bytes]):
    __module__ = 'typing'
    __slots__ = ()


class TextIO(IO[str]):
    __module__ = 'typing'
    __slots__ = ()
