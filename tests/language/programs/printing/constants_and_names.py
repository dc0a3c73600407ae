import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor, _unused: int, class_: str):
    lambda_ = x + 1
    print_ = lambda_ * 2.5
    x_1 = print_ - 1e-5
    x_1 = x_1 / 3
    return x_1, "quote\"s", 'a\nb', -1, 2.0, [1.5], (1,), {"a": [1]}, None


print(f(torch.ones(1), 1, "c"))
print(f.code)
