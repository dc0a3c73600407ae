import torch
from torch import nn


class M(nn.Module):
    def __init__(self, more: bool):
        super().__init__()
        self.a = 3
        if more:
            self.b = 4

    def forward(self, x):
        y = getattr(self, "a")
        if hasattr(self, "b"):
            y += self.b
        z = getattr(self, "zzz", 7)
        return x + y + z


print(torch.jit.script(M(True)).code)
print(torch.jit.script(M(False))(torch.ones(1)))


class Dynamic(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = 3

    def forward(self, name: str):
        return getattr(self, name)


class Missing(Dynamic):
    def forward(self, x):
        return getattr(self, "q")


for c in (Dynamic, Missing):
    try:
        torch.jit.script(c())
    except RuntimeError as e:
        print(str(e).strip())
