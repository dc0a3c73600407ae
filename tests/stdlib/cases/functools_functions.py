from functools import *
import functools
p = partial(int, base=2); print(p('101'), p.keywords, p.args, partial(p, '11')(), repr(partial(print, 1, sep='-')))
print(reduce(lambda a,b:a+b,[1,2,3]), reduce(lambda a,b:a+b,[],5))
@lru_cache(maxsize=2)
def f(x): print('call', x); return x*2
print(f(1), f(1), f(2), f(3), f(1), f.cache_info(), f.__name__, f.__wrapped__(9))
f.cache_clear(); print(f.cache_info())
@cache
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
print(fib(80))
def deco(fn):
    @wraps(fn)
    def inner(*a, **k):
        "inner doc"
        return fn(*a, **k)
    return inner
@deco
def g(a, b=2):
    "doc"
    return a+b
print(g.__name__, g.__doc__, g(1), g.__wrapped__)if False else print(g.__name__, g.__doc__, g(1))
@total_ordering
class V:
    def __init__(s,v): s.v=v
    def __eq__(s,o): return s.v==o.v
    def __lt__(s,o): return s.v<o.v
print(V(1)<=V(2), V(1)>V(2), V(2)>=V(2))
class C:
    @cached_property
    def x(self): print('computed'); return 5
    def m(self, a, b): return (a,b)
    m1 = partialmethod(m, 1)
    @lru_cache
    def n(self, k): return k+1
    @singledispatchmethod
    def h(self, v): return 'base'
    @h.register
    def _(self, v: int): return 'int'
c=C(); print(c.x, c.x, c.m1(2), c.n(3), c.h(1), c.h('a'))
@singledispatch
def k(v): return 'obj'
@k.register(int)
def _(v): return 'int'
@k.register
def _(v: list): return 'list'
print(k(1), k(True), k([]), k('x'), k.dispatch(bool)(1))
print(sorted([3,1,2], key=cmp_to_key(lambda a,b: b-a)))
for e in ("reduce(max,[])","partial(1)","f([])"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
