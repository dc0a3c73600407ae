import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str, n: int):
    return hash(n) == hash(n), hash(s) == hash(s), hash("a") == hash("b")


print(f("x", 3))
