import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def double(x):
    return x * 2


class M(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fn = double
        self.act = torch.nn.functional.relu
        self.op = torch.sigmoid
        self.scripted = torch.jit.script(double)

    def forward(self, x):
        return self.fn(x), self.act(x), self.op(x), self.scripted(x)


m = torch.jit.script(M())
print(m(torch.tensor([-1.0])))
print(m.code)
