import torch
from torch import nn


class Inner(nn.Module):
    def forward(self, x: int) -> int:
        return x + 1


class CallsWrong(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()

    def forward(self, x):
        return self.inner(x)


class NoAttr(nn.Module):
    def forward(self, x):
        return self.nope + x


class SetsNew(nn.Module):
    def forward(self, x):
        self.fresh = x
        return x


class WrongSet(nn.Module):
    def __init__(self):
        super().__init__()
        self.n = 1

    def forward(self, x):
        self.n = "a"
        return x


class Assigns(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
        self.other = Inner()

    def forward(self, x: int):
        self.inner = self.other
        return self.inner(x)


class NotInit(nn.Module):
    def __init__(self):
        pass

    def forward(self, x):
        return x


class Iterates(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()

    def forward(self, x):
        for m in self.inner:
            x = m(x)
        return x


for c in (CallsWrong, NoAttr, SetsNew, WrongSet, NotInit, Iterates):
    try:
        torch.jit.script(c())
        print("compiled", c.__name__)
    except Exception as e:
        print(c.__name__, type(e).__name__, str(e).strip())
