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
    return x.to(torch.float64), torch.zeros(2, dtype=torch.int32, layout=torch.strided), x.dtype, x.layout, x.device
def b(x):
    dt = torch.float16
    return dt, x.to(dt).dtype == torch.float16, torch.float16 == 5
def c(x, m: torch.memory_format):
    return x.contiguous(memory_format=m)
def d(x):
    return x.contiguous(memory_format=torch.channels_last)
def e(x, dt: torch.dtype, l: torch.layout):
    return torch.zeros(2, dtype=dt, layout=l)
def f(x, dt: int):
    return x.to(dt)
def g(x, dt: Optional[torch.dtype] = None):
    if dt is None:
        dt = torch.int64
    return x.to(dt)
def h(x):
    d = torch.device("cpu")
    return d.type, d.index, d == x.device, str(d)
def i(x, dev: torch.device):
    return x.to(dev), torch.ones(1, device=dev)
def j(x):
    return torch.device("cuda:1"), torch.device("cpu").index
def k(x, g: Optional[torch.Generator] = None):
    return torch.rand(2, generator=g)
def l(g: torch.Generator):
    return torch.rand(2, generator=g)
def m(x):
    return torch.preserve_format, torch.strided, torch.contiguous_format, torch.sparse_coo
def n(x):
    return str(x.dtype), f"{x.dtype}", "%s" % x.dtype
def o(x):
    return {torch.float32: 1}, [torch.int8, torch.int16]
def p(x):
    return x.dtype.is_floating_point
def q(x):
    return torch.finfo(torch.float32).max
def r(x):
    return torch.get_default_dtype()
def s(x):
    return torch.int64.itemsize
def u(x):
    return torch.empty(2, dtype=None).dtype
def v(x):
    return isinstance(x, torch.FloatTensor)
def w(x):
    return x.type(torch.int32), x.is_floating_point(), x.is_cuda
def y(x):
    return torch.tensor([1, 2], dtype=torch.double, device="cpu")
X=(torch.ones(1),)
for z in (a,b): t(z,X)
t(c,(torch.ones(1,2,2,2),torch.channels_last)); t(d,(torch.ones(1,2,2,2),)); t(e,(torch.ones(1),torch.int8,torch.strided)); t(f,(torch.ones(1),3)); t(g,X,(torch.ones(1),torch.int8)); t(h,X); t(i,(torch.ones(1),torch.device("cpu"))); t(j,X)
torch.manual_seed(0); t(k,X); 
gen=torch.Generator(); gen.manual_seed(3); t(l,(gen,))
for z in (m,n,o,p,q,r,s,u,v,w,y): t(z,X)
