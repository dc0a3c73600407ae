class Log(dict):
    def __init__(self): super().__init__(); self.order = []
    def __setitem__(self, k, v):
        if not k.startswith("__"): self.order.append(k)
        super().__setitem__(k, v)
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw): return Log()
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, dict(ns)); cls.order = ns.order; return cls
    def __instancecheck__(cls, o): return o == 5 or super().__instancecheck__(o)
    def __subclasscheck__(cls, c): return c is int or super().__subclasscheck__(c)
    def __repr__(cls): return f"<Meta {cls.__name__}>"
    def __setattr__(cls, k, v):
        if k == "locked": raise AttributeError("locked")
        super().__setattr__(k, v)
    def __dir__(cls): return ["x"]
    def __add__(cls, o): return (cls, o)
class A(metaclass=Meta):
    b = 1
    def f(self): return __class__
    a = b + 1
    for i in range(2): pass
    del b
    c = lambda self: self.a
print(A.order, A, isinstance(5, A), isinstance(6, A), issubclass(int, A), A().f() is A, A().c(), dir(A), A + 1)
try: A.locked = 1
except AttributeError as e: print(e)
A.z = 3; print(A.z); del A.z; print(hasattr(A, "z"))
def meta_fn(name, bases, ns): return (name, bases, sorted(k for k in ns if not k.startswith("__")))
class F(metaclass=meta_fn): q = 1
print(F)
class M1(type): pass
class M2(type): pass
class X1(metaclass=M1): pass
class X2(metaclass=M2): pass
try:
    class X3(X1, X2): pass
except TypeError as e: print(e)
class Ent:
    def __mro_entries__(self, bases): return (list,)
class UsesEnt(Ent()): pass
print(UsesEnt.__bases__, UsesEnt.__orig_bases__ is not None)
try:
    class B(bool): pass
except TypeError as e: print(e)
try:
    class N(5): pass
except TypeError as e: print("bad base")
try:
    class L(int, str): pass
except TypeError as e: print(e)
class NoKw:
    pass
try:
    class K(NoKw, foo=1): pass
except TypeError as e: print(e)
T = type("T", (), {}, **{}) ; print(T.__name__, type(T), type("x") is str, type(A) is Meta)
def dec(tag):
    def d(c): c.tag = tag; return c
    return d
@dec("one")
@dec("two")
class Deco: pass
print(Deco.tag)
class Child(A):
    def __init__(self): self.v = 1
    def __eq__(self, o): return True
try: hash(Child())
except TypeError as e: print(e)
print(Child.__hash__, Child() == 4, Child() != 4)
class Base:
    def __init_subclass__(cls): cls.seen = cls.__name__
    @classmethod
    def make(cls, *a): return cls(*a)
class D1(Base): pass
print(D1.seen, type(D1.make()).__name__)
class Desc:
    def __get__(self, o, t): return t.__name__ if o is None else "inst"
class HasD: d = Desc()
class SubD(HasD): pass
print(HasD.d, SubD.d, SubD().d, super(SubD, SubD()).d, super(SubD, SubD).d)
class CM:
    @classmethod
    def a(cls): return cls.__name__
    @staticmethod
    def s(): return "s"
    @classmethod
    @property
    def cp(cls): return 1
class CMS(CM):
    @classmethod
    def a(cls): return "sub:" + super().a()
print(CMS.a(), CMS().a(), CM.s(), CMS().s(), CM.__dict__["a"].__func__.__name__, CM.__dict__["s"].__wrapped__ is CM.s)
class Multi:
    def __new__(cls, *a, **k): print("new", a, k); return super().__new__(cls)
    def __init__(self, *a, **k): print("init", a, k)
Multi(1, x=2)
class Imm(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def first(self): return self[0]
i = Imm(1, 2); print(i, i.first, len(i), i == (1, 2), isinstance(i, tuple), i + (3,))
class LL(list):
    def __init__(self, n): super().__init__(range(n)); self.tag = "t"
    def __getitem__(self, k):
        r = super().__getitem__(k); return LL(0) if isinstance(k, slice) else r
    def append(self, v): super().append(v * 2)
l = LL(3); l.append(5); print(l, l.tag, l[3], type(l[:2]).__name__, len(l), list(l), l == [0, 1, 2, 10], sum(l))
class DD(dict):
    def __getattr__(self, k): return self[k]
    def __setattr__(self, k, v): self[k] = v
d = DD(a=1); d.b = 2; print(d, d.a, d.b, {**d}, dict(d), (lambda **k: k)(**d))
class It(set): pass
print(It([1, 2]), It([1]) | {2}, type(It([1]) | {2}).__name__, isinstance(It(), set))
obj = object.__new__(Child); print(obj.__dict__); obj.__class__ = A if False else Child
class P: pass
class Q: pass
p = P(); p.__class__ = Q; print(type(p).__name__)
p.__dict__ = {"z": 1}; print(p.z); p.__dict__["w"] = 2; print(p.w, p.__dict__)
print([n for n in dir(p) if not n.startswith("__")], P.__dict__.get("nope"), type(P.__dict__).__name__)
