import torch.nn.functional as F
import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor):
    a = F.relu(x)
    b = F.softmax(x, dim=-1)
    c = F.pad(x, [1, 1])
    d = F.dropout(x, 0.5, training=False)
    e = F.one_hot(torch.tensor([1, 0]), 3)
    return a, b, c, d, e


for t in f(torch.tensor([[1.0, -1.0]])):
    print(t)
