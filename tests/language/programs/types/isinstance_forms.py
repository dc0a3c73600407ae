import torch
from typing import Any, Dict, List, Optional, Tuple


@torch.jit.script
def check(x: Any) -> str:
    if torch.jit.isinstance(x, Dict[str, int]):
        return "dict " + str(x["a"])
    if isinstance(x, (int, float)):
        return "number"
    if isinstance(x, tuple):
        return "tuple"
    if isinstance(x, list):
        return "list"
    return "?"


for v in ({"a": 5}, 1, 2.5, (1, "a"), [1], "s"):
    print(check(v))


@torch.jit.script
def static(x: int, y: List[int]):
    return isinstance(x, int), isinstance(x, str), isinstance(y, list), isinstance(y, List[int]), isinstance(x, (float, int))


print(static(1, [1]))
print(static.graph)


def generic(x: Any):
    return isinstance(x, List)


try:
    torch.jit.script(generic)
except RuntimeError as e:
    print(str(e).strip())
