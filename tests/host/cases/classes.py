class Base:
    """doc"""
    count = 0
    def __init__(self, x): self.x = x; Base.count += 1
    def __repr__(self): return f"{type(self).__name__}({self.x!r})"
    def __eq__(self, o): return isinstance(o, Base) and self.x == o.x
    def __hash__(self): return hash(self.x)
    def hello(self): return "base"
class Left(Base):
    def hello(self): return "left>" + super().hello()
class Right(Base):
    def hello(self): return "right>" + super().hello()
class Bottom(Left, Right):
    def hello(self): return "bottom>" + super().hello()
b = Bottom(5)
print(b, b.hello(), [c.__name__ for c in Bottom.__mro__], Base.count, Base.__doc__, Bottom.__doc__)
print(b == Base(5), b != Base(6), {b: 1}[Base(5)], isinstance(b, Right), issubclass(Bottom, Base), issubclass(int, (str, int)))
print(Bottom.__name__, Bottom.__qualname__, Bottom.__module__, Bottom.__bases__, Bottom.__base__)
b.y = 3; print(b.__dict__, vars(b)); del b.y
try: b.y
except AttributeError as e: print(e, e.name, e.obj is b)
try: Bottom.zzz
except AttributeError as e: print(e)
try: del b.zz
except AttributeError as e: print(e)
try: (5).foo = 1
except AttributeError as e: print(e)
try: int.foo = 1
except TypeError as e: print(e)
try:
    class X(Base, Left): pass
except TypeError as e: print(str(e).replace("\n", " "))
class Meta(type):
    def __new__(mcs, name, bases, ns, flag=False, **kw):
        cls = super().__new__(mcs, name, bases, ns)
        cls.flag = flag
        return cls
    def __init__(cls, name, bases, ns, **kw): super().__init__(name, bases, ns); cls.inited = True
    def __call__(cls, *a, **k):
        o = super().__call__(*a, **k); o.made = "by meta"; return o
    def __getattr__(cls, n):
        if n.startswith("__"): raise AttributeError(n)
        return "meta:" + n
    @property
    def mp(cls): return cls.__name__ + "!"
    def __len__(cls): return 7
    def __iter__(cls): return iter([1, 2])
    def __contains__(cls, v): return v == "in"
class M(metaclass=Meta, flag=True): pass
class N(M): pass
print(M.flag, N.flag, M.inited, M().made, M.other, M.mp, len(M), list(M), "in" in M, type(N) is Meta)
class Plugin:
    registry = []
    def __init_subclass__(cls, *, tag=None, **kw): super().__init_subclass__(**kw); cls.registry.append((cls.__name__, tag))
class P1(Plugin, tag="a"): pass
class P2(Plugin): pass
print(Plugin.registry)
class Desc:
    def __set_name__(self, owner, name): self.name = name; print("set_name", owner.__name__, name)
    def __get__(self, o, t=None): return self if o is None else o.__dict__.get(self.name, "unset")
    def __set__(self, o, v): o.__dict__[self.name] = v * 2
    def __delete__(self, o): del o.__dict__[self.name]
class WithDesc:
    d = Desc()
w = WithDesc(); print(w.d); w.d = 4; print(w.d, w.__dict__); del w.d; print(w.d, type(WithDesc.d).__name__)
class NonData:
    def __get__(self, o, t): return ("get", o is None, t.__name__)
class WN: nd = NonData()
x = WN(); print(x.nd, WN.nd); x.__dict__["nd"] = 1; print(x.nd)
class Slots:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
s = Slots(); print(s.a)
try: s.b
except AttributeError as e: print(e)
try: s.c = 1
except AttributeError as e: print(e)
class Prop:
    def __init__(self): self._v = 0
    @property
    def v(self):
        "the v"
        return self._v
    @v.setter
    def v(self, x): self._v = x
    @v.deleter
    def v(self): self._v = None
    @property
    def ro(self): return 1
p = Prop(); p.v = 5; print(p.v, Prop.v.__doc__); del p.v; print(p.v)
try: p.ro = 1
except AttributeError as e: print(e)
class Dyn:
    def __getattr__(self, n):
        if n == "bad": raise AttributeError("no bad")
        return n.upper()
    def __setattr__(self, n, v): object.__setattr__(self, n, v + 1)
    def __delattr__(self, n): print("del", n)
d = Dyn(); d.q = 1; print(d.q, d.abc, hasattr(d, "bad"), getattr(d, "bad", "dflt")); del d.q
class GA:
    def __getattribute__(self, n): return "ga:" + n
print(GA().anything)
class New:
    def __new__(cls, v):
        if v < 0: return "negative"
        o = super().__new__(cls); o.v = v; return o
    def __init__(self, v): self.w = v
print(New(-1), New(1).v, New(1).w)
class CG:
    def __class_getitem__(cls, item): return (cls.__name__, item)
print(CG[int], CG[1, 2])
T = type("T", (Base,), {"z": 1, "m": lambda self: self.z}); print(T(1).m(), T)
class Outer:
    class Inner:
        def f(self): pass
    print(Inner.__qualname__, Inner.f.__qualname__)
class Priv:
    def __init__(self): self.__x = 1
    def get(self): return self.__x
print(Priv().get(), Priv().__dict__)
class Call:
    def __call__(self, *a): return a
print(Call()(1, 2), callable(Call()), callable(b), callable(Call))
class Abs:
    def __bool__(self): return False
    def __len__(self): return 3
    def __index__(self): return 2
print(bool(Abs()), len(Abs()), [1, 2, 3][Abs()], hex(Abs()))
print(super(Bottom, b).hello(), type(b).__subclasses__(), Base.__subclasses__())
print(b.hello.__func__ is Bottom.hello, b.hello.__self__ is b)
