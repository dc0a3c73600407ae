import torch
from torch import nn


class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2, bias=False)
        self.b = self.a
        self.c = nn.Linear(2, 2, bias=False)
        self.c.weight = self.a.weight

    def forward(self, x):
        return self.a(x), self.b(x), self.c(x)


torch.manual_seed(0)
m = M()
s = torch.jit.script(m)
with torch.no_grad():
    s.a.weight.fill_(2.0)
print(s(torch.ones(1, 2)), m.a.weight)
print(len(list(s.parameters())), sorted(s.state_dict()))
