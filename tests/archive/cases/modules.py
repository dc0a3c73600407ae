"""Modules with what archives can hold. `make DIR` saves them, `compare DIR` runs them beside their copies."""
import os
import sys
import torch, torch.nn as nn, warnings
from typing import *
from enum import Enum
warnings.simplefilter("ignore")
class Color(Enum):
    RED=1
    GREEN=2
class Result(NamedTuple):
    value: torch.Tensor
    count: int
@torch.jit.script
class Meter:
    def __init__(self, n: int):
        self.n = n
        self.hist: List[float] = []
    def tick(self) -> int:
        self.n += 1
        self.hist.append(float(self.n))
        return self.n
    @staticmethod
    def sm(x: int) -> int:
        return x + 1
@torch.jit.interface
class Act(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        pass
class A1(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.relu()
class Net(nn.Module):
    k: Final[int] = 5
    act: Act
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
        self.conv = nn.Conv2d(1, 2, 3)
        self.bn = nn.BatchNorm2d(2)
        self.register_buffer("buf", torch.arange(4))
        self.meter = Meter(3)
        self.d: Dict[str, int] = {"a": 1, "b": 2}
        self.o: Optional[torch.Tensor] = None
        self.color = Color.GREEN
        self.f = 1.5
        self.t = (1, "x", 2.5)
        self.act = A1()
        self.dev = torch.device("cpu")
        self.w = nn.Parameter(torch.ones(2))
        self.view = self.w.detach()
        self.lst: List[Optional[int]] = [1, None]
        self.big = 10**15
    def forward(self, x: torch.Tensor, y: Optional[int] = None, s: str = "z") -> Tuple[Result, int, float]:
        h = self.layers(x)
        c = self.meter.tick()
        if self.color == Color.RED:
            c += 1
        elif self.color == Color.GREEN:
            c += 20
        h = self.act(h) + self.w
        for k, v in self.d.items():
            c += v
        if y is not None:
            c += y
        with torch.no_grad():
            z = h * torch.tensor([1.0, 2.0])
        return Result(z, c * self.k), Meter.sm(c), self.f + self.t[2]
    @torch.jit.export
    def conv2(self, x: torch.Tensor):
        return self.bn(self.conv(x))
class St(nn.Module):
    def __init__(self):
        super().__init__()
        self.x = torch.ones(2)
    @torch.jit.export
    def __getstate__(self) -> Tuple[torch.Tensor, bool]:
        return self.x * 2, self.training
    @torch.jit.export
    def __setstate__(self, s: Tuple[torch.Tensor, bool]) -> None:
        self.x = s[0] + 1
        self.training = s[1]
    def forward(self):
        return self.x
class Hooked(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = A1()
        def pre(self, inp: Tuple[torch.Tensor]) -> Tuple[torch.Tensor]:
            return (inp[0] * 2,)
        def post(self, inp: Tuple[torch.Tensor], out: torch.Tensor) -> torch.Tensor:
            return out + 1
        self.inner.register_forward_pre_hook(pre)
        self.inner.register_forward_hook(post)
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.inner(x)


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(3, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.rnn(x)[0]


def example(name):
    torch.manual_seed(0)
    if name == "net":
        return Net().eval(), (torch.arange(4.0).reshape(1, 4),)
    if name == "state":
        return St(), ()
    if name == "hooked":
        return Hooked(), (torch.ones(2),)
    if name == "lstm":
        return Recurrent(), (torch.ones(2, 1, 3),)
    return nn.Sequential(nn.Conv2d(3, 4, 3, padding="same"), nn.GroupNorm(2, 4), nn.GELU(), nn.MaxPool2d(2)), (
        torch.ones(1, 3, 4, 4),
    )


NAMES = ["net", "state", "hooked", "lstm", "mixed"]
action, folder = sys.argv[1:3]
for name in NAMES:
    path = os.path.join(folder, name + ".pt")
    if action == "make":
        torch.jit.script(example(name)[0]).save(path)
    elif name != "state":
        args = example(name)[1]
        ours, theirs = torch.jit.load(path.replace(".pt", ".again.pt")), torch.jit.load(path)
        assert str(ours(*args)) == str(theirs(*args)), name
        assert ours.code == theirs.code, name
if action == "compare":
    print("same")
