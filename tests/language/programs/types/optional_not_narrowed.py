import torch
from typing import Optional


class Holder(torch.nn.Module):
    x: Optional[int]

    def __init__(self):
        super().__init__()
        self.x = 3

    def forward(self) -> int:
        if self.x is not None:
            return self.x + 1
        return 0


class Copies(Holder):
    def forward(self) -> int:
        x = self.x
        if x is not None:
            return x + 1
        return 0


try:
    torch.jit.script(Holder())
except RuntimeError as e:
    print(str(e).strip())
m = torch.jit.script(Copies())
print(m())
m.x = None
print(m())
print(m.code)
