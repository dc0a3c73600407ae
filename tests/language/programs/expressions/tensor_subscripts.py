import torch
from typing import List


@torch.jit.script
def reads(t: torch.Tensor, i: int):
    return t[0], t[0, 1], t[:, 0], t[..., 1], t[None, 0], t[1:], t[i], t[-1, ::2], t[t > 2], t[torch.tensor([1, 0])]


@torch.jit.script
def writes(t: torch.Tensor):
    t[0, 0] = 9
    t[1] = torch.zeros(3)
    t[:, 2] += 1
    t[t > 8] = -1
    return t


x = torch.arange(6.0).view(2, 3)
for r in reads(x, 1):
    print(r)
print(writes(x.clone()))
print(reads.code)
print(writes.graph)
