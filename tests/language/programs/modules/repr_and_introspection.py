import torch
from torch import nn


class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 3)
        self.b = nn.Sequential(nn.ReLU(), nn.Linear(3, 1))
        self.c = 3

    def forward(self, x):
        return self.b(self.a(x)) + self.c


m = torch.jit.script(M())
print(m)
print([n for n, _ in m.named_modules()], [n for n, _ in m.named_parameters()], [n for n, _ in m.named_children()])
print(m.original_name, m.a.original_name, m.training, m.c)
m.eval()
print(m.training, m.a.training)
print(len(list(m.parameters())), list(m.state_dict())[0], hasattr(m, "c"), hasattr(m, "zz"))
print(m.b[0], len(m.b), [type(x).__name__ for x in m.b])
for n in ("forward", "c", "a", "zz"):
    print(n, hasattr(m, n))
