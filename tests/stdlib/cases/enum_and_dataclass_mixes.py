import enum, dataclasses, os, io, json, inspect, typing, functools, copy
class Op(enum.Enum):
    ADD = "add"; SUB = "sub"
    @staticmethod
    def parse(s): return Op(s)
    @functools.cached_property
    def slow(self): return self.value * 2
print(Op.parse("add").slow, Op.__name__, Op.ADD.__class__, Op.ADD.__doc__, sorted(Op, key=lambda o: o.value), Op.ADD != Op.SUB, hash(Op.ADD) == hash(Op.ADD))
class F(float, enum.Enum):
    PI = 3.14
    E = 2.71
print(F.PI + 1, F.PI, repr(F.E), F(2.71))
class I2(int, enum.Enum):
    A = 1
    def __str__(self): return "custom"
print(I2.A, f"{I2.A}", repr(I2.A), I2.A + 1)
@dataclasses.dataclass
class Base:
    a: int = 1
    def __str__(self): return "S"
class E2(Base, enum.Enum):
    X = 5
print(repr(E2.X), E2.X.a)
@dataclasses.dataclass
class Node:
    v: int
    next: typing.Optional["Node"] = None
print(Node(1, Node(2)), copy.deepcopy(Node(1, Node(2))) == Node(1, Node(2)))
@dataclasses.dataclass(frozen=True, eq=True)
class K:
    t: typing.Tuple[int, ...] = (1,)
print(hash(K()) == hash(K()), {K(): 1}, dataclasses.fields(K)[0].default, dataclasses.fields(Node)[0].type)
with open(os.devnull, "w") as f: json.dump({}, f)
class W(io.StringIO):
    def write(self, s): return super().write(s.upper())
w = W(); print("abc", file=w); print(repr(w.getvalue()))
print(inspect.signature(Node), inspect.signature(lambda x, *, y=1: 0), isinstance(Op, enum.EnumMeta), typing.get_type_hints(Node))
try:
    class Dup(enum.Enum):
        A = 1
        A = 2
except TypeError as e: print(e)
print(enum.IntFlag("FF", "a b")(3), list(enum.IntEnum("GG", ["x", "y"])))
print(Op["ADD"], Op.ADD in {Op.ADD}, {o.name: o.value for o in Op}, Op.__members__.items())
