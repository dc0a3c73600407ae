import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str, k: str):
    return s.find(k), s.rfind(k), s.count(k), s.startswith(k), s.endswith(k), s.find(k, 2), s.find(k, 1, 3)


print(f("hello", "l"), f("abc", "z"))
print(f.code)
