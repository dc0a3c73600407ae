"""Every kind of pattern, guards, captures, and what is refused while matching."""
import collections
import collections.abc
from dataclasses import dataclass
from enum import Enum


class Color(Enum):
    RED = 1
    BLUE = 2


@dataclass
class Point:
    x: int
    y: int


class Shape:
    __match_args__ = ("kind",)

    def __init__(self, kind):
        self.kind = kind
        self._Shape__private = 3


def describe(v):
    match v:
        case None:
            return "none"
        case True | False:
            return "bool"
        case 0 | -1:
            return "small int"
        case 1.5 | 2 + 3j:
            return "number"
        case "a" | b"b":
            return "text"
        case Color.RED:
            return "red"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [1, 2, *rest]:
            return f"starts 1 2 {rest}"
        case [first, *_, last] if first == last:
            return f"same ends {first}"
        case [Point(x=0), Point(y=0) as p]:
            return f"points {p}"
        case (a, [b, *c]):
            return f"nested {a} {b} {c}"
        case [*everything]:
            return f"list {everything}"
        case {"kind": "circle", "r": r}:
            return f"circle {r}"
        case {"kind": kind, **others} if others:
            return f"{kind} {others}"
        case {}:
            return "mapping"
        case Point(0, y):
            return f"on y {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "point"
        case Shape("square"):
            return "square"
        case Shape(kind=str(k)):
            return f"shape {k}"
        case int(n) | float(n):
            return f"number {n}"
        case str() as s:
            return f"str {s}"
        case _:
            return f"other {type(v).__name__}"


class Bag(collections.abc.Sequence):
    def __init__(self, *items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]


P = collections.namedtuple("P", "x y")
VALUES = [
    None, True, False, 0, -1, 1.5, 2 + 3j, "a", b"b", Color.RED, Color.BLUE, [], [7], (7,), [1, 2], [1, 2, 3, 4], (5, 6, 5),
    [Point(0, 1), Point(3, 0)], (1, [2, 3, 4]), [1, 2, 3], range(3), {"kind": "circle", "r": 2, "z": 1}, {"kind": "box", "w": 1},
    {"kind": "line"}, {}, Point(0, 5), Point(2, 2), Point(1, 2), Shape("square"), Shape("oval"), Shape(4), 17, 2.25, "text",
    b"bytes", bytearray(b"x"), {1, 2}, Bag(1, 2, 9), P(8, 9), collections.deque([4]), collections.OrderedDict(kind="circle", r=9),
    collections.defaultdict(int), iter([1]), object,
]
for v in VALUES:
    print(describe(v))


def loop(items):
    found = []
    for i in items:
        match i:
            case 0:
                continue
            case [_, *_]:
                for j in i:
                    match j:
                        case 3:
                            break
                        case n if n % 2:
                            found.append(("odd", n))
                else:
                    found.append("no three")
            case "stop":
                break
            case x:
                found.append(x)
    return found


print(loop([1, 0, [1, 2, 5], [1, 3, 5], "stop", 9]))

# Captures stay bound after a guard fails, as a name bound before does.
match (1, 2):
    case (a, b) if a > b:
        pass
    case (a, c):
        print(a, b, c)

match 5:
    case 1:
        print("never")
print("no case is no error")


def outer():
    match {"fn": 3}:
        case {"fn": f}:
            def inner():
                return f
            return inner()


print(outer())


class Wrong:
    __match_args__ = ["a"]


class WrongName:
    __match_args__ = (1,)


def attempt(text, **names):
    try:
        exec(text, dict(names))
    except Exception as e:
        print(type(e).__name__, e)


attempt("match v:\n case Point(1, 2, 3): pass", v=Point(1, 2), Point=Point)
attempt("match v:\n case Point(1, x=2): pass", v=Point(1, 2), Point=Point)
attempt("match v:\n case object(1): pass", v=3)
attempt("match v:\n case int(1, 2): pass", v=3)
attempt("match v:\n case W(1): pass", v=Wrong(), W=Wrong)
attempt("match v:\n case W(1): pass", v=WrongName(), W=WrongName)
attempt("match v:\n case f(): pass", v=3, f=print)
attempt("match v:\n case {'a': 1, 'a': 2}: pass", v={"a": 1})
attempt("match v:\n case {K.a: 1, K.b: 2}: pass", v={"a": 1, "b": 2}, K=type("K", (), {"a": "a", "b": "a"}))


class Loud:
    @property
    def x(self):
        raise ValueError("x asked")

    @property
    def y(self):
        raise AttributeError("no y")


attempt("match v:\n case L(y=1): print('y')\n case _: print('not y')", v=Loud(), L=Loud)
attempt("match v:\n case L(x=1): pass", v=Loud(), L=Loud)


def generator():
    match (yield 1):
        case [x, y]:
            got = yield x + y
            match got:
                case {"k": v}:
                    yield v


g = generator()
print(next(g), g.send([2, 3]), g.send({"k": "done"}))
