import math
import torch
from typing import List


@torch.jit.script
def texts(xs: List[float]):
    out: List[str] = []
    for x in xs:
        out.append(str(x))
    return out


@torch.jit.script
def constants():
    return 1e100, 1e-7, 123456789.0, 0.1 + 0.2, 1e16, float("inf"), float("nan"), -0.0


print(texts([1.0, 0.1, 1e20, 1e-10, math.inf, -math.inf, math.nan, 2.5, 100000.0, 1234567.0]))
print(constants())
print(constants.code)
