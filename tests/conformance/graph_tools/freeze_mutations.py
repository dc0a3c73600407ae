import torch
from torch import nn
from typing import List, Dict


class Counts(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("total", torch.zeros(2))
        self.register_buffer("fixed", torch.ones(2))
        self.history: List[int] = [0]
        self.table: Dict[str, int] = {"a": 1}
        self.limit = 3

    def forward(self, x):
        self.total.add_(x)
        self.history.append(len(self.history))
        if len(self.history) > self.limit:
            self.history.clear()
        self.table["b"] = 2
        return self.total + self.fixed


class Sub(nn.Module):
    def __init__(self):
        super().__init__()
        self.n = 1
        self.scale = 2.0

    def forward(self, x):
        self.n = self.n + 1
        return x * self.n * self.scale


class Holder(nn.Module):
    def __init__(self):
        super().__init__()
        self.sub = Sub()
        self.still = Sub()

    def forward(self, x):
        return self.sub(x)


for M in (Counts, Holder):
    s = torch.jit.script(M().eval())
    f = torch.jit.freeze(s)
    print(f.code)
    print(f.graph)
    print(f(torch.ones(2)), f(torch.ones(2)))
    print([n for n, _ in f.named_modules()], [n for n, _ in f.named_buffers()])


class Alias(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.zeros(3)
        self.b = self.a

    def forward(self, x):
        self.a += 1
        return self.b + x


f = torch.jit.freeze(torch.jit.script(Alias().eval()))
print(f.code)
print(f(torch.zeros(3)))


class ViewChange(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("w", torch.arange(4.0))
        self.register_buffer("v", torch.arange(4.0))

    def forward(self, x):
        self.w[0] = 7.0
        y = self.v.view(2, 2)
        return self.w + x, y.t()


f = torch.jit.freeze(torch.jit.script(ViewChange().eval()))
print(f.graph)
print(f(torch.zeros(4)))
