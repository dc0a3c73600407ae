import torch
from typing import Any, Dict, List, Optional, Tuple, Union


class M(torch.nn.Module):
    __jit_ignored_attributes__ = ["odd"]
    __jit_unused_properties__ = ["prop"]

    def __init__(self):
        super().__init__()
        self.odd = {1, 2}
        self.n = 3

    @property
    def prop(self):
        return {self.n}

    @property
    def ok(self) -> int:
        return self.n + 1

    def forward(self, x):
        return x + self.n + self.ok


m = torch.jit.script(M())
print(m(torch.ones(1)), m.code)


class Uses(M):
    def forward(self, x):
        return self.odd


try:
    torch.jit.script(Uses())
except RuntimeError as e:
    print(str(e).strip())
