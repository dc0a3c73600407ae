from typing import List, Optional, Dict, Tuple, Any


def fstring(n: int, s: str, f: float):
    return f"{n} is {s} and {f}", f"plain", f"{n}"


def percent(n: int, s: str):
    return "%d and %s" % (n, s), "%d" % n


def format_it(n: int, s: str):
    return "{} {}".format(n, s), "{0}".format(n)


def methods(s: str, parts: List[str]):
    return (s.upper(), s.split(","), s.split(), s.strip(), s.replace("a", "b"), s.find("x"), s.startswith("a"),
            ",".join(parts), s.lower(), s.isdigit(), s.count("a"), s.zfill(3), s.splitlines())


def concat(a: str, b: str):
    c = a + b
    c += "!"
    return c, a * 2, a == b, a < b, a[0], a[1:3], len(a), a in b, str(3)
