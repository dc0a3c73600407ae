import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int) -> str:
    kind = "big" if n > 100 else ("mid" if n > 10 else ("small" if n > 0 else "none"))
    size = (n if n > 0 else -n) * (2 if n % 2 == 0 else 3)
    return kind + str(size)


print([f(n) for n in (200, 50, 5, -4)])
print(f.code)
