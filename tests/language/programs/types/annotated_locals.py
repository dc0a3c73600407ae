import torch
from typing import Dict, List, Optional, Tuple


@torch.jit.script
def local(n: int):
    xs: List[Tuple[int, float]] = []
    d: Dict[str, List[int]] = {}
    o: Optional[int] = None
    for i in range(n):
        xs.append((i, i / 2))
        d[str(i)] = [i] * i
        o = i
    return xs, d, o


print(local(3), local(0))
print(local.code)


def wrong(n: int):
    x: str = n
    return x


def twice(n: int):
    x: int = n
    x: str = "a"
    return x


def none_without(n: int):
    x = None
    if n > 0:
        x = n
    return x


for f in (wrong, twice, none_without):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(str(e).strip())
