import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int):
    d: Dict[str, Dict[int, List[Tuple[str, float]]]] = {}
    for i in range(n):
        d[str(i)] = {i: [("x" * 0 + "x", float(i))] if False else [("x", float(i))]}
    return d


try:
    print(f(2))
except Exception as e:
    print(str(e).strip().splitlines()[0])
print(f.code)
