import torch
from torch import nn


class Odd:
    def __init__(self):
        self.x = object()


class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.odd = {1, 2}
        self.empty = []
        self.mixed = [1, "a"]
        self.fn = lambda x: x
        self.ok = 3

    def forward(self, x):
        return x + self.ok


print(torch.jit.script(M()).code)


class UsesSet(M):
    def forward(self, x):
        return self.odd


class UsesEmpty(M):
    def forward(self, x):
        return self.empty


class UsesMixed(M):
    def forward(self, x):
        return self.mixed


for c in (UsesSet, UsesEmpty, UsesMixed):
    try:
        torch.jit.script(c())
    except RuntimeError as e:
        print(str(e).strip())
