import torch
from typing import List, Tuple


@torch.jit.script
def untyped(x, y):
    return x + y


@torch.jit.script
def typed(n: int, f: float, b: bool, s: str, c: complex):
    return n + 1, f * 2, not b, s + "!", c * 1j


print(untyped.schema)
print(typed.schema)
print(untyped(torch.ones(2), torch.ones(2)))
print(typed(3, 1.5, True, "hey", 2 + 1j))
try:
    untyped(1, torch.ones(1))
except RuntimeError as e:
    print(str(e).splitlines()[0])
