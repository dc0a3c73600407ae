print(type(5), type(None), type(...), type(NotImplemented), type(print), type(len), type(lambda: 0), type([].append), type(int), type(range(1)), type(iter([])), type({}.keys()), type(slice(1)), type(type.__dict__))
print(list[int], dict[str, list[int]], tuple[int, ...], int | None, int | str | int, (int | None) == (None | int), type(int | str).__name__, type(list[int]).__name__)
print(list[int]([1, 2]), list[int].__origin__, list[int].__args__, isinstance(5, int | str), issubclass(bool, int | str))
try: isinstance([], list[int])
except TypeError as e: print(e)
try: 5[0]
except TypeError as e: print(e)
try: int[0]
except TypeError as e: print(e)
print(callable(int), hasattr([], "append"), getattr([], "zzz", 1), id(5) == id(5), isinstance(True, int), bool("") or bool("0"), int(True), float(3), complex(1, 2), str(b"a", "utf8"), bytes("é", "utf8"), list("ab"), tuple([1]), dict([("a", 1)]))
def f(a, b: int = 1, *c, d, e=2, **g) -> str:
    "doc"
    x = 1
    def inner(): return x
    return inner
c = f.__code__
print(c.co_name, c.co_argcount, c.co_kwonlyargcount, c.co_varnames[:6], c.co_flags & 4 != 0, c.co_flags & 8 != 0, f.__annotations__, f.__defaults__, f.__kwdefaults__, f.__doc__, f.__globals__ is globals(), f(1, d=2).__closure__[0].cell_contents, f(1, d=1).__qualname__)
f.__name__ = "renamed"; f.__doc__ = "new"; f.x = 1; print(f.__name__, f.__doc__, f.x, f.__dict__); f.__defaults__ = (9,); print(f.__defaults__)
class C:
    def m(self): "m doc"
    attr = 5
c = C(); b = c.m
print(b.__self__ is c, b.__func__ is C.m, b.__name__, b.__doc__, c.m == c.m, c.m is c.m, {c.m: 1}[c.m], C.m.__get__(c)() is None)
print([].append.__name__, str.upper("a"), list.append.__name__, int.__add__(1, 2), (5).__add__(3), "a".__len__(), [1, 2].__contains__(1), (1).__class__, int.__name__, int.__module__, str.join(",", ["a"]), dict.get({"a": 1}, "a"))
print((1).__eq__(2), (1).__eq__("a"), (1).__lt__("a"), object().__eq__(1), "a".__add__.__name__, [].__iter__().__next__.__name__)
try: str.upper(5)
except TypeError as e: print(e)
try: [].append(1, 2)
except TypeError as e: print(e)
try: [].append(x=1)
except TypeError as e: print(e)
try: "".join()
except TypeError as e: print(e)
try: {}.get()
except TypeError as e: print(e)
try: len([], [])
except TypeError as e: print(e)
try: print(max(1))
except TypeError as e: print(e)
try: int("1", bas=2)
except TypeError as e: print("int kw")
try: object(1)
except TypeError as e: print(e)
try: isinstance(1, 1)
except TypeError as e: print(e)
try: setattr(1, 2, 3)
except TypeError as e: print(e)
try: C().attr()
except TypeError as e: print(e)
try: (lambda: 0).x.y
except AttributeError as e: print(e)
try: None.foo
except AttributeError as e: print(e)
print(object.__doc__ is None or True, C.m.__doc__, repr(C).startswith("<class"), repr(c).startswith("<__main__.C object at 0x"), repr(f).startswith("<function f at") , repr(b).startswith("<bound method C.m of <"), repr(len), repr(print))
print(hash("a") == hash("a"), hash((1, 2)) == hash((1, 2)), hash(2**61 - 1), hash(-1), hash(1.5), hash(0.1), hash(True), hash(float("inf")), hash(10**30), hash(None) == hash(None), hash(-1.5), hash(1e300))
print(int.from_bytes(b"\xff\xfe", "little", signed=True), (1000).to_bytes(2, "big"), (255).bit_length(), (7).bit_count(), (0.75).as_integer_ratio(), (1.5).is_integer(), (3.0).hex(), float.fromhex("0x1.8p1"), (5).conjugate(), (5).real, (2.5).imag, (1+2j).conjugate(), (3).numerator)
print(eval("1+1"), eval("x", {"x": 5}), compile("1 + 2", "f", "eval").co_name if False else eval(compile("1 + 2", "f", "eval")))
print(vars(C)["attr"], sorted(k for k in vars(C) if not k.startswith("__")), "attr" in dir(c), sorted(dir(C()))[-2:])
import builtins; print(builtins.len is len, builtins.__name__); builtins.added = 5; print(added)
m = memoryview(b"abc"); print(m[0], bytes(m[1:]), len(m), m.tobytes(), m == b"abc")
print(bin(-5), oct(8), hex(255), chr(97), ascii("é"), format(5, "b"), round(-0.5), abs(-3), pow(2, 10, 1000), pow(3, -1, 7), sum([0.1] * 3), divmod(7.5, 2))
it = iter([1, 2, 3]); print(next(it), list(it), next(it, "end")); print(list(iter(lambda c=[0]: c.append(1) or len(c), 4)))
print([*range(3), *"ab"], {**{1: 2}}, (*[1], 2), {*[1], 2}, [x for x in (1, 2) if x > 1 if x < 5])
class LenHint:
    def __len__(self): return -1
try: len(LenHint())
except ValueError as e: print(e)
class BadBool:
    def __bool__(self): return 5
try: bool(BadBool())
except TypeError as e: print(e)
class BadStr:
    def __str__(self): return 5
try: str(BadStr())
except TypeError as e: print(e)
class BadIter:
    def __iter__(self): return 5
try: iter(BadIter())
except TypeError as e: print(e)
class NoEq:
    __hash__ = None
try: {NoEq(): 1}
except TypeError as e: print(e)
