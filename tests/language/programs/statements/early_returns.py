import torch
from typing import List, Optional, Tuple


@torch.jit.script
def find(xs: List[int], k: int) -> Optional[int]:
    for i in range(len(xs)):
        if xs[i] == k:
            return i
    return None


@torch.jit.script
def nested(n: int) -> Tuple[int, str]:
    if n > 0:
        for i in range(n):
            if i == 3:
                return i, "three"
        while n < 100:
            n *= 3
            if n % 2 == 0:
                return n, "even"
    else:
        return n, "neg"
    return n, "end"


print(find([4, 5, 6], 6), find([], 1))
print(nested(2), nested(5), nested(-1), nested(1))
print(find.code)
print(find.graph)


def mixed(n: int):
    if n > 0:
        return 1
    return "a"


def falls_off(n: int) -> int:
    if n > 0:
        return 1


def nothing(n: int):
    if n > 0:
        return
    print("neg")


for f in (mixed, falls_off, nothing):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(str(e).strip())
