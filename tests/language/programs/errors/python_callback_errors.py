import torch
from typing import Any, Dict, List, Optional, Tuple, Union


class Odd(Exception):
    pass


@torch.jit.ignore
def check(n: int) -> int:
    if n > 1:
        raise Odd("n is %d" % n)
    return n


@torch.jit.script
def f(n: int) -> int:
    return check(n) + 1


print(f(1))
try:
    f(2)
except Exception as e:
    print(type(e).__name__, "Odd: n is 2" in str(e), "check" in str(e))
