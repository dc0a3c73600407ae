import torch
from typing import List


@torch.jit.script
class K:
    def __init__(self, n: int):
        self.n = n

    def __lt__(self, other: "K") -> bool:
        return self.n < other.n


@torch.jit.script
def f(xs: List[int]):
    ks = [K(x) for x in xs]
    ks.sort()
    a = [k.n for k in ks]
    ks2 = sorted([K(x) for x in xs])
    ks.sort(reverse=True)
    return a, [k.n for k in ks2], [k.n for k in ks]


print(f([3, 1, 2]))
