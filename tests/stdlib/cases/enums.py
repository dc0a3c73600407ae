from enum import Enum, IntEnum, Flag, IntFlag, StrEnum, auto, unique
class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def hello(self): return "hi " + self.name
    @classmethod
    def first(cls): return cls.RED
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["GREEN"], list(Color), len(Color))
print(Color.CRIMSON is Color.RED, Color.RED.hello(), Color.first(), Color.RED == 1, Color.RED == Color.RED, {Color.RED: 3}[Color.RED])
print(Color.__members__, isinstance(Color.RED, Color), Color, type(Color), Color.RED in Color, f"{Color.RED:>12}|")
for bad in (lambda: Color(9), lambda: Color["X"]):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
class N(IntEnum):
    A = auto()
    B = auto()
    C = 10
    D = auto()
print(N.A, repr(N.A), N.A + 1, N.B > N.A, list(N), f"{N.C}", "%d" % N.D, [1,2,3][N.A], N.A == 1, sorted([N.C, N.A]), N(2), hash(N.A) == hash(1))
class S(StrEnum):
    FOO = auto()
    BAR = "b"
print(S.FOO, repr(S.FOO), S.BAR + "x", S("foo"), S.BAR == "b")
class M(str, Enum):
    X = "x"
    Y = "y"
print(M.X, repr(M.X), M.X == "x", M("y"), f"{M.X}", M.X.value, M.X.upper())
class P(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
print(P.R | P.W, repr(P.R | P.X), P.RW, list(P.RW), P.R in P.RW, ~P.R, P(0), bool(P(0)), list(P), P.R & P.W, P.R ^ P.RW)
try: P(64)
except ValueError as e: print(e)
class IP(IntFlag):
    R = 4; W = 2; X = 1
print(IP.R | IP.W, repr(IP.R | IP.W), IP.R + 1, repr(IP(8)), repr(IP(9)), repr(IP(0)), repr(~IP.R), IP.R | 3)
A = Enum("A", "a b c"); print(list(A)); B = Enum("B", {"q": 5}); print(B.q, repr(B.q), B.__module__)
class Planet(Enum):
    EARTH = (1.0, 2.0)
    MARS = (3.0, 4.0)
    def __init__(self, mass, radius): self.mass = mass; self.radius = radius
    @property
    def g(self): return self.mass / self.radius
print(Planet.EARTH.g, Planet.MARS.value, Planet((1.0, 2.0)))
class W(Enum):
    def __new__(cls, v, label):
        o = object.__new__(cls); o._value_ = v; o.label = label; return o
    ONE = (1, "one"); TWO = (2, "two")
print(W.ONE.label, W(2), repr(W.TWO))
try:
    @unique
    class U(Enum):
        A = 1; B = 1
except ValueError as e: print(e)
try:
    class Sub(Color): X = 3
except TypeError as e: print(e)
try: Color.RED = 3
except AttributeError as e: print(e)
try: Color.RED.value = 3
except AttributeError as e: print("AE")
class Miss(Enum):
    A = "a"
    @classmethod
    def _missing_(cls, v): return cls.A
print(Miss("zzz"))
import copy; print(copy.deepcopy(Color.RED) is Color.RED, copy.copy([Color.RED]))
class Lst(Enum):
    L = [1, 2]
print(Lst([1, 2]), Lst.L)
class G(Enum):
    def _generate_next_value_(name, start, count, last): return name * 2
    A = auto(); B = auto()
print([m.value for m in G], hasattr(Color, "nope"), Color.RED.GREEN if hasattr(Color.RED, "GREEN") else None)
class T(tuple, Enum):
    A = (1, 2)
print(repr(T.A), T.A[1], list(reversed(Color)))
