import torch
from typing import Dict, List


class M(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.n = 1
        self.xs: List[int] = [1]
        self.d: Dict[str, int] = {"a": 1}
        self.register_buffer("b", torch.zeros(2))

    def forward(self, k: int):
        self.n += k
        self.xs += [k]
        self.xs[0] -= 5
        self.d["a"] *= k
        self.b += k
        return self.n, self.xs, self.d, self.b


m = torch.jit.script(M())
print(m(2), m(3))
print(m.code)
print(m.graph)
