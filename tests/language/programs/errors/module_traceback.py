import torch
from typing import Any, Dict, List, Optional, Tuple, Union


class Inner(torch.nn.Module):
    def forward(self, x):
        return x.view(-1, 7)


class Outer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()

    def forward(self, x):
        return self.inner(x) + 1


m = torch.jit.script(Outer())
try:
    m(torch.ones(3))
except Exception as e:
    print(type(e).__name__)
    print(str(e))
