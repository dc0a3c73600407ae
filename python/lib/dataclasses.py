"""Classes whose methods are made from their annotated fields."""
import sys

__all__ = [
    "dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict", "astuple",
    "make_dataclass", "replace", "is_dataclass",
]


class FrozenInstanceError(AttributeError):
    pass


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()


class _DefaultFactory:
    def __repr__(self):
        return "<factory>"


_FACTORY = _DefaultFactory()


class InitVar:
    """Marks a parameter of __init__ that is handed on to __post_init__ and not kept."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known about one field."""

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        if metadata is None:
            metadata = {}
        self.metadata = type(type.__dict__)(metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        shown = ("name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata", "kw_only")
        return "Field(" + ",".join([f"{n}={getattr(self, n)!r}" for n in shown]) + f",_field_type={self._field_type})"

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), "__set_name__", None)
        if hook is not None:
            hook(self.default, owner, name)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    """Tells more about a field than its default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


_FIELD, _FIELD_CLASSVAR, _FIELD_INITVAR = "_FIELD", "_FIELD_CLASSVAR", "_FIELD_INITVAR"
_FIELDS, _PARAMS = "__dataclass_fields__", "__dataclass_params__"


class _DataclassParams:
    def __init__(self, **params):
        self.__dict__.update(params)

    def __repr__(self):
        return "_DataclassParams(" + ",".join([f"{k}={v!r}" for k, v in self.__dict__.items()]) + ")"


def _kind_of(annotation):
    """Whether an annotation makes a field, a class variable or a parameter of __init__ alone."""
    if isinstance(annotation, str):
        head = annotation.split("[")[0].strip().split(".")[-1]
        return {"ClassVar": _FIELD_CLASSVAR, "InitVar": _FIELD_INITVAR}.get(head, _FIELD)
    if annotation is InitVar or type(annotation) is InitVar:
        return _FIELD_INITVAR
    typing = sys.modules.get("typing")
    if typing is not None:
        if annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar:
            return _FIELD_CLASSVAR
    return _FIELD


def _make_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if type(default).__name__ in ("member_descriptor", "getset_descriptor"):
            default = MISSING
        f = field(default=default)
    f.name, f.type = name, annotation
    f._field_type = _kind_of(annotation)
    if f._field_type is not _FIELD and f.default_factory is not MISSING:
        raise TypeError(f"field {name} cannot have a default factory")
    if f._field_type is _FIELD_CLASSVAR:
        if f.kw_only is not MISSING:
            raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
    elif f.kw_only is MISSING:
        f.kw_only = kw_only
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError(f"mutable default {type(f.default)} for field {name} is not allowed: use default_factory")
    return f


def _guarded(function):
    """A __repr__ that prints ... for an object met inside itself."""
    running = set()

    def __repr__(self):
        key = id(self)
        if key in running:
            return "..."
        running.add(key)
        try:
            return function(self)
        finally:
            running.discard(key)

    return __repr__


def _define(cls, name, parameters, lines, names, returns=""):
    """A method of `cls` from the text of its body."""
    body = "\n".join([f"  {line}" for line in lines]) or "  pass"
    scope = {}
    globals = sys.modules[cls.__module__].__dict__ if cls.__module__ in sys.modules else {}
    text = f"def _make({', '.join(names)}):\n def {name}({parameters}){returns}:\n{body}\n return {name}"
    exec(text, globals, scope)
    made = scope["_make"](**names)
    made.__qualname__ = f"{cls.__qualname__}.{name}"
    return made


def _init(cls, all_fields, frozen, has_post_init, self_name):
    given = [f for f in all_fields if f.init and f._field_type is not _FIELD_CLASSVAR]
    positional = [f for f in given if not f.kw_only]
    keyword = [f for f in given if f.kw_only]
    seen_default = False
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen_default = True
        elif seen_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
    names = {"_MISSING": MISSING, "_FACTORY": _FACTORY, "_object": object}

    def parameter(f):
        names[f"_t_{f.name}"] = f.type
        typed = f"{f.name}: _t_{f.name}"
        if f.default is not MISSING:
            names[f"_d_{f.name}"] = f.default
            return f"{typed} = _d_{f.name}"
        if f.default_factory is not MISSING:
            return f"{typed} = _FACTORY"
        return typed

    lines = []
    for f in all_fields:
        value = None
        if f.default_factory is not MISSING:
            names[f"_f_{f.name}"] = f.default_factory
            value = f"_f_{f.name}() if {f.name} is _FACTORY else {f.name}" if f.init else f"_f_{f.name}()"
        elif f.init:
            value = f.name
        elif f.default is not MISSING and "__slots__" in cls.__dict__:
            names[f"_d_{f.name}"] = f.default
            value = f"_d_{f.name}"
        if value is None or f._field_type is not _FIELD:
            continue
        if frozen:
            lines.append(f"_object.__setattr__({self_name}, {f.name!r}, {value})")
        else:
            lines.append(f"{self_name}.{f.name} = {value}")
    if has_post_init:
        handed = ", ".join([f.name for f in all_fields if f._field_type is _FIELD_INITVAR])
        lines.append(f"{self_name}.__post_init__({handed})")
    parameters = [self_name] + [parameter(f) for f in positional]
    if keyword:
        parameters += ["*"] + [parameter(f) for f in keyword]
    return _define(cls, "__init__", ", ".join(parameters), lines, names, " -> None")


def _values(names, self_name="self"):
    return "(" + "".join([f"{self_name}.{n}, " for n in names]) + ")"


def _compare(cls, name, operator, names):
    lines = [
        "if other.__class__ is self.__class__:",
        f"  return {_values(names)} {operator} {_values(names, 'other')}",
        "return NotImplemented",
    ]
    return _define(cls, name, "self, other", lines, {})


def _set_new(cls, name, value):
    if name in cls.__dict__:
        return True
    setattr(cls, name, value)
    return False


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    all_fields = {}
    any_frozen_base = has_dataclass_bases = False
    for base in cls.__mro__[-1:0:-1]:
        base_fields = base.__dict__.get(_FIELDS)
        if base_fields is not None:
            has_dataclass_bases = True
            for f in base_fields.values():
                all_fields[f.name] = f
            if getattr(base, _PARAMS).frozen:
                any_frozen_base = True
    own = []
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if annotation is KW_ONLY or (isinstance(annotation, str) and annotation.split(".")[-1] == "KW_ONLY"):
            kw_only = True
            continue
        own.append(_make_field(cls, name, annotation, kw_only))
    for f in own:
        all_fields[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in cls.__dict__.get("__annotations__", {}):
            raise TypeError(f"{name!r} is a field but has no type annotation")
    if has_dataclass_bases:
        if any_frozen_base and not frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if not any_frozen_base and frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    setattr(cls, _FIELDS, all_fields)
    setattr(cls, _PARAMS, _DataclassParams(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen))
    explicit_hash = not (
        cls.__dict__.get("__hash__", MISSING) is MISSING
        or (cls.__dict__["__hash__"] is None and "__eq__" in cls.__dict__)
    )
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    shown = [f for f in all_fields.values() if f._field_type is _FIELD]
    if init:
        parts = [f for f in all_fields.values() if f._field_type is not _FIELD_CLASSVAR]
        self_name = "__dataclass_self__" if "self" in all_fields else "self"
        _set_new(cls, "__init__", _init(cls, parts, frozen, hasattr(cls, "__post_init__"), self_name))
    if repr:
        names = [f.name for f in shown if f.repr]

        def __repr__(self):
            return f"{self.__class__.__qualname__}(" + ", ".join([f"{n}={getattr(self, n)!r}" for n in names]) + ")"

        _set_new(cls, "__repr__", _guarded(__repr__))
    compared = [f.name for f in shown if f.compare]
    if eq:
        _set_new(cls, "__eq__", _compare(cls, "__eq__", "==", compared))
    if order:
        for name, operator in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if _set_new(cls, name, _compare(cls, name, operator, compared)):
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering"
                )
    if frozen:
        _freeze(cls, [f.name for f in shown])
    _set_hash(cls, shown, unsafe_hash, eq, frozen, explicit_hash)
    if match_args:
        _set_new(cls, "__match_args__", tuple([f.name for f in all_fields.values() if f.init and not f.kw_only]))
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    return _add_slots(cls, [f.name for f in shown], frozen) if slots else cls


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    for method in (__setattr__, __delattr__):
        if _set_new(cls, method.__name__, method):
            raise TypeError(f"Cannot overwrite attribute {method.__name__} in class {cls.__name__}")


def _set_hash(cls, shown, unsafe_hash, eq, frozen, explicit):
    if unsafe_hash:
        if explicit:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
    elif not eq or explicit:
        return
    elif not frozen:
        cls.__hash__ = None
        return
    names = [f.name for f in shown if (f.compare if f.hash is None else f.hash)]
    cls.__hash__ = _define(cls, "__hash__", "self", [f"return hash({_values(names)})"], {})


def _add_slots(cls, names, frozen):
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    body = dict(cls.__dict__)
    inherited = {n for base in cls.__mro__[1:] for n in base.__dict__.get("__slots__", ())}
    body["__slots__"] = tuple([n for n in names if n not in inherited])
    for name in names:
        body.pop(name, None)
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    qualname = cls.__qualname__
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = qualname
    return made


def dataclass(
    cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
    kw_only=False, slots=False, weakref_slot=False,
):
    """Gives a class __init__, __repr__, __eq__ and more, made from its annotated fields."""

    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields, in order."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def _walk(obj, make):
    """A copy of `obj` with every dataclass in it replaced by `make`."""
    if hasattr(type(obj), _FIELDS):
        return make([(f.name, _walk(getattr(obj, f.name), make)) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_walk(v, make) for v in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_walk(v, make) for v in obj])
    if isinstance(obj, dict):
        return type(obj)([(_walk(k, make), _walk(v, make)) for k, v in obj.items()])
    from copy import deepcopy

    return deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    """Fields by name, dataclasses inside too."""
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _walk(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _walk(obj, lambda pairs: tuple_factory([value for _, value in pairs]))


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    """A dataclass from names, (name, type) or (name, type, default)."""
    body = dict(namespace or {})
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            annotations[item] = "typing.Any"
        else:
            annotations[item[0]] = item[1]
            if len(item) == 3:
                body[item[0]] = item[2]
    body["__annotations__"] = annotations
    from types import new_class

    return dataclass(**options)(new_class(cls_name, bases, {}, lambda ns: ns.update(body)))


def replace(obj, /, **changes):
    """A new object with some fields changed."""
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
            continue
        if f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)
