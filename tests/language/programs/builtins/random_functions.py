import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int):
    torch.manual_seed(n)
    return torch.rand(2), torch.randn([2]), torch.randint(0, 10, [3]), torch.randperm(4), torch.bernoulli(torch.full([3], 0.5))


for t in f(3):
    print(t)
print(f.code)
