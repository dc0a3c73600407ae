import torch
from typing import List


@torch.jit.script
def reads(xs: List[int]):
    return xs[0], xs[-1], xs[1:3], xs[:2], xs[-2:], xs[:], xs[::2], xs[::-1], xs[5:1]


@torch.jit.script
def writes(xs: List[int]):
    xs[0] = 10
    xs[-1] += 5
    del xs[0]
    return xs


print(reads([1, 2, 3, 4]))
print(writes([1, 2, 3, 4]))
print(reads.code)
for i in (4, -5):
    @torch.jit.script
    def at(xs: List[int], i: int) -> int:
        return xs[i]

    try:
        at([1, 2, 3, 4], i)
    except RuntimeError as e:
        print(str(e).strip().splitlines()[-1])
