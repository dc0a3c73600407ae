import torch
from typing import Optional


@torch.jit.script
def opened(x: Optional[torch.Tensor]) -> torch.Tensor:
    y = torch.jit._unwrap_optional(x)
    return y + 1


print(opened(torch.zeros(2)))
try:
    opened(None)
except RuntimeError as e:
    print(str(e).strip().splitlines()[-1])
print(opened.code)
