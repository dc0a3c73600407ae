import torch
from typing import Any, Dict, List, Optional, Tuple, Union


class M(torch.nn.Module):
    def __init__(self, v):
        super().__init__()
        self.v = v

    def forward(self):
        return self.v


for v in (1, 2.5, "s", [1], {"a": 1.0}, (1, "x"), None, torch.ones(1), True):
    m = torch.jit.script(M(v))
    print(m(), m.forward.schema)
a, b, c = torch.jit.script(M(1)), torch.jit.script(M(2)), torch.jit.script(M("x"))
print(a._c._type() == b._c._type(), a._c._type() == c._c._type())
