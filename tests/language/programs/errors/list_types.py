import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def append_wrong(xs: List[int]):
    xs.append("a")


def empty_list_default():
    xs = []
    xs.append(1)
    return xs


def index_str(xs: List[int]):
    return xs["a"]


def set_wrong(xs: List[int]):
    xs[0] = "a"


def concat(xs: List[int], ys: List[str]):
    return xs + ys


def multiply(xs: List[int]):
    return xs * 1.5


for f in (append_wrong, empty_list_default, index_str, set_wrong, concat, multiply):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
