"""Looking at functions, classes and source."""
import sys
import types

from _signatures import (
    BoundArguments, FullArgSpec, Parameter, Signature, _empty, _Kind, formatannotation, getattr_static,
    getcallargs, getfullargspec, signature, unwrap,
)

CO_VARARGS, CO_VARKEYWORDS, CO_GENERATOR, CO_COROUTINE = 4, 8, 32, 128


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def ismethod(object):
    return isinstance(object, types.MethodType)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def isgeneratorfunction(obj):
    return isfunction(unwrap(obj)) and bool(obj.__code__.co_flags & CO_GENERATOR)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutinefunction(obj):
    return isfunction(obj) and bool(obj.__code__.co_flags & CO_COROUTINE)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType)


def iscode(object):
    return isinstance(object, types.CodeType)


def isframe(object):
    return isinstance(object, types.FrameType)


def istraceback(object):
    return isinstance(object, types.TracebackType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object) or isinstance(object, types.MethodDescriptorType)


def isabstract(object):
    return isclass(object) and bool(getattr(object, "__abstractmethods__", None))


def ismethoddescriptor(obj):
    if isclass(obj) or ismethod(obj) or isfunction(obj):
        return False
    return hasattr(type(obj), "__get__") and not hasattr(type(obj), "__set__")


def isdatadescriptor(obj):
    if isclass(obj) or ismethod(obj) or isfunction(obj):
        return False
    return hasattr(type(obj), "__set__") or hasattr(type(obj), "__delete__")


def getmembers(object, predicate=None):
    """(name, value) of all attributes, sorted."""
    out = []
    for name in sorted(set(dir(object))):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            out.append((name, value))
    return out


def getmro(cls):
    return cls.__mro__


def cleandoc(doc):
    """A docstring without the indentation of its lines after the first."""
    lines = doc.expandtabs().split("\n")
    rest = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(rest) if rest else 0
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    if doc is None and isclass(object):
        doc = next((b.__doc__ for b in object.__mro__[1:] if b is not type(None) and b.__doc__), None)
    return cleandoc(doc) if isinstance(doc, str) else None


def getcomments(object):
    return None


def getmodule(object, _filename=None):
    if ismodule(object):
        return object
    return sys.modules.get(getattr(object, "__module__", None))


def getmodulename(path):
    name = path.rsplit("/", 1)[-1]
    return name[:-3] if name.endswith(".py") else None


def _plain(object):
    if ismethod(object):
        object = object.__func__
    return unwrap(object) if not isclass(object) and not ismodule(object) else object


def _kinds(object):
    return (
        "module, class, method, function, traceback, frame, or code object was expected, got "
        f"{type(object).__name__}"
    )


def _found(object):
    """(text, first line, last line, file name) of the definition."""
    import _source

    object = _plain(object)
    if ismodule(object):
        text = _source.text_of(getattr(object, "__file__", None) or "")
        if text is None:
            raise OSError("source code not available") if hasattr(object, "__file__") else TypeError(f"{object!r} is a built-in module")
        return text, 0, text.count("\n") + 1, object.__file__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    found = _source.lines(object)
    if found is None:
        if isclass(object):
            if object.__module__ == "builtins":
                raise TypeError(f"{object!r} is a built-in class")
            raise OSError("could not find class definition")
        if iscode(object):
            raise OSError("could not get source code")
        raise TypeError(_kinds(object))
    return found


def getsourcefile(object):
    return _found(object)[3]


def getfile(object):
    return _found(object)[3]


def getabsfile(object, _filename=None):
    import os

    return os.path.abspath(getfile(object))


def findsource(object):
    text, first, _, _ = _found(object)
    return text.splitlines(True), max(first - 1, 0)


def getsourcelines(object):
    """The lines of the definition and the number of the first."""
    text, first, last, _ = _found(object)
    lines = text.splitlines(True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return (lines, 0) if first == 0 else (lines[first - 1:last], first)


def getsource(object):
    return "".join(getsourcelines(object)[0])


def currentframe():
    return sys._getframe(1)


def stack(context=1):
    """(frame, file, line, function) from here outwards, as FrameInfo."""
    out, frame = [], sys._getframe(1)
    while frame is not None:
        out.append(FrameInfo(frame))
        frame = frame.f_back
    return out


class FrameInfo:
    def __init__(self, frame):
        self.frame, self.filename, self.lineno = frame, frame.f_code.co_filename, frame.f_lineno
        self.function = frame.f_code.co_name
        from linecache import getline

        line = getline(self.filename, self.lineno)
        self.code_context, self.index = ([line], 0) if line else (None, None)

    def __getitem__(self, i):
        return (self.frame, self.filename, self.lineno, self.function, self.code_context, self.index)[i]


def getframeinfo(frame, context=1):
    return FrameInfo(frame)


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = 'GEN_CREATED', 'GEN_RUNNING', 'GEN_SUSPENDED', 'GEN_CLOSED'
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = 'CORO_CREATED', 'CORO_RUNNING', 'CORO_SUSPENDED', 'CORO_CLOSED'


def _state(running, suspended, frame):
    return 'RUNNING' if running else 'SUSPENDED' if suspended else 'CLOSED' if frame is None else 'CREATED'


def getgeneratorstate(generator):
    """GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED or GEN_CLOSED."""
    return 'GEN_' + _state(generator.gi_running, generator.gi_suspended, generator.gi_frame)


def getcoroutinestate(coroutine):
    """CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED or CORO_CLOSED."""
    return 'CORO_' + _state(coroutine.cr_running, coroutine.cr_suspended, coroutine.cr_frame)
