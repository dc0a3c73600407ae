import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def call_str(s: str):
    return s()


def call_list(xs: List[int]):
    return xs(0)


def call_tensor(x):
    return x(1)


def subscript_int(n: int):
    return n[0]


def attr_of_int(n: int):
    return n.real_part


def attr_set_int(n: int):
    n.x = 1


for f in (call_str, call_list, call_tensor, subscript_int, attr_of_int, attr_set_int):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
