import torch
from dataclasses import dataclass, field
from typing import List, Optional


@torch.jit.script
@dataclass
class P:
    x: int
    y: float = 1.5
    name: str = "p"

    def norm(self) -> float:
        return self.x * self.y


@torch.jit.script
@dataclass(order=True)
class O:
    a: int
    b: Optional[int] = None

    def __post_init__(self):
        self.a = self.a * 10


@torch.jit.script
def f(n: int):
    p = P(n)
    q = P(n, name="q")
    return p.norm(), p == q, p == P(n), p.y, q.name, O(1) < O(2), O(1, 2) == O(1, 2), O(1, 2) == O(1), O(n).a


print(f(3))
print(P(1), O(1, 2))


@dataclass
class Bad:
    xs: List[int] = field(default_factory=list)


try:
    torch.jit.script(Bad)
except Exception as e:
    print(type(e).__name__, str(e))
