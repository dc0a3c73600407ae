"""Exceptions and stacks as text."""
import sys
from linecache import getline

import _source

__all__ = [
    "extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack", "format_tb",
    "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb", "FrameSummary",
    "StackSummary", "TracebackException", "walk_stack", "walk_tb", "print_list", "clear_frames",
]


class FrameSummary:
    """One line of a traceback."""

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None):
        self.filename, self.lineno, self.name, self.locals = filename, lineno, name, locals
        self._line = line

    @property
    def line(self):
        if self._line is None:
            self._line = getline(self.filename, self.lineno)
        return self._line.strip()

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, i):
        return (self.filename, self.lineno, self.name, self.line)[i]

    def __len__(self):
        return 4

    def __eq__(self, other):
        if isinstance(other, (FrameSummary, tuple)):
            return tuple(self) == tuple(other)
        return NotImplemented

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


class StackSummary(list):
    @classmethod
    def from_list(cls, entries):
        out = cls()
        for e in entries:
            out.append(e if isinstance(e, FrameSummary) else FrameSummary(e[0], e[1], e[2], line=e[3]))
        return out

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        out = cls([FrameSummary(f.f_code.co_filename, line, f.f_code.co_name) for f, line in frame_gen])
        if limit is not None:
            out[:] = out[:limit] if limit >= 0 else out[limit:]
        return out

    def format_frame_summary(self, frame):
        text = f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n'
        return text + f"    {frame.line}\n" if frame.line else text

    def format(self):
        return [self.format_frame_summary(frame) for frame in self]


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    f = sys._getframe(1) if f is None else f
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def extract_tb(tb, limit=None):
    """The frames of a traceback, outermost first."""
    return StackSummary.extract(walk_tb(tb), limit=limit)


def _here(frame, limit, depth):
    out = StackSummary.extract(walk_stack(sys._getframe(depth) if frame is None else frame), limit=limit)
    out.reverse()
    return out


def extract_stack(f=None, limit=None):
    return _here(f, limit, 2)


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    _write("".join(format_list(extracted_list)), file)


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def format_stack(f=None, limit=None):
    return _here(f, limit, 2).format()


def _write(text, file):
    (sys.stderr if file is None else file).write(text)


def print_tb(tb, limit=None, file=None):
    _write("".join(format_tb(tb, limit)), file)


def print_stack(f=None, limit=None, file=None):
    _write("".join(_here(f, limit, 2).format()), file)


_ABSENT = object()


def _given(exc, value):
    return exc if value is _ABSENT else value


def format_exception_only(exc, /, value=_ABSENT):
    """The last lines: class and message."""
    found = _given(exc, value)
    return ["NoneType: None\n"] if found is None else _source.exception_line(found).splitlines(True)


def format_exception(exc, /, value=_ABSENT, tb=_ABSENT, limit=None, chain=True):
    """The lines that an uncaught exception prints."""
    found = _given(exc, value)
    if found is None:
        return ["NoneType: None\n"]
    tb = found.__traceback__ if tb is _ABSENT else tb
    out = []
    if chain:
        cause, context = found.__cause__, found.__context__
        if cause is not None:
            out += format_exception(cause, limit=limit)
            out.append("\nThe above exception was the direct cause of the following exception:\n\n")
        elif context is not None and not found.__suppress_context__:
            out += format_exception(context, limit=limit)
            out.append("\nDuring handling of the above exception, another exception occurred:\n\n")
    if tb is not None:
        out.append("Traceback (most recent call last):\n")
        if limit is None:
            text, entry = _source.format_entries(tb), ""
            for line in text.splitlines(True):
                if entry and not line.startswith("    "):
                    out.append(entry)
                    entry = ""
                entry += line
            if entry:
                out.append(entry)
        else:
            out += format_tb(tb, limit)
    return out + format_exception_only(found)


def print_exception(exc, /, value=_ABSENT, tb=_ABSENT, limit=None, file=None, chain=True):
    _write("".join(format_exception(exc, value, tb, limit, chain)), file)


def format_exc(limit=None, chain=True):
    """The exception being handled, as text."""
    return "".join(format_exception(sys.exc_info()[1], limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    _write("".join(format_exception(sys.exc_info()[1], limit=limit, chain=chain)), file)


def print_last(limit=None, file=None, chain=True):
    raise ValueError("no last exception")


def clear_frames(tb):
    pass


class TracebackException:
    """An exception kept for printing later."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, **options):
        self.exc_type = exc_type
        self.stack = extract_tb(exc_traceback, limit)
        self._all = format_exception(exc_value, limit=limit)
        self._last = format_exception_only(exc_value)
        self._alone = format_exception(exc_value, limit=limit, chain=False)
        self._str = str(exc_value)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def format(self, *, chain=True):
        yield from self._all if chain else self._alone

    def format_exception_only(self):
        yield from self._last

    def __str__(self):
        return self._str
