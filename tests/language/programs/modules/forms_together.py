import re

import torch
from torch import nn, Tensor
from typing import Dict, Final, List, Optional, Tuple, Union
from enum import Enum

def t(f, *args):
    name = getattr(f, "__name__", type(f).__name__)
    try:
        s = torch.jit.script(f)
    except Exception as e:
        print(name, "COMPILE", type(e).__name__, re.sub("at: 0x[0-9a-f]+", "at: 0", str(e).strip()))
        return
    for a in (args or [()]):
        try:
            print(name, s(*a))
        except Exception as e:
            print(name, "RUN", type(e).__name__, str(e).strip())
    print(s.code)

class A(nn.Module):
    def __init__(self):
        super().__init__()
        self._v = 2
        self.lin = nn.Linear(2, 2)
    @property
    def v(self) -> int:
        return self._v
    @v.setter
    def v(self, x: int):
        self._v = x
    def forward(self, n: int):
        self.v = n
        self.v += 1
        return self.v
t(A(), (3,))
class B(nn.Module):
    __constants__ = ["c", "l", "t"]
    F: Final[int]
    def __init__(self):
        super().__init__()
        self.c = 3; self.l = [1, 2]; self.t = (1, 2.5, "a"); self.F = 4
    def forward(self):
        return self.c, self.l, self.t, self.F
t(B())
class C(nn.Module):
    def __init__(self):
        super().__init__()
        self.md = nn.ModuleDict({"a": nn.ReLU(), "b": nn.Tanh()})
        self.ml = nn.ModuleList([nn.ReLU(), nn.Sigmoid()])
        self.seq = nn.Sequential(nn.ReLU(), nn.Tanh())
    def forward(self, x):
        for k, m in self.md.items(): x = m(x)
        for k in self.md: print(k)
        for m in self.md.values(): x = m(x)
        for i, m in enumerate(self.ml): x = m(x) + i
        for a, b in zip(self.ml, self.seq): x = a(b(x))
        for m in reversed(self.ml): x = m(x)
        return x, len(self.ml), "a" in self.md, self.ml[0](x), self.md["a"](x), self.seq[1](x), self.ml[-1](x)
t(C(), (torch.ones(1),))
class D(nn.Module):
    def __init__(self):
        super().__init__()
        self.ml = nn.ModuleList([nn.ReLU()])
    def forward(self, x, i: int): return self.ml[i](x)
t(D(), (torch.ones(1), 0))
class E1(nn.Module):
    def forward(self, n: int) -> int: return self.g(n)
    def g(self, n: int) -> int:
        if n <= 0: return 0
        return self.h(n - 1)
    def h(self, n: int) -> int: return self.g(n)
t(E1(), (3,))
def rec(n: int) -> int:
    if n <= 0: return 0
    return rec(n - 1)
t(rec, (3,))
class G(nn.Module):
    def __init__(self):
        super().__init__()
        self.n = None
        self.o: Optional[int] = None
        self.e = []
        self.dd = {}
        self.bad = {"a": object()}
        self.f = lambda x: x
    def forward(self): return self.o
t(G())
class H(G):
    def forward(self): return self.n
t(H())
class H2(G):
    def forward(self): return self.e
t(H2())
class H3(G):
    def forward(self): return self.bad
t(H3())
class H4(G):
    def forward(self, x): return self.f(x)
t(H4(), (torch.ones(1),))
class H5(G):
    def forward(self, x): return self.dd
t(H5(), (torch.ones(1),))
class H6(G):
    def forward(self, x):
        self.zz = x
        return x
t(H6(), (torch.ones(1),))
class H7(G):
    def forward(self, x):
        self.o = "a"
        return x
t(H7(), (torch.ones(1),))
class St(nn.Module):
    def __init__(self):
        super().__init__(); self.w = 3
    @torch.jit.export
    def __getstate__(self): return (self.w, self.training)
    @torch.jit.export
    def __setstate__(self, s: Tuple[int, bool]):
        self.w = s[0] + 1; self.training = s[1]
    def forward(self): return self.w
import io
s = torch.jit.script(St()); b = io.BytesIO(); torch.jit.save(s, b); b.seek(0); print(torch.jit.load(b)())
