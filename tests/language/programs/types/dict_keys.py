import torch
from typing import Dict


@torch.jit.script
def by_int(n: int):
    d: Dict[int, str] = {}
    for i in range(n):
        d[i * i] = str(i)
    return d


@torch.jit.script
def by_float(n: int):
    d: Dict[float, int] = {0.5: 1}
    d[1.5] = n
    return d, 0.5 in d, 2.5 in d


@torch.jit.script
def by_bool(b: bool):
    d = {True: "yes", False: "no"}
    return d[b]


@torch.jit.script
def by_complex():
    d = {1j: 1, 2j: 2}
    return d[2j], len(d)


print(by_int(4), by_float(3), by_bool(False), by_complex())
print(by_int.graph)
