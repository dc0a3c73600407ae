import torch
from typing import Optional, List


@torch.jit.script
def early(x: Optional[int]) -> int:
    if x is None:
        return -1
    return x + 1


@torch.jit.script
def both(a: Optional[int], b: Optional[int]) -> int:
    if a is not None and b is not None:
        return a + b
    if a is None and b is None:
        return 0
    return -1


@torch.jit.script
def either(a: Optional[int], b: Optional[int]) -> int:
    if a is None or b is None:
        return -1
    return a * b


@torch.jit.script
def asserted(x: Optional[List[int]]) -> int:
    assert x is not None
    return len(x)


@torch.jit.script
def ternary(x: Optional[str]) -> str:
    return x if x is not None else "none"


def after_continue(xs: List[Optional[int]]) -> int:
    total = 0
    for x in xs:
        if x is None:
            continue
        total += x
    return total


print(early(None), early(4))
print(both(1, 2), both(None, None), both(1, None))
print(either(2, 3), either(None, 3))
print(asserted([1, 2]), ternary(None), ternary("s"))
print(either.code)
try:
    torch.jit.script(after_continue)
except RuntimeError as e:
    print(str(e).strip().splitlines()[-4:])
