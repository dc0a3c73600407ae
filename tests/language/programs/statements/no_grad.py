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

def a(x):
    with torch.no_grad():
        y = x * 2
    return y
def b(x):
    with torch.enable_grad():
        y = x * 2
    return y
def c(x, flag: bool):
    with torch.set_grad_enabled(flag):
        y = x * 2
    return y
def d(x):
    with torch.inference_mode():
        y = x * 2
    return y
@torch.no_grad()
def e(x):
    return x + 1
def f(x):
    with torch.no_grad() as g:
        y = x * 2
    return y
def g(x):
    with torch.autograd.no_grad():
        with torch.enable_grad():
            y = x * 2
    return y
def h(x):
    return torch.is_grad_enabled()
def i(x):
    torch.set_grad_enabled(False)
    return x
X = (torch.ones(2),)
t(a, X); t(b, X); t(c, (torch.ones(2), True)); t(d, X); t(e, X); t(f, X); t(g, X); t(h, X); t(i, X);torch.set_grad_enabled(True); 
def rg(x):
    with torch.no_grad():
        y = x * 2
    z = x * 3
    return y.requires_grad, z.requires_grad
t(rg, (torch.ones(2, requires_grad=True),))
class M(nn.Module):
    def forward(self, x):
        with torch.no_grad():
            x = x + 1
        return x
m = torch.jit.script(M())
print(m.code)
import io
buf = io.BytesIO(); torch.jit.save(m, buf); buf.seek(0)
l = torch.jit.load(buf)
print(l.code, l(torch.ones(1, requires_grad=True)).requires_grad)
print(m.graph)
