"""Enumerations."""
import sys

__all__ = [
    "EnumMeta", "EnumType", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique", "property",
    "member", "nonmember", "global_enum",
]

_builtin_property = property
_NO_VALUE = object()


class auto:
    """Stands for the value that comes next."""

    def __init__(self, value=_NO_VALUE):
        self.value = value

    def __repr__(self):
        return "auto(%r)" % (None if self.value is _NO_VALUE else self.value,)


class member:
    """Makes a member of something that would not be one."""

    def __init__(self, value):
        self.value = value


class nonmember:
    """Keeps something from becoming a member."""

    def __init__(self, value):
        self.value = value


class property(_builtin_property):
    """An attribute of members; on the class the same name may be a member."""

    def __get__(self, instance, ownerclass=None):
        if instance is not None:
            return self.fget(instance)
        found = ownerclass._member_map_.get(self._name)
        if found is None:
            raise AttributeError("%r has no attribute %r" % (ownerclass, self._name))
        return found

    def __set_name__(self, ownerclass, name):
        self._name = name


def _is_descriptor(value):
    kind = type(value)
    return hasattr(kind, "__get__") or hasattr(kind, "__set__") or hasattr(kind, "__delete__")


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    start = "_%s__" % cls_name
    return name.startswith(start) and len(name) > len(start) and not name.endswith("__")


_SETTABLE = (
    "_order_", "_generate_next_value_", "_numeric_repr_", "_missing_", "_ignore_", "_iter_member_",
    "_iter_member_by_value_", "_iter_member_by_def_",
)


class _EnumDict(dict):
    """The namespace of an enum's class body; it tells members from the rest."""

    def __init__(self, cls_name):
        super().__init__()
        self._cls_name = cls_name
        self._members = {}
        self._last_values = []
        self._ignore = []
        self._next = None

    def __setitem__(self, key, value):
        if _is_private(self._cls_name, key) or _is_dunder(key):
            pass
        elif _is_sunder(key):
            if key not in _SETTABLE:
                raise ValueError("_sunder_ names, such as %r, are reserved for future Enum use" % (key,))
            if key == "_generate_next_value_":
                self._next = value.__func__ if isinstance(value, staticmethod) else value
            elif key == "_ignore_":
                value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                self._ignore = value
                clash = set(value) & set(self._members)
                if clash:
                    raise ValueError("_ignore_ cannot specify already set names: %r" % (clash,))
        elif key in self._members:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not _is_descriptor(value):
            if isinstance(value, member):
                value = value.value
            elif key in self:
                raise TypeError("%r already defined as %r" % (key, self[key]))
            value = self._resolve(key, value)
            self._members[key] = True
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _resolve(self, key, value):
        """The value with every auto() in it replaced."""
        if isinstance(value, auto):
            if value.value is _NO_VALUE:
                value.value = self._next(key, 1, len(self._members), self._last_values[:])
            return value.value
        if type(value) is tuple and any(isinstance(part, auto) for part in value):
            return tuple([self._resolve(key, part) for part in value])
        return value


