import io

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 3, padding=1)
        self.bn = nn.BatchNorm2d(2)
        self.fc = nn.Linear(8, 3)
        self.drop = nn.Dropout()
        self.count = 0

    def forward(self, x):
        y = torch.relu(self.bn(self.conv(x)))
        return self.drop(self.fc(y.flatten(1)))

    @torch.jit.export
    def bump(self, by: int = 1) -> int:
        self.count += by
        return self.count


torch.manual_seed(0)
net = Net().eval()
x = torch.arange(4.0).view(1, 1, 2, 2)
for m in (torch.jit.script(net), torch.jit.trace(net, (x,))):
    keep = ["bump"] if m._c._has_method("bump") else []
    f = torch.jit.freeze(m, keep)
    buf = io.BytesIO()
    torch.jit.save(f, buf)
    buf.seek(0)
    r = torch.jit.load(buf)
    with torch.no_grad():
        print(torch.allclose(r(x), net(x), atol=1e-5), torch.allclose(f(x), net(x), atol=1e-5))
    print(r.code)
    print(r.graph)
    print(f.graph)
    print([n for n, _ in r.named_parameters()], r.state_dict())
    if keep:
        print(r.bump(), r.bump(5), f.bump(2), r.count)
        print(r.bump.code)
    try:
        r.training
    except Exception as e:
        print(type(e).__name__, e)
