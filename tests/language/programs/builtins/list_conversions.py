import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str, d: Dict[str, int], t: Tuple[int, int]):
    a = list(s)
    b = list(d)
    c = [x for x in t]
    e = list([1, 2])
    e.append(3)
    return a, b, c, e


print(f("abc", {"k": 1}, (4, 5)))
print(f.code)
