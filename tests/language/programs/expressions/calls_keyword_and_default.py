import torch
from typing import Optional


def helper(a: int, b: int = 2, *, c: int, d: str) -> str:
    return str(a) + str(b) + str(c) + d


@torch.jit.script
def calls(n: int):
    return helper(1, c=n, d="z"), helper(n, 3, d="y", c=4), helper(b=7, a=n, c=0, d="")


print(calls(5))
print(calls.code)


def missing(n: int):
    return helper(n, c=1)


def unknown(n: int):
    return helper(n, c=1, d="a", e=2)


def twice(n: int):
    return helper(n, a=1, c=1, d="")


def too_many(n: int):
    return helper(n, 1, 2, 3)


def wrong_type(n: int):
    return helper("s", c=1, d="")


for f in (missing, unknown, twice, too_many, wrong_type):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(f.__name__, str(e).strip())
