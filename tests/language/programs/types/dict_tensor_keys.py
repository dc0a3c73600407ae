import torch
from typing import Dict


@torch.jit.script
def keyed(a: torch.Tensor, b: torch.Tensor) -> int:
    d: Dict[torch.Tensor, int] = {}
    d[a] = 1
    d[b] = 2
    d[a] = 5
    return d[a] * 10 + d[b]


x, y = torch.ones(2), torch.ones(2)
print(keyed(x, y))
print(keyed.schema)


def bad_key(d: Dict[torch.device, int]) -> int:
    return 1


try:
    torch.jit.script(bad_key)
except Exception as e:
    print(type(e).__name__, str(e).strip().splitlines()[0])
