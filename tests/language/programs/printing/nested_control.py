import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int, xs: List[int]):
    out: List[int] = []
    for i in range(n):
        if i % 2 == 0:
            j = i
            while j < len(xs):
                if xs[j] > 0:
                    out.append(xs[j])
                else:
                    out.append(-1)
                j += 2
        elif i == 3:
            break
        else:
            continue
    return out


print(f(6, [1, -2, 3, 4]))
print(f.graph)
print(f.code)
