x = "global"
def f():
    x = "f"
    def g():
        nonlocal x
        x = "changed"
        def h():
            global x
            return x
        return h()
    return g(), x
print(f(), x)
def setg():
    global newg, x
    newg = 1; x = "set"
setg(); print(newg, x)
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    return inc
a, b = counter(), counter(); a(); a(5); print(a(), b(), a.__closure__[0].cell_contents, a.__code__.co_freevars)
class C:
    y = 1
    z = [q for q in range(y)]
    def m(self): return x
    w = y + 1
print(C.z, C.w, C().m())
def cls_in():
    v = 10
    class D:
        v2 = v
        def get(self): return v
        v = 20
        lst = [v for _ in [0]]
    return D.v2, D().get(), D.lst
try: print(cls_in())
except NameError as e: print(type(e).__name__)
def cls_in2():
    v = 10
    class D:
        v2 = v
        def get(self): return v
    return D.v2, D().get()
print(cls_in2())
fs = [lambda i=i: i for i in range(3)]; print([q() for q in fs])
print([lam() for lam in [lambda: k for k in range(3)]])
def defaults(a, b=x, *, c=len(x)): return b, c
x = "later"; print(defaults(1))
def dele():
    q = 1; del q
    try: q
    except UnboundLocalError as e: print(e)
dele()
def free():
    def inner(): return qq
    try: inner()
    except NameError as e: print(type(e).__name__, e)
    qq = 1
    return inner()
print(free())
def loc():
    a1 = 1; b1 = "x"
    def inner(): return a1
    return sorted(locals().keys() - {"inner"}), locals()["a1"]
print(loc())
print(sorted(k for k in globals() if k in ("x", "f", "C")), "x" in globals(), globals()["x"])
exec("z9 = x + '!'"); print(z9)
ns = {}; exec("def ff(a): return a * k\nk = 3", ns); print(ns["ff"](4), eval("k + 1", ns), eval("a + b", {"a": 1}, {"b": 2}))
def ex():
    l = {}
    exec("y = 5\nw = y + 1", {}, l)
    return l
print(ex(), eval("[i for i in range(3)]"))
def walrus():
    if (n := 10) > 5: print(n)
    r = [last := i for i in range(3)]
    return n, last, r
print(walrus())
for i in range(3): pass
print(i)
if True: cond = 1
print(cond)
try: print(undefined)
except NameError as e: print(e)
def rec(n): return 1 if n == 0 else n * rec(n - 1)
print(rec(20), rec(30))
def compscope():
    i = "keep"
    l = [i for i in range(3)]
    return i, l
print(compscope())
def gen_late():
    n = 1
    g = (n for _ in range(2))
    n = 2
    return list(g)
print(gen_late())
def ann(a: int, b: "str" = "x", *c: float, d: list[int] = None, **e: dict) -> None: z: int = 5; return ann.__annotations__
print(ann(1)); q: int = 5; r: str; print(__annotations__)
class Ann: f1: int; f2: str = "a"
print(Ann.__annotations__, ann.__name__, ann.__qualname__, ann.__module__, ann.__doc__)
def doc():
    "the doc"
print(doc.__doc__, __name__)
doc.attr = 5; print(doc.attr, doc.__dict__)
print((lambda: 0).__name__, compscope.__code__.co_name, compscope.__code__.co_firstlineno > 0)
def recursive_limit(n): return recursive_limit(n + 1)
try: recursive_limit(0)
except RecursionError as e: print(e)
def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
print(depth(900))
class Deep:
    def __init__(self, n): self.child = Deep(n - 1) if n else None
    def depth(self): return 1 + (self.child.depth() if self.child else 0)
print(Deep(300).depth())
