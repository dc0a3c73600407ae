import torch
from torch import nn, Tensor
from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Union
from enum import Enum

def t(f, *args):
    name = getattr(f, "__name__", type(f).__name__)
    try:
        s = torch.jit.script(f)
    except Exception as e:
        print(name, "COMPILE", type(e).__name__, str(e).strip())
        return
    for a in (args or [()]):
        try:
            print(name, s(*a))
        except Exception as e:
            print(name, "RUN", type(e).__name__, str(e).strip())
    print(s.code)

class C(Enum):
    RED = 1
    GREEN = 2
class F(Enum):
    A = 1.5
    B = 2.5
class S(Enum):
    A = "x"
    B = "y"
class Mixed(Enum):
    A = 1
    B = "s"
class Tn(Enum):
    A = (1, 2)
class L(Enum):
    A = [1, 2]
class Al(Enum):
    A = 1
    B = 1
def a(x: C): return x.name, x.value, x == C.RED, x != C.GREEN
def b(x: F): return x.name, x.value
def c(x: S): return x.value + "z", x
def d(x: Mixed): return x
def d2(): return Mixed.A.value
def e(x: Tn): return x.value
def f(): return [v.name for v in C], [v.value for v in S]
def g():
    for v in C: print(v)
    return len(C)
def h(): return {C.RED: 1}
def i(x: C):
    if x == C.RED: return 1
    elif x == C.GREEN: return 2
    return 3
def j(x: C): return x == S.A
def k(x: int): return C(x)
def l(): return C["RED"]
def m(): return C.BLUE
def n(x: C): return x < C.GREEN
def o(x: C): return hash(x)
def p(x: C): return str(x), f"{x}"
def q(x: Optional[C]):
    if x is None: return C.RED
    return x
def r(x: List[C]): return x[0], C.RED in x
def s(x: Dict[str, C]): return x["a"]
def u(): return C.RED.foo
def v(): return C.RED.value + 1, C.GREEN.name
def w(x: C): return isinstance(x, C)
def y(): return Al.B
def z(x: C): return list(C)
def aa(x: L): return x
t(a,(C.RED,));t(b,(F.A,));t(c,(S.A,),(3,));t(e,(Tn.A,));t(f);t(g);t(h);t(i,(C.RED,));t(j,(C.RED,));t(k,(1,));t(l);t(m);t(n,(C.RED,));t(o,(C.RED,));t(p,(C.RED,));t(q,(None,),(C.GREEN,));t(r,([C.RED],));t(s,({"a":C.RED},));t(u);t(v);t(w,(C.RED,));t(y);t(z,(C.RED,));t(aa,(L.A,))
class M(nn.Module):
    c: C
    def __init__(self):
        super().__init__()
        self.c = C.RED
        self.l = [C.RED, C.GREEN]
    def forward(self, x: C):
        if x == self.c: return 1
        return 2
m = torch.jit.script(M()); print(m(C.RED), m(C.GREEN), m.c, m.l); print(m.code, m.graph)
