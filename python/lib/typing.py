"""Type hints. What most files use is here; the rest is in _typing_more.py, imported at first use."""

__all__ = [
    'AbstractSet', 'Annotated', 'Any', 'AnyStr', 'Awaitable', 'BinaryIO', 'ByteString', 'Callable', 'ChainMap', 'ClassVar',
    'Collection', 'Concatenate', 'Container', 'ContextManager', 'Coroutine', 'Counter', 'DefaultDict', 'Deque', 'Dict', 'Final',
    'ForwardRef', 'FrozenSet', 'Generator', 'Generic', 'Hashable', 'IO', 'ItemsView', 'Iterable', 'Iterator', 'KeysView', 'List',
    'Literal', 'LiteralString', 'Mapping', 'MappingView', 'Match', 'MutableMapping', 'MutableSequence', 'MutableSet', 'NamedTuple',
    'Never', 'NewType', 'NoReturn', 'NotRequired', 'Optional', 'OrderedDict', 'ParamSpec', 'Pattern', 'Protocol', 'Required',
    'Reversible', 'Self', 'Sequence', 'Set', 'Sized', 'SupportsAbs', 'SupportsBytes', 'SupportsComplex', 'SupportsFloat',
    'SupportsIndex', 'SupportsInt', 'SupportsRound', 'TYPE_CHECKING', 'Text', 'TextIO', 'Tuple', 'Type', 'TypeAlias', 'TypeGuard',
    'TypeVar', 'TypeVarTuple', 'TypedDict', 'Union', 'Unpack', 'ValuesView', 'assert_never', 'assert_type', 'cast', 'final',
    'get_args', 'get_origin', 'get_overloads', 'get_type_hints', 'is_typeddict', 'no_type_check', 'overload', 'reveal_type',
    'runtime_checkable',
]

TYPE_CHECKING = False
Text = str
_NoneType = type(None)
_function = type(lambda: None)
_builtin_alias = type(list[int])
_union_type = type(int | str)


def _type_repr(t):
    if isinstance(t, _builtin_alias):
        return repr(t)
    if isinstance(t, type):
        return t.__qualname__ if t.__module__ == 'builtins' else f'{t.__module__}.{t.__qualname__}'
    if t is ...:
        return '...'
    if isinstance(t, _function):
        return t.__name__
    return repr(t)


def _convert(arg, what='Parameters to generic types must be types.'):
    """A type argument: None is NoneType, a str refers forward."""
    if arg is None:
        return _NoneType
    if isinstance(arg, str):
        return ForwardRef(arg)
    if isinstance(arg, _SpecialForm):
        if arg is ClassVar or arg is Final:
            raise TypeError(f'Plain {arg} is not valid as type argument')
    elif isinstance(arg, type) and arg.__module__ == 'typing' and arg is Generic:
        raise TypeError(f'{arg} is not valid as type argument')
    if type(arg) is tuple:
        raise TypeError(f'{what} Got {arg!r:.100}.')
    return arg


def _parameters_of(args):
    found = []
    for a in args:
        if isinstance(a, type):
            continue
        if isinstance(a, (list, tuple)):
            inner = _parameters_of(a)
        elif hasattr(type(a), '__typing_subst__'):
            inner = (a,)
        else:
            inner = getattr(a, '__parameters__', ())
        for p in inner:
            if p not in found:
                found.append(p)
    return tuple(found)


class _Immutable:
    """What all hints share: `X | Y`, and being their own copies."""

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self


class ForwardRef(_Immutable):
    __module__ = 'typing'

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f'Forward reference must be a string -- got {arg!r}')
        self.__forward_arg__ = arg
        self.__forward_evaluated__ = False
        self.__forward_value__ = None
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module

    def _evaluate(self, globalns, localns, recursive_guard=frozenset()):
        import _typing_more
        return _typing_more.evaluate(self, globalns, localns, recursive_guard)

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__forward_arg__ == other.__forward_arg__ and self.__forward_module__ == other.__forward_module__

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __repr__(self):
        return f'ForwardRef({self.__forward_arg__!r})'


