"""Signatures of callables, for inspect."""
import types

CO_VARARGS, CO_VARKEYWORDS = 4, 8


def getattr_static(obj, attr, *default):
    """An attribute as it is stored, no descriptor or hook being called."""
    own = None if isinstance(obj, type) else getattr(obj, "__dict__", None)
    if own is not None and attr in own:
        return own[attr]
    for base in (obj if isinstance(obj, type) else type(obj)).__mro__:
        if attr in base.__dict__:
            return base.__dict__[attr]
    if default:
        return default[0]
    raise AttributeError(attr)


def unwrap(func, *, stop=None):
    """The function behind decorators that use functools.wraps."""
    seen = {id(func)}
    while hasattr(func, "__wrapped__") and not (stop and stop(func)):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f"wrapper loop when unwrapping {func!r}")
        seen.add(id(func))
    return func


class _empty:
    """Stands for what is absent."""
    __module__ = "inspect"


class _Kind(int):
    def __new__(cls, value, name, description):
        made = int.__new__(cls, value)
        made.name, made.description = name, description
        return made

    def __str__(self):
        return self.name

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"


_POSITIONAL_ONLY = _Kind(0, "POSITIONAL_ONLY", "positional-only")
_POSITIONAL_OR_KEYWORD = _Kind(1, "POSITIONAL_OR_KEYWORD", "positional or keyword")
_VAR_POSITIONAL = _Kind(2, "VAR_POSITIONAL", "variadic positional")
_KEYWORD_ONLY = _Kind(3, "KEYWORD_ONLY", "keyword-only")
_VAR_KEYWORD = _Kind(4, "VAR_KEYWORD", "variadic keyword")


def formatannotation(annotation, base_module=None):
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


def _is_function(object):
    return isinstance(object, types.FunctionType)


def _is_method(object):
    return isinstance(object, types.MethodType)


class Parameter:
    """One parameter of a function."""

    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL = _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL
    KEYWORD_ONLY, VAR_KEYWORD = _KEYWORD_ONLY, _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        if default is not _empty and kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{kind.description} parameters cannot have default values")
        if not isinstance(name, str) or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, *, name=None, kind=None, annotation=_Kind, default=_Kind):
        return type(self)(
            self.name if name is None else name,
            self.kind if kind is None else kind,
            default=self.default if default is _Kind else default,
            annotation=self.annotation if annotation is _Kind else annotation,
        )

    def __str__(self):
        text = self.name
        if self.annotation is not _empty:
            text += f": {formatannotation(self.annotation)}"
        if self.default is not _empty:
            text += f" = {self.default!r}" if self.annotation is not _empty else f"={self.default!r}"
        return {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}.get(self.kind, "") + text

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        mine = (self.name, self.kind, self.default, self.annotation)
        return mine == (other.name, other.kind, other.default, other.annotation)

    def __hash__(self):
        return hash((self.name, int(self.kind)))


class BoundArguments:
    """Arguments by the parameter they belong to."""

    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        out = []
        for name, p in self.signature.parameters.items():
            if p.kind in (_KEYWORD_ONLY, _VAR_KEYWORD) or name not in self.arguments:
                break
            if p.kind == _VAR_POSITIONAL:
                out.extend(self.arguments[name])
            else:
                out.append(self.arguments[name])
        return tuple(out)

    @property
    def kwargs(self):
        out, by_name = {}, False
        for name, p in self.signature.parameters.items():
            if p.kind in (_KEYWORD_ONLY, _VAR_KEYWORD) or name not in self.arguments:
                by_name = True
            if name in self.arguments and by_name:
                if p.kind == _VAR_KEYWORD:
                    out.update(self.arguments[name])
                elif p.kind != _VAR_POSITIONAL:
                    out[name] = self.arguments[name]
        return out

    def apply_defaults(self):
        filled = {}
        for name, p in self.signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif p.default is not _empty:
                filled[name] = p.default
            elif p.kind == _VAR_POSITIONAL:
                filled[name] = ()
            elif p.kind == _VAR_KEYWORD:
                filled[name] = {}
        self.arguments = filled

    def __repr__(self):
        return f"<{self.__class__.__name__} ({', '.join([f'{k}={v!r}' for k, v in self.arguments.items()])})>"


class Signature:
    """The parameters of a callable and what it returns."""

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        found = {}
        last = 0
        for p in parameters or ():
            if p.kind < last:
                raise ValueError(
                    f"wrong parameter order: {_KINDS[last].description} parameter before {p.kind.description} parameter"
                )
            last = p.kind
            if p.name in found:
                raise ValueError(f"duplicate parameter name: {p.name!r}")
            found[p.name] = p
        self.parameters = types.MappingProxyType(found)
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return signature(obj, follow_wrapped=follow_wrapped)

    def replace(self, *, parameters=_Kind, return_annotation=_Kind):
        return type(self)(
            self.parameters.values() if parameters is _Kind else parameters,
            return_annotation=self.return_annotation if return_annotation is _Kind else return_annotation,
        )

    def _bind(self, args, kwargs, partial):
        arguments = {}
        args, kwargs = list(args), dict(kwargs)
        for name, p in self.parameters.items():
            if p.kind == _VAR_POSITIONAL:
                if args:
                    arguments[name] = tuple(args)
                args = []
            elif p.kind == _VAR_KEYWORD:
                if kwargs:
                    arguments[name] = kwargs
                kwargs = {}
            elif args and p.kind != _KEYWORD_ONLY:
                if name in kwargs and p.kind != _POSITIONAL_ONLY:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = args.pop(0)
            elif name in kwargs and p.kind != _POSITIONAL_ONLY:
                arguments[name] = kwargs.pop(name)
            elif p.default is _empty and not partial:
                raise TypeError(f"missing a required argument: {name!r}")
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def __str__(self):
        out, star, slash = [], True, False
        for p in self.parameters.values():
            if p.kind == _POSITIONAL_ONLY:
                slash = True
            elif slash:
                out.append("/")
                slash = False
            if p.kind == _VAR_POSITIONAL:
                star = False
            elif p.kind == _KEYWORD_ONLY and star:
                out.append("*")
                star = False
            out.append(str(p))
        if slash:
            out.append("/")
        text = f"({', '.join(out)})"
        if self.return_annotation is not _empty:
            text += f" -> {formatannotation(self.return_annotation)}"
        return text

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        mine, theirs = list(self.parameters.values()), list(other.parameters.values())
        return mine == theirs and self.return_annotation == other.return_annotation

    def __hash__(self):
        return hash(tuple(self.parameters))


