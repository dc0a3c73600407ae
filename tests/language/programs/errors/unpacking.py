import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def wrong_count(t: Tuple[int, int]):
    (a, b), c = t
    return a


def starred_list(xs: List[int]):
    a, *b = xs
    return b


def for_unpack(xs: List[int]):
    for a, b in xs:
        pass
    return 1


def dict_unpack(d: Dict[str, int]):
    for k, v in d:
        pass
    return 1


def call_unpack(n: int):
    a, b = helper(n)
    return a


def helper(n: int) -> int:
    return n


for f in (wrong_count, starred_list, for_unpack, call_unpack):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