class EnumType(type):
    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = _EnumDict(cls)
        _, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            namespace._next = getattr(first_enum, "_generate_next_value_", None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if not isinstance(classdict, _EnumDict):
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        for name in classdict._ignore:
            classdict.pop(name, None)
        classdict.pop("_ignore_", None)
        order = classdict.pop("_order_", None)
        if "mro" in classdict._members or "" in classdict._members:
            raise ValueError("invalid enum member name(s) %s" % ("'mro'" if "mro" in classdict._members else "''"))
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        values = {name: classdict[name] for name in classdict._members}
        body = {name: value for name, value in classdict.items() if name not in values}
        body["_member_names_"] = []
        body["_member_map_"] = {}
        body["_value2member_map_"] = {}
        body["_member_type_"] = member_type
        maker = body.get("__new__")
        if maker is not None and Enum is not None:
            body["_new_member_"] = maker
            body["__new__"] = Enum.__new__
        if "_generate_next_value_" in body and not isinstance(body["_generate_next_value_"], staticmethod):
            body["_generate_next_value_"] = staticmethod(body["_generate_next_value_"])
        is_flag = _Flag is not None and first_enum is not None and issubclass(first_enum, _Flag)
        if boundary is not None or is_flag:
            body["_boundary_"] = boundary or getattr(first_enum, "_boundary_", None)
            body["_flag_mask_"] = body["_all_bits_"] = 0
        made = super().__new__(metacls, cls, bases, body, **kwds)
        if member_type is not object:
            made._adopt_methods(body, first_enum)
        construct, use_args = made._maker(maker, member_type, first_enum)
        for name, value in values.items():
            made._add_member(name, value, construct, use_args, member_type)
        if is_flag:
            made._finish_flag(classdict)
        if Enum is not None:
            made.__new__ = Enum.__new__
        if order is not None:
            wanted = order.replace(",", " ").split() if isinstance(order, str) else list(order)
            names = [n for n in made._member_map_ if n in made._member_names_ or n in wanted]
            if names != [n for n in wanted if n in made._member_map_]:
                raise TypeError("member order does not match _order_:\n  %r\n  %r" % (names, wanted))
        return made

    def _adopt_methods(cls, body, first_enum):
        """The mixed-in type must not hide how enums print."""
        data = cls._member_type_
        for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
            if name not in body:
                if getattr(cls, name) in (getattr(data, name), getattr(object, name)):
                    setattr(cls, name, getattr(first_enum, name))

    def _maker(cls, maker, member_type, first_enum):
        """(function that makes a member, whether it is given the value)."""
        if maker is not None:
            return (maker.__func__ if isinstance(maker, staticmethod) else maker), True
        for base in cls.__mro__[1:]:
            inherited = base.__dict__.get("_new_member_")
            if inherited is not None:
                return (inherited.__func__ if isinstance(inherited, staticmethod) else inherited), True
        if member_type is object or member_type.__new__ is object.__new__:
            return object.__new__, False
        return member_type.__new__, True

    def _add_member(cls, name, value, construct, use_args, member_type):
        args = value if isinstance(value, tuple) else (value,)
        if member_type is tuple:
            args = (args,)
        item = construct(cls, *args) if use_args else construct(cls)
        if not hasattr(item, "_value_"):
            if member_type is object:
                item._value_ = value
            else:
                try:
                    item._value_ = member_type(*args)
                except Exception as error:
                    raise TypeError("_value_ not set in __new__, unable to create it") from error
        value = item._value_
        item._name_ = name
        item.__objclass__ = cls
        known = cls._known(value)
        alias = known is not None
        if not alias:
            item._sort_order_ = len(cls._member_names_)
            item.__init__(*args)
            if _Flag is None or not issubclass(cls, _Flag):
                cls._member_names_.append(name)
            elif isinstance(value, int):
                # Only single bits are canonical.
                cls._flag_mask_ |= value
                if value > 0 and value & (value - 1) == 0:
                    cls._member_names_.append(name)
                cls._all_bits_ = 2 ** cls._flag_mask_.bit_length() - 1 if cls._flag_mask_ > 0 else 0
            else:
                cls._member_names_.append(name)
        else:
            item = known
        cls._member_map_[name] = item
        inherited = None
        for base in cls.__mro__[1:]:
            inherited = base.__dict__.get(name)
            if inherited is not None:
                break
        if not isinstance(inherited, property):
            type.__setattr__(cls, name, item)
        if not alias:
            try:
                cls._value2member_map_.setdefault(value, item)
            except TypeError:
                pass

    def _known(cls, value):
        """The member with that value."""
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for item in cls._member_map_.values():
                if item._value_ == value:
                    return item
        return None

    def _finish_flag(cls, classdict):
        names = ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__")
        for name in names:
            if name not in classdict:
                setattr(cls, name, getattr(_Flag, name))

    @staticmethod
    def _check_for_existing_members_(class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError("<enum %r> cannot extend %r" % (class_name, base))

    @classmethod
    def _get_mixins_(metacls, class_name, bases):
        """(data type that members are, nearest enum base)."""
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
        data_types = []
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        if base._member_type_ not in data_types:
                            data_types.append(base._member_type_)
                        break
                elif "__new__" in base.__dict__ or "__dataclass_fields__" in base.__dict__:
                    found = candidate or base
                    if found not in data_types:
                        data_types.append(found)
                    break
                else:
                    candidate = candidate or base
        if len(data_types) > 1:
            raise TypeError("too many data types for %r: %r" % (class_name, set(data_types)))
        return (data_types[0] if data_types else object), first_enum

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is None:
            return cls.__new__(cls, value)
        return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1):
        """Makes an enum from a list of names, or of (name, value)."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        namespace = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            given, names, last = names, [], []
            for count, name in enumerate(given):
                value = namespace._next(name, start, count, last[:])
                last.append(value)
                names.append((name, value))
        for item in names:
            name, value = (item, names[item]) if isinstance(item, str) else item
            namespace[name] = value
        if module is None:
            module = sys._getframe(2).f_globals.get("__name__")
        namespace["__module__"] = module
        namespace["__qualname__"] = class_name if qualname is None else qualname
        return metacls.__new__(metacls, class_name, bases, namespace)

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        if not isinstance(value, Enum):
            # Values themselves are accepted from Python 3.12 on.
            raise TypeError(
                "unsupported operand type(s) for 'in': '%s' and '%s'"
                % (type(value).__qualname__, cls.__class__.__qualname__)
            )
        return False

    def __bool__(cls):
        return True

    def __len__(cls):
        return len(cls._member_names_)

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __getitem__(cls, name):
        return cls._member_map_[name]

    @_builtin_property
    def __members__(cls):
        from types import MappingProxyType

        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if _Flag is not None and issubclass(cls, _Flag):
            return "<flag %r>" % cls.__name__
        return "<enum %r>" % cls.__name__

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % (name,))
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        super().__delattr__(name)

    def __dir__(cls):
        return sorted({"__class__", "__doc__", "__members__", "__module__", *cls._member_names_})


EnumMeta = EnumType
Enum = ReprEnum = None
# Flags are in _enum_flags.py, which sets this when it is imported.
_Flag = None


class Enum(metaclass=EnumType):
    """A base for classes whose attributes are a fixed set of members."""

    def __new__(cls, value):
        if type(value) is cls:
            return value
        found = cls._known(value)
        if found is not None:
            return found
        if not cls._member_map_ and (_Flag is None or not issubclass(cls, _Flag)):
            raise TypeError("%r has no members defined" % cls)
        problem = None
        try:
            made = cls._missing_(value)
        except Exception as error:
            problem, made = error, None
        if isinstance(made, cls):
            return made
        refusal = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        if made is None and problem is None:
            raise refusal
        if problem is None:
            problem = TypeError(
                "error in %s._missing_: returned %r instead of None or a valid member" % (cls.__name__, made)
            )
        if not isinstance(problem, ValueError):
            problem.__context__ = refusal
        raise problem

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return sorted(last_values)[-1] + 1
        except TypeError:
            for value in reversed(last_values):
                try:
                    return value + 1
                except TypeError:
                    pass
            return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        data = self.__class__._member_type_
        shown = repr(self._value_) if data is object else _value_repr(data, self._value_)
        return "<%s.%s: %s>" % (self.__class__.__name__, self._name_, shown)

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __dir__(self):
        return ["__class__", "__doc__", "__eq__", "__hash__", "__module__", "name", "value"]

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_


def _value_repr(data, value):
    """How the data type itself prints the value."""
    return data.__repr__(value) if isinstance(value, data) else repr(value)


class ReprEnum(Enum):
    """Enums that print as their value."""


class IntEnum(int, ReprEnum):
    """Members are ints."""

    __str__ = int.__repr__
    __format__ = int.__format__


class StrEnum(str, ReprEnum):
    """Members are strings; auto() is the name in lower case."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError("too many arguments for str(): %r" % (values,))
        for value in values:
            if not isinstance(value, str):
                raise TypeError("%r is not a string" % (value,))
        made = str.__new__(cls, *values)
        made._value_ = str(*values)
        return made

    def __str__(self):
        return self._value_

    def __format__(self, format_spec):
        return str.__format__(self._value_, format_spec)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


def unique(enumeration):
    """Refuses enums in which two names have one value."""
    doubles = [(name, m._name_) for name, m in enumeration.__members__.items() if name != m._name_]
    if doubles:
        text = ", ".join(["%s -> %s" % pair for pair in doubles])
        raise ValueError("duplicate values found in %r: %s" % (enumeration, text))
    return enumeration


def global_enum(cls, update_str=False):
    """Puts the members into the module of the enum."""
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def __getattr__(name):
    if name in ("Flag", "IntFlag", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP"):
        import _enum_flags
        value = getattr(_enum_flags, name)
        globals()[name] = value
        return value
    raise AttributeError("module 'enum' has no attribute %r" % (name,))
