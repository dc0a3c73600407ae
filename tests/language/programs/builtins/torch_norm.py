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

def a(x): return torch.norm(x)
def b(x): return torch.norm(x, p=2)
def c(x): return torch.norm(x, 1, 0)
def d(x): return torch.norm(x, "fro", [0, 1])
def e(x): return torch.norm(x, dim=1, keepdim=True)
def f(x): return torch.norm(x, p=2.0, dim=1)
def g(x): return x.norm()
def h(x): return x.norm(2, 1)
def i(x): return x.norm(p=2, dim=1, keepdim=True)
def j(x): return torch.norm(x, "nuc")
def k(x): return torch.norm(x, float("inf"), 1)
def l(x): return x.norm(dim=1)
def m(x): return torch.norm(x, dtype=torch.float64)
def n(x): return torch.norm(x, 3, None)
X = (torch.arange(6.).reshape(2, 3),)
for q in (a,b,c,d,e,f,g,h,i,j,k,l,m,n): t(q, X)
