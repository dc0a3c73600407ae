import torch
from typing import Any, Dict, List, Optional, Tuple, Union


class Two(torch.nn.Module):
    def forward(self, x, y):
        return x + y


class TypedSeq(torch.nn.Sequential):
    def forward(self, x: torch.Tensor, n: int) -> torch.Tensor:
        for m in self:
            x = m(x) * n
        return x


s = torch.jit.script(TypedSeq(torch.nn.ReLU(), torch.nn.Tanh()))
print(s(torch.tensor([-1.0, 0.5]), 2))
print(s.code)
q = torch.jit.script(torch.nn.Sequential(torch.nn.Linear(2, 2, bias=False), torch.nn.Sequential(torch.nn.ReLU())))
print(q.code)
print(len(q), q)
e = torch.jit.script(torch.nn.Sequential())
print(e(torch.ones(1)), e.code)
