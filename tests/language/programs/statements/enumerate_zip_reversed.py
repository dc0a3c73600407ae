import torch
from typing import List, Tuple


@torch.jit.script
def f(xs: List[int], ys: List[str], t: Tuple[int, float]):
    out: List[str] = []
    for i, x in enumerate(xs):
        out.append(str(i) + ":" + str(x))
    for i, x in enumerate(xs, 10):
        out.append(str(i + x))
    for x, y in zip(xs, ys):
        out.append(y + str(x))
    for i, (x, y) in enumerate(zip(xs, ys)):
        out.append(y + str(i * x))
    for x, y, i in zip(xs, ys, range(5)):
        out.append(y + str(i))
    for i, v in enumerate(t):
        out.append(str(v))
    return out


print(f([1, 2, 3], ["a", "b"], (1, 2.5)))
print(f.code)


def zip_none():
    for x in zip():
        pass
    return 1


def enum_kw(xs: List[int]):
    for i, x in enumerate(xs, start=3):
        print(i, x)
    return 1


def three(xs: List[int]):
    for i, x, y in enumerate(xs):
        pass
    return 1


for g in (zip_none, enum_kw, three):
    try:
        print(torch.jit.script(g).code)
    except RuntimeError as e:
        print(g.__name__, str(e).strip())
