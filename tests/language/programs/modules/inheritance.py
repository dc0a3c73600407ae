import torch
from torch import nn


class Base(nn.Module):
    k: int

    def __init__(self):
        super().__init__()
        self.k = 2

    def helper(self, x):
        return x * self.k

    def forward(self, x):
        return self.helper(x)


class Derived(Base):
    def __init__(self):
        super().__init__()
        self.j = 5

    def helper(self, x):
        return x + self.j


print(torch.jit.script(Base())(torch.ones(1)), torch.jit.script(Derived())(torch.ones(1)))
print(torch.jit.script(Derived()).code)