_KINDS = (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD)


def _of_function(func):
    code = func.__code__
    count, keyword, first = code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount
    names = list(code.co_varnames)
    notes, defaults, named = func.__annotations__, func.__defaults__ or (), func.__kwdefaults__ or {}
    out = []

    def add(name, kind, default=_empty):
        out.append(Parameter(name, kind, default=default, annotation=notes.get(name, _empty)))

    for i, name in enumerate(names[:count]):
        at = i - (count - len(defaults))
        kind = _POSITIONAL_ONLY if i < first else _POSITIONAL_OR_KEYWORD
        add(name, kind, defaults[at] if at >= 0 else _empty)
    after = count + keyword
    if code.co_flags & CO_VARARGS:
        add(names[after], _VAR_POSITIONAL)
        after += 1
    for name in names[count:count + keyword]:
        add(name, _KEYWORD_ONLY, named.get(name, _empty))
    if code.co_flags & CO_VARKEYWORDS:
        add(names[after], _VAR_KEYWORD)
    return Signature(out, return_annotation=notes.get("return", _empty))


def _without_first(found):
    parameters = list(found.parameters.values())
    if not parameters or parameters[0].kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
        raise ValueError("invalid method signature")
    if parameters[0].kind != _VAR_POSITIONAL:
        parameters = parameters[1:]
    return found.replace(parameters=parameters)


def _of_partial(obj):
    found = signature(obj.func)
    bound = found.bind_partial(*obj.args, **obj.keywords)
    taken, out, by_name = len(obj.args), [], False
    for i, (name, p) in enumerate(found.parameters.items()):
        if i < taken and p.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            continue
        if name in obj.keywords and p.kind != _VAR_KEYWORD:
            by_name = True
            p = p.replace(kind=_KEYWORD_ONLY, default=bound.arguments[name])
        elif by_name and p.kind == _POSITIONAL_OR_KEYWORD:
            p = p.replace(kind=_KEYWORD_ONLY)
        elif by_name and p.kind == _VAR_POSITIONAL:
            continue
        out.append(p)
    return found.replace(parameters=out)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of a function, method, class or callable object."""
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if _is_method(obj):
        return _without_first(signature(obj.__func__))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__") or _is_method(f))
        if _is_method(obj):
            return signature(obj)
    told = getattr(obj, "__signature__", None)
    if isinstance(told, Signature):
        return told
    if _is_function(obj):
        return _of_function(obj)
    from functools import partial

    if isinstance(obj, partial):
        return _of_partial(obj)
    if isinstance(obj, type):
        caller = getattr_static(type(obj), "__call__", None)
        if _is_function(caller) and not type(obj).__module__ in ("enum",):
            return _without_first(signature(caller))
        for base in obj.__mro__:
            for name in ("__new__", "__init__"):
                method = base.__dict__.get(name)
                if isinstance(method, staticmethod):
                    method = method.__func__
                if _is_function(method):
                    return _without_first(signature(method))
        if type not in obj.__mro__ and obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return Signature()
        raise ValueError(f"no signature found for builtin type {obj!r}")
    if not isinstance(obj, types.BuiltinFunctionType):
        caller = getattr_static(type(obj), "__call__", None)
        if _is_function(caller):
            return _without_first(signature(caller))
    raise ValueError(f"no signature found for builtin {obj!r}")


class FullArgSpec(tuple):
    _fields = ("args", "varargs", "varkw", "defaults", "kwonlyargs", "kwonlydefaults", "annotations")

    def __getattr__(self, name):
        if name in FullArgSpec._fields:
            return self[FullArgSpec._fields.index(name)]
        raise AttributeError(name)

    def __repr__(self):
        return "FullArgSpec(" + ", ".join([f"{n}={v!r}" for n, v in zip(self._fields, self)]) + ")"


def getfullargspec(func):
    """Names and defaults of the parameters, the bound one included."""
    found = signature(func.__func__ if _is_method(func) else func, follow_wrapped=False)
    args, defaults, named, only = [], [], {}, []
    varargs = varkw = None
    notes = {} if found.return_annotation is _empty else {"return": found.return_annotation}
    for p in found.parameters.values():
        if p.annotation is not _empty:
            notes[p.name] = p.annotation
        if p.kind <= _POSITIONAL_OR_KEYWORD:
            args.append(p.name)
            if p.default is not _empty:
                defaults.append(p.default)
        elif p.kind == _VAR_POSITIONAL:
            varargs = p.name
        elif p.kind == _VAR_KEYWORD:
            varkw = p.name
        else:
            only.append(p.name)
            if p.default is not _empty:
                named[p.name] = p.default
    return FullArgSpec((args, varargs, varkw, tuple(defaults) or None, only, named or None, notes))


def getcallargs(func, /, *positional, **named):
    """The value each parameter would have in a call."""
    if _is_method(func):
        positional = (func.__self__, *positional)
        func = func.__func__
    bound = signature(func, follow_wrapped=False).bind(*positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)