class _SpecialForm(_Immutable):
    """A name that is subscripted: Union, Optional, Literal, ClassVar..."""

    def __init__(self, name, subscript=None):
        self._name = name
        self._subscript = subscript

    def __repr__(self):
        return 'typing.' + self._name

    def __call__(self, *args, **kwargs):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __getitem__(self, parameters):
        if self._subscript is None:
            raise TypeError(f'{self} is not subscriptable')
        return self._subscript(self, parameters)

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass {self!r}')

    def __instancecheck__(self, obj):
        raise TypeError(f'{self} cannot be used with isinstance()')

    def __subclasscheck__(self, cls):
        raise TypeError(f'{self} cannot be used with issubclass()')

    def __reduce__(self):
        return self._name


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError('typing.Any cannot be used with isinstance()')
        return super().__instancecheck__(obj)

    def __repr__(self):
        return 'typing.Any' if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    __module__ = 'typing'

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError('Any cannot be instantiated')
        return super().__new__(cls, *args, **kwargs)


class _BaseAlias(_Immutable):
    def __init__(self, origin, name=None, inst=True):
        self.__origin__ = origin
        self._name = name
        self._inst = inst

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f'Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead')
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass
        return made

    def __mro_entries__(self, bases):
        entries = [] if self.__origin__ in bases else [self.__origin__]
        rest = bases[bases.index(self) + 1:]
        if not any(isinstance(b, _BaseAlias) or issubclass(b, Generic) for b in rest):
            entries.append(Generic)
        return tuple(entries)

    def __getattr__(self, attr):
        if '__origin__' in self.__dict__ and not (attr.startswith('__') and attr.endswith('__')):
            return getattr(self.__origin__, attr)
        raise AttributeError(attr)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError('Subscripted generics cannot be used with class and instance checks')


