import torch
from typing import List


@torch.jit.script
def pick(n: int):
    a = "pos" if n > 0 else "neg" if n < 0 else "zero"
    b = n if n > 2 else -n
    c = [n] if n > 0 else [n, n]
    return a, b, c


print(pick(3), pick(-1), pick(0))
print(pick.graph)


def differ(n: int):
    return 1 if n > 0 else "a"


def none_else(n: int):
    x = n if n > 0 else None
    return x


for f in (differ, none_else):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(str(e).strip())
