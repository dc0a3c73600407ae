import torch
import torch.nn as nn
import torch.nn.functional as F
from typing import List, Optional, Dict, Tuple, Final


def scale_it(x, k: float = 2.0):
    return x * k


class Linear(nn.Module):
    def __init__(self, k):
        super().__init__()
        self.w = nn.Parameter(torch.ones(3, 3))
        self.k = k

    def forward(self, x):
        return torch.mm(x, self.w) * self.k


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(3))
        self.register_buffer("b", torch.zeros(3))
        self.n = 3
        self.s = 1.5
        self.name = "plain"
        self.sizes = [1, 2]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training:
            x = x + self.n
        y = self.helper(x, 2)
        self.n += 1
        return scale_it(y * self.s + self.w - self.b, self.s)

    def helper(self, x, times: int = 1):
        for i in range(times):
            x = x + self.sizes[i]
        return x


class Nested(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Linear(2)
        self.b = Linear(3)
        self.layers = nn.ModuleList([Linear(1), Linear(4)])
        self.seq = nn.Sequential(Linear(5), Linear(6))
        self.table = nn.ModuleDict({"p": Linear(7), "q": Linear(8)})

    def forward(self, x):
        x = self.b(self.a(x))
        for layer in self.layers:
            x = layer(x)
        for i, layer in enumerate(self.layers):
            x = layer(x) + i
        x = self.seq(x)
        for k, m in self.table.items():
            x = m(x)
        return self.layers[1](x) + self.table["p"](x) + len(self.layers)


class Constants(nn.Module):
    __constants__ = ["depth", "dims"]
    width: Final[int]

    def __init__(self):
        super().__init__()
        self.depth = 4
        self.dims = (1, 2)
        self.width = 7
        self.maybe = None

    def forward(self, x):
        if self.maybe is not None:
            x = self.maybe(x)
        if self.depth > 3:
            x = x + self.width
        a, b = self.dims
        return x * a + b

    @torch.jit.export
    def extra(self, n: int) -> int:
        return n + self.depth

    @torch.jit.unused
    def never(self, x):
        return x.numpy()


class Failing(nn.Module):
    def __init__(self):
        super().__init__()
        self.bag = {1, 2}

    def forward(self, x):
        return x + self.bag


class CallsUnused(nn.Module):
    def __init__(self):
        super().__init__()
        self.flag = False

    def forward(self, x):
        if self.flag:
            x = self.never(x)
        return x

    @torch.jit.unused
    def never(self, x):
        return x.numpy()

    @property
    def twice(self) -> int:
        return 2


class Missing(nn.Module):
    def forward(self, x):
        return self.nothing(x)
