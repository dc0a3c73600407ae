"""The model whose archives are damaged byte by byte: every kind of value and of control flow, in a few kilobytes."""

from typing import Dict, List, NamedTuple, Optional, Tuple

import torch
from torch import nn


class Pair(NamedTuple):
    value: torch.Tensor
    steps: int


class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.tensor([[0.5, -1.0], [2.0, 0.25]]))
        self.register_buffer("b", torch.tensor([1.0, -1.0]))

    def forward(self, x):
        return torch.relu(x @ self.w + self.b)


class Small(nn.Module):
    table: Dict[str, int]
    scale: Optional[float]

    def __init__(self):
        super().__init__()
        self.inner = Inner()
        self.table = {"a": 1, "b": 2}
        self.sizes = [2, 3]
        self.names = ["p", "q"]
        self.scale = 1.5
        self.pair = (1, 0.5)

    def forward(self, x: torch.Tensor, n: int) -> Tuple[Pair, List[int], str]:
        out: List[int] = []
        for i in range(n):
            if i % 2 == 0:
                x = self.inner(x) + self.table["a"]
            else:
                x = x - self.pair[1]
            out.append(i * self.sizes[0])
        steps = 0
        while steps < 3 and bool(x.sum() < 100.0):
            x = x * 2
            steps += 1
        scale = self.scale
        if scale is not None:
            x = x / scale
        return Pair(x, steps), out, "{}-{}".format(self.names[0], n)
