import torch
from torch import nn
from typing import List


class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.calls = 0

    def helper(self, x, k: int = 2):
        self.calls += 1
        return x * k

    @torch.jit.export
    def encode(self, x):
        return self.helper(x, 3)

    @torch.jit.export
    def count(self) -> int:
        return self.calls

    def not_compiled(self, x):
        return {1, 2}

    def forward(self, x):
        return self.helper(x) + self.encode(x)


m = torch.jit.script(M())
print(m(torch.ones(1)), m.encode(torch.ones(1)), m.count())
print(m.encode.code)
print(sorted(m._c._method_names()))
try:
    m.not_compiled(torch.ones(1))
except Exception as e:
    print(type(e).__name__)
print(m.helper.schema)
