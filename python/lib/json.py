"""JSON text to Python values and back."""

__all__ = ["dump", "dumps", "load", "loads", "JSONDecoder", "JSONDecodeError", "JSONEncoder"]


class JSONDecodeError(ValueError):
    """Not JSON; `pos`, `lineno` and `colno` say where."""

    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {lineno} column {colno} (char {pos})")
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, lineno, colno

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def _quote(text, ascii_only):
    if text.isalnum() and text.isascii():
        return f'"{text}"'
    out = []
    for c in text:
        code = ord(c)
        if c in _ESCAPES:
            c = _ESCAPES[c]
        elif code < 32:
            c = f"\\u{code:04x}"
        elif code > 126 and ascii_only:
            if code > 0xFFFF:
                code -= 0x10000
                c = f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
            elif code > 127:
                c = f"\\u{code:04x}"
        out.append(c)
    return '"' + "".join(out) + '"'


class JSONEncoder:
    """Turns values into JSON text; subclasses extend it by `default`."""

    item_separator = ", "
    key_separator = ": "

    def __init__(
        self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None,
        separators=None, default=None,
    ):
        self.skipkeys, self.ensure_ascii, self.check_circular = skipkeys, ensure_ascii, check_circular
        self.allow_nan, self.sort_keys, self.indent = allow_nan, sort_keys, indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        return "".join(self.iterencode(o))

    def iterencode(self, o, _one_shot=False):
        return self._pieces(o, 0, set())

    def _number(self, x):
        if x == x and x not in (float("inf"), float("-inf")):
            return float.__repr__(x)
        if not self.allow_nan:
            raise ValueError("Out of range float values are not JSON compliant: " + repr(x))
        return "NaN" if x != x else "Infinity" if x > 0 else "-Infinity"

    def _leaf(self, o):
        """The text of a value without parts, or None."""
        if isinstance(o, str):
            return _quote(o, self.ensure_ascii)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return self._number(o)
        return None

    def _key(self, k):
        if isinstance(k, str):
            return k
        text = self._leaf(k)
        if text is None and not self.skipkeys:
            raise TypeError(f"keys must be str, int, float, bool or None, not {k.__class__.__name__}")
        return text

    def _pieces(self, o, level, running):
        leaf = self._leaf(o)
        if leaf is not None:
            yield leaf
            return
        key = id(o)
        if self.check_circular:
            if key in running:
                raise ValueError("Circular reference detected")
            running.add(key)
        if isinstance(o, dict):
            yield from self._dict(o, level, running)
        elif isinstance(o, (list, tuple)):
            yield from self._items("[", "]", [("", v) for v in o], level, running)
        else:
            yield from self._pieces(self.default(o), level, running)
        running.discard(key)

    def _dict(self, o, level, running):
        pairs = sorted(o.items()) if self.sort_keys else o.items()
        parts = []
        for k, v in pairs:
            k = self._key(k)
            if k is not None:
                parts.append((_quote(k, self.ensure_ascii) + self.key_separator, v))
        yield from self._items("{", "}", parts, level, running)

    def _items(self, start, end, parts, level, running):
        if not parts:
            yield start + end
            return
        step = self.indent
        if isinstance(step, int):
            step = " " * step
        separator = self.item_separator
        inner = outer = ""
        if step is not None:
            inner, outer = "\n" + step * (level + 1), "\n" + step * level
        head = start + inner
        for label, value in parts:
            yield head + label
            yield from self._pieces(value, level + 1, running)
            head = separator + inner
        yield outer + end


_SPACE = " \t\n\r"
_BACK = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"null": None, "true": True, "false": False, "NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}


