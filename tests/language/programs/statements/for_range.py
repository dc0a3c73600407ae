import torch
from typing import List


@torch.jit.script
def f(n: int):
    a: List[int] = []
    for i in range(n):
        a.append(i)
    for i in range(2, n):
        a.append(i)
    for i in range(n, 0, -2):
        a.append(i)
    i = 100
    for i in range(0):
        pass
    return a, i


print(f(5))
print(f.code)


def zero_step(n: int):
    t = 0
    for i in range(0, n, 0):
        t += i
    return t


def floats():
    for i in range(2.5):
        pass
    return 1


def none():
    for i in range():
        pass
    return 1


for g in (zero_step, floats, none):
    try:
        print(torch.jit.script(g)(3) if g is zero_step else torch.jit.script(g)())
    except RuntimeError as e:
        print(str(e).strip().splitlines()[-1])
