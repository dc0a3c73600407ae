import torch
from typing import Dict, List, Optional, Tuple


@torch.jit.script
def f(a: int, b: float = 2, c: str = "c", d: Optional[int] = None, t: Tuple[int, str] = (1, "x")):
    return a, b, c, d, t


print(f.schema)
print(f(1), f(2, 0.5, d=3), f(c="z", a=0))
print(f.code)


def kwonly(a: int, *, b: int):
    return a * 10 + b


print(torch.jit.script(kwonly).schema, torch.jit.script(kwonly)(1, b=2))


def kwonly_default(a: int, *, b: int = 3):
    return a * 10 + b


def wrong_default(a: int = "x"):
    return a


def mutable_default(a: List[int] = [1, 2]):
    return a


def var_args(*args: int):
    return 1


def var_kwargs(**kw: int):
    return 1


for g in (kwonly_default, wrong_default, mutable_default, var_args, var_kwargs):
    try:
        print(torch.jit.script(g).schema)
    except Exception as e:
        print(g.__name__, type(e).__name__, str(e).strip())
