import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str, t: str):
    return int(s), float(t), int(float(t)), float(s) / 3


print(f("12", "2.75"), f("-3", "1e3"))
print(f.code)
