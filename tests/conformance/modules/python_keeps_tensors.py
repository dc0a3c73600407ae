"""Python functions called from script keep tensors and lists, and run scripts of their own meanwhile."""
from typing import Dict, List

import torch
from torch import Tensor

kept = []


@torch.jit.script
def double(x: Tensor):
    y = x * 2
    return y + y.mean()


@torch.jit.ignore
def keep(x: Tensor, xs: List[Tensor]) -> Tensor:
    kept.append(x)
    kept.extend(xs)
    y = double(x)
    kept.append(y)
    return y[0]


@torch.jit.script
class Box:
    def __init__(self, x: Tensor, rank: int):
        self.x = x
        self.rank = rank

    def __lt__(self, other: "Box") -> bool:
        d = (self.x - other.x).sum()
        return bool(d < 0)


class Net(torch.nn.Module):
    last: Tensor
    seen: Dict[str, Tensor]

    def __init__(self):
        super().__init__()
        self.register_buffer("total", torch.zeros(3, 40))
        self.last = torch.zeros(1)
        self.seen = {}

    def forward(self, x: Tensor):
        a = x + 1.0
        b = a * 2.0
        c = keep(a, [b, b - 1.0])
        self.last = c + 1.0
        self.total += a
        self.seen["a"] = a * 0.5
        boxes = [Box(a - float(i % 3), i) for i in range(5)]
        boxes.sort()
        ranks = [box.rank for box in boxes]
        return c.sum(), ranks, boxes[0].x.mean()


net = torch.jit.script(Net())
x = torch.arange(120, dtype=torch.float32).reshape(3, 40)
for round in range(3):
    out = net(x + float(round))
    print(out)
    print([float(t.mean()) for t in kept])
    print(float(net.total.mean()), net.last[:4], {k: float(v.mean()) for k, v in net.seen.items()})
