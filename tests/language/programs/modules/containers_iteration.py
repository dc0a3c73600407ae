import torch
from torch import nn


class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.seq = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
        self.lst = nn.ModuleList([nn.ReLU(), nn.Tanh()])
        self.dct = nn.ModuleDict({"r": nn.ReLU(), "s": nn.Sigmoid()})

    def forward(self, x):
        n = 0
        for m in self.seq:
            x = m(x)
        for i, m in enumerate(self.lst):
            x = m(x) + i
        for k, m in self.dct.items():
            x = m(x)
            n += len(k)
        for k in self.dct:
            n += len(k)
        for m in self.dct.values():
            x = m(x)
        for a, b in zip(self.lst, self.seq):
            x = a(b(x))
        y = self.lst[-1](x)
        z = self.dct["s"](x)
        return x, y + z, n, len(self.lst), len(self.seq), "r" in self.dct, len(self.dct)


torch.manual_seed(0)
m = torch.jit.script(M())
print(m(torch.ones(1, 2)))
print(m.code)
