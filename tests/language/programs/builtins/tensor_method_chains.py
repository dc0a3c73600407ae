import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor):
    y = x.view(-1).add(1).mul_(2).relu()
    z = torch.cat([y, y]).reshape(2, -1).sum(dim=1, keepdim=True)
    return y, z, x.max(), x.max(dim=0), x.topk(1, dim=0)[0], x.clamp(min=1), x.float().mean().item()


for r in f(torch.arange(4).view(2, 2)):
    print(r)
print(f.code)
