import torch
from typing import Dict, List, Optional


@torch.jit.script
class Inner:
    def __init__(self, v: int):
        self.v = v


@torch.jit.script
class Outer:
    def __init__(self, n: int):
        self.one = Inner(n)
        self.many = [Inner(i) for i in range(n)]
        self.named = {"a": Inner(n * 2)}

    def total(self) -> int:
        t = self.one.v
        for i in self.many:
            t += i.v
        return t + self.named["a"].v

    def set(self, k: int):
        self.one.v = k
        self.many[0].v += k
        self.named["a"] = Inner(k)


@torch.jit.script
def f(n: int):
    o = Outer(n)
    a = o.total()
    o.set(50)
    return a, o.total(), o.one.v


print(f(3))
print(f.code)
