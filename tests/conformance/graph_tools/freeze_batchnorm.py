import torch
from torch import nn


def fill(net):
    with torch.no_grad():
        for i, p in enumerate(net.parameters()):
            p.copy_(torch.linspace(-1, 1, p.numel()).view_as(p) + 0.1 * i)
        for b in net.buffers():
            if b.dtype == torch.float32:
                b.copy_(torch.linspace(0.5, 1.5, b.numel()))
    return net.eval()


class ConvBn(nn.Module):
    def __init__(self, bias, affine, dim):
        super().__init__()
        conv, bn = {1: (nn.Conv1d, nn.BatchNorm1d), 2: (nn.Conv2d, nn.BatchNorm2d), 3: (nn.Conv3d, nn.BatchNorm3d)}[dim]
        self.conv = conv(1, 2, 2, bias=bias)
        self.bn = bn(2, affine=affine)

    def forward(self, x):
        return self.bn(self.conv(x))


for bias in (True, False):
    for affine in (True, False):
        for dim in (1, 2, 3):
            m = fill(ConvBn(bias, affine, dim))
            x = torch.arange(3.0 ** dim).view([1, 1] + [3] * dim)
            s = torch.jit.script(m)
            f = torch.jit.freeze(s)
            if dim != 3:
                print(f.graph)
            print(torch.allclose(s(x), f(x), atol=1e-5))
            n = torch.jit.freeze(s, optimize_numerics=False)
            print("aten::batch_norm" in str(n.graph))


class Follow(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 2)
        self.c = nn.Parameter(torch.tensor([1.0, 2.0]).view(1, 2, 1, 1))

    def forward(self, x):
        a = self.conv(x) + 1
        b = self.conv(x) * 2.5
        c = self.conv(x) - self.c
        d = self.conv(x) / self.c
        e = torch.add(self.conv(x), self.c, alpha=3)
        f = self.conv(x) * self.c * 2 + 1 - 0.5
        g = self.conv(x) + torch.tensor([1])
        h = self.conv(x)
        return a, b, c, d, e, f, g, h + 1, h * 2


m = fill(Follow())
s = torch.jit.script(m)
f = torch.jit.freeze(s)
print(f.graph)
x = torch.arange(9.0).view(1, 1, 3, 3)
print([torch.allclose(a, b, atol=1e-5) for a, b in zip(s(x), f(x))])


class LinearBn(nn.Module):
    def __init__(self, bias):
        super().__init__()
        self.lin = nn.Linear(3, 2, bias=bias)
        self.bn = nn.BatchNorm1d(2)
        self.drop = nn.Dropout(0.3)

    def forward(self, x):
        return self.drop(self.bn(self.lin(x)))


for bias in (True, False):
    m = fill(LinearBn(bias))
    s = torch.jit.script(m)
    f = torch.jit.freeze(s)
    print(f.graph)
    x = torch.arange(6.0).view(2, 3)
    print(torch.allclose(s(x), f(x), atol=1e-5))
o = torch.jit.optimize_for_inference(torch.jit.script(fill(LinearBn(True))))
print(o.graph)
print(torch.allclose(o(x), fill(LinearBn(True))(x), atol=1e-5))
