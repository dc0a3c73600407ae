import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str):
    return s.strip(), s.lstrip(), s.rstrip(), s.strip("x"), s.center(9, "*"), s.ljust(8, "."), s.rjust(8), s.zfill(8), s.expandtabs(4)


print(f("  hi "), f("xxhixx"), f("-42"))
print(f.code)
