"""Paths that match a pattern."""
import fnmatch
import os

__all__ = ["glob", "iglob", "escape"]


def has_magic(s):
    return any(c in s for c in "*?[")


def escape(pathname):
    return "".join(["[" + c + "]" if c in "*?[" else c for c in pathname])


def _names(folder, only_folders):
    try:
        with os.scandir(folder or ".") as found:
            return [e.name for e in found if not only_folders or e.is_dir()]
    except OSError:
        return []


def _under(folder, parts, recursive):
    if not parts:
        yield folder
        return
    part, rest = parts[0], parts[1:]
    if recursive and part == "**":
        if rest:
            yield from _under(folder, rest, recursive)
        else:
            yield os.path.join(folder, "")
        for name in _names(folder, bool(rest)):
            if not name.startswith("."):
                path = os.path.join(folder, name)
                if os.path.isdir(path):
                    if rest:
                        yield from _under(path, parts, recursive)
                    else:
                        yield path
                        yield from list(_under(path, parts, recursive))[1:]
                elif not rest:
                    yield path
    elif has_magic(part):
        for name in _names(folder, bool(rest)):
            if (part.startswith(".") or not name.startswith(".")) and fnmatch.fnmatchcase(name, part):
                yield from _under(os.path.join(folder, name), rest, recursive)
    else:
        path = os.path.join(folder, part)
        if os.path.lexists(path) and (not rest or os.path.isdir(path)):
            yield from _under(path, rest, recursive)


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    pathname = os.fspath(pathname)
    absolute = pathname.startswith("/")
    parts = [p for p in pathname.split("/") if p]
    if pathname.endswith("/") and parts:
        parts.append("")
    start = "/" if absolute else "" if root_dir is None else os.path.join(root_dir, "")
    for path in _under(start, parts, recursive):
        if not absolute:
            path = path[len(start):]
        if path:
            yield path


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """All paths that match, in the order the folders list them."""
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive))
