import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: Optional[List[int]], b: Optional[Dict[str, int]], c: List[Optional[str]]):
    n = 0
    if a is not None:
        n += len(a)
    if b is not None:
        for k in b:
            n += b[k]
    c.append(None)
    s = c[0]
    return n, c, s is None


print(f([1], None, ["x"]), f(None, {"q": 5}, []))
print(f.code)
