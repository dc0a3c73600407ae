import torch
from typing import List


@torch.jit.script
def lists(xs: List[int]):
    a, b = xs
    return a + b


@torch.jit.script
def tensors(t: torch.Tensor):
    c, d = torch.split(t, 1)
    return c, d


print(lists([1, 2]))
print(tensors(torch.arange(4.0).view(2, 2)))
for bad in ([1], [1, 2, 3]):
    try:
        lists(bad)
    except RuntimeError as e:
        print(str(e).strip().splitlines()[-1])
try:
    tensors(torch.ones(3))
except RuntimeError as e:
    print(str(e).strip().splitlines()[-1])
