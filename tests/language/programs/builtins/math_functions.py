import math
import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: float, n: int):
    return math.sqrt(x), math.floor(x), math.ceil(x), math.exp(x), math.log(x), math.pow(x, n), math.sin(x), math.atan2(x, 2.0), math.fabs(-x), math.log10(x), math.gcd(n, 12), math.factorial(n), math.isnan(x), math.copysign(x, -1.0), math.degrees(x)


print(f(2.25, 4))
print(f.code)
