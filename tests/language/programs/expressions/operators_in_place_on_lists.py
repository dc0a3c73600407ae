import torch
from typing import List


@torch.jit.script
def f(n: int):
    a = [1, 2]
    b = a
    a += [n]
    c = a + [9]
    a = a + [8]
    d = [0] * 3
    return a, b, c, d, [1, 2] == [1, 2], [1] != [2]


print(f(7))
print(f.graph)
