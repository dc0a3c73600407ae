import torch
from typing import List, Optional


def grows(n: int):
    x = 1
    for i in range(n):
        x = x * 1.5
    return x


def none_first(n: int):
    x = None
    for i in range(n):
        x = i
    return x


def list_var(n: int):
    x = [1]
    while n > 0:
        x = ["a"]
        n -= 1
    return x


def defined_inside(n: int):
    for i in range(n):
        y = i
    return y


def optional_ok(n: int):
    x: Optional[int] = None
    for i in range(n):
        x = i
    return x


for f in (grows, none_first, list_var, defined_inside, optional_ok):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(f.__name__, str(e).strip())