class JSONDecoder:
    """Turns JSON text into values."""

    def __init__(
        self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None
    ):
        self.object_hook, self.object_pairs_hook, self.strict = object_hook, object_pairs_hook, strict
        self.parse_float, self.parse_int = parse_float or float, parse_int or int
        self.parse_constant = parse_constant or _WORDS.__getitem__

    def decode(self, s):
        value, end = self.raw_decode(s, self._space(s, 0))
        end = self._space(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        """(value, where it ends)."""
        return self._value(s, idx)

    @staticmethod
    def _space(s, i):
        n = len(s)
        while i < n and s[i] in _SPACE:
            i += 1
        return i

    def _value(self, s, i):
        c = s[i:i + 1]
        if c == '"':
            return self._string(s, i + 1)
        if c == "{":
            return self._object(s, i + 1)
        if c == "[":
            return self._array(s, i + 1)
        for word, value in _WORDS.items():
            if c == word[0] and s.startswith(word, i):
                return (self.parse_constant(word) if word[0] in "NI-" else value), i + len(word)
        if c == "-" or (c and c in "0123456789"):
            return self._number(s, i)
        raise JSONDecodeError("Expecting value", s, i)

    @staticmethod
    def _digits(s, i):
        n = len(s)
        while i < n and s[i] in "0123456789":
            i += 1
        return i

    def _number(self, s, i):
        start = i
        if s[i] == "-":
            i += 1
        end = i + 1 if s[i:i + 1] == "0" else self._digits(s, i)
        if end == i:
            raise JSONDecodeError("Expecting value", s, start)
        whole = end
        if s[end:end + 1] == ".":
            after = self._digits(s, end + 1)
            if after > end + 1:
                end = after
        if s[end:end + 1] in ("e", "E"):
            at = end + 2 if s[end + 1:end + 2] in ("+", "-") else end + 1
            after = self._digits(s, at)
            if after > at:
                end = after
        text = s[start:end]
        return (self.parse_int if end == whole else self.parse_float)(text), end

    def _unicode(self, s, i):
        digits = s[i:i + 4]
        if len(digits) == 4 and all(c in "0123456789abcdefABCDEF" for c in digits):
            return int(digits, 16)
        raise JSONDecodeError("Invalid \\uXXXX escape", s, i)

    def _string(self, s, i):
        begin = i - 1
        out = []
        n = len(s)
        while True:
            start = i
            while i < n and s[i] != '"' and s[i] != "\\" and (s[i] >= " " or not self.strict):
                i += 1
            out.append(s[start:i])
            if i >= n:
                raise JSONDecodeError("Unterminated string starting at", s, begin)
            c = s[i]
            if c == '"':
                return "".join(out), i + 1
            if c != "\\":
                raise JSONDecodeError("Invalid control character at", s, i)
            escape = s[i + 1:i + 2]
            if not escape:
                raise JSONDecodeError("Unterminated string starting at", s, begin)
            if escape != "u":
                if escape not in _BACK:
                    raise JSONDecodeError("Invalid \\escape", s, i)
                out.append(_BACK[escape])
                i += 2
                continue
            code = self._unicode(s, i + 2)
            i += 6
            if 0xD800 <= code <= 0xDBFF and s[i:i + 2] == "\\u":
                low = self._unicode(s, i + 2)
                if 0xDC00 <= low <= 0xDFFF:
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                    i += 6
            out.append(chr(code))

    def _array(self, s, i):
        out = []
        i = self._space(s, i)
        if s[i:i + 1] == "]":
            return out, i + 1
        while True:
            value, i = self._value(s, i)
            out.append(value)
            i = self._space(s, i)
            c = s[i:i + 1]
            if c == "]":
                return out, i + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, i)
            i = self._space(s, i + 1)

    def _object(self, s, i):
        pairs = []
        i = self._space(s, i)
        if s[i:i + 1] == "}":
            i += 1
        else:
            if s[i:i + 1] != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", s, i)
            while True:
                key, i = self._string(s, i + 1)
                i = self._space(s, i)
                if s[i:i + 1] != ":":
                    raise JSONDecodeError("Expecting ':' delimiter", s, i)
                value, i = self._value(s, self._space(s, i + 1))
                pairs.append((key, value))
                i = self._space(s, i)
                c = s[i:i + 1]
                i += 1
                if c == "}":
                    break
                if c != ",":
                    raise JSONDecodeError("Expecting ',' delimiter", s, i - 1)
                i = self._space(s, i)
                if s[i:i + 1] != '"':
                    raise JSONDecodeError("Expecting property name enclosed in double quotes", s, i)
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs), i
        made = dict(pairs)
        return (made if self.object_hook is None else self.object_hook(made)), i


def dumps(obj, *, cls=None, **options):
    """JSON text of a value."""
    return (cls or JSONEncoder)(**options).encode(obj)


def dump(obj, fp, *, cls=None, **options):
    for piece in (cls or JSONEncoder)(**options).iterencode(obj):
        fp.write(piece)


def loads(s, *, cls=None, **options):
    """The value that JSON text (str or UTF-8 bytes) says."""
    if isinstance(s, str):
        if s.startswith("\ufeff"):
            raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    elif isinstance(s, (bytes, bytearray)):
        s = s.decode("utf-8")
    else:
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
    return (cls or JSONDecoder)(**options).decode(s)


def load(fp, *, cls=None, **options):
    return loads(fp.read(), cls=cls, **options)
