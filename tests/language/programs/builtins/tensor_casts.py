import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor):
    return x.to(torch.int64), x.long(), x.float(), x.double().dtype, x.to(dtype=torch.bool), x.int(), x.type_as(torch.ones(1, dtype=torch.float64)).dtype


print(f(torch.tensor([0.5, 1.5])))
print(f.code)
