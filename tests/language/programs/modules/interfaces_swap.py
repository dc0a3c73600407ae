import torch
from torch import nn


@torch.jit.interface
class Act(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        pass


class Relu(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x)


class Shift(nn.Module):
    def __init__(self, k: int):
        super().__init__()
        self.k = k

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.k


class M(nn.Module):
    act: Act

    def __init__(self):
        super().__init__()
        self.act = Relu()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.act(x) * 2


m = torch.jit.script(M())
x = torch.tensor([-1.0, 1.0])
print(m(x))
m.act = torch.jit.script(Shift(5))
print(m(x))
print(m.code)
print(m.graph)


class Wrong(nn.Module):
    def forward(self, x: int) -> int:
        return x



class Uses(nn.Module):
    act: Act

    def __init__(self):
        super().__init__()
        self.act = Wrong()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.act(x)


try:
    torch.jit.script(Uses())
    print("compiled")
except Exception as e:
    print(type(e).__name__, str(e).strip().splitlines()[-2:])
