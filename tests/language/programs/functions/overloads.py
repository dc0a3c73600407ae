import torch
from typing import List


@torch.jit._overload
def size(x: int) -> int: ...


@torch.jit._overload
def size(x: List[int]) -> int: ...


def size(x):
    if isinstance(x, int):
        return x
    else:
        return len(x)


@torch.jit.script
def f(n: int):
    return size(n) + size([n, n])


print(f(5))
print(f.code)


def bad(s: str):
    return size(s)


try:
    torch.jit.script(bad)
except RuntimeError as e:
    print(str(e).strip())
try:
    torch.jit.script(size)
except RuntimeError as e:
    print(str(e).strip())
