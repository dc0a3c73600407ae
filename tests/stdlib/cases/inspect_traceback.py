import inspect, traceback, functools, sys
from typing import List, Optional
def f(a, b: int = 3, /, c=None, *args, d, e: "str" = "x", **kw) -> List[int]:
    """Doc
      more
    """
    return 1
print(inspect.signature(f), inspect.getsource(f), inspect.getdoc(f))
class C:
    def __init__(self, x: Optional[int], y=2): pass
    @functools.lru_cache
    def m(self, q): return q
    @classmethod
    def k(cls, z): pass
    @staticmethod
    def s(w): pass
print(inspect.signature(C), inspect.signature(C(1).m), inspect.signature(C.k), inspect.signature(C.s), inspect.getsource(C.k), inspect.getsourcelines(C)[1])
s = inspect.signature(f); b = s.bind(1, 2, 3, 4, d=5, z=6); b.apply_defaults(); print(b.arguments, b.args, b.kwargs)
try: s.bind(1)
except TypeError as e: print(e)
for p in s.parameters.values(): print(p.name, p.kind, p.default is p.empty, repr(p))
print(inspect.signature(functools.partial(f, 1, d=3)), inspect.getfullargspec(f).args, inspect.isfunction(f), inspect.isclass(C), inspect.ismethod(C(1).m), inspect.ismodule(sys))
print([n for n, _ in inspect.getmembers(C, inspect.isfunction)], inspect.getfile(f) == __file__)
def g(): raise ValueError("bad")
def h():
    try: g()
    except ValueError as e: raise KeyError("k") from e
try: h()
except KeyError as e:
    lines = traceback.format_exc().splitlines(); print([l.replace(__file__, "FILE") for l in lines if "^" not in l])
    print(traceback.format_exception_only(type(e), e), [(x.name, x.lineno, x.line) for x in traceback.extract_tb(e.__traceback__)])
    print(len(traceback.extract_stack()))
try: inspect.getsource(len)
except TypeError as e: print("TE")
class Abc:
    x = 1
print(inspect.getsource(Abc), inspect.cleandoc("a\n   b\n     c"))
print(inspect.currentframe().f_code.co_name)
