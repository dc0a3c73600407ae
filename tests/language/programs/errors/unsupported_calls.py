import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def uses_input():
    return input()


def uses_map(xs: List[int]):
    return map(str, xs)


def uses_iter(xs: List[int]):
    return iter(xs)


def uses_slice(xs: List[int]):
    return xs[slice(0, 2)]


def uses_super(n: int):
    return super()


def uses_getattr_dynamic(n: int, s: str):
    return getattr(n, s)


def uses_globals():
    return globals()


for f in (uses_input, uses_map, uses_iter, uses_globals, uses_getattr_dynamic):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
