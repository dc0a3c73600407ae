import torch
from typing import List


@torch.jit.script
def displays(n: int):
    a = [1, 2, n]
    b = [float(n), 0.5]
    c = [[1], [n, n]]
    d: List[str] = []
    e = ["x"] * n
    f = [(1, "a"), (n, "b")]
    return a, b, c, d, e, f


print(displays(2))
print(displays.graph)


@torch.jit.script
def empty():
    return []


print(empty(), empty.schema)
print(empty.graph)
