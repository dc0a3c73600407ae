import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str, sep: str):
    return s.split(sep), s.rsplit(sep, 1), s.split(), s.splitlines(), sep.join(["a", "b", "c"]), s.partition(sep), s.rpartition(sep)


print(f("a,b,c", ","), f(" x  y ", " "))
print(f("l1\nl2", "l"))
print(f.code)
