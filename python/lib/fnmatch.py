"""File name patterns: * ? [set] [!set]."""
import re
from functools import lru_cache


@lru_cache(maxsize=256)
def translate(pat):
    """The regular expression of a pattern."""
    out, i = "", 0
    while i < len(pat):
        c = pat[i]
        i += 1
        if c == "*":
            out += "" if out.endswith(".*") else ".*"
        elif c == "?":
            out += "."
        elif c == "[":
            end = pat.find("]", i + 2 if pat[i:i + 1] == "!" else i + 1)
            if end < 0:
                out += r"\["
                continue
            inside = pat[i:end].replace("\\", r"\\")
            i = end + 1
            if inside[0] == "!":
                inside = "^" + inside[1:]
            elif inside[0] in "^[":
                inside = "\\" + inside
            out += f"[{inside}]"
        else:
            out += re.escape(c)
    return rf"(?s:{out})\Z"


def fnmatchcase(name, pat):
    return re.match(translate(pat), name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    """The names that match."""
    match = re.compile(translate(pat)).match
    return [name for name in names if match(name)]
