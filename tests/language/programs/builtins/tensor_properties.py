import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor):
    return x.shape, x.size(0), x.ndim, x.is_cuda, x.requires_grad, x.T.shape, x.size(), x.shape[-1], x.numel(), x.is_floating_point()


print(f(torch.ones(2, 3)))
print(f.code)
