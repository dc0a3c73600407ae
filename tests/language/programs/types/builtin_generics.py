import torch
from collections import OrderedDict


@torch.jit.script
def f(xs: list[int], d: dict[str, list[float]], t: tuple[int, str]):
    ys: list[str] = []
    ys.append(t[1])
    for k in d:
        ys.append(k)
    return len(xs), ys, d


print(f.schema)
print(f([1, 2], {"a": [0.5]}, (3, "z")))
