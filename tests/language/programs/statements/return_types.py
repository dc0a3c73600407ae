import torch
from typing import List, Optional, Tuple


def none_():
    pass


def bare():
    return


def two() -> Tuple[int, str]:
    return 1, "a"


def widened(n: int) -> Optional[int]:
    if n > 0:
        return n
    return None


def list_of_opt(n: int) -> List[Optional[int]]:
    return [n, None]


def wrong() -> str:
    return 1


def wrong_count() -> Tuple[int, int]:
    return 1, 2, 3


def float_from_int() -> float:
    return 1


for f in (none_, bare, two, widened, list_of_opt, wrong, wrong_count, float_from_int):
    try:
        s = torch.jit.script(f)
        print(s.schema)
        print(s.code)
    except RuntimeError as e:
        print(str(e).strip())