class _GenericAlias(_BaseAlias):
    """What a subscripted generic is: `__origin__` and `__args__`."""

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, name, inst)
        if not isinstance(args, tuple):
            args = (args,)
        self.__args__ = args
        self.__parameters__ = _parameters_of(args)
        if name is None:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __getitem__(self, args):
        if self.__origin__ in (Generic, getattr(_loaded(), 'Protocol', Generic)):
            raise TypeError(f'Cannot subscript already-subscripted {self}')
        if not self.__parameters__:
            raise TypeError(f'{self} is not a generic class')
        if not isinstance(args, tuple):
            args = (args,)
        given = tuple(_convert(a) if not isinstance(a, list) else a for a in args)
        wanted = len(self.__parameters__)
        if len(given) != wanted and not any(type(p).__name__ == 'TypeVarTuple' for p in self.__parameters__):
            raise TypeError(f"Too {'many' if len(given) > wanted else 'few'} arguments for {self}; "
                            f'actual {len(given)}, expected {wanted}')
        table = dict(zip(self.__parameters__, given))
        return self._with(tuple(_substitute(a, table) for a in self.__args__))

    def _with(self, args):
        return type(self)(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        name = 'typing.' + self._name if self._name else _type_repr(self.__origin__)
        args = ', '.join(_type_repr(a) for a in self.__args__) if self.__args__ else '()'
        return f'{name}[{args}]'

    def __reduce__(self):
        import operator
        origin = globals()[self._name] if self._name else self.__origin__
        args = tuple(self.__args__)
        return operator.getitem, (origin, args[0] if len(args) == 1 and not isinstance(args[0], tuple) else args)

    def __mro_entries__(self, bases):
        if self._name:
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            if getattr(_loaded(), 'Protocol', None) in bases:
                return ()
            for b in bases[bases.index(self) + 1:]:
                if isinstance(b, _BaseAlias) and b is not self:
                    return ()
        return (self.__origin__,)

    def __iter__(self):
        yield Unpack[self]


def _substitute(arg, table):
    if isinstance(arg, type):
        return arg
    if isinstance(arg, (list, tuple)):
        return type(arg)(_substitute(a, table) for a in arg)
    try:
        if arg in table:
            return table[arg]
    except TypeError:
        return arg
    parameters = getattr(arg, '__parameters__', ())
    return arg[tuple(table.get(p, p) for p in parameters)] if parameters else arg


class _CollectionAlias(_BaseAlias):
    """List, Dict, Iterable...: `nparams` arguments, or any number when it is -1. The class may be found later."""

    def __init__(self, origin, nparams, name, inst=False):
        self._where = origin if isinstance(origin, str) else None
        self._nparams = nparams
        self._name = name
        self._inst = inst
        if self._where is None:
            self.__origin__ = origin

    def __getattr__(self, attr):
        if attr == '__origin__':
            module, name = self._where.rsplit('.', 1)
            self.__origin__ = origin = getattr(__import__(module, None, None, (name,)), name)
            return origin
        if attr.startswith('__') and attr.endswith('__'):
            raise AttributeError(attr)
        return getattr(self.__origin__, attr)

    def __getitem__(self, args):
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple(_convert(a) for a in args)
        if self._nparams >= 0 and len(args) != self._nparams:
            raise TypeError(f"Too {'many' if len(args) > self._nparams else 'few'} arguments for {self}; "
                            f'actual {len(args)}, expected {self._nparams}')
        return _GenericAlias(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        return 'typing.' + self._name

    def __subclasscheck__(self, cls):
        if isinstance(cls, _CollectionAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if not isinstance(cls, _GenericAlias):
            return issubclass(cls, self.__origin__)
        return super().__subclasscheck__(cls)

    def __reduce__(self):
        return self._name


class _TupleAlias(_CollectionAlias):
    def __getitem__(self, args):
        if args == ():
            return _GenericAlias(tuple, (), name='Tuple')
        if not isinstance(args, tuple):
            args = (args,)
        if len(args) >= 2 and args[-1] is ...:
            args = tuple(_convert(a, 'Tuple[t, ...]: t must be a type.') for a in args[:-1]) + (...,)
        else:
            args = tuple(_convert(a, 'Tuple[t0, t1, ...]: each t must be a type.') for a in args)
        return _GenericAlias(tuple, args, name='Tuple', inst=False)


class _CallableGenericAlias(_GenericAlias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or type(args[0]).__name__ in ('ParamSpec', '_ConcatenateGenericAlias')):
            return f'typing.Callable[{_type_repr(args[0])}, {_type_repr(args[1])}]'
        return f"typing.Callable[[{', '.join(_type_repr(a) for a in args[:-1])}], {_type_repr(args[-1])}]"


class _CallableAlias(_CollectionAlias):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple) or len(parameters) != 2:
            raise TypeError('Callable must be used as Callable[[arg, ...], result].')
        args, result = parameters
        result = _convert(result, 'Callable[args, result]: result must be a type.')
        if isinstance(args, (list, tuple)):
            args = tuple(_convert(a, 'Callable[[arg, ...], result]: each arg must be a type.') for a in args)
        elif args is ... or type(args).__name__ in ('ParamSpec', '_ConcatenateGenericAlias'):
            args = (args,)
        else:
            raise TypeError(f'Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {args}')
        return _CallableGenericAlias(self.__origin__, args + (result,), name='Callable', inst=False)


class _UnionGenericAlias(_GenericAlias):
    def __eq__(self, other):
        if not isinstance(other, (_UnionGenericAlias, _union_type)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def _with(self, args):
        return Union[args]

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _NoneType in args:
            return f'typing.Optional[{_type_repr(args[1] if args[0] is _NoneType else args[0])}]'
        return f"typing.Union[{', '.join(_type_repr(a) for a in args)}]"

    def __instancecheck__(self, obj):
        return any(isinstance(obj, a) for a in self.__args__)

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, a) for a in self.__args__)

    def __reduce__(self):
        import operator
        return operator.getitem, (Union, self.__args__)


def _union(form, parameters):
    if parameters == ():
        raise TypeError('Cannot take a Union of no types.')
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for p in parameters:
        p = _convert(p, 'Union[arg, ...]: each arg must be a type.')
        for a in p.__args__ if isinstance(p, (_UnionGenericAlias, _union_type)) else (p,):
            if a not in flat:
                flat.append(a)
    if len(flat) == 1:
        return flat[0]
    name = 'Optional' if len(flat) == 2 and _NoneType in flat else None
    return _UnionGenericAlias(Union, tuple(flat), name=name)


def _optional(form, parameter):
    return Union[_convert(parameter, 'typing.Optional requires a single type.'), _NoneType]


def _single(form, parameters):
    return _GenericAlias(form, (_convert(parameters, f'{form} accepts only single type.'),))


Union = _SpecialForm('Union', _union)
Optional = _SpecialForm('Optional', _optional)
ClassVar = _SpecialForm('ClassVar', _single)
Final = _SpecialForm('Final', _single)
TypeGuard = _SpecialForm('TypeGuard', _single)
Required = _SpecialForm('Required', _single)
NotRequired = _SpecialForm('NotRequired', _single)
Unpack = _SpecialForm('Unpack', _single)
NoReturn = _SpecialForm('NoReturn')
Never = _SpecialForm('Never')
Self = _SpecialForm('Self')
LiteralString = _SpecialForm('LiteralString')
TypeAlias = _SpecialForm('TypeAlias')
for _form in (Union, Optional, ClassVar, Final, TypeGuard, Required, NotRequired, Unpack):
    _form.__module__ = 'typing'


class TypeVar(_Immutable):
    __module__ = 'typing'

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        if covariant and contravariant:
            raise ValueError('Bivariant types are not supported.')
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        self.__name__ = name
        self.__bound__ = None if bound is None else _convert(bound, 'Bound must be a type.')
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__constraints__ = tuple(_convert(c) for c in constraints)

    def __typing_subst__(self, arg):
        return arg

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__

    def __reduce__(self):
        return self.__name__

    def __mro_entries__(self, bases):
        raise TypeError('Cannot subclass an instance of TypeVar')


AnyStr = TypeVar('AnyStr', bytes, str)
T = TypeVar('T')
KT = TypeVar('KT')
VT = TypeVar('VT')
T_co = TypeVar('T_co', covariant=True)


class Generic:
    __slots__ = ()
    __module__ = 'typing'

    def __class_getitem__(cls, params):
        if not isinstance(params, tuple):
            params = (params,)
        if not params:
            raise TypeError(f'Parameter list to {cls.__qualname__}[...] cannot be empty')
        params = tuple(p if isinstance(p, list) else _convert(p) for p in params)
        if cls is Generic or cls is getattr(_loaded(), 'Protocol', None):
            if not all(hasattr(type(p), '__typing_subst__') or getattr(p, '__origin__', None) is Unpack for p in params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables.')
            if len(set(params)) != len(params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be unique')
        else:
            wanted = getattr(cls, '__parameters__', ())
            if not wanted:
                raise TypeError(f'{cls} is not a generic class')
            if len(params) != len(wanted) and not any(type(p).__name__ == 'TypeVarTuple' for p in wanted):
                raise TypeError(f"Too {'many' if len(params) > len(wanted) else 'few'} arguments for {cls}; "
                                f'actual {len(params)}, expected {len(wanted)}')
        return _GenericAlias(cls, params)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get('__orig_bases__')
        plain = Generic in bases if bases is not None else Generic in cls.__bases__ and cls.__name__ != 'Protocol'
        if plain and bases is not None:
            raise TypeError('Cannot inherit from plain Generic')
        tvars = ()
        if bases is not None:
            tvars = _parameters_of(bases)
            for b in bases:
                if isinstance(b, _GenericAlias) and b.__origin__ is Generic:
                    missing = [t for t in tvars if t not in b.__parameters__]
                    if missing:
                        raise TypeError(f"Some type variables ({', '.join(map(str, missing))}) are not listed in "
                                        f"Generic[{', '.join(map(str, b.__parameters__))}]")
                    tvars = b.__parameters__
        cls.__parameters__ = tuple(tvars)


def _collections(names, module, nparams):
    for name in names.split():
        globals()[name] = _CollectionAlias(f'{module}.{name}', nparams, name)


_collections('Hashable Sized ByteString', 'collections.abc', 0)
_collections('Awaitable AsyncIterable AsyncIterator Iterable Iterator Reversible Container Collection MutableSet Sequence '
             'MutableSequence MappingView KeysView ValuesView', 'collections.abc', 1)
_collections('ItemsView Mapping MutableMapping', 'collections.abc', 2)
_collections('Coroutine Generator', 'collections.abc', 3)
AbstractSet = _CollectionAlias('collections.abc.Set', 1, 'AbstractSet')
AsyncGenerator = _CollectionAlias('collections.abc.AsyncGenerator', 2, 'AsyncGenerator')
ContextManager = _CollectionAlias('contextlib.AbstractContextManager', 1, 'ContextManager')
AsyncContextManager = _CollectionAlias('contextlib.AbstractAsyncContextManager', 1, 'AsyncContextManager')
Pattern = _CollectionAlias('re.Pattern', 1, 'Pattern')
Match = _CollectionAlias('re.Match', 1, 'Match')
Deque = _CollectionAlias('collections.deque', 1, 'Deque')
DefaultDict = _CollectionAlias('collections.defaultdict', 2, 'DefaultDict')
OrderedDict = _CollectionAlias('collections.OrderedDict', 2, 'OrderedDict')
Counter = _CollectionAlias('collections.Counter', 1, 'Counter')
ChainMap = _CollectionAlias('collections.ChainMap', 2, 'ChainMap')
for _alias in (Deque, DefaultDict, OrderedDict, Counter, ChainMap):
    _alias._inst = True
List = _CollectionAlias(list, 1, 'List')
Dict = _CollectionAlias(dict, 2, 'Dict')
Set = _CollectionAlias(set, 1, 'Set')
FrozenSet = _CollectionAlias(frozenset, 1, 'FrozenSet')
Type = _CollectionAlias(type, 1, 'Type')
Tuple = _TupleAlias(tuple, -1, 'Tuple')
Callable = _CallableAlias('collections.abc.Callable', 2, 'Callable')


def _caller(depth=2):
    try:
        import sys
        return sys._getframe(depth).f_globals.get('__name__', '__main__')
    except (AttributeError, ValueError):
        return '__main__'


def cast(typ, val):
    return val


def get_origin(tp):
    if isinstance(tp, (_BaseAlias, _builtin_alias)) or hasattr(tp, '__typing_origin__'):
        if type(tp).__name__ == '_AnnotatedAlias':
            return Annotated
        return tp.__origin__
    if isinstance(tp, _union_type):
        return _union_type
    return Generic if tp is Generic else None


def get_args(tp):
    if type(tp).__name__ == '_AnnotatedAlias':
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, (_GenericAlias, _builtin_alias)):
        args = tp.__args__
        if isinstance(tp, _CallableGenericAlias) and not (len(args) == 2 and args[0] is ...):
            args = (list(args[:-1]), args[-1])
        return args
    return tp.__args__ if isinstance(tp, _union_type) else ()


def _loaded():
    """_typing_more, if something has imported it."""
    import sys
    return sys.modules.get('_typing_more')


def __getattr__(name):
    if name.startswith('__') or name not in __all__ and name not in ('clear_overloads', 'dataclass_transform', 'get_type_hints', 'no_type_check_decorator'):
        raise AttributeError(f"module 'typing' has no attribute '{name}'")
    if name in ('NamedTuple', 'Literal', 'overload', 'get_overloads', 'clear_overloads'):
        import _typing_forms as source
    else:
        import _typing_more as source
    value = getattr(source, name)
    globals()[name] = value
    return value
