import torch
from typing import Final, List


class M(torch.nn.Module):
    __constants__ = ["k", "names", "missing"]
    size: Final[int]
    mode: torch.jit.Final[str]

    def __init__(self, size: int):
        super().__init__()
        self.size = size
        self.mode = "fast"
        self.k = 2.5
        self.names = ["a", "b"]

    def forward(self, x):
        for n in self.names:
            if n == "b":
                x = x + self.size
        if self.mode == "fast":
            return x * self.k
        return x


m = torch.jit.script(M(3))
print(m(torch.ones(1)), m.size, m.k, m.names)
print(m.code)
try:
    m.size = 5
except Exception as e:
    print(type(e).__name__, e)


class Sets(torch.nn.Module):
    k: Final[int] = 1

    def forward(self, x):
        self.k = 3
        return x


class Bad(torch.nn.Module):
    __constants__ = ["o"]

    def __init__(self):
        super().__init__()
        self.o = {1: 2}

    def forward(self, x):
        return x


for c in (Sets, Bad):
    try:
        torch.jit.script(c())
    except Exception as e:
        print(type(e).__name__, str(e).strip())
