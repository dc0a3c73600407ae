import torch
from typing import Dict, List, Optional, Tuple


class M(torch.nn.Module):
    scale: float
    names: List[str]
    maybe: Optional[int]

    def __init__(self):
        super().__init__()
        self.scale = 2
        self.names = []
        self.maybe = None
        self.table = {"a": 1}
        self.pair = (1, "x")
        self.flag = True
        self.w = torch.nn.Parameter(torch.ones(2))
        self.register_buffer("b", torch.zeros(2))
        self.t = torch.ones(1)
        self.attr = torch.jit.Attribute([], List[int])

    def forward(self, x):
        self.attr.append(len(self.names))
        m = self.maybe
        k = 0 if m is None else m
        return x * self.w + self.b * self.scale + self.table["a"] + self.t + k, self.pair, self.attr, self.flag


m = torch.jit.script(M())
print(m(torch.ones(2)))
m.maybe = 5
print(m(torch.ones(2))[0], m.attr)
print(m.code)
print(m.graph)
try:
    m.table = {"a": "x"}
except Exception as e:
    print(type(e).__name__, str(e).splitlines()[0])
