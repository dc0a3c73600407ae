import torch
from typing import List


@torch.jit.ignore
def py_sort(xs: List[int]) -> List[int]:
    print("in python", type(xs))
    return sorted(xs, reverse=True)


@torch.jit.ignore
def py_tensor(x):
    return x + 1


@torch.jit.unused
def never(x: int) -> int:
    return x.anything()


@torch.jit.script
def f(xs: List[int], t: torch.Tensor, n: int):
    ys = py_sort(xs)
    t = py_tensor(t)
    if n > 0:
        return ys, t, never(n)
    return ys, t, 0


print(f([3, 1, 2], torch.zeros(1), 0))
try:
    f([1], torch.zeros(1), 1)
except Exception as e:
    print(type(e).__name__, str(e).strip().splitlines()[-1])
print(f.graph)
print(f.code)
try:
    f.save("x.pt")
except Exception as e:
    print(str(e).strip().splitlines()[0])
