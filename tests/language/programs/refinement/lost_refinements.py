import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def after_if(x: Optional[int]) -> int:
    if x is not None:
        print(x)
    return x


def in_or(x: Optional[int]) -> bool:
    return x is not None or x > 1


def in_call(x: Optional[List[int]]) -> int:
    ok = x is not None
    if ok:
        return len(x)
    return 0


def in_tuple(t: Tuple[Optional[int], int]) -> int:
    if t[0] is not None:
        return t[0] + 1
    return 0


for f in (after_if, in_or, in_call, in_tuple):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
