import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int):
    return torch.zeros(n), torch.ones(2, n), torch.full([n], 2.5), torch.arange(n), torch.arange(1, n, 2), torch.eye(n), torch.tensor([1, n]), torch.tensor([[1.5], [2.5]]), torch.empty(0), torch.linspace(0, 1, n), torch.zeros_like(torch.ones(n)), torch.tensor(n), torch.tensor(True)


for t in f(3):
    print(t, t.dtype)
print(f.code)
