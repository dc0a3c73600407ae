import torch
from torch import Tensor
from torch.nn.functional import max_pool2d
from torch._jit_internal import BroadcastingList2


@torch.jit.script
def area(k: BroadcastingList2[int]) -> int:
    return k[0] * k[1]


@torch.jit.script
def both(n: int):
    return area(n), area([n, 2])


print(area.schema)
print(both(3))
print(torch.jit.script(lambda: 1) if False else area([2, 5]))


def pool(x: Tensor) -> Tensor:
    return max_pool2d(x, 2)


print(torch.jit.script(pool)(torch.arange(16.0).view(1, 1, 4, 4)))
