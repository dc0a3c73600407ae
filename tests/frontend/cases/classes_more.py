import torch
from enum import Enum, IntEnum
from typing import List, Optional, Dict, Tuple, Any, NamedTuple


@torch.jit.script
class Vec:
    x: int
    y: int

    def __init__(self, x: int, y: int = 2):
        self.x = x
        self.y = y
        self.tags: Dict[str, int] = {}
        self.maybe: Optional[int] = None

    def __eq__(self, o: "Vec") -> bool:
        return self.x == o.x and self.y == o.y

    def __lt__(self, o: "Vec") -> bool:
        return self.x < o.x

    def __mul__(self, k: int) -> "Vec":
        return Vec(self.x * k, self.y * k)

    def __neg__(self) -> int:
        return -self.x

    def __call__(self, k: int) -> int:
        return self.x + k

    def __contains__(self, k: str) -> bool:
        return k in self.tags

    def __setitem__(self, k: str, v: int):
        self.tags[k] = v

    def __delitem__(self, k: str):
        self.tags.pop(k)

    def __iadd__(self, k: int) -> "Vec":
        self.x += k
        return self

    def __str__(self) -> str:
        return "vec " + str(self.x)

    def __bool__(self) -> bool:
        return self.x > 0

    @property
    def norm(self) -> int:
        return self.x * self.x + self.y * self.y

    @norm.setter
    def norm(self, v: int):
        self.x = v


@torch.jit.script
class Guard:
    def __init__(self, n: int):
        self.n = n

    def __enter__(self) -> int:
        self.n += 1
        return self.n

    def __exit__(self, a: Any, b: Any, c: Any):
        self.n -= 1


class Shape(NamedTuple):
    dims: List[int]
    name: Optional[str] = None


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Mode(Enum):
    A = "a"
    B = "b"


def operators_of_class(n: int):
    v = Vec(n)
    w = Vec(x=n, y=3)
    u = v * 3
    v += 4
    v["k"] = n
    del v["k"]
    return v == w, v < w, u.x, -v, v(5), "k" in v, str(v), bool(v)


def properties_of_class(n: int):
    v = Vec(n)
    v.norm = 3
    a = v.norm
    v.norm += 1
    return a, v.norm


def optional_field(n: int):
    v = Vec(n)
    v.maybe = n
    m = v.maybe
    if m is not None:
        return m + 1
    return 0


def list_of_objects(n: int):
    vs = [Vec(i) for i in range(n)]
    total = 0
    for v in vs:
        total += v.norm
    return total


def with_guard(n: int):
    g = Guard(n)
    with g as k:
        a = k + 1
    with g:
        b = g.n
        if b > 3:
            return b
    with g as x, Guard(2) as y:
        c = x + y
    return a + c


def object_in_branch(n: int):
    if n > 2:
        v = Vec(1)
    else:
        v = Vec(2)
    return v.x


def shapes(n: int):
    s = Shape([n], "a")
    t = Shape([1, 2])
    if s.name is not None:
        return s.dims
    return t.dims


def levels(n: int):
    for m in Mode:
        print(m.name)
    if n == 1:
        x = Mode.A
    else:
        x = Mode.B
    return x == Mode.A, x != Mode.B, x.value


def object_errors_attr(n: int):
    v = Vec(n)
    return v.z


def object_errors_set(n: int):
    v = Vec(n)
    v.z = 3
    return v


def object_errors_type(n: int):
    v = Vec(n)
    v.x = "s"
    return v


def object_errors_args(n: int):
    return Vec()


def enum_errors(n: int):
    return Mode.C


def with_errors(n: int):
    with Vec(n):
        return 1
