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

class Base:
    def __init__(self, x: int):
        self.x = x
    def get(self) -> int:
        return self.x
class Sub(Base):
    def __init__(self, x: int):
        super().__init__(x)
        self.y = x
    def both(self) -> int:
        return self.x + self.y
def use(n: int):
    s = Sub(n)
    return s.both()
class Sub2(Base):
    def __init__(self, x: int):
        Base.__init__(self, x)
        self.y = x
class Sub3(Base):
    def __init__(self, x: int):
        self.x = x
    def get2(self) -> int:
        return super().get()
class Sub4(Base):
    pass
class Sub5(Base):
    def __init__(self, x: int):
        self.x = x
        self.z = 3
    def more(self) -> int:
        return self.get() + self.z
def use2(n: int): return Sub2(n)
def use3(n: int): return Sub3(n).get2()
def use4(n: int): return Sub4(n).get()
def use5(n: int): return Sub5(n).more()
for q in (use, use2, use3, use4): t(q, (3,))
class M(nn.Module):
    def forward(self, x):
        return super().forward(x)
t(M())
class A(nn.Module):
    def forward(self, x):
        return x + 1
    def helper(self, x):
        return x * 2
class B(A):
    def forward(self, x):
        return A.forward(self, x)
class C(A):
    def forward(self, x):
        return super().helper(x)
class D(A):
    def forward(self, x):
        return super(D, self).forward(x)
class E_(A):
    def forward(self, x):
        return self.helper(x)
t(B(), (torch.ones(1),)); t(C(), (torch.ones(1),)); t(E_(), (torch.ones(1),))
def s1(xs: List[int]): return set(xs)
def s2(xs: List[int]): return {1, 2}
def s3(xs: List[int]): return frozenset(xs)
def s4(xs: List[int]): return map(str, xs)
def s5(xs: List[int]): return object()
def s6(xs: List[int]): return type(xs)
def s7(xs: List[int]): return bytes(xs)
def s8(xs: List[int]): return list(filter(None, xs))
def s9(xs: List[int]): return iter(xs)
def s10(xs: List[int]): return next(xs)
def s11(xs: List[int]): return complex(1, 2)
def s12(xs: List[int]): return tuple(xs)
def s13(xs: List[int]): return slice(1, 2)
def s14(xs: List[int]): return repr(xs)
def s15(xs: List[int]): return vars(xs)
def s16(xs: List[int]): return callable(xs)
def s17(xs: List[int]): return issubclass(int, float)
def s18(xs: List[int]): return open("x")
def s19(xs: List[int]): return super()
def s20(xs: List[int]): return Exception("a")
for q in (s1,s2,s3,s4,s6,s7,s8,s9,s10,s11,s12,s13,s14,s15,s16,s17,s18,s20): t(q, ([1,2],))
