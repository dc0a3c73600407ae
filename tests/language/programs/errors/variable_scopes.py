import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def used_before(n: int):
    y = x + n
    x = 1
    return y


def only_in_loop(n: int):
    for i in range(n):
        z = i
    return z


def only_in_while(n: int):
    while n > 0:
        z = n
        n -= 1
    return z


def loop_variable(n: int):
    for i in range(n):
        pass
    return i


def redefined(n: int):
    n = "a"
    return n


def param_changes(x: List[int]):
    x = 3
    return x


for f in (used_before, only_in_loop, only_in_while, loop_variable, redefined, param_changes):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
