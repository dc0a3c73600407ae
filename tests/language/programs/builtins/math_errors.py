import math
import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: float) -> float:
    return math.sqrt(x) + math.log(x)


for x in (4.0, 0.0, -1.0):
    try:
        print(f(x))
    except RuntimeError as e:
        print(str(e).strip().splitlines()[-1])
print(f.code)
