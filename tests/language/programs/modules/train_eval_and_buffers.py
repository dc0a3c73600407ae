import torch
from torch import nn


class Counter(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("steps", torch.zeros(1))
        self.register_buffer("none", None)
        self.register_parameter("p", None)
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        if self.training:
            self.steps += 1
        n = self.none
        if n is not None:
            x = x + n
        return self.drop(x) * self.steps


m = torch.jit.script(Counter())
m.eval()
print(m(torch.ones(2)))
m.train()
m(torch.ones(2))
m(torch.ones(2))
m.eval()
print(m(torch.ones(2)), m.steps, m.training)
print(m.code)
print(sorted(m.state_dict()))
