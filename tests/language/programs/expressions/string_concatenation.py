import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: str, n: int):
    s = ""
    for i in range(n):
        s += a + str(i)
    t = "x" "y" + a
    return s, t, a + "\n" + a, len(s + t)


print(f("q", 3))
print(f.code)
