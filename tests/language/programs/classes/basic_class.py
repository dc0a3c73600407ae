import torch
from typing import List


@torch.jit.script
class Pair:
    def __init__(self, a: int, b: int):
        self.a = a
        self.b = b
        self.history: List[int] = [a]

    def total(self) -> int:
        return self.a + self.b

    def bump(self, by: int = 1):
        self.a += by
        self.history.append(self.a)
        return self

    def chain(self):
        return self.bump(1).bump(5).total()


@torch.jit.script
def f(n: int):
    p = Pair(n, 2)
    q = p
    q.bump()
    r = Pair(b=1, a=n)
    return p.a, q.a, p.chain(), r.total(), p.history


print(f(3))
print(f.graph)
print(f.code)
p = Pair(1, 2)
print(type(p).__name__, p.total(), p.chain(), p.history)
