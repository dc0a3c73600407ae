import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def tensor_for_int(x) -> int:
    return x


def list_for_tuple() -> Tuple[int, int]:
    return [1, 2]


def none_for_int() -> int:
    return None


def nested() -> List[List[int]]:
    return [[1], ["a"]]


def missing_branch(n: int) -> int:
    if n > 0:
        return 1
    elif n < 0:
        return 2


def optional_for_int(x: Optional[int]) -> int:
    return x


for f in (tensor_for_int, list_for_tuple, none_for_int, nested, missing_branch, optional_for_int):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
