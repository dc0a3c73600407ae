from dataclasses import *
from typing import List, ClassVar
@dataclass
class P:
    x: int
    y: float = 2.0
    tags: List[str] = field(default_factory=list)
    K: ClassVar[int] = 3
p = P(1); print(p, p == P(1), p == P(2), P(1, tags=["a"]), [f.name for f in fields(P)])
@dataclass(order=True, frozen=True)
class V:
    a: int
    b: int = field(default=0, compare=False, repr=False)
print(V(1) < V(2), sorted([V(3), V(1)]), hash(V(1)) == hash(V(1, 5)), {V(1): 2})
try: V(1).a = 3
except FrozenInstanceError as e: print(type(e).__name__, e)
@dataclass
class Q(P):
    z: str = "z"
    def __post_init__(self): self.w = self.x * 2
q = Q(4, 5.0); print(q, q.w, asdict(q), astuple(q), replace(q, x=7))
try: P()
except TypeError as e: print(e)
try:
    @dataclass
    class Bad:
        a: int = 1
        b: int
except TypeError as e: print(e)
try:
    @dataclass
    class Bad2:
        a: list = []
except ValueError as e: print(e)
@dataclass
class I:
    a: int
    s: InitVar[int] = 5
    t: int = field(init=False)
    def __post_init__(self, s): self.t = self.a + s
print(I(1), I(1, 10).t)
@dataclass(kw_only=True)
class KW: a: int; b: int = 3
print(KW(a=1))
C = make_dataclass("C", [("x", int), ("y", int, 5)]); print(C(1), is_dataclass(C), is_dataclass(3))
@dataclass(slots=True)
class Sl: a: int; b: int = 2
print(Sl(1), Sl.__slots__, hasattr(Sl(1), "__dict__"))
@dataclass
class N: p: P; l: List[P]
print(asdict(N(P(1), [P(2)])))
print(P.__match_args__, P.__hash__)
@dataclass(repr=False, eq=False)
class R: a: int
print(R(1) == R(1))
