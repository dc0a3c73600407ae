import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def len_of_int(n: int):
    return len(n)


def range_of_str(s: str):
    for i in range(s):
        pass


def isinstance_one(n: int):
    return isinstance(n)


def getattr_int(n: int):
    return getattr(n, "x")


def float_of_list(xs: List[int]):
    return float(xs)


def print_kw(n: int):
    print(n, end="")


for f in (len_of_int, range_of_str, isinstance_one, getattr_int, float_of_list, print_kw):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
