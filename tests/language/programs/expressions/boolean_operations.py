import torch
from typing import List


def loud(b: bool, name: str) -> bool:
    print("eval " + name)
    return b


@torch.jit.script
def short(a: bool, b: bool):
    x = loud(a, "a") and loud(b, "b")
    y = loud(a, "a") or loud(b, "b")
    return x, y, not a


for a in (True, False):
    print(short(a, not a))
print(short.code)


@torch.jit.script
def truthy(n: int, f: float, xs: List[int], s: str, t: torch.Tensor):
    out: List[int] = []
    if n:
        out.append(0)
    if f:
        out.append(1)
    if len(xs) > 0:
        out.append(2)
    if t:
        out.append(3)
    return out


print(truthy(0, 0.5, [], "a", torch.tensor(1)), truthy(2, 0.0, [1], "", torch.tensor(0)))


def ints(a: int, b: int):
    return a and b


def strs(s: str):
    if s:
        return 1
    return 0


def lists(s: List[int]):
    return 1 if s else 0


for f in (ints, strs, lists):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(f.__name__, str(e).strip())
