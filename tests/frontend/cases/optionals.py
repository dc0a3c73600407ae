import torch
from typing import List, Optional, Dict, Tuple, Any, Union


def refine_none(x: Optional[int]) -> int:
    if x is None:
        return 0
    return x + 1


def refine_not_none(x: Optional[int]) -> int:
    if x is not None:
        y = x * 2
    else:
        y = 3
    return y


def refine_and(x: Optional[int], y: Optional[int]) -> int:
    if x is not None and y is not None:
        return x + y
    return 0


def refine_or(x: Optional[int], y: Optional[int]) -> int:
    if x is None or y is None:
        return 0
    return x + y


def refine_assert(x: Optional[int]) -> int:
    assert x is not None
    return x + 1


def refine_ternary(x: Optional[int]) -> int:
    return x if x is not None else 5


def refine_while(x: Optional[int]) -> int:
    n = 0
    while x is not None and n < 3:
        n += x
    return n


def none_default(x: Optional[List[int]] = None) -> List[int]:
    if x is None:
        x = [1]
    return x


def unions(x: Union[int, str]) -> str:
    if isinstance(x, int):
        return str(x + 1)
    return x + "!"


def union_pipe(x: int | None) -> int:
    if x is None:
        return -1
    return x


def union3(x: Union[int, float, str]):
    if isinstance(x, str):
        return 1.0
    elif isinstance(x, int):
        return float(x)
    else:
        return x


def isinstance_tuple(x: Union[int, List[int], str]) -> int:
    if isinstance(x, (int, str)):
        return 1
    return len(x)


def isinstance_any(x: Any) -> int:
    if isinstance(x, int):
        return x
    if isinstance(x, list):
        return 2
    return 0


def isinstance_static(x: int, t: torch.Tensor):
    if isinstance(x, int):
        a = 1
    else:
        a = 2
    if isinstance(t, torch.Tensor):
        b = 1
    else:
        b = x.foo
    return a, b


def any_value(x: Any, y: int) -> Any:
    z: Any = y
    if y > 2:
        return x
    return z


def optional_join(n: int):
    x: Optional[int] = None
    if n > 0:
        x = n
    return x


def optional_list(n: int):
    xs: List[Optional[int]] = [1, None, n]
    return xs


def none_return(n: int) -> Optional[int]:
    if n > 0:
        return n
    return None


def string_annotation(x: "int", y: "Optional[torch.Tensor]") -> "List[int]":
    return [x]


def type_comment(x, y, z):
    # type: (int, Optional[float], List[int]) -> Tuple[int, List[int]]
    return x, z


def annotate_it(n: int):
    a = torch.jit.annotate(Optional[int], None)
    b = torch.jit.annotate(List[float], [])
    c: Dict[str, int] = torch.jit.annotate(Dict[str, int], {})
    return a, b, c


def is_none_const(x: int):
    y = None
    if y is None:
        return x
    else:
        return y.foo


def eq_none(x: Optional[int]):
    return x == 1
