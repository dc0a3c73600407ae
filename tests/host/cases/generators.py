def g(n):
    try:
        for i in range(n):
            x = yield i
            if x is not None: print("sent", x)
    except GeneratorExit: print("closing"); raise
    except ValueError as e: print("thrown", e); yield "after"
    finally: print("cleanup")
    return "r"
it = g(3); print(next(it), it.send("a"), next(it))
try: next(it)
except StopIteration as e: print("stop", e.value)
it = g(3); next(it); it.close(); print(list(it))
it = g(3); next(it); print(it.throw(ValueError("v"))); print(list(it))
it = g(3)
try: it.send(1)
except TypeError as e: print(e)
def outer():
    r = yield from g(2); print("got", r)
    r2 = yield from [10, 20]; print(r2)
    return "outer"
print(list(outer()))
def deleg():
    try: yield from inner()
    except KeyError as e: yield ("caught", e.args)
def inner():
    x = yield 1
    yield x
d = deleg(); print(next(d), d.send("s"), d.throw(KeyError("k")))
def fib():
    a, b = 0, 1
    while True: yield a; a, b = b, a + b
f = fib(); print([next(f) for _ in range(10)])
print(sum(x for x in range(5)), list(x * y for x in range(3) for y in "ab" if x), next(iter([]), "d"), type((x for x in [])).__name__)
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(It()), [*It()], max(It()), 2 in It(), dict(zip(It(), "abc")))
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq())
def bad():
    yield 1
    raise StopIteration
try: list(bad())
except RuntimeError as e: print(e, repr(e.__cause__))
def lazy():
    print("start"); yield
print(lazy().__name__); gen = lazy(); print("made"); next(gen)
print(list(iter(iter([1, 2, 3, 4]).__next__, 3)))
def handling():
    try: 1 / 0
    except ZeroDivisionError:
        yield 1
        import sys
        yield sys.exc_info()[0].__name__
h = handling(); next(h)
try: raise KeyError
except KeyError: print(next(h))
def closures(): return [lambda: i for i in range(3)]
print([c() for c in closures()])
def coro():
    total = 0
    while True:
        v = yield total
        if v is None: return total
        total += v
c = coro(); next(c); c.send(1); c.send(5)
try: c.send(None)
except StopIteration as e: print(e.value)
try: next(5)
except TypeError as e: print(e)
try: iter(5)
except TypeError as e: print(e)
def gw():
    with open(__file__) as f:
        yield f.readline()[:5]
print(next(gw()))
def multi():
    x = [(yield 1), (yield 2)]
    yield x
m = multi(); next(m); m.send("a"); print(m.send("b"))
