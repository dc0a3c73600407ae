import torch
from typing import Optional


@torch.jit.script
def draw(n: int, g: Optional[torch.Generator]) -> torch.Tensor:
    return torch.rand([n], generator=g)


g = torch.Generator()
g.manual_seed(3)
print(draw(2, g))
torch.manual_seed(3)
print(draw(2, None))
print(draw.schema)
