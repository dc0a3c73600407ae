import torch
from typing import List


def uses_lambda(xs: List[int]):
    f = lambda x: x + 1
    return f(xs[0])


def uses_yield(n: int):
    yield n


def uses_await(n: int):
    return (m := n)


def uses_set():
    return {1, 2}


def uses_bytes():
    return b"abc"


def uses_ellipsis():
    return ...


def uses_starred(xs: List[int]):
    return [*xs]


for f in (uses_lambda, uses_yield, uses_await, uses_set, uses_bytes, uses_ellipsis, uses_starred):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
