import torch
from typing import List


def str_plus_int(s: str, n: int):
    return s + n


def str_minus(s: str):
    return s - s


def list_minus(a: List[int]):
    return a - a


def bool_plus(a: bool, b: bool):
    return a + b


def not_int(n: str):
    return -n


def matmul_int(a: int):
    return a @ a


for f in (str_plus_int, str_minus, list_minus, bool_plus, not_int, matmul_int):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(f.__name__, str(e).strip())
