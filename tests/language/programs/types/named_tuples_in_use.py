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

class P(NamedTuple):
    x: int
    y: float = 2.5
class Q(NamedTuple):
    p: P
    name: str = "q"
    o: Optional[int] = None
R = NamedTuple("R", [("a", int), ("b", Tensor)])
from collections import namedtuple
Z = namedtuple("Z", ["u", "v"])
W = namedtuple("W", "u v")
def a(p: P): return p.x, p.y, p[0], p
def b(): return P(1), P(1, 2.0), P(y=3.0, x=2)
def c(): return Q(P(1)), Q(P(1), "a", 3), Q(p=P(2), o=4)
def d(q: Q): return q.p.x, q.o, q.name
def e(): return R(1, torch.ones(1))
def f(x): return Z(x, x)
def g(z: Z): return z.u
def h(): return P("a")
def i(): return P()
def j(): return P(1, 2.0, 3)
def k(): return P(z=1)
def l(p: P):
    p.x = 3
    return p
def m(p: P):
    x, y = p
    return x
def n(p: P): return p._replace(x=3)
def o(p: P): return p._asdict()
def q(p: P): return p.zz
def r(p: P): return len(p)
def s(p: P):
    for v in p: print(v)
    return 1
def u(p: P): return p == P(1)
def v(p: Tuple[int, float]): return p
def w(p: P): return v(p)
def x(ps: List[P]): return ps[0].x, [q.y for q in ps]
def y(flag: bool):
    if flag: return P(1)
    else: return P(2)
def z(flag: bool):
    if flag: return P(1)
    else: return (1, 2.0)
def aa(p: Optional[P] = None):
    if p is not None: return p.x
    return 0
def bb(p: P): return p[5]
def cc(p: P): return p[0:1], p[-1]
def dd(p: P): return p + (1,)
def ee(): return P(*(1, 2.0))
t(a,(P(1),));t(b);t(c);t(d,(Q(P(1)),));t(e);t(f,(torch.ones(1),));t(g,(Z(torch.ones(1),torch.ones(1)),));t(h);t(i);t(j);t(k);t(l,(P(1),));t(m,(P(1),));t(n,(P(1),));t(o,(P(1),));t(q,(P(1),));t(r,(P(1),));t(s,(P(1),));t(u,(P(1),));t(w,(P(1),));t(x,([P(1)],));t(y,(True,));t(z,(True,));t(aa,(P(1),),(None,));t(bb,(P(1),));t(cc,(P(1),));t(dd,(P(1),));t(ee)
