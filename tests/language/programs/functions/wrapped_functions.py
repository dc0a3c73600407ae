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

import functools
def deco(f):
    @functools.wraps(f)
    def w(*args, **kwargs):
        return f(*args, **kwargs)
    return w
@deco
def a(x, n: int = 2):
    return x + n
@torch.no_grad()
def b(x):
    return torch.relu(x) + 1
@deco
@deco
def c(x: int):
    """doc"""
    return x * 2
class M(nn.Module):
    @deco
    def forward(self, x):
        return self.h(x)
    @torch.no_grad()
    def h(self, x):
        return x * 2
def d(x):
    return a(x, 3)
t(a, (torch.ones(1),)); t(c, (3,)); t(M(), (torch.ones(1),)); t(d, (torch.ones(1),))
