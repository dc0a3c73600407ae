"""POSIX path names: what os.path is."""
import sys

curdir, pardir, extsep, sep, pathsep, altsep, devnull = ".", "..", ".", "/", ":", None, "/dev/null"
supports_unicode_filenames = False


def _os():
    return sys.modules["os"]


def _text(path):
    if isinstance(path, str):
        return path
    return _os().fspath(path)


def normcase(s):
    return _text(s)


def isabs(s):
    return _text(s).startswith("/")


def join(a, *p):
    """The parts put together; an absolute part discards what stands before it."""
    path = _text(a)
    for part in p:
        if not isinstance(part, str) and not hasattr(part, "__fspath__"):
            raise TypeError(f"join() argument must be str, bytes, or os.PathLike object, not {type(part).__name__!r}")
        part = _text(part)
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(p):
    p = _text(p)
    at = p.rfind("/") + 1
    head, tail = p[:at], p[at:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def splitext(p):
    p = _text(p)
    slash, dot = p.rfind("/"), p.rfind(".")
    if dot > slash and p[slash + 1:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def splitdrive(p):
    return "", _text(p)


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def normpath(path):
    """The path without `.`, `..` after a name, and doubled slashes."""
    path = _text(path)
    if not path:
        return "."
    start = "//" if path.startswith("//") and not path.startswith("///") else "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not start and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return start + "/".join(parts) or "."


def abspath(path):
    path = _text(path)
    return normpath(path if isabs(path) else join(_os().getcwd(), path))


def realpath(filename, *, strict=False):
    """The path with links followed as far as it exists."""
    path = abspath(filename)
    rest = []
    while True:
        found = _os()._real_path(path)
        if found is not None:
            return join(found, *reversed(rest)) if rest else found
        if strict:
            _os().stat(path)
        path, tail = split(path)
        if not tail:
            return abspath(filename)
        rest.append(tail)


def relpath(path, start=None):
    if not path:
        raise ValueError("no path specified")
    there = [p for p in abspath(path).split("/") if p]
    here = [p for p in abspath("." if start is None else start).split("/") if p]
    same = len(commonprefix([there, here]))
    parts = [".."] * (len(here) - same) + there[same:]
    return join(*parts) if parts else "."


def commonprefix(m):
    if not m:
        return ""
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    paths = [_text(p) for p in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    if len({p.startswith("/") for p in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    parts = [[c for c in p.split("/") if c and c != "."] for p in paths]
    return ("/" if paths[0].startswith("/") else "") + "/".join(commonprefix(parts))


def exists(path):
    return _os()._kind(path, False) != ""


def lexists(path):
    return _os()._kind(path, True) != ""


def isfile(path):
    return _os()._kind(path, False) == "file"


def isdir(s):
    return _os()._kind(s, False) == "dir"


def islink(path):
    return _os()._kind(path, True) == "link"


def getsize(filename):
    return _os().stat(filename).st_size


def getmtime(filename):
    return _os().stat(filename).st_mtime


def getatime(filename):
    return _os().stat(filename).st_atime


def getctime(filename):
    return _os().stat(filename).st_ctime


def samefile(f1, f2):
    a, b = _os().stat(f1), _os().stat(f2)
    return a.st_ino == b.st_ino and a.st_dev == b.st_dev


def expanduser(path):
    path = _text(path)
    home = _os().environ.get("HOME")
    if home is None or not (path == "~" or path.startswith("~/")):
        return path
    return (home.rstrip("/") + path[1:]) or "/"


def expandvars(path):
    """$NAME and ${NAME} replaced by the environment's values, where there are any."""
    path = _text(path)
    environ = _os().environ
    out, i = "", 0
    while i < len(path):
        if path[i] == "$":
            if path[i + 1:i + 2] == "{":
                end = path.find("}", i)
                name, after = path[i + 2:end], end + 1
                if end < 0:
                    return out + path[i:]
            else:
                after = i + 1
                while after < len(path) and (path[after].isalnum() or path[after] == "_"):
                    after += 1
                name = path[i + 1:after]
            out += environ.get(name, path[i:after])
            i = after
        else:
            out += path[i]
            i += 1
    return out
