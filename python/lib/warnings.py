"""Warnings: filters, and the lines they print on stderr."""
import sys

__all__ = [
    "warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
    "catch_warnings",
]

# Each filter: (action, message pattern or None, category, module pattern or None, line).
filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
_defaultaction = "default"
_onceregistry = {}
_ACTIONS = ("error", "ignore", "always", "default", "module", "once")


class WarningMessage:
    """What one warning said, and where."""

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category = message, category
        self.filename, self.lineno = filename, lineno
        self.file, self.line, self.source = file, line, source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return "{message : %r, category : %r, filename : %r, lineno : %s, line : %r}" % (
            self.message, self._category_name, self.filename, self.lineno, self.line,
        )


def _source_line(filename, lineno):
    import linecache

    return linecache.getline(filename, lineno).strip()


def formatwarning(message, category, filename, lineno, line=None):
    """The text that a warning prints."""
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    line = _source_line(filename, lineno) if line is None else line.strip()
    return text + f"  {line}\n" if line else text


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Prints a warning on `file`, stderr when absent."""
    file = sys.stderr if file is None else file
    if file is not None:
        file.write(formatwarning(message, category, filename, lineno, line))


_showwarning_original = showwarning


def _insert(item, append):
    if append:
        if item not in filters:
            filters.append(item)
        return
    if item in filters:
        filters.remove(item)
    filters.insert(0, item)


def _check_action(action):
    if action not in _ACTIONS:
        raise AssertionError(f"invalid action: {action!r}")


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Adds a filter: what to do with warnings whose message and module match these patterns."""
    _check_action(action)
    _insert((action, message or None, category, module or None, lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    _check_action(action)
    _insert((action, None, category, None, lineno), append)


def resetwarnings():
    filters[:] = []


def warn(message, category=None, stacklevel=1, source=None):
    """Issues a warning for the caller `stacklevel` frames out."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    try:
        frame = sys._getframe(max(stacklevel, 1))
    except ValueError:
        names, filename, lineno = sys.__dict__, "sys", 1
    else:
        names, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    registry = names.setdefault("__warningregistry__", {})
    warn_explicit(message, category, filename, lineno, names.get("__name__", "<string>"), registry)


def _matches(pattern, text, ignore_case):
    if pattern is None:
        return True
    if pattern == text:
        return True
    import re

    return re.match(pattern, text, re.I if ignore_case else 0) is not None


def _matches_module(pattern, module):
    return pattern is None or pattern == module or (pattern != "__main__" and _matches(pattern, module, False))


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
    if registry is None:
        registry = {}
    if isinstance(message, Warning):
        text, category = str(message), message.__class__
    else:
        text, message = message, category(message)
    key = (text, category, lineno)
    # A change of the filters lets every warning speak again.
    state = tuple(filters)
    if registry.get("version") != state:
        registry.clear()
        registry["version"] = state
    if registry.get(key):
        return
    action = _defaultaction
    for chosen, pattern, kind, place, line in filters:
        if (
            issubclass(category, kind)
            and (line == 0 or line == lineno)
            and _matches(pattern, text, True)
            and _matches_module(place, module)
        ):
            action = chosen
            break
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = True
        once = (text, category)
        if _onceregistry.get(once):
            return
        _onceregistry[once] = True
    elif action == "module":
        registry[key] = True
        other = (text, category, 0)
        if registry.get(other):
            return
        registry[other] = True
    elif action == "default":
        registry[key] = True
    _deliver(WarningMessage(message, category, filename, lineno, None, None, source))


_log = None


def _deliver(message):
    if _log is not None and showwarning is _showwarning_original:
        _log.append(message)
    else:
        showwarning(message.message, message.category, message.filename, message.lineno, message.file, message.line)


class catch_warnings:
    """Restores the filters on leaving; with `record=True`, collects warnings in a list instead of printing them."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._filter = None if action is None else (action, category, lineno, append)
        self._entered = False

    def __repr__(self):
        return "catch_warnings(record=True)" if self._record else "catch_warnings()"

    def __enter__(self):
        global _log, showwarning
        if self._entered:
            raise RuntimeError("Cannot enter %r twice" % self)
        self._entered = True
        self._before = (filters[:], showwarning, _log)
        log = None
        if self._record:
            log = _log = []
            showwarning = _showwarning_original
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        global _log, showwarning
        if not self._entered:
            raise RuntimeError("Cannot exit %r without entering first" % self)
        filters[:], showwarning, _log = self._before
