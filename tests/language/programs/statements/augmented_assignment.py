import torch
from typing import List


@torch.jit.script
def ints(a: int):
    a += 2
    a -= 1
    a *= 3
    a %= 5
    return a


@torch.jit.script
def tensors(t: torch.Tensor, xs: List[torch.Tensor]):
    u = t
    t += 1
    xs[0] *= 2
    t /= 2
    return t, u, xs


print([ints(n) for n in range(5)])
x = torch.ones(2)
print(tensors(x, [torch.ones(1)]), x)
print(tensors.graph)


def changes_type(a: int):
    a /= 2
    return a


def undefined():
    q += 1
    return q


def tuples():
    t = (1, 2)
    t += (3,)
    return t


for f in (changes_type, undefined, tuples):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(str(e).strip())
