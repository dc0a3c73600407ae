import math
import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f():
    return math.pi, math.e, math.tau, math.inf, -math.inf


print(f())
print(f.code)
