import torch
from typing import Tuple


@torch.jit.script
def reads(t: Tuple[int, str, float]):
    return t[0], t[-1], t[1:], t[:2], len(t)


print(reads((1, "a", 0.5)))
print(reads.code)


def dynamic(t: Tuple[int, int], i: int):
    return t[i]


def out(t: Tuple[int, int]):
    return t[2]


def stepped(t: Tuple[int, int, int]):
    return t[::2]


def sets(t: Tuple[int, int]):
    t[0] = 1
    return t


for f in (dynamic, out, stepped, sets):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(f.__name__, str(e).strip())
