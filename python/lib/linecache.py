"""Lines of source files by number."""
import _source

cache = {}


def getlines(filename, module_globals=None):
    """The lines of a file, each with its newline; empty if it cannot be read."""
    if filename in cache:
        return cache[filename][2]
    text = _source.text_of(filename)
    if text is None:
        return []
    lines = text.splitlines(True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = (len(text), None, lines, filename)
    return lines


def getline(filename, lineno, module_globals=None):
    lines = getlines(filename)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def clearcache():
    cache.clear()


def checkcache(filename=None):
    pass
