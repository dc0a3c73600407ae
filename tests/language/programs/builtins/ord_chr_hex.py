import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int, s: str):
    return ord(s), chr(n), hex(n), oct(n), bin(n)


print(f(65, "a"), f(100, "z"))
print(f.code)
