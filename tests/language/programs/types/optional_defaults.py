import torch
from typing import Optional


@torch.jit.script
def scale(x: torch.Tensor, by: Optional[float] = None, name: Optional[str] = "n"):
    if by is None:
        k = 1.0
    else:
        k = by
    if name is not None:
        print(name.upper())
    return x * k


print(scale.schema)
print(scale(torch.ones(2)), scale(torch.ones(2), 3.0, None), scale(torch.ones(1), name="q", by=2))
print(scale.code)
