import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: Union[int, float, str]) -> str:
    if not isinstance(x, str):
        if isinstance(x, int):
            return "i" + str(x * 2)
        return "f" + str(x / 2)
    return "s" + x


print(f(3), f(5.0), f("q"))
print(f.code)
