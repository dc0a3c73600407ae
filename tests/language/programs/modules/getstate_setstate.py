import torch
from torch import nn
from typing import Tuple, List
import io


class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.ones(2)
        self.n = 3

    @torch.jit.export
    def __getstate__(self):
        return self.w * 2, self.n, self.training

    @torch.jit.export
    def __setstate__(self, state: Tuple[torch.Tensor, int, bool]):
        self.w = state[0]
        self.n = state[1] + 1
        self.training = state[2]

    def forward(self, x):
        return x * self.w + self.n


m = torch.jit.script(M())
print(m(torch.ones(2)))
buf = io.BytesIO()
torch.jit.save(m, buf)
buf.seek(0)
print(torch.jit.load(buf)(torch.ones(2)))
