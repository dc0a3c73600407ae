import torch
from typing import List, Tuple


@torch.jit.script
def f(t: Tuple[int, Tuple[str, float]], xs: List[int]):
    a, (b, c) = t
    d = e = a
    p, q = xs
    xs[0], xs[1] = xs[1], xs[0]
    a, d = d + 1, a + 2
    return a, b, c, d, e, p, q, xs


print(f((1, ("s", 0.5)), [7, 8]))
print(f.code)


@torch.jit.script
def starred(t: Tuple[int, int, int, int]):
    a, *b, c = t
    return a, b, c


print(starred((1, 2, 3, 4)))
print(starred.graph)


def too_few(t: Tuple[int, int]):
    a, b, c = t
    return a


def too_many(t: Tuple[int, int, int]):
    a, b = t
    return a


def not_tuple(n: int):
    a, b = n
    return a


for g in (too_few, too_many, not_tuple):
    try:
        torch.jit.script(g)
    except RuntimeError as e:
        print(str(e).strip())
