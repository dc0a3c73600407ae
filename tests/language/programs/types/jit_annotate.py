import torch
from typing import Dict, List, Optional


@torch.jit.script
def build(n: int):
    a = torch.jit.annotate(List[int], [])
    b = torch.jit.annotate(Dict[str, float], {})
    c = torch.jit.annotate(Optional[str], None)
    for i in range(n):
        a.append(i)
        b[str(i)] = float(i)
        c = str(i)
    return a, b, c


print(build(2))
print(build.graph)


def wrong():
    return torch.jit.annotate(List[int], ["a"])


def not_type(n: int):
    return torch.jit.annotate(n, n)


for f in (wrong, not_type):
    try:
        torch.jit.script(f)
    except RuntimeError as e:
        print(str(e).strip())
