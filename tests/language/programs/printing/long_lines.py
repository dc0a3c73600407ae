import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: int, b: int, c: int, d: int):
    e = (a + b * c - d) * (a - b + c * d) + (a * a + b * b + c * c + d * d) - (a + b + c + d) * (a - b - c - d) + a * b * c * d
    s = "a long string that goes on and on and on and on and on and on and on and on and on and on and on and on"
    return e, s, [a + 1, b + 2, c + 3, d + 4, a + b, b + c, c + d, a + c, b + d, a + d], (a, (b, (c, (d, s))))


print(f(1, 2, 3, 4))
print(f.code)
