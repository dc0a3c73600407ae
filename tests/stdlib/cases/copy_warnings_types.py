import copy, warnings, types, numbers
class P:
    def __init__(s): s.a=[1,2]; s.b={"x":s}
p=P(); q=copy.deepcopy(p); print(q.b["x"] is q, q.a is p.a, q.a)
c=copy.copy(p); print(c.a is p.a)
t=([1],2); print(copy.deepcopy(t)); t2=(1,2); print(copy.deepcopy(t2) is t2)
class S:
    __slots__=("x","y")
s=S(); s.x=[1]; u=copy.deepcopy(s); print(u.x, u.x is s.x)
class L(list): pass
l=L([1,[2]]); l.z=3; m=copy.deepcopy(l); print(type(m).__name__, m, m.z, m[1] is l[1])
class D(dict): pass
d=D(a=[1]); e=copy.copy(d); print(e, type(e).__name__, e["a"] is d["a"])
class K:
    def __deepcopy__(s, memo): return "deep"
    def __copy__(s): return "shallow"
print(copy.copy(K()), copy.deepcopy([K()]))
x=[]; x.append(x); y=copy.deepcopy(x); print(y[0] is y)
print(copy.deepcopy({1,2}), copy.copy(frozenset([1])))
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("hey"); warnings.warn("dep", DeprecationWarning)
    print(len(w), w[0].message, w[1].category.__name__, w[0].lineno)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try: warnings.warn("boom", RuntimeWarning)
    except RuntimeWarning as e: print("caught", e)
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="no.*")
    warnings.warn("nothing")
for i in range(3): warnings.warn("once per place")
warnings.warn("user visible", stacklevel=1)
print(isinstance(3, numbers.Integral), isinstance(3.0, numbers.Integral), isinstance(True, numbers.Number), isinstance(2j, numbers.Real))
n=types.SimpleNamespace(a=1,b="x"); print(n, n==types.SimpleNamespace(a=1,b="x"))
print(types.FunctionType is type(lambda:0), types.new_class("Z",(P,)).__mro__[1] is P)
m=types.ModuleType("mm","doc"); m.q=1; print(m.__name__, m.__doc__, m.q)
print(types.MethodType(lambda s: s+1, 4)())
import io, sys
sys.stderr = io.StringIO()
def old():
    warnings.warn("old is deprecated", FutureWarning, stacklevel=2)
old()
old(); old()
warnings.filterwarnings("ignore", "quiet")
warnings.warn("quiet please")
warnings.warn(UserWarning("as an object"))
text = sys.stderr.getvalue()
sys.stderr = sys.__stderr__
print([line.rsplit("/", 1)[-1] for line in text.splitlines()])
try: warnings.warn("x", int)
except TypeError as e: print(e)
