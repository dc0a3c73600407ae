"""Values printed over several lines where one is too short."""
import sys

__all__ = ["pprint", "pformat", "pp", "PrettyPrinter", "isreadable", "isrecursive", "saferepr"]


def _key(item):
    """Sorts anything: by value where values compare, by type otherwise."""
    return (str(type(item)), repr(item))


def _sorted(items, key=lambda x: x):
    try:
        return sorted(items, key=key)
    except TypeError:
        return sorted(items, key=lambda x: _key(key(x)))


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._indent, self._width, self._depth, self._stream = indent, width, depth, stream
        self._compact, self._sort, self._underscore = compact, sort_dicts, underscore_numbers

    def pprint(self, object):
        stream = sys.stdout if self._stream is None else self._stream
        stream.write(self.pformat(object) + "\n")

    def pformat(self, object):
        return self._format(object, 0, 0, 1, ())

    def _flat(self, o, level, inside):
        kind = type(o)
        if kind is int and self._underscore:
            return f"{o:_d}"
        if kind not in (dict, list, tuple) or not o:
            return repr(o)
        if self._depth is not None and level > self._depth:
            return {dict: "{...}", list: "[...]", tuple: "(...)"}[kind]
        if id(o) in inside:
            return f"<Recursion on {kind.__name__} with id={id(o)}>"
        inside = inside + (id(o),)
        if kind is dict:
            pairs = _sorted(o.items(), lambda p: p[0]) if self._sort else o.items()
            return "{" + ", ".join([f"{self._flat(k, level + 1, inside)}: {self._flat(v, level + 1, inside)}" for k, v in pairs]) + "}"
        parts = [self._flat(v, level + 1, inside) for v in o]
        if kind is list:
            return "[" + ", ".join(parts) + "]"
        return "(" + ", ".join(parts) + (",)" if len(parts) == 1 else ")")

    def _format(self, o, indent, allowance, level, inside):
        """The text of `o` from column `indent` on, leaving room for what is closed after it."""
        flat = self._flat(o, level, inside)
        room = self._width - indent - allowance
        if len(flat) <= room or id(o) in inside or (self._depth is not None and level > self._depth):
            return flat
        inside = inside + (id(o),)
        writer = getattr(type(o), "__repr__", None)
        if writer is dict.__repr__ and o:
            pairs = _sorted(o.items(), lambda p: p[0]) if self._sort else list(o.items())
            return self._dict(pairs, indent, allowance + 1, level, inside)
        if writer is list.__repr__:
            return "[" + self._items(list(o), indent, allowance + 1, level, inside) + "]"
        if writer is tuple.__repr__:
            end = ",)" if len(o) == 1 else ")"
            return "(" + self._items(list(o), indent, allowance + len(end), level, inside) + end
        if writer in (set.__repr__, frozenset.__repr__) and o:
            start, end = ("{", "}") if type(o) is set else (type(o).__name__ + "({", "})")
            return start + self._items(_sorted(o), indent + len(start) - 1, allowance + len(end), level, inside) + end
        if writer is str.__repr__ and o:
            return self._text(o, indent, allowance, level)
        return flat

    def _head(self, start):
        return start + " " * (self._indent - 1) if self._indent > 1 else start

    def _dict(self, pairs, indent, allowance, level, inside):
        out = []
        indent += self._indent
        for i, (k, v) in enumerate(pairs):
            label = self._flat(k, level + 1, inside) + ": "
            last = i == len(pairs) - 1
            out.append(label + self._format(v, indent + len(label), allowance if last else 1, level + 1, inside))
        return self._head("{") + (",\n" + " " * indent).join(out) + "}"

    def _items(self, items, indent, allowance, level, inside):
        indent += self._indent
        head = " " * (self._indent - 1)
        if not self._compact:
            last = len(items) - 1
            parts = [self._format(v, indent, allowance if i == last else 1, level + 1, inside) for i, v in enumerate(items)]
            return head + (",\n" + " " * indent).join(parts)
        out, line = [], ""
        for i, v in enumerate(items):
            flat = self._flat(v, level + 1, inside)
            room = self._width - indent - (allowance if i == len(items) - 1 else 1)
            if line and len(line) + 2 + len(flat) <= room:
                line += ", " + flat
                continue
            if line:
                out.append(line)
            line = flat if len(flat) <= room else self._format(v, indent, 1, level + 1, inside)
        return head + (",\n" + " " * indent).join(out + [line])

    def _text(self, text, indent, allowance, level):
        """Strings are cut after spaces, into pieces that Python joins."""
        chunks = []
        if level == 1:
            indent += 1
            allowance += 1
        lines = text.splitlines(True)
        room = last_room = self._width - indent
        for i, line in enumerate(lines):
            if i == len(lines) - 1:
                last_room -= allowance
            shown = repr(line)
            if len(shown) <= last_room:
                chunks.append(shown)
                continue
            words, start = [], 0
            for j in range(1, len(line) + 1):
                if j == len(line) or (line[j - 1].isspace() and not line[j].isspace()):
                    words.append(line[start:j])
                    start = j
            current = ""
            for j, word in enumerate(words):
                wide = last_room if i == len(lines) - 1 and j == len(words) - 1 else room
                if len(repr(current + word)) > wide:
                    if current:
                        chunks.append(repr(current))
                    current = word
                else:
                    current += word
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            return chunks[0]
        body = ("\n" + " " * indent).join(chunks)
        return f"({body})" if level == 1 else body


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(
        indent, width, depth, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers
    ).pformat(object)


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(
        indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers
    ).pprint(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._flat(object, 0, ())
