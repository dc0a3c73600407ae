import torch
from typing import Dict


class M(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.k = 3
        self.seen = []

    @torch.jit.ignore
    def helper(self, x: torch.Tensor, n: int) -> torch.Tensor:
        return x * n + self.k

    @torch.jit.ignore
    def stats(self) -> Dict[str, int]:
        return {"k": self.k}

    @torch.jit.unused
    def training_only(self, x: torch.Tensor) -> torch.Tensor:
        raise ValueError("not here")

    @torch.jit.export
    def other(self, x: torch.Tensor) -> torch.Tensor:
        return x - 1

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training:
            x = self.training_only(x)
        return self.helper(x, 2) + self.stats()["k"]


m = torch.jit.script(M().eval())
print(m(torch.ones(2)))
print(m.other(torch.ones(1)))
print(m.code)
m.train()
try:
    m(torch.ones(1))
except Exception as e:
    print(type(e).__name__, str(e).strip().splitlines()[-1])
