import _pkg
from _pkg import sub, value
from _pkg.sub import deep as d, leaf
from _pkg.sub.leaf import *
import _pkg.sub.leaf as lf
import _mod as m, sys
print(_pkg.__name__, _pkg.__file__.endswith("_pkg/__init__.py"), value, sub.__name__, d.name, leaf.fn(), fn(), lf is leaf, m.x, m.__name__)
print("_pkg.sub.leaf" in sys.modules, sys.modules["_mod"] is m, _pkg.sub is sub, d.parent_value, hasattr(_pkg, "__path__"))
try: import nope_missing
except ModuleNotFoundError as e: print(e, e.name)
try: import _pkg.nope
except ImportError as e: print(type(e).__name__, e)
try: from _pkg import nope
except ImportError as e: print(type(e).__name__, str(e).split(" (")[0])
try: import _mod.x
except ModuleNotFoundError as e: print(e)
try: m.nothing
except AttributeError as e: print(e)
import _circ_a; print(_circ_a.b_saw, _circ_a.done)
print(m.lazy_name)
try: import _broken
except ZeroDivisionError as e: print("broken", "_broken" in sys.modules)
def f():
    import _mod
    from _pkg.sub import leaf as L
    return _mod.x, L.__name__
print(f(), __import__("_pkg.sub").__name__, __import__("_pkg.sub", fromlist=["leaf"]).__name__)
m.x = 99
import _mod
print(_mod.x, vars(m)["x"], m)if 0 else print(_mod.x, vars(m)["x"])
del sys.modules["_mod"]
import _mod; print(_mod.x)
