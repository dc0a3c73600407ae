import torch
from torch import nn
from typing import Tuple


def pre(self, input: Tuple[torch.Tensor]) -> Tuple[torch.Tensor]:
    return (input[0] + 1,)


def post(self, input: Tuple[torch.Tensor], output: torch.Tensor) -> torch.Tensor:
    return output * 10


class Inner(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * 2


class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.inner(x)


o = Outer()
o.inner.register_forward_pre_hook(pre)
o.inner.register_forward_hook(post)
o.register_forward_hook(post)
s = torch.jit.script(o)
print(o(torch.ones(1)), s(torch.ones(1)))
print(s.inner(torch.ones(1)))
print(s.code)
print(s.graph)
