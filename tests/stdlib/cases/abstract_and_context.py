import abc, contextlib, io, sys, collections.abc, numbers
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    @property
    @abc.abstractmethod
    def name(self): ...
class Half(Shape):
    def area(self): return 1
class Full(Half):
    @property
    def name(self): return "full"
for cls in (Shape, Half, Full):
    try: print(cls().area())
    except TypeError as e: print(e)
print(sorted(Shape.__abstractmethods__), Shape.register(int), isinstance(3, Shape), issubclass(bool, Shape), isinstance("", Shape))
class Sized(abc.ABC):
    @classmethod
    def __subclasshook__(cls, C): return hasattr(C, "size") or NotImplemented
class Box: size = 3
print(isinstance(Box(), Sized), isinstance(3, Sized))
print(isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), isinstance(2.5, numbers.Real))
@contextlib.contextmanager
def tag(name):
    print("<", name)
    try: yield name.upper()
    except KeyError as e: print("swallowed", e)
    finally: print(">", name)
with tag("a") as t: print(t)
with tag("b"): raise KeyError("k")
try:
    with tag("c"): raise ValueError("v")
except ValueError as e: print("out", e)
@tag("deco")
def body(): return 5
print(body())
with contextlib.suppress(ZeroDivisionError): 1 / 0
with contextlib.redirect_stdout(io.StringIO()) as s: print("hidden")
print(repr(s.getvalue()))
with contextlib.ExitStack() as stack:
    for n in "xy": stack.enter_context(tag(n))
    stack.callback(print, "callback", 1)
with contextlib.nullcontext(7) as n: print(n)
class Closer:
    def close(self): print("closed")
with contextlib.closing(Closer()): pass
