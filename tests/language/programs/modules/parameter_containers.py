import torch
from torch import nn


class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.ps = nn.ParameterList([nn.Parameter(torch.full([1], float(i))) for i in range(3)])
        self.pd = nn.ParameterDict({"a": nn.Parameter(torch.ones(1)), "b": nn.Parameter(torch.zeros(1))})

    def forward(self, x):
        for p in self.ps:
            x = x + p
        x = x * self.ps[1]
        return x + self.pd["a"]


try:
    m = torch.jit.script(M())
    print(m(torch.ones(1)))
    print(m.code)
except Exception as e:
    print(type(e).__name__, str(e).strip())
