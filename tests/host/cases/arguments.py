def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{"c": 1, "z": 2}))
def g(a, b, /, c, *, d): return (a, b, c, d)
def h(x=1): return x
def n(): pass
def two(a, b): pass
def kwonly(*, k): pass
def attempt(fn, *a, **k):
    try: print(fn(*a, **k))
    except TypeError as e: print(e)
attempt(f); attempt(f, 1); attempt(f, 1, 2, a=1, c=2)
attempt(g, 1, 2, 3, d=4); attempt(g, 1, b=2, c=3, d=4); attempt(g); attempt(g, 1, 2, 3, 4); attempt(g, 1, 2, 3)
attempt(h, 1, 2); attempt(h, y=1); attempt(n, 1); attempt(n, 1, 2); attempt(two, 1, 2, 3); attempt(two); attempt(two, 1, a=2)
attempt(kwonly); attempt(kwonly, 1); attempt(kwonly, 1, k=2); attempt(kwonly, 1, 2, k=2)
class C:
    def m(self, x): return x
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls, x): return cls.__name__, x
attempt(C().m); attempt(C().m, 1, 2); attempt(C.m, 1); attempt(C.s); attempt(C.c, 2); attempt(C().c, 1, 2)
attempt(C, 1)
class D:
    def __init__(self, a): pass
attempt(D); attempt(D, 1, 2)
attempt(lambda x: x); attempt(print, foo=1); attempt(len); attempt(len, 1, 2); attempt(5); attempt(None)
def outer():
    def inner(q): pass
    return inner
attempt(outer())
d = {"x": 1}
def kw(**k): k["x"] = 2; return k
print(kw(**d), d)
def mutable(x, acc=[]): acc.append(x); return acc
mutable(1); print(mutable(2), mutable.__defaults__)
print((lambda *a, **k: (a, k))(1, *[2, 3], x=4, **{"y": 5}))
attempt(lambda **k: k, **{"a": 1}, a=2) if False else None
try: f(**{"c": 1}, **{"c": 2})
except TypeError as e: print("dup")
try: f(*5)
except TypeError as e: print("star")
print(f.__name__, f.__defaults__, f.__kwdefaults__, f.__code__.co_varnames[:6], f.__code__.co_argcount, f.__code__.co_kwonlyargcount)
