import torch
from typing import List, Optional


class M(torch.nn.Module):
    flag: torch.jit.Final[bool]

    def __init__(self, flag: bool):
        super().__init__()
        self.flag = flag
        self.maybe: Optional[torch.nn.Module] = torch.nn.ReLU() if flag else None

    def forward(self, x):
        if self.flag:
            y = x + 1
        else:
            y = undefined_when_static(x)
        if self.maybe is not None:
            y = self.maybe(y)
        if hasattr(self, "absent"):
            y = self.absent(y)
        if torch.jit.is_scripting():
            return y * 2
        return y


print(torch.jit.script(M(True)).code)
try:
    torch.jit.script(M(False))
except RuntimeError as e:
    print(str(e).strip())
